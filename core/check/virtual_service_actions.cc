// What an http route does: which actions exclude each other, and the fields of redirect, directResponse and rewrite.
#include <array>
#include <string>
#include <vector>

#include "check/virtual_service.h"
#include "check/words.h"

namespace wicket::check::virtual_service {
namespace {

using model::HTTPRoute;
using model::NodeId;

/// An action that is written: its name and the node that holds it.
struct Action {
  std::string_view name;
  NodeId node{};
};

std::uint32_t offset_of_key(const Subject& subject, NodeId node) {
  return subject.resource.document->key_span(node).begin;
}

/// Two actions exclude each other: told at the later one. What stands before `main` is told in one finding there.
void check_conflicts(const Subject& subject, const RuleInfo& rule, const Action& main,
                     const std::vector<Action>& others) {
  if (others.empty()) return;
  const std::uint32_t main_offset = offset_of_key(subject, main.node);
  std::string before;
  Span first_before;
  for (const Action& other : others) {
    if (offset_of_key(subject, other.node) < main_offset) {
      if (before.empty()) first_before = subject.resource.document->key_span(other.node);
      before.append(before.empty() ? "" : ", ").append(other.name);
      continue;
    }
    subject.report(rule, subject.places.key(other.node), "{} and {} exclude each other", main.name, other.name)
        .note(subject.resource.document->key_span(main.node), fmt::format("{} is here", main.name))
        .help("keep one of the two");
  }
  if (before.empty()) return;
  subject.report(rule, subject.places.key(main.node), "{} and {} exclude each other", main.name, before)
      .note(first_before, fmt::format("{} is here", before.substr(0, before.find(','))))
      .help("keep one of the two");
}

/// Actions beside a redirect or a directResponse that Istio refuses.
std::vector<Action> rivals(const HTTPRoute& route) {
  std::vector<Action> found;
  if (!route.route.empty()) found.push_back({"route", route.route.node});
  if (route.fault) found.push_back({"fault", route.fault->node});
  if (route.rewrite) found.push_back({"rewrite", route.rewrite->node});
  return found;
}

void check_root(const Subject& subject, const HTTPRoute& route) {
  const auto refuse = [&](const Action& action) {
    subject.report(wk("WK315"), subject.places.key(action.node), "a route with delegate cannot have {}", action.name)
        .note(subject.resource.document->key_span(route.delegate->node), "delegate is here")
        .help(fmt::format("the delegate's routes decide: remove {} here, or the delegate", action.name));
  };
  if (!route.route.empty()) refuse({"route", route.route.node});
  if (route.redirect) refuse({"redirect", route.redirect->node});
}

/// An entry that holds nothing but `route`: the rest of the one above, cut off by a dash too many.
bool is_lone_route(const Subject& subject, const HTTPRoute& route) {
  return !route.route.empty() && subject.resource.document->size(route.node) == 2;  // a key and its value
}

void check_has_action(const Subject& subject, const HTTPRoute& route, std::size_t index) {
  if (!subject.surely_empty(route.route, route.node, "route") || !subject.surely_lacks(route.node, "redirect") ||
      !subject.surely_lacks(route.node, "directResponse"))
    return;
  auto finding = subject.report(wk("WK319"), subject.places.lack(route.node), "this http route does nothing");
  const auto& routes = subject.spec.http;
  if (index + 1 < routes.size() && is_lone_route(subject, routes[index + 1])) {
    finding.help("remove the dash in front of the next `route`, which belongs to this entry")
        .note(subject.places.lack(routes[index + 1].node).span, "this is an entry of its own");
  } else {
    finding.help("add route, redirect, directResponse or delegate");
  }
}

/// A match on something else than the beginning of the path; null when there is none.
const model::StringMatch* match_without_prefix(const HTTPRoute& route) {
  for (const model::HTTPMatchRequest& match : route.match)
    if (match.uri && !match.uri->prefix.present()) return match.uri.get();
  return nullptr;
}

void check_redirect(const Subject& subject, const HTTPRoute& route) {
  const model::HTTPRedirect& redirect = *route.redirect;
  const bool has_prefix = redirect.prefix_rewrite && !redirect.prefix_rewrite->empty();
  if (has_prefix && redirect.uri && !redirect.uri->empty())
    subject
        .report(wk("WK360"), subject.places.key(redirect.prefix_rewrite.node),
                "redirect.uri and redirect.prefixRewrite exclude each other")
        .note(subject.resource.document->key_span(redirect.uri.node), "uri is here")
        .help("uri sets the whole path, prefixRewrite the matched prefix: keep one");
  if (const model::StringMatch* match = has_prefix ? match_without_prefix(route) : nullptr)
    if (subject.surely_lacks(match->node, "prefix"))
      subject
          .report(wk("WK361"), subject.places.key(redirect.prefix_rewrite.node),
                  "prefixRewrite needs prefix matches, so that there is a prefix to replace")
          .note(subject.resource.document->key_span(match->node), "this match is on no prefix")
          .help("match on uri.prefix, or set uri instead");

  const auto is_unset = [&](const model::Text& text, std::string_view field) {
    return text ? text->empty() : subject.surely_lacks(redirect.node, field);
  };
  if (is_unset(redirect.uri, "uri") && is_unset(redirect.prefix_rewrite, "prefixRewrite") &&
      is_unset(redirect.authority, "authority") && is_unset(redirect.scheme, "scheme") &&
      subject.surely_lacks(redirect.node, "port") && subject.surely_lacks(redirect.node, "derivePort"))
    subject.report(wk("WK362"), subject.places.key(redirect.node), "the redirect changes nothing")
        .help("set uri, prefixRewrite, authority, scheme, port or derivePort");

  constexpr std::uint32_t kFirstCode = 300;
  constexpr std::uint32_t kLastCode = 399;
  if (const auto& code = redirect.redirect_code; code && *code != 0 && (*code < kFirstCode || *code > kLastCode))
    subject.report(wk("WK363"), subject.places.value(code.node), "{} is not a redirect status", *code)
        .help("use 301, 302, 303, 307 or 308");
  if (const auto& scheme = redirect.scheme; scheme && !scheme->empty() && *scheme != "http" && *scheme != "https") {
    auto finding = subject.report(wk("WK364"), subject.places.value(scheme.node), "scheme {} is neither http nor https",
                                  quoted(*scheme));
    finding.help("write http or https, in lower case");
    std::string lower(*scheme);
    for (char& c : lower)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if ((lower == "http" || lower == "https") && subject.is_written_here(scheme.node))
      finding.fix("write it in lower case", {{subject.resource.span(scheme.node), lower}});
  }
  constexpr std::uint32_t kLastPort = 65535;
  if (redirect.port && *redirect.port > kLastPort)
    subject
        .report(wk("WK365"), subject.places.value(redirect.port.node), "redirect port {} is not in 1..65535",
                *redirect.port)
        .help("leave port out to keep that of the scheme");
}

void check_direct_response(const Subject& subject, const model::HTTPDirectResponse& response) {
  constexpr std::uint32_t kFirst = 200;
  constexpr std::uint32_t kEnd = 600;
  if (const auto& status = response.status) {
    if (*status < kFirst || *status > kEnd) {
      subject.report(wk("WK366"), subject.places.value(status.node), "status {} is not in 200..599", *status)
          .help("a directResponse ends the exchange: its status is a final one");
    } else if (*status == kEnd) {
      subject.report(wk("WK366"), subject.places.value(status.node), "status 600 is accepted, but is no HTTP status")
          .level(Severity::kWarning)
          .origin(Origin::kOwn)
          .help("use 200..599");
    }
  }
  if (!response.body) return;
  constexpr std::size_t kMost = std::size_t{1024} * 1024;
  constexpr std::size_t kMany = std::size_t{100} * 1024;
  const auto check_size = [&](std::size_t size, NodeId node) {
    if (size > kMost) {
      subject
          .report(wk("WK367"), subject.places.value(node), "the body has {} bytes, at most {} (1 MiB) are allowed",
                  size, kMost)
          .help("serve it from a web server");
    } else if (size > kMany) {
      subject.report(wk("WK368"), subject.places.value(node), "a body of {} bytes slows the control plane", size)
          .help("keep it below 100 KiB, or serve it from a web server");
    }
  };
  if (response.body->string) check_size(response.body->string->size(), response.body->string.node);
  if (response.body->bytes) check_size(response.body->bytes->size(), response.body->bytes.node);
}

void check_rewrite(const Subject& subject, const HTTPRoute& route) {
  const model::HTTPRewrite& rewrite = *route.rewrite;
  const model::RegexRewrite* regex = rewrite.uri_regex_rewrite.get();
  if (regex != nullptr && rewrite.uri && !rewrite.uri->empty())
    subject
        .report(wk("WK369"), subject.places.key(regex->node),
                "rewrite.uri and rewrite.uriRegexRewrite exclude each other")
        .note(subject.resource.document->key_span(rewrite.uri.node), "uri is here")
        .help("keep one of the two");
  const auto is_unset = [&](const model::Text& text, NodeId mapping, std::string_view field) {
    return text ? text->empty() : subject.surely_lacks(mapping, field);
  };
  if (is_unset(rewrite.uri, rewrite.node, "uri") && is_unset(rewrite.authority, rewrite.node, "authority") &&
      subject.surely_lacks(rewrite.node, "uriRegexRewrite")) {
    auto finding = subject.report(wk("WK370"), subject.places.key(rewrite.node),
                                  "rewrite needs uri, uriRegexRewrite or authority");
    finding.help(rewrite.uri
                     ? "to strip a prefix, match it with its slash (/x/) and rewrite to /, or use uriRegexRewrite"
                     : "set one of them, or remove rewrite");
  }
  if (regex == nullptr) return;
  if (is_unset(regex->match, regex->node, "match") || is_unset(regex->rewrite, regex->node, "rewrite"))
    subject.report(wk("WK371"), subject.places.key(regex->node), "uriRegexRewrite needs match and rewrite")
        .help(regex->rewrite ? "to remove what matches, keep at least a slash: rewrite: /" : "set both");
  if (regex->match && !regex->match->empty()) check_pattern(subject, regex->match);
}

}  // namespace

RouteType route_type(const Subject& subject, const HTTPRoute& route) {
  if (subject.is_delegate) return RouteType::kDelegate;
  return route.delegate ? RouteType::kRoot : RouteType::kIndependent;
}

void check_actions(const Subject& subject, const HTTPRoute& route, std::size_t index) {
  const RouteType type = route_type(subject, route);
  if (type == RouteType::kRoot) {
    if (!subject.spec.hosts.empty()) check_root(subject, route);
  } else {
    if (route.delegate)
      subject.report(wk("WK316"), subject.places.key(route.delegate->node), "a delegate cannot delegate again")
          .help("name that VirtualService in the root");
    if (route.redirect) {
      std::vector<Action> others = rivals(route);
      if (route.direct_response) others.push_back({"directResponse", route.direct_response->node});
      check_conflicts(subject, wk("WK317"), {"redirect", route.redirect->node}, others);
    } else if (route.direct_response) {
      check_conflicts(subject, wk("WK318"), {"directResponse", route.direct_response->node}, rivals(route));
    } else if (route.route.empty() && subject.surely_lacks(route.node, "delegate")) {
      check_has_action(subject, route, index);
    }
    if (route.mirror && !route.mirrors.empty())
      subject.report(wk("WK320"), subject.places.key(route.mirrors.node), "mirror and mirrors exclude each other")
          .note(subject.resource.document->key_span(route.mirror->node), "mirror is here")
          .help("put all of them into mirrors, each with a destination");
  }
  if (route.redirect) check_redirect(subject, route);
  if (route.direct_response) check_direct_response(subject, *route.direct_response);
  if (route.rewrite) check_rewrite(subject, route);
}

}  // namespace wicket::check::virtual_service
