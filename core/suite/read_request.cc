// A request is a URL, or parts, or a URL of which parts are replaced. Every value may be a list; `headers` lists the
// lines that are sent, so a header that comes in several lines says so with `lines`.

#include "suite/read_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "route/matcher.h"
#include "route/url.h"
#include "suite/values.h"

namespace wicket::suite {
namespace {

constexpr std::uint64_t kMaxPort = 65535;

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

class Reading {
 public:
  Reading(Scope& scope, Case& out) : scope_(scope), out_(out) {}

  bool run(NodeId node) {
    node = scope_.chosen(node, "request");
    if (node == NodeId::kNone) return false;
    if (scope_.document()[node].kind == yaml::NodeKind::kScalar) {
      url_ = text(node, "request");
    } else {
      read_mapping(scope_, node, "request",
                   {"url", "method", "scheme", "host", "path", "query", "headers", "port", "sni", "http-version",
                    "client-address"},
                   [&](std::string_view key, NodeId value) { part(key, value); });
    }
    return is_sound_ && assemble(node);
  }

 private:
  void fail(NodeId node, std::string message) {
    is_sound_ = false;
    scope_.fail(node, std::move(message));
  }

  std::optional<std::string> text(NodeId node, std::string_view where) {
    std::optional<std::string> value = scope_.text(node, where);
    if (!value) {
      is_sound_ = false;
    } else if (has_line_break(*value)) {
      fail(node, fmt::format("{} has a line break in it", where));
    }
    return value;
  }

  void part(std::string_view key, NodeId value) {
    // Headers and query parameters are mappings with lists inside; everything else is one value, or a list of them.
    value = scope_.chosen(value, key);
    if (value == NodeId::kNone) {
      is_sound_ = false;
      return;
    }
    if (key == "headers") return headers(value);
    if (key == "query") return query(value);
    if (scope_.document().is_null(value)) return;  // a list with "without it" in it
    if (key == "url") url_ = text(value, key);
    if (key == "method") method(value);
    if (key == "scheme") {
      constexpr std::string_view kSchemes[] = {"http", "https"};
      scheme_ = word_value(scope_, value, key, kSchemes);
      is_sound_ = is_sound_ && scheme_.has_value();
    }
    if (key == "host") host_ = text(value, key);
    if (key == "path") path_ = text(value, key);
    if (key == "sni") sni_ = text(value, key);
    if (key == "client-address") out_.client_address = text(value, key).value_or("");
    if (key == "port") {
      const std::optional<std::uint64_t> number = number_value(scope_, value, key, 1, kMaxPort);
      if (number) port_ = static_cast<std::uint32_t>(*number);
      is_sound_ = is_sound_ && number;
    }
    if (key == "http-version") version(value);
  }

  void method(NodeId node) {
    const std::optional<std::string> word = text(node, "method");
    if (!word) return;
    if (!is_token(*word)) return fail(node, fmt::format("method \"{}\" is none", *word));
    out_.request.method = *word;
  }

  void version(NodeId node) {
    constexpr std::string_view kVersions[] = {"1.0", "1.1", "2"};
    const std::optional<std::string> word = word_value(scope_, node, "http-version", kVersions);
    if (!word) {
      is_sound_ = false;
      return;
    }
    version_ = *word == "1.0" ? route::HttpVersion::kHttp10
               : *word == "2" ? route::HttpVersion::kHttp2
                              : route::HttpVersion::kHttp11;
  }

  void headers(NodeId node) {
    const yaml::Document& document = scope_.document();
    if (document.is_null(node)) return;
    if (document[node].kind != yaml::NodeKind::kMapping)
      return fail(node, "headers needs names and values: headers: {x-user: beta}");
    for (NodeId key = document[node].first(); key != NodeId::kNone; key = document[document[key].next()].next())
      header(std::string(document.text(key)), key, document[key].next());
  }

  void header(const std::string& name, NodeId key, NodeId value) {
    const yaml::Document& document = scope_.document();
    if (name.starts_with(':'))
      return fail(key, fmt::format("header \"{}\" is method, host, path or scheme here", name));
    if (!is_token(name)) return fail(key, fmt::format("\"{}\" is no name of a header", name));
    if (document[value].kind == yaml::NodeKind::kMapping) {
      read_mapping(scope_, value, fmt::format("header {}", name), {"lines"}, [&](std::string_view, NodeId lines) {
        if (document[lines].kind != yaml::NodeKind::kSequence) return fail(lines, "lines needs a list of values");
        for (NodeId line = document[lines].first(); line != NodeId::kNone; line = document[line].next())
          add(name, line);
      });
      return;
    }
    value = scope_.chosen(value, name);
    if (value == NodeId::kNone) {
      is_sound_ = false;
    } else if (!document.is_null(value)) {
      add(name, value);
    }
  }

