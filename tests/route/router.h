// Manifests and a request → a decision.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "route/compile.h"
#include "route/decide.h"
#include "route/headers.h"
#include "route/url.h"
#include "rules/lower.h"
#include "support/workspace.h"

namespace wicket::test {

/// What differs from a GET that says nothing.
struct Ask {
  std::string method = "GET";
  std::vector<route::Header> headers{};
  std::optional<std::string> host{};    // else of the URL
  std::optional<std::string> target{};  // else of the URL
  std::optional<std::string> sni{};     // else the URL's host
  route::HttpVersion version = route::HttpVersion::kHttp11;
  route::Draw draw{};
};

/// A decision with all that it views.
struct Answer {
  std::shared_ptr<const route::RouteTable> table;
  route::Request request;
  route::Decision decision;
  route::Trace trace;

  /// The picked cluster without "outbound|80||" and ".default.svc.cluster.local"; "-" when none is picked.
  [[nodiscard]] std::string to() const {
    if (decision.picked == nullptr) return "-";
    const std::string& host = decision.picked->cluster->host;
    return host.substr(0, host.find(".default.svc"));
  }
  /// "to a", "404 route", "301 https://a.io/" …
  [[nodiscard]] std::string text() const {
    using route::Outcome;
    switch (decision.outcome) {
      case Outcome::kForward:
        return decision.status == 0 ? "to " + to() : fmt::format("{} {}", decision.status, decision.response_flag);
      case Outcome::kTcpForward:
        return "bytes to " + to();
      case Outcome::kRedirect:
      case Outcome::kHttpsRedirect:
        return fmt::format("{} {}", decision.status, decision.location);
      case Outcome::kDirectResponse:
      case Outcome::kNotFound:
      case Outcome::kCorsPreflight:
      case Outcome::kFaultAbort:
      case Outcome::kRefused:
      case Outcome::kReset:
        break;
    }
    return fmt::format("{} {}", decision.status, stage_name(decision.stage));
  }
  /// Path with query, as the upstream sees it.
  [[nodiscard]] std::string target() const { return decision.target.value_or(request.target); }
  [[nodiscard]] std::string authority() const { return std::string(decision.authority.value_or(request.authority)); }
  /// All lines of one header that goes upstream, joined with '|'; "-" when there is none.
  [[nodiscard]] std::string upstream(std::string_view name) const { return lines(&route::upstream_headers, name); }
  /// The same of an answer made by the gateway.
  [[nodiscard]] std::string local(std::string_view name) const { return lines(&route::local_headers, name); }

 private:
  template <class Make>
  std::string lines(Make make, std::string_view name) const {
    std::vector<route::HeaderView> views;
    std::string text;
    bool found = false;
    for (const auto& [header, value] : make(request.view(views), decision)) {
      if (header != name) continue;
      text += (found ? "|" : "") + value;
      found = true;
    }
    return found ? text : "-";
  }
};

class Router {
 public:
  explicit Router(std::string_view yaml, const rules::LowerOptions& options = {}) {
    auto rules = std::make_shared<const rules::RuleSet>(rules::lower(*load_yaml(yaml).workspace, options));
    table_ = std::make_shared<const route::RouteTable>(route::compile(std::move(rules)));
  }

  [[nodiscard]] const route::RouteTable& table() const { return *table_; }

  [[nodiscard]] Answer operator()(std::string_view url, const Ask& ask = {}) const {
    const route::Url parsed = route::parse_url(url).value();
    Answer answer{.table = table_, .request = {}, .decision = {}, .trace = {}};
    route::Request& request = answer.request;
    request.method = ask.method;
    request.authority = ask.host.value_or(parsed.authority);
    request.set_target(ask.target.value_or(parsed.target));
    request.headers = ask.headers;
    request.version = ask.version;
    request.port = parsed.port;
    request.tls = parsed.scheme == "https";
    request.sni = ask.sni.value_or(request.tls ? parsed.host : "");
    std::vector<route::HeaderView> views;
    const route::RequestView view = request.view(views);
    answer.decision = route::decide(*table_, view, ask.draw);
    const route::Decision traced = route::decide(*table_, view, ask.draw, &answer.trace);
    if (traced.route != answer.decision.route || traced.outcome != answer.decision.outcome)
      throw std::logic_error("a trace changes the decision");
    return answer;
  }

 private:
  std::shared_ptr<const route::RouteTable> table_;
};

/// A Router for host a.io on port 80 with these http rules, a list in flow style.
inline Router rules_router(std::string_view rules, const rules::LowerOptions& options = {}) {
  return Router(http_gateway() + http_rules(rules), options);
}

/// A Router with one rule to a, under one match block, and everything else to b.
inline Router match_router(std::string_view match, const rules::LowerOptions& options = {}) {
  return rules_router(
      fmt::format("[{{match: [{}], route: [{{destination: {{host: a}}}}]}}, {{route: [{{destination: {{host: "
                  "b}}}}]}}]",
                  match),
      options);
}

}  // namespace wicket::test
