// WK724, WK725, WK727: where redirects and rewrites lead.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "check/practice.h"
#include "check/repair.h"
#include "check/words.h"
#include "rules/host_names.h"

namespace wicket::check::practice {
namespace {

using model::HTTPRoute;
using model::Text;

/// A method with a body that a condition names: POST, also among the alternatives of a regex. Empty: none.
std::string_view method_with_body(const model::StringMatch& method) {
  static constexpr std::string_view kMethods[] = {"POST", "PUT", "PATCH"};
  for (const std::string_view name : kMethods) {
    if (method.exact && *method.exact == name) return name;
    if (!method.regex) continue;
    std::string_view left = *method.regex;
    for (const std::string_view mark : {"^", "("})
      if (left.starts_with(mark)) left.remove_prefix(1);
    for (const std::string_view mark : {"$", ")"})
      if (left.ends_with(mark)) left.remove_suffix(1);
    while (!left.empty()) {
      const std::size_t end = std::min(left.find('|'), left.size());
      if (left.substr(0, end) == name) return name;
      left.remove_prefix(std::min(end + 1, left.size()));
    }
  }
  return {};
}

/// What stands in the n-th pair of parentheses of a pattern; nothing when there is none.
std::optional<std::string_view> group(std::string_view pattern, std::size_t number) {
  std::size_t seen = 0;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\') {
      ++i;
    } else if (in_class) {
      in_class = pattern[i] != ']';
    } else if (pattern[i] == '[') {
      in_class = true;
    } else if (pattern[i] == '(' && !pattern.substr(i + 1).starts_with('?') && ++seen == number) {
      return pattern.substr(i + 1);
    }
  }
  return std::nullopt;
}

/// Whether all that a part of a pattern takes begins with a slash.
bool begins_with_slash(std::string_view pattern) {
  if (!pattern.starts_with('/')) return false;
  return pattern.size() == 1 || (pattern[1] != '?' && pattern[1] != '*' && pattern[1] != '{');
}

/// Whether a rewrite of the beginning of a path may leave none, or two slashes there.
bool may_lose_slash(std::string_view pattern, std::string_view rewrite) {
  if (pattern.starts_with('^')) {
    pattern.remove_prefix(1);
  } else if (!pattern.starts_with('/')) {
    return false;  // perhaps of a part in the middle
  }
  if (rewrite.empty()) {
    const bool ends_with_slash = pattern.ends_with('/') && !pattern.ends_with("\\/");
    return ends_with_slash && pattern.find_first_of("|()[") == std::string_view::npos;
  }
  const auto first_of_group = [&](std::string_view text) -> std::optional<bool> {
    if (text.size() < 2 || text[0] != '\\' || text[1] < '0' || text[1] > '9') return std::nullopt;
    if (text[1] == '0') return begins_with_slash(pattern);
    const auto inner = group(pattern, static_cast<std::size_t>(text[1] - '0'));
    if (!inner) return std::nullopt;  // Envoy leaves the path as it is
    return begins_with_slash(*inner);
  };
  if (rewrite.starts_with("//")) return true;
  if (rewrite.front() == '/') return first_of_group(rewrite.substr(1)).value_or(false);
  if (rewrite.front() == '\\') {
    const auto slash = first_of_group(rewrite);
    return slash && !*slash;
  }
  return true;
}

class Checker {
 public:
  Checker(const Scope& scope, const Routes& routes)
      : scope_(scope), routes_(routes), places_(*routes.resource), document_(*routes.resource->document) {}

  void check() {
    for (const HTTPRoute& route : routes_.spec->http) {
      if (route.redirect != nullptr) {
        check_method(route);
        check_scheme(route);
        check_authority(route.redirect->authority);
      }
      if (route.rewrite == nullptr) continue;
      check_authority(route.rewrite->authority);
      if (const auto& regex = route.rewrite->uri_regex_rewrite;
          regex != nullptr && regex->match && regex->rewrite && may_lose_slash(*regex->match, *regex->rewrite))
        report(wk7("WK727"), places_.value(regex->rewrite.node), "the rewritten path may not start with a single /")
            .help("begin it with one / that the groups behind it do not hold");
    }
  }

 private:
  template <class... Args>
  Finding report(const RuleInfo& rule, const Place& place, fmt::format_string<Args...> format, Args&&... args) {
    return scope_.out.report(rule, place, format, std::forward<Args>(args)...);
  }

  void check_method(const HTTPRoute& route) {
    constexpr std::uint32_t kPermanent = 301;
    constexpr std::uint32_t kFound = 302;
    const auto& code = route.redirect->redirect_code;
    if (code.present() && (!code || (*code != kPermanent && *code != kFound))) return;
    for (const auto& match : route.match) {
      const std::string_view method = match.method == nullptr ? std::string_view() : method_with_body(*match.method);
      if (method.empty()) continue;
      const bool permanent = !code || *code == kPermanent;
      auto finding = report(wk7("WK724"), code ? places_.value(code.node) : places_.key(route.redirect->node),
                            "clients turn {} into GET on {}", method, permanent ? kPermanent : kFound);
      finding.help(permanent ? "308 keeps the method and the body" : "307 keeps the method and the body");
      if (code) finding.fix("keep the method", replace_scalar(document_, code.node, permanent ? "308" : "307"));
      return;
    }
  }

  /// A redirect to plain http, of requests that may come by TLS.
  void check_scheme(const HTTPRoute& route) {
    if (*route.redirect->scheme != "http") return;
    for (const Door& door : scope_.doors) {
      if (std::ranges::find(routes_.gateways, door.named) == routes_.gateways.end()) continue;
      for (const model::Server& server : door.spec->servers) {
        if (!terminates_tls(server) || server.port == nullptr || !takes(route, *server.port->number)) continue;
        const Text* host = common_host(server);
        if (host == nullptr) continue;
        report(wk7("WK725"), places_.value(route.redirect->scheme.node), "redirects to plain http")
            .note(door.resource->span(host->node), "served with TLS here")
            .help("write https");
        return;
      }
    }
  }

  [[nodiscard]] static bool takes(const HTTPRoute& route, std::uint32_t port) {
    return route.match.empty() || std::ranges::any_of(route.match, [&](const auto& match) {
             const bool plain_only = match.scheme != nullptr && *match.scheme->exact == "http";
             return (!match.port || *match.port == port) && !plain_only;
           });
  }

  [[nodiscard]] const Text* common_host(const model::Server& server) const {
    for (const Text& host : server.hosts)
      for (const Text& own : routes_.spec->hosts)
        if (host.valid && own.valid && rules::have_common_name(rules::lower_case(*own), host_name(host))) return &host;
    return nullptr;
  }

  /// Commands and groups in an authority.
  void check_authority(const Text& authority) {
    if (!authority) return;
    const std::string_view text = *authority;
    const std::size_t percent = text.find('%');
    const bool command = percent != std::string_view::npos && text.find('%', percent + 1) != std::string_view::npos;
    const std::size_t slash = text.find('\\');
    const bool has_group =
        slash != std::string_view::npos && slash + 1 < text.size() && text[slash + 1] >= '0' && text[slash + 1] <= '9';
    if (!command && !has_group) return;
    report(wk7("WK727"), places_.value(authority.node), "{} in an authority is not filled in from the request",
           command ? "a %command%" : "a captured group")
        .help("write the host name itself: one that a client chooses would be an open redirect");
  }

  const Scope& scope_;
  const Routes& routes_;
  Places places_;
  const yaml::Document& document_;
};

}  // namespace

void check_redirects(const Scope& scope, const Routes& routes) { Checker(scope, routes).check(); }

}  // namespace wicket::check::practice