  void add(const std::string& name, NodeId node) {
    const std::optional<std::string> value = text(node, fmt::format("header {}", name));
    if (!value) return;
    if (route::same_name(name, "host")) {
      host_ = *value;
    } else {
      out_.request.headers.emplace_back(name, *value);
    }
  }

  void query(NodeId node) {
    const yaml::Document& document = scope_.document();
    if (document.is_null(node)) return;
    if (document[node].kind == yaml::NodeKind::kScalar) {
      if (const std::optional<std::string> value = text(node, "query")) query_ = *value;
      return;
    }
    for (NodeId key = document[node].first(); key != NodeId::kNone; key = document[document[key].next()].next()) {
      const std::string name(document.text(key));
      const NodeId value = scope_.chosen(document[key].next(), name);
      if (value == NodeId::kNone) {
        is_sound_ = false;
      } else if (!document.is_null(value)) {
        const std::optional<std::string> filled = text(value, fmt::format("query parameter {}", name));
        if (filled) query_.append(query_.empty() ? "" : "&").append(name).append("=").append(*filled);
      }
    }
  }

  // The target with the query behind it; parameters of the URL stay in front.
  [[nodiscard]] std::string with_query(std::string target) const {
    if (query_.empty()) return target;
    return target.append(target.find('?') == std::string::npos ? "?" : "&").append(query_);
  }

  bool assemble(NodeId node) {
    if (url_ && scheme_) return fail(node, "url and scheme do not go together: the URL says it"), false;
    if (!url_ && !host_) return fail(node, "request needs a url, or a host"), false;
    const std::string asked = url_ ? *url_ : fmt::format("{}://{}/", scheme_.value_or("http"), *host_);
    const Result<route::Url> url = route::parse_url(asked);
    if (!url) return fail(node, fmt::format("'{}' {}", asked, url.error().message)), false;
    const std::string method = std::move(out_.request.method);
    std::vector<route::Header> lines = std::move(out_.request.headers);
    out_.request = route::request_to(*url);
    out_.request.method = method;
    out_.request.headers = std::move(lines);
    out_.request.version = version_;
    if (url_ && host_) out_.request.authority = *host_;
    if (path_) out_.request.target = *path_;
    out_.request.target = with_query(std::move(out_.request.target));
    if (port_) out_.request.port = *port_;
    if (sni_) out_.request.sni = *sni_;
    out_.url = fmt::format("{}://{}{}", url->scheme, url_ && host_ ? *host_ : url->authority, out_.request.target);
    return true;
  }

  Scope& scope_;
  Case& out_;
  bool is_sound_ = true;
  std::optional<std::string> url_, scheme_, host_, path_, sni_;
  std::optional<std::uint32_t> port_;
  std::string query_;
  route::HttpVersion version_ = route::HttpVersion::kHttp11;
};

}  // namespace

bool read_request(Scope& scope, NodeId node, Case& out) {
  out.request.method = "GET";
  return Reading(scope, out).run(node);
}

bool read_draw(Scope& scope, NodeId node, route::Draw& out) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  node = scope.chosen(node, "draw");
  if (node == NodeId::kNone) return false;
  if (scope.document().is_null(node)) return true;
  if (scope.document()[node].kind == yaml::NodeKind::kScalar) {
    const std::optional<std::uint64_t> number = number_value(scope, node, "draw", 0, kMost);
    if (number) out = route::Draw::all(*number);
    return number.has_value();
  }
  bool is_sound = scope.document()[node].kind == yaml::NodeKind::kMapping;
  read_mapping(scope, node, "draw", {"route", "delay", "abort", "mirror"}, [&](std::string_view key, NodeId value) {
    value = scope.chosen(value, key);
    const std::optional<std::uint64_t> number =
        value == NodeId::kNone ? std::nullopt : number_value(scope, value, key, 0, kMost);
    is_sound = is_sound && number;
    if (key == "route") out.route = number;
    if (key == "delay") out.delay = number;
    if (key == "abort") out.abort = number;
    if (key == "mirror") out.mirror = number;
  });
  return is_sound;
}

}  // namespace wicket::suite
