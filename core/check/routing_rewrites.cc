// Paths and authorities that are written anew: WK517, WK518, WK534, WK543, WK548.
// Source: Envoy source/common/router/config_impl.cc, finalizePathHeader; Istio pilot/pkg/networking/core/route.
#include <algorithm>
#include <array>

#include "check/routing.h"
#include "check/words.h"

namespace wicket::check::routing {
namespace {

using model::HTTPMatchRequest;
using model::HTTPRoute;
using model::Text;

/// Whether requests for `prefix` with a slash behind it are taken in front of `match`.
bool has_slash_sibling(const Subject& subject, std::size_t index, const HTTPMatchRequest& match) {
  const std::string sibling = std::string(*match.uri->prefix) + "/";
  for (std::size_t i = 0; i <= index; ++i)
    for (const HTTPMatchRequest& earlier : subject.spec.http[i].match) {
      if (&earlier == &match) return false;
      if (earlier.uri && earlier.uri->prefix && *earlier.uri->prefix == sibling) return true;
    }
  return false;
}

void check_seams(const Subject& subject, std::size_t index, const Text& text) {
  if (!text || text->empty()) return;
  for (const HTTPMatchRequest& match : subject.spec.http[index].match) {
    if (!match.uri || !match.uri->prefix || match.uri->prefix->empty()) continue;
    const std::string_view prefix = *match.uri->prefix;
    const bool has_slash = prefix.ends_with('/');
    if (has_slash == text->ends_with('/')) continue;
    if (has_slash) {
      subject
          .report(wk("WK518"), subject.places.value(text.node), "{}x becomes {}x: two segments are glued together",
                  prefix, *text)
          .note(subject.resource.span(match.uri->prefix.node), "this prefix is replaced")
          .help(fmt::format("write {}/", *text));
    } else if (!has_slash_sibling(subject, index, match)) {
      subject.report(wk("WK517"), subject.places.value(text.node), "{}/x becomes {}/x, with two slashes", prefix, *text)
          .note(subject.resource.span(match.uri->prefix.node), "this prefix is replaced")
          .help(fmt::format("match prefix {}/ in front of it, with the same rewrite", prefix));
    }
  }
}

void check_missing_path(const Subject& subject, const HTTPRoute& route, const Text& text) {
  // A root gives its conditions to the rules of its delegate.
  if (subject.is_delegate || route.delegate || !text || text->empty() || text->ends_with('/')) return;
  // Which of two things that exclude each other is meant, nobody knows: WK317, WK318, WK369.
  if (route.redirect || route.direct_response || route.rewrite->uri_regex_rewrite) return;
  bool has_gap = subject.surely_empty(route.match, route.node, "match");
  bool has_regex = false;
  for (const HTTPMatchRequest& match : route.match) {
    has_gap = has_gap || (!match.uri && subject.surely_lacks(match.node, "uri"));
    has_regex = has_regex || (match.uri && match.uri->regex);
  }
  if (has_gap) {
    subject
        .report(wk("WK548"), subject.places.value(text.node),
                "without a uri match only the leading / is replaced: /x becomes {}x", *text)
        .help("match the prefix that is to be replaced, or end the rewrite with /");
  } else if (has_regex) {
    subject
        .report(wk("WK548"), subject.places.value(text.node), "with a regex the whole path is replaced by {}",
                quoted(*text))
        .level(Severity::kInfo)
        .help("use uriRegexRewrite to keep a part of the path");
  }
}

void check_authority(const Subject& subject, const Text& authority, bool has_port) {
  if (!authority || authority->empty()) return;
  const Place place = subject.places.value(authority.node);
  if (authority->find("://") != std::string_view::npos || authority->find_first_of("/ \t") != std::string_view::npos) {
    subject.report(wk("WK543"), place, "authority {} is not host[:port]", quoted(*authority))
        .help("leave scheme and path to their own fields");
  } else if (has_port && authority->rfind(':') != std::string_view::npos && !authority->ends_with(']')) {
    subject.report(wk("WK543"), place, "authority {} has a port, and so has the redirect", quoted(*authority))
        .help("name the port in one place");
  }
}

void check_redirect(const Subject& subject, std::size_t index, const model::HTTPRedirect& redirect) {
  constexpr std::array<std::uint32_t, 5> kImplemented = {301, 302, 303, 307, 308};
  constexpr std::uint32_t kFirst = 300;
  constexpr std::uint32_t kLast = 399;
  const auto& code = redirect.redirect_code;
  if (code && *code >= kFirst && *code <= kLast && std::ranges::find(kImplemented, *code) == kImplemented.end())
    subject
        .report(wk("WK534"), subject.places.value(code.node),
                "redirect status {} is not implemented: the proxy refuses the routes", *code)
        .help("use 301, 302, 303, 307 or 308");
  check_authority(subject, redirect.authority, redirect.port && *redirect.port != 0);
  if (redirect.uri && !redirect.uri->empty() && !redirect.uri->starts_with('/'))
    subject
        .report(wk("WK543"), subject.places.value(redirect.uri.node), "uri {} does not start with /",
                quoted(*redirect.uri))
        .help(redirect.uri->find("://") != std::string_view::npos ? "name scheme and host in their own fields"
                                                                  : "a path starts with /");
  check_seams(subject, index, redirect.prefix_rewrite);
}

}  // namespace

void check_rewrites(const Subject& subject, std::size_t index) {
  const HTTPRoute& route = subject.spec.http[index];
  if (route.redirect) check_redirect(subject, index, *route.redirect);
  if (!route.rewrite) return;
  check_seams(subject, index, route.rewrite->uri);
  check_missing_path(subject, route, route.rewrite->uri);
  check_authority(subject, route.rewrite->authority, false);
}

}  // namespace wicket::check::routing
