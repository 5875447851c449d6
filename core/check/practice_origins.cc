// WK706 to WK708: the origins of corsPolicy. Which of them a browser can send, and which the proxy takes, is tried with
// the same regex engine.
// Source: Envoy source/extensions/filters/http/cors, CorsFilter::isOriginAllowed: a pattern that takes "*" takes all.
#include <algorithm>
#include <optional>
#include <string>

#include "check/practice.h"
#include "check/repair.h"
#include "check/words.h"
#include "route/regex.h"
#include "rules/host_names.h"

namespace wicket::check::practice {
namespace {

using model::Text;

/// Whether a pattern takes sites that have nothing in common, not even the end of their names.
bool takes_any_site(const route::Regex& pattern) {
  return (pattern.full_match("https://qx.unrelated.example") && pattern.full_match("https://elsewhere.net")) ||
         (pattern.full_match("http://qx.unrelated.example") && pattern.full_match("http://elsewhere.net"));
}

/// A pattern without the anchors that change nothing, since it has to take the whole text.
std::string_view without_anchors(std::string_view pattern) {
  if (pattern.starts_with('^')) pattern.remove_prefix(1);
  if (pattern.ends_with('$') && !pattern.ends_with("\\$")) pattern.remove_suffix(1);
  return pattern;
}

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The scheme with `://` and what is behind it.
struct Origin {
  std::string_view scheme;
  std::string_view rest;
};
std::optional<Origin> parts_of(std::string_view text) {
  const std::size_t mark = text.find("://");
  if (mark == std::string_view::npos || mark == 0) return std::nullopt;
  return Origin{text.substr(0, mark), text.substr(mark + 3)};
}

/// A text that a pattern of plain parts takes, with `wild` in place of the dot at `dot` (npos: of a `.*` at the end).
/// Nothing where the pattern is more than letters, escapes, single dots and optional letters.
std::optional<std::string> example_of(std::string_view pattern, std::size_t dot, std::string_view wild) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size() && !is_word(pattern[i + 1])) {
      text += pattern[++i];
    } else if (c == '.') {
      const bool many = i + 1 < pattern.size() && (pattern[i + 1] == '*' || pattern[i + 1] == '+');
      const bool last = many && i + 2 == pattern.size();
      if (i == dot) {
        text += wild;
      } else if (last && dot == std::string_view::npos) {
        text += wild;
      } else {
        text += many ? "x" : ".";
      }
      if (many) ++i;
    } else if (c == '?' && !text.empty()) {
      continue;  // there
    } else if (std::string_view("()[]{}*+|^$\\?").find(c) != std::string_view::npos) {
      return std::nullopt;
    } else {
      text += c;
    }
  }
  return text;
}

class Checker {
 public:
  Checker(const Scope& scope, const Routes& routes, const model::CorsPolicy& cors)
      : out_(scope.out), cors_(cors), places_(*routes.resource), document_(*routes.resource->document) {}

  void check() {
    for (const Text& origin : cors_.allow_origin)
      if (origin.valid) check_exact(origin);
    for (const model::StringMatch& origin : cors_.allow_origins) {
      if (origin.exact) check_exact(origin.exact);
      if (origin.prefix) check_prefix(origin.prefix);
      if (origin.regex) check_regex(origin.regex);
    }
  }

 private:
  void takes_all(const Text& value) {
    const bool credentials = *cors_.allow_credentials;
    out_.report(wk7("WK706"), places_.value(value.node), "{}",
                credentials ? "every site may send credentialed requests" : "every site may read the answers")
        .level(credentials ? Severity::kError : Severity::kInfo)
        .help("list the origins that belong to you");
  }

