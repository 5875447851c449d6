// The conditions of http routes: names of headers, texts and patterns, ports, and what is said about the caller.
#include <algorithm>

#include "check/http_text.h"
#include "check/virtual_service.h"
#include "check/words.h"
#include "model/host_name.h"
#include "model/label.h"

namespace wicket::check::virtual_service {
namespace {

using model::StringMatch;
using model::Text;

/// What one place takes beside the ordinary.
struct Leeway {
  bool empty_prefix = false;  // matches everything, and may be written
  bool star = false;          // the regex * stands for presence
};

bool has_several_kinds(const StringMatch& match) {
  return int{match.exact.present()} + int{match.prefix.present()} + int{match.regex.present()} > 1;
}

void check_string_match(const Subject& subject, const StringMatch& match, const Leeway& leeway) {
  if (has_several_kinds(match)) return;  // WK120
  if (match.prefix && match.prefix->empty() && !leeway.empty_prefix)
    subject
        .report(wk("WK323"), subject.places.value(match.prefix.node),
                "an empty prefix matches everything and is refused here")
        .help("remove the condition, or write {} to ask that the value is present");
  if (match.regex && !(leeway.star && *match.regex == "*")) check_pattern(subject, match.regex);
}

void check_header_names(const Subject& subject, const model::Map<StringMatch>& headers) {
  static constexpr std::string_view kPseudoHeaders[] = {":method", ":scheme", ":authority", ":path", ":status"};
  for (const auto& entry : headers) {
    const ClaimKey claim = claim_key(entry.key);
    const bool is_pseudo = std::ranges::find(kPseudoHeaders, entry.key) != std::end(kPseudoHeaders);
    if (claim == ClaimKey::kClaim || is_pseudo || is_header_name(entry.key)) continue;
    auto finding =
        subject.report(wk("WK321"), subject.places.key(entry.value.node), "{} is not a header name", quoted(entry.key));
    if (claim == ClaimKey::kBroken) {
      finding.help("a claim is written @request.auth.claims.name or @request.auth.claims[name]");
    } else if (entry.key.starts_with(':')) {
      finding.help("of the names with a colon there are :method, :scheme, :authority, :path and :status");
    } else if (entry.key.empty()) {
      finding.help("name the header");
    } else {
      finding.help("a header name has letters, digits and !#$%&'*+.^_`|~-");
    }
  }
}

void check_header_conditions(const Subject& subject, const model::Map<StringMatch>& conditions, const Leeway& leeway) {
  for (const auto& entry : conditions) check_string_match(subject, entry.value, leeway);
}

}  // namespace

void check_pattern(const Subject& subject, const Text& pattern) {
  constexpr std::size_t kLongest = 1024;
  if (!pattern) return;
  if (pattern->empty()) {
    subject.report(wk("WK324"), subject.places.value(pattern.node), "regex must not be empty")
        .help("remove the condition, or write .* for any text");
    return;
  }
  if (pattern->size() > kLongest) {
    subject
        .report(wk("WK326"), subject.places.value(pattern.node), "the regex has {} bytes, at most {} are allowed",
                pattern->size(), kLongest)
        .help("split it into several matches");
    return;
  }
  if (!subject.out.wants(wk("WK325"))) return;
  const PatternFault* fault = subject.patterns.fault_of(*pattern);
  if (fault == nullptr) return;
  const bool whole = fault->size == 0;
  const Place place = whole ? subject.places.value(pattern.node)
                            : subject.places.part(pattern.node, {.offset = fault->offset, .size = fault->size});
  auto finding = whole ? subject.report(wk("WK325"), place, "invalid regular expression: {}", fault->reason)
                       : subject.report(wk("WK325"), place, "invalid regular expression: {}, at offset {}",
                                        fault->reason, fault->offset);
  if (fault->only_proxy) finding.level(Severity::kWarning).origin(Origin::kPilot);
  if (*pattern == "*") {
    finding.help("write {} to ask only that it is present, or .* for any text");
  } else if (fault->reason == "RE2 has no look-ahead") {
    finding.help("put what must not match into an earlier route, or use withoutHeaders");
  } else if (fault->only_proxy) {
    finding.help("the webhook takes it, but the proxy then refuses the routes; write it in another way");
  }
}

void check_match_port(const Subject& subject, const model::Spanned<std::uint32_t>& port) {
  constexpr std::uint32_t kLast = 65535;
  if (port && *port > kLast)
    subject.report(wk("WK327"), subject.places.value(port.node), "port {} is not in 1..65535", *port)
        .help("leave port out to match any");
}

void check_source(const Subject& subject, const model::TextMap& labels, const Text& ns, bool is_http) {
  for (const auto& entry : labels) {
    if (!model::is_istio_label_key(entry.key))
      subject.report(wk("WK328"), subject.places.key(entry.value.node), "{} is not a label key", quoted(entry.key))
          .help("letters, digits, `-`, `_` and `.`, at most 63, with an optional domain/ in front");
    if (entry.value && !model::is_istio_label_value(*entry.value)) {
      auto finding = subject.report(wk("WK328"), subject.places.value(entry.value.node), "{} is not a label value",
                                    quoted(*entry.value));
      finding.help(entry.value->find('*') != std::string_view::npos
                       ? "labels are compared as they are: patterns are not possible"
                       : "letters, digits, `-`, `_` and `.`, first and last one a letter or digit");
    }
  }
  if (!ns || ns->empty() || model::is_istio_label(*ns)) return;
  auto finding = subject.report(wk("WK329"), subject.places.value(ns.node), "{} is not a namespace name", quoted(*ns));
  finding.help("one name of letters, digits and `-`, at most 63");
  if (!is_http) finding.origin(Origin::kOwn);
}

void check_matches(const Subject& subject, const model::HTTPRoute& route) {
  for (const model::HTTPMatchRequest& match : route.match) {
    check_header_names(subject, match.headers);
    check_header_names(subject, match.without_headers);
    check_header_conditions(subject, match.headers, {});
    check_header_conditions(subject, match.without_headers, {.star = true});
    check_header_conditions(subject, match.query_params, {});
    if (match.uri) check_string_match(subject, *match.uri, {.empty_prefix = true});
    if (match.scheme) check_string_match(subject, *match.scheme, {});
    if (match.method) check_string_match(subject, *match.method, {});
    if (match.authority) check_string_match(subject, *match.authority, {});
    check_match_port(subject, match.port);
    check_source(subject, match.source_labels, match.source_namespace, true);
    check_gateway_names(subject, match.gateways, true);
  }
}

}  // namespace wicket::check::virtual_service
