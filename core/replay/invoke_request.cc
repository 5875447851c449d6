#include "replay/invoke_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "replay/url_text.h"
#include "route/matcher.h"
#include "route/url.h"
#include "rules/host_names.h"

namespace wicket::replay {
namespace {

// What a client of its own accord adds is not known.
const Telling& telling(bool lacks_agent, bool lacks_credential) {
  static const Telling kTellings[] = {
      {.every_header = true, .port = true, .server_name = true},
      {.every_header = true, .lacks = {"user-agent"}, .port = true, .server_name = true},
      {.every_header = true, .lacks = {"authorization"}, .port = true, .server_name = true},
      {.every_header = true, .lacks = {"user-agent", "authorization"}, .port = true, .server_name = true},
  };
  return kTellings[(lacks_agent ? 1 : 0) + (lacks_credential ? 2 : 0)];
}

// Source: .NET CookieContainer.
std::string cookies_for(const PowerShellSession& session, const route::Url& url) {
  std::string line;
  for (const PowerShellCookie& cookie : session.cookies) {
    std::string_view domain = cookie.domain;
    if (domain.starts_with('.')) domain.remove_prefix(1);
    const bool is_at = domain.empty() || url.host == domain ||
                       (url.host.ends_with(domain) && url.host[url.host.size() - domain.size() - 1] == '.');
    if (is_at && url.target.starts_with(cookie.path))
      line += fmt::format("{}{}={}", line.empty() ? "" : "; ", cookie.name, cookie.value);
  }
  return line;
}

// Browsers write the pseudo headers of HTTP/2 down as if they were headers.
bool is_pseudo(const route::Header& header, const route::Request& request) {
  const std::string name = rules::lower_case(header.first);
  if (name == "authority") return header.second == request.authority;
  if (name == "method") return header.second == request.method;
  if (name == "scheme") return header.second == (request.tls ? "https" : "http");
  return name == "path" && header.second == request.target;
}

void add(route::Request& request, std::string_view name, std::string_view value) {
  const bool is_there = std::ranges::any_of(
      request.headers, [name](const route::Header& header) { return route::same_name(header.first, name); });
  if (!value.empty() && !is_there) request.headers.emplace_back(name, value);
}

}  // namespace

std::string make_record(const PowerShellCall& call, Record& record) {
  if (call.uri.empty()) return "has no URL";
  const Result<route::Url> url = route::parse_url(call.uri);
  if (!url) return fmt::format("has a URL '{}' that {}", call.uri, url.error().message);
  route::Request& request = record.request;
  request = route::request_to(*url);
  request.target = without_dot_segments(url->target);
  request.method = call.method.empty() ? "GET" : call.method;
  request.version = call.version;
  const bool is_get = request.method == "GET";
  if (is_get)
    for (const auto& [name, value] : call.form)
      add_to_query(request.target, percent_encoded(name) + "=" + percent_encoded(value));
  for (const route::Header& header : call.headers) {
    if (is_pseudo(header, request)) continue;
    if (route::same_name(header.first, "host")) {
      request.authority = header.second;
    } else {
      request.headers.push_back(header);
    }
  }
  if (call.session != nullptr) {
    for (const auto& [name, value] : call.session->headers) add(request, name, value);
    add(request, "Cookie", cookies_for(*call.session, *url));
  }
  add(request, "User-Agent", call.user_agent);
  if (call.session != nullptr) add(request, "User-Agent", call.session->user_agent);
  add(request, "Content-Type", call.content_type);
  if (call.has_body && !is_get) add(request, "Content-Type", "application/x-www-form-urlencoded");
  const bool has_agent = std::ranges::any_of(
      request.headers, [](const route::Header& header) { return route::same_name(header.first, "user-agent"); });
  record.telling = &telling(!has_agent, call.has_credential);
  for (const std::string& text : call.substitutions)
    record.notes.push_back(fmt::format("{} is sent as it stands: no shell has put a value in its place", text));
  return {};
}

}  // namespace wicket::replay