  void check_exact(const Text& value) {
    const std::string_view text = *value;
    if (text == "*") return takes_all(value);
    if (text.empty()) return;
    if (text == "null") {
      out_.report(wk7("WK708"), places_.value(value.node),
                  "null is the origin of every sandboxed frame and local file: any site can send it")
          .help("remove it");
      return;
    }
    std::string better = rules::lower_case(text);
    std::string_view fault;
    const auto parts = parts_of(text);
    if (text.find('*') != std::string_view::npos) {
      fault = "a * inside an origin stands for itself";
      better.clear();
    } else if (!parts || parts->rest.empty()) {
      fault = "an origin has a scheme and a host";
      better.clear();
    } else if (const std::size_t slash = parts->rest.find('/'); slash != std::string_view::npos) {
      fault = "an origin has no path";
      better.resize(text.size() - parts->rest.size() + slash);
    } else if ((parts->scheme == "https" && text.ends_with(":443")) ||
               (parts->scheme == "http" && text.ends_with(":80"))) {
      fault = "browsers leave out the default port";
      better.resize(text.rfind(':'));
    } else if (better != text) {
      fault = "browsers send origins in lower case";
    }
    if (fault.empty()) return;
    auto finding = out_.report(wk7("WK708"), places_.value(value.node), "browsers never send this origin: {}", fault);
    finding.help("write scheme://host[:port]");
    if (!better.empty()) finding.fix(fmt::format("write {}", better), replace_scalar(document_, value.node, better));
  }

  void check_prefix(const Text& value) {
    const std::string_view text = *value;
    if (std::string_view("https://").starts_with(text) || std::string_view("http://").starts_with(text) || text == "*")
      return takes_all(value);
    const auto parts = parts_of(text);
    if (!parts || (parts->scheme != "http" && parts->scheme != "https")) return;
    if (parts->rest.find_first_of(":/") != std::string_view::npos) return;
    too_wide(value, fmt::format("{}{}evil.net", text, text.ends_with('.') ? "" : "."));
  }

  void check_regex(const Text& value) {
    const auto regex = route::Regex::compile(*value);
    if (!regex) return;
    if (regex->full_match("*") || takes_any_site(*regex)) return takes_all(value);
    const std::string_view pattern = without_anchors(*value);
    const auto tell = [&](const std::optional<std::string>& example) {
      too_wide(value, example && regex->full_match(*example) ? *example : std::string());
    };
    if (pattern.ends_with(".*") || pattern.ends_with(".+")) {
      const std::string_view front = pattern.substr(0, pattern.size() - 2);
      if (!front.empty() && is_word(front.back()))
        return tell(example_of(pattern, std::string_view::npos, ".evil.net"));
    }
    for (std::size_t i = 1; i + 1 < pattern.size(); ++i) {
      if (pattern[i - 1] == '\\') {
        if (pattern[i] == '\\') ++i;
        continue;
      }
      if (pattern[i] == '[') i = std::min(pattern.find(']', i), pattern.size() - 1);
      const bool between = pattern[i] == '.' && is_label_end(pattern, i) && is_word(pattern[i + 1]);
      if (between) return tell(example_of(pattern, i, "x"));
    }
  }

  /// Whether a label may end in front of a position of a pattern.
  static bool is_label_end(std::string_view pattern, std::size_t at) {
    const char c = pattern[at - 1];
    return is_word(c) || c == ')' || c == ']' || c == '+' || (c == '*' && at >= 2 && pattern[at - 2] != '.') ||
           (at >= 2 && c == '*');
  }

  void too_wide(const Text& value, const std::string& example) {
    out_.report(wk7("WK707"), places_.value(value.node), "also matches {}",
                example.empty() ? "other names: the dot stands for any character" : example)
        .help("use exact, or a regex with \\. for each dot and the end of the name at its end");
  }

  Reporter& out_;
  const model::CorsPolicy& cors_;
  Places places_;
  const yaml::Document& document_;
};

}  // namespace

void check_origins(const Scope& scope, const Routes& routes) {
  for (const model::HTTPRoute& route : routes.spec->http)
    if (route.cors_policy != nullptr) Checker(scope, routes, *route.cors_policy).check();
}

}  // namespace wicket::check::practice
