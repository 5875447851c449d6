#include "route/rewrite.h"

namespace wicket::route {
namespace {

std::string url(std::string_view scheme, std::string_view host, std::string_view port, std::string_view target) {
  std::string text(scheme);
  text.append("://").append(host).append(port);
  if (!target.starts_with('/')) text += '/';
  return text.append(target);
}

// Bytes of the path that the route's path condition took: its prefix, or all of it.
std::size_t matched_size(const Route& route, std::string_view path) {
  if (route.path_wanted == nullptr) return 1;  // the prefix "/"
  switch (route.path.type) {
    case rules::MatchType::kPrefix:
    case rules::MatchType::kPathSegment:
      return route.path.text.size();
    case rules::MatchType::kPresent:
    case rules::MatchType::kExact:
    case rules::MatchType::kRegex:
      break;
  }
  return path.size();
}

std::string with_matched_replaced(const Route& route, std::string_view replacement, const Subject& subject) {
  return std::string(replacement).append(subject.target.substr(matched_size(route, subject.path)));
}

// The host without its port where a redirect port takes its place, or where it was the default of the scheme that is
// left behind.
std::string_view redirect_host(const Subject& subject, std::string_view scheme, bool has_port) {
  const std::string_view host = subject.request.authority;
  const std::string_view bare = without_port(host);
  const std::string_view port = host.substr(bare.size());
  if (port.empty() || has_port) return bare;
  if (scheme == subject.forwarded_proto) return host;
  const bool was_default =
      (subject.forwarded_proto == "http" && port == ":80") || (subject.forwarded_proto == "https" && port == ":443");
  return was_default ? bare : host;
}

}  // namespace

std::optional<std::string> rewritten_target(const Route& route, const rules::Rewrite& rewrite, const Subject& subject) {
  if (rewrite.regex) {
    if (!route.rewrite) return std::nullopt;  // RE2 refuses the pattern
    std::string path = route.rewrite->replace_all(subject.path, rewrite.regex->substitution);
    if (path.empty() || path == subject.path) return std::nullopt;
    return path.append(subject.target.substr(subject.path.size()));
  }
  if (!rewrite.uri) return std::nullopt;
  return with_matched_replaced(route, *rewrite.uri, subject);
}

std::string redirect_location(const Route& route, const rules::Redirect& redirect, const Subject& subject) {
  const std::string_view scheme = redirect.scheme ? std::string_view(*redirect.scheme) : subject.scheme;
  std::string port;
  if (redirect.port) port.append(":").append(std::to_string(*redirect.port));
  const std::string_view host = redirect.authority ? std::string_view(*redirect.authority)
                                                   : redirect_host(subject, scheme, redirect.port.has_value());
  if (redirect.uri) {
    std::string target = *redirect.uri;  // replaces the whole path; the query stays unless there is a new one
    if (target.find('?') == std::string::npos) target += subject.target.substr(subject.path.size());
    return url(scheme, host, port, target);
  }
  if (redirect.prefix_rewrite)
    return url(scheme, host, port, with_matched_replaced(route, *redirect.prefix_rewrite, subject));
  return url(scheme, host, port, subject.target);
}

std::string https_location(const Subject& subject) {
  return url("https", subject.request.authority, "", subject.target);
}

std::string own_location(const Subject& subject) {
  return url(subject.scheme, subject.request.authority, "", subject.target);
}

}  // namespace wicket::route
