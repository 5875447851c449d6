// Conditions that no request fulfils, or that mean something else than they look like: WK514, WK527, WK529 to WK533,
// WK540 to WK542, WK551.
// Source: Envoy source/common/router/config_impl.cc; Istio pilot/pkg/networking/core/route, TranslateRouteMatch.
#include <algorithm>
#include <array>

#include "check/http_text.h"
#include "check/routing.h"
#include "check/words.h"
#include "rules/host_names.h"

namespace wicket::check::routing {
namespace {

using model::HTTPMatchRequest;
using model::StringMatch;
using model::Text;

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return upper;
}
bool has_upper_case(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// ---- uri ----

void check_path_text(const Subject& subject, const Text& text, bool is_exact) {
  if (!text || text->empty()) return;
  const auto place = [&] { return subject.places.value(text.node); };
  if (text->front() != '/' && !(is_exact && *text == "*")) {
    auto finding = subject.report(wk("WK514"), place(), "a path starts with /, so {} never matches", quoted(*text));
    if (text->find("://") != std::string_view::npos) {
      finding.help("only the path is matched here; the host belongs into hosts or authority");
    } else {
      finding.help(fmt::format("write /{}", *text));
    }
  } else if (text->size() > 1 && text->ends_with('*')) {
    subject
        .report(wk("WK514"), place(), "* has no meaning in {}; {} matches only a literal *",
                is_exact ? "exact" : "prefix", quoted(*text))
        .level(Severity::kWarning)
        .help("write a prefix that ends in front of the *");
  }
  const std::size_t at = std::min(text->find('?'), text->find('#'));
  if (at != std::string_view::npos)
    subject.report(wk("WK531"), place(), "{} never matches: a path has neither ? nor #", quoted(*text))
        .help((*text)[at] == '?' ? "match the query with queryParams" : "browsers do not send what follows #");
}

void check_uri(const Subject& subject, const model::HTTPRoute& route, const HTTPMatchRequest& match) {
  if (match.uri) {
    check_path_text(subject, match.uri->exact, true);
    check_path_text(subject, match.uri->prefix, false);
  }
  if (!match.ignore_uri_case || !*match.ignore_uri_case) return;
  // What a delegate leaves out its root may say, and the other way round.
  const bool is_merged = subject.is_delegate || route.delegate;
  const bool has_regex = match.uri && match.uri->regex;
  if (!has_regex && (is_merged || match.uri || !subject.surely_lacks(match.node, "uri"))) return;
  subject
      .report(wk("WK533"), subject.places.value(match.ignore_uri_case.node), "ignoreUriCase has no effect {}",
              has_regex ? "on a regex" : "without uri")
      .help(has_regex ? "put (?i) in front of the regex" : "remove it, or add a uri");
}

// ---- method ----

constexpr std::array<std::string_view, 25> kMethods = {
    "GET",      "HEAD",      "POST",   "PUT",   "DELETE", "CONNECT",  "OPTIONS", "TRACE",  "PATCH",
    "PROPFIND", "PROPPATCH", "MKCOL",  "COPY",  "MOVE",   "LOCK",     "UNLOCK",  "REPORT", "SEARCH",
    "PURGE",    "LINK",      "UNLINK", "QUERY", "ACL",    "CHECKOUT", "MERGE"};

void check_method(const Subject& subject, const StringMatch& method) {
  const bool is_exact = static_cast<bool>(method.exact);
  const Text& text = is_exact ? method.exact : method.prefix;
  if (!text || text->empty()) return;
  if (is_exact && std::ranges::find(kMethods, *text) != kMethods.end()) return;
  const std::string upper = upper_case(*text);
  const bool is_known = std::ranges::any_of(
      kMethods, [&](std::string_view known) { return is_exact ? known == upper : known.starts_with(upper); });
  if (is_known && upper != *text) {
    subject
        .report(wk("WK529"), subject.places.value(text.node), "methods are case-sensitive: {} is not {}", quoted(*text),
                upper)
        .help(fmt::format("write {}", upper));
  } else if (!is_known) {
    subject
        .report(wk("WK529"), subject.places.value(text.node), "no standard method {} {}",
                is_exact ? "is" : "starts with", quoted(*text))
        .level(Severity::kInfo)
        .help("methods are written in upper case: GET, POST …");
  }
}

// ---- authority ----

std::string_view without_port(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  const bool is_port = colon != std::string_view::npos && colon + 1 < authority.size() &&
                       std::ranges::all_of(authority.substr(colon + 1), [](char c) { return c >= '0' && c <= '9'; });
  return is_port ? authority.substr(0, colon) : authority;
}

bool can_produce(std::string_view host, std::string_view authority, bool is_exact) {
  if (is_exact) return host == authority || rules::have_common_name(host, without_port(authority));
  if (host.starts_with('*')) return true;
  return host.starts_with(authority) || authority.starts_with(std::string(host) + ":");
}

void check_authority(const Subject& subject, const StringMatch& authority) {
  const bool is_exact = static_cast<bool>(authority.exact);
  const Text& text = is_exact ? authority.exact : authority.prefix;
  if (!text || text->empty() || subject.spec.hosts.empty()) return;
  const std::string lower = rules::lower_case(*text);
  for (const Text& host : subject.spec.hosts) {
    // In the mesh a host is reached by several names.
    if (!host || (subject.applies_to_mesh && !host->starts_with('*'))) return;
    if (can_produce(rules::lower_case(*host), lower, is_exact)) {
      if (has_upper_case(*text))
        subject
            .report(wk("WK530"), subject.places.value(text.node),
                    "the authority is compared with regard to case: {} matches only when it is sent so", quoted(*text))
            .level(Severity::kInfo)
            .help("clients send host names in lower case");
      return;
    }
  }
  subject
      .report(wk("WK530"), subject.places.value(text.node),
              "requests with authority {} never come here: no host has that name", quoted(*text))
      .help("hosts decides first; add the name there, or remove the condition");
}

// ---- headers ----

std::string_view field_for(std::string_view header) {
  static constexpr std::array<std::string_view, 4> kFields = {"uri", "scheme", "method", "authority"};
  for (const std::string_view field : kFields)
    if (equal_ignoring_case(header, field)) return field;
  return {};
}

/// Whether a condition asks for the name alone.
bool is_open(const StringMatch& match) {
  return (!match.exact && !match.prefix && !match.regex) || (match.regex && *match.regex == "*");
}

void check_names(const Subject& subject, const model::Map<StringMatch>& headers) {
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const auto& entry = headers[i];
    const auto place = [&] { return subject.places.key(entry.value.node); };
    if (const ClaimKey claim = claim_key(entry.key); claim != ClaimKey::kNone) {
      // A header can be asked for as such, a claim cannot (R-HDR-6).
      if (claim == ClaimKey::kClaim && !subject.applies_to_mesh && is_open(entry.value))
        subject.report(wk("WK540"), place(), "a claim needs a value: without one Envoy refuses all routes of the port")
            .level(Severity::kError)
            .help("ask for a value; regex: '.+' takes any");
      continue;
    }
    if (const std::string_view field = field_for(entry.key); !field.empty())
      subject.report(wk("WK540"), place(), "this asks for a header that is called {}", entry.key)
          .help(fmt::format("use the field {} of the match", field));
    if (equal_ignoring_case(entry.key, ":status"))
      subject.report(wk("WK540"), place(), "a request has no :status; answers have one")
          .help("remove the condition: nothing fulfils it");
    if (equal_ignoring_case(entry.key, "host"))
      subject.report(wk("WK551"), place(), "the Host header is matched as an ordinary header")
          .help("use authority, which says what is meant in HTTP/1 and HTTP/2");
    if (!has_upper_case(entry.key)) continue;
    const bool is_twin = std::ranges::any_of(headers, [&](const auto& other) {
      return other.key_node != entry.key_node && equal_ignoring_case(other.key, entry.key);
    });
    auto finding = subject.report(wk("WK541"), place(), "header name {} has upper-case letters", quoted(entry.key));
    finding.help("names are compared without regard to case; write them in lower case");
    if (is_twin) finding.level(Severity::kWarning);
  }
}

bool is_same(const Text& a, const Text& b) { return static_cast<bool>(a) == static_cast<bool>(b) && *a == *b; }

void check_contradictions(const Subject& subject, const HTTPMatchRequest& match) {
  for (const auto& without : match.without_headers) {
    for (const auto& with : match.headers) {
      if (!equal_ignoring_case(with.key, without.key)) continue;
      const bool is_equal = is_same(with.value.exact, without.value.exact) &&
                            is_same(with.value.prefix, without.value.prefix) &&
                            is_same(with.value.regex, without.value.regex);
      if (!is_equal && !is_open(without.value)) continue;
      subject
          .report(wk("WK542"), subject.places.key(without.value.node), "no request can have {} and not have it",
                  with.key)
          .note(subject.resource.span(with.key_node), "asked for here")
          .help("remove one of the two conditions");
    }
  }
  const auto* method = match.headers.find(":method");
  if (method != nullptr && method->value.exact && match.method && match.method->exact &&
      *method->value.exact != *match.method->exact)
    subject
        .report(wk("WK542"), subject.places.key(method->value.node), "no request has two methods, {} and {}",
                *match.method->exact, *method->value.exact)
        .note(subject.resource.span(match.method->exact.node), "the other one")
        .help("remove one of the two conditions");
}

std::string_view without_query(std::string_view path) { return path.substr(0, path.find_first_of("?#")); }

/// Whether no request has the path of a uri condition and the one that :path asks for, which has the query behind it.
bool excludes_path(const StringMatch& uri, std::string_view path) {
  if (uri.exact) return *uri.exact != path;
  return uri.prefix && !path.starts_with(*uri.prefix);
}

/// uri and the header :path speak of one thing.
void check_paths(const Subject& subject, const HTTPMatchRequest& match) {
  const auto* path = match.headers.find(":path");
  const bool ignores_case = match.ignore_uri_case && *match.ignore_uri_case;
  if (path == nullptr || !path->value.exact || !match.uri || ignores_case) return;
  if (!excludes_path(*match.uri, without_query(*path->value.exact))) return;
  subject
      .report(wk("WK542"), subject.places.key(path->value.node), "no request fulfils uri and has the :path {}",
              quoted(*path->value.exact))
      .note(subject.resource.span(match.uri->node), "the condition on uri")
      .help("remove one of the two conditions");
}

void check_caller(const Subject& subject, const HTTPMatchRequest& match) {
  if (subject.applies_to_mesh || subject.is_delegate || subject.spec.gateways.empty()) return;
  const auto tell = [&](yaml::NodeId node, std::string_view field) {
    auto finding =
        subject.report(wk("WK527"), subject.places.key(node), "{} is compared with the pods of the gateway", field);
    finding.help(match.gateways.empty()
                     ? "it tells callers in the mesh apart; clients from outside have neither labels nor a namespace"
                     : "it has no effect at all beside gateways; remove it");
  };
  if (!match.source_labels.empty()) tell(match.source_labels.node, "sourceLabels");
  if (match.source_namespace && !match.source_namespace->empty()) tell(match.source_namespace.node, "sourceNamespace");
}

// ---- WK516 ----

/// Whether a path has a part that hardly ought to be reached by accident.
bool looks_sensitive(std::string_view path) {
  static constexpr std::array<std::string_view, 5> kWords = {"admin", "internal", "metrics", "actuator", "debug"};
  const std::string lower = rules::lower_case(path);
  std::string_view left = lower;
  if (left.find("/.git") != std::string_view::npos) return true;
  while (!left.empty()) {
    const std::string_view word = left.substr(0, left.find_first_of("/-_."));
    if (std::ranges::find(kWords, word) != kWords.end()) return true;
    left.remove_prefix(std::min(left.size(), word.size() + 1));
  }
  return false;
}

/// Whether some condition of the VirtualService is about a path that begins like this one, without a slash behind it.
bool has_sibling(const Subject& subject, std::string_view prefix) {
  const auto is_sibling = [prefix](const Text& text) {
    return text && text->size() > prefix.size() && text->starts_with(prefix) && (*text)[prefix.size()] != '/';
  };
  return std::ranges::any_of(subject.spec.http, [&](const model::HTTPRoute& route) {
    return std::ranges::any_of(route.match, [&](const HTTPMatchRequest& match) {
      return match.uri && (is_sibling(match.uri->exact) || is_sibling(match.uri->prefix));
    });
  });
}

}  // namespace

