// Header operations of routes and destinations, the authority that they may set, and CORS.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/edit_distance.h"
#include "check/http_text.h"
#include "check/virtual_service.h"
#include "check/words.h"

namespace wicket::check::virtual_service {
namespace {

using model::Headers;
using model::NodeId;
using model::Text;

/// A name in set, add or remove. `may_set_authority`: set and add of a request.
void check_name(const Subject& subject, std::string_view name, const Place& place, bool may_set_authority) {
  if (name.empty()) {
    subject.report(wk("WK330"), place, "a header name is empty").help("name the header, or remove the entry");
    return;
  }
  if (may_set_authority && is_authority_header(name)) return;
  if (equal_ignoring_case(name, "host")) {
    subject.report(wk("WK332"), place, "the Host header cannot be changed here")
        .help("set the Host of a request by rewrite.authority; an answer has none");
    return;
  }
  if (!name.starts_with(':')) return;
  auto finding = subject.report(wk("WK331"), place, "{} cannot be changed here", quoted(name));
  if (name == ":path") {
    finding.help("change the path by rewrite.uri");
  } else if (name == ":scheme") {
    finding.help("redirect.scheme sends the client to another scheme");
  } else if (name == ":authority") {
    finding.help("set the Host of a request by rewrite.authority; an answer has none");
  } else if (name == ":status") {
    finding.help("directResponse and redirect set the status of their answers");
  } else {
    finding.help("names with a colon belong to HTTP itself");
  }
}

std::string_view words_for(PercentFault::Kind kind) {
  using enum PercentFault::Kind;
  switch (kind) {
    case kLonePercent:
      return "a single % at the end";
    case kUnterminated:
      return "the expression that starts here does not end in %";
    case kBehindParenthesis:
      return "something stands between ) and %";
    case kBadArguments:
      return "its arguments in brackets are no list of quoted strings";
    case kBackslash:
      return "its argument ends in a backslash";
  }
  return {};
}

void check_value(const Subject& subject, const Text& value) {
  if (!value) return;
  if (const auto control = find_control_character(*value)) {
    const yaml::Node& node = (*subject.resource.document)[value.node];
    const bool is_block = node.style == yaml::Style::kLiteral || node.style == yaml::Style::kFolded;
    subject
        .report(wk("WK333"), subject.places.part(value.node, {.offset = *control, .size = 1}),
                "the header value contains a control character (0x{:02x})",
                static_cast<unsigned char>((*value)[*control]))
        .help(is_block && *control + 1 == value->size()
                  ? "a block ends in a line break: write |- or >-, or put the value on one line"
                  : "write the value on one line, without control characters");
  }
  if (const auto fault = percent_fault(*value)) {
    using enum PercentFault::Kind;
    auto finding = subject.report(wk("WK334"), subject.places.part(value.node, {.offset = fault->offset, .size = 1}),
                                  "unescaped or unterminated % in a header value: {}", words_for(fault->kind));
    const std::string_view from = value->substr(fault->offset);
    if (fault->kind == kBehindParenthesis && from.find("):") != std::string_view::npos) {
      finding.help("the proxy knows a length behind the parenthesis, but Istio's webhook refuses it: leave it out");
    } else if (fault->kind == kUnterminated && from.find("()") != std::string_view::npos) {
      finding.help("Istio's webhook refuses an empty list of arguments: leave out the parentheses");
    } else {
      finding.help("write %% for a percent sign");
    }
    const std::size_t percents = static_cast<std::size_t>(std::ranges::count(*value, '%'));
    const Span at = subject.places.part(value.node, {.offset = fault->offset, .size = 1}).span;
    if (fault->kind == kLonePercent && percents == 1 && at.end == at.begin + 1) finding.fix("write %%", {{at, "%%"}});
  }
}

void check_operations(const Subject& subject, const model::HeaderOperations& operations, bool is_request) {
  for (const model::TextMap* map : {&operations.set, &operations.add})
    for (const auto& entry : *map) {
      check_name(subject, entry.key, subject.places.key(entry.value.node), is_request);
      check_value(subject, entry.value);
    }
  for (const Text& name : operations.remove)
    if (name) check_name(subject, *name, subject.places.value(name.node), false);
}

void check_headers(const Subject& subject, const model::Box<Headers>& headers) {
  if (!headers) return;
  if (headers->request) check_operations(subject, *headers->request, true);
  if (headers->response) check_operations(subject, *headers->response, false);
}

/// A place that sets the authority.
struct Authority {
  NodeId node{};  // the value
  std::string_view value;
  std::string_view where;
};

/// Places in one message of headers. Those of one map have no order for the webhook: it walks a Go map.
void add_authorities(const model::Box<Headers>& headers, std::vector<Authority>& found) {
  if (!headers || !headers->request) return;
  for (const auto& entry : headers->request->set)
    if (entry.value && is_authority_header(entry.key))
      found.push_back({entry.value.node, *entry.value, "headers.request.set"});
  for (const auto& entry : headers->request->add)
    if (entry.value && is_authority_header(entry.key))
      found.push_back({entry.value.node, *entry.value, "headers.request.add"});
}

void check_authority(const Subject& subject, const model::HTTPRoute& route) {
  std::vector<Authority> places;
  if (route.rewrite && route.rewrite->authority)
    places.push_back({route.rewrite->authority.node, *route.rewrite->authority, "rewrite.authority"});
  add_authorities(route.headers, places);
  // Empty values do not count until one that is not has been met.
  const auto first = std::ranges::find_if(places, [](const Authority& authority) { return !authority.value.empty(); });
  const auto same_map = [&](const Authority& authority) {
    return first != places.end() && authority.where == first->where && authority.where != "rewrite.authority";
  };
  std::vector<Authority> counted;
  for (auto place = places.begin(); place != places.end(); ++place)
    if (place >= first || same_map(*place)) counted.push_back(*place);
  const auto key_begin = [&](const Authority& authority) {
    return subject.resource.document->key_span(authority.node).begin;
  };
  std::ranges::sort(counted, {}, key_begin);
  const auto report = [&](const Authority& second, const Authority& before) {
    return subject
        .report(wk("WK335"), subject.places.key(second.node), "the authority is already set by {}", before.where)
        .note(subject.resource.document->key_span(before.node), "set here")
        .help("set it in one place");
  };
  for (std::size_t i = 1; i < counted.size(); ++i) report(counted[i], counted.front());
  if (counted.empty()) return;
  for (const model::HTTPRouteDestination& destination : route.route) {
    std::vector<Authority> own;
    add_authorities(destination.headers, own);
    for (const Authority& authority : own)
      if (!authority.value.empty()) report(authority, counted.front()).level(Severity::kWarning).origin(Origin::kOwn);
  }
}

constexpr std::array<std::string_view, 10> kCorsMethods = {"GET",    "HEAD",    "POST",    "PUT",   "PATCH",
                                                           "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"};

void check_cors_method(const Subject& subject, const Text& method) {
  if (!method || std::ranges::find(kCorsMethods, *method) != kCorsMethods.end()) return;
  std::string upper(*method);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  const bool is_case = std::ranges::find(kCorsMethods, upper) != kCorsMethods.end();
  auto finding = subject.report(wk("WK337"), subject.places.value(method.node), "{} is not a method that Istio takes",
                                quoted(*method));
  if (is_case) {
    finding.help(fmt::format("write {}", upper));
    if (subject.is_written_here(method.node))
      finding.fix("write it in capitals", {{subject.resource.span(method.node), upper}});
  } else if (method->find(',') != std::string_view::npos) {
    finding.help("write one method an entry");
  } else {
    finding.help("GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE or \"*\"");
  }
}

void check_cors_header(const Subject& subject, const Text& name) {
  if (!name || *name == "*" || is_header_name(*name)) return;
  auto finding = subject.report(wk("WK338"), subject.places.value(name.node), "{} is not a header name", quoted(*name));
  finding.help(name->find(',') != std::string_view::npos ? "write one header an entry"
                                                         : "name one header an entry, or \"*\" for all");
}

void check_origin(const Subject& subject, const model::StringMatch& origin) {
  const int kinds = int{origin.exact.present()} + int{origin.prefix.present()} + int{origin.regex.present()};
  if (kinds > 1) return;  // WK120
  const bool is_empty = (origin.exact && origin.exact->empty()) || (origin.prefix && origin.prefix->empty());
  const bool is_unset = kinds == 0 && subject.surely_lacks(origin.node, "exact");
  if (is_empty || is_unset)
    subject.report(wk("WK336"), subject.places.lack(origin.node), "an allowed origin needs exact, prefix or regex")
        .help("for example exact: https://shop.example.com");
  check_pattern(subject, origin.regex);
}

}  // namespace

void check_header_operations(const Subject& subject, const model::HTTPRoute& route) {
  check_headers(subject, route.headers);
  for (const model::HTTPRouteDestination& destination : route.route) check_headers(subject, destination.headers);
  check_authority(subject, route);
}

void check_cors(const Subject& subject, const model::CorsPolicy& cors) {
  if (!cors.allow_origin.empty()) {
    auto finding = subject.report(wk("WK383"), subject.places.key(cors.allow_origin.node),
                                  "allowOrigin is deprecated; use allowOrigins with exact, prefix or regex");
    finding.help(cors.allow_origins.empty() ? "its entries are exact origins: a * inside one is no wildcard"
                                            : "it is ignored beside allowOrigins: remove it");
  }
  for (const model::StringMatch& origin : cors.allow_origins) check_origin(subject, origin);
  for (const Text& method : cors.allow_methods) check_cors_method(subject, method);
  for (const Text& name : cors.allow_headers) check_cors_header(subject, name);
  for (const Text& name : cors.expose_headers) check_cors_header(subject, name);
  if (cors.max_age && *cors.max_age % std::chrono::seconds(1) > model::Duration(0))
    subject
        .report(wk("WK339"), subject.places.value(cors.max_age.node), "maxAge is in whole seconds, not {}",
                model::format_duration(*cors.max_age))
        .help("round it to seconds");
}

}  // namespace wicket::check::virtual_service