void check_prefixes(const Subject& subject, const model::HTTPRoute& route) {
  if (route.redirect || !subject.out.wants(wk("WK516"))) return;
  for (const HTTPMatchRequest& match : route.match) {
    if (!match.uri || !match.uri->prefix) continue;
    const std::string_view prefix = *match.uri->prefix;
    if (!prefix.starts_with('/') || prefix.size() < 2 || prefix.ends_with('/')) continue;
    if (!looks_sensitive(prefix) && !subject.out.is_asked_for(wk("WK516"))) continue;
    if (has_sibling(subject, prefix)) continue;
    subject.report(wk("WK516"), subject.places.value(match.uri->prefix.node), "prefix {0} also takes {0}-other", prefix)
        .help(fmt::format("match exact {0} and prefix {0}/", prefix));
  }
}

void check_conditions(const Subject& subject, const model::HTTPRoute& route) {
  for (const HTTPMatchRequest& match : route.match) {
    check_uri(subject, route, match);
    if (match.method) check_method(subject, *match.method);
    if (match.authority) check_authority(subject, *match.authority);
    check_names(subject, match.headers);
    check_names(subject, match.without_headers);
    check_contradictions(subject, match);
    check_paths(subject, match);
    check_caller(subject, match);
  }
}

}  // namespace wicket::check::routing
