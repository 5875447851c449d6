#include "replay/hurl_entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/utf8.h"
#include "replay/url_text.h"
#include "route/matcher.h"
#include "route/url.h"

namespace wicket::replay {
namespace {

// Escapes of names and values: \#, \\, \n, \u{e9}.
std::string unescaped(std::string_view text) {
  constexpr std::string_view kNames = "bfnrt", kValues = "\b\f\n\r\t";
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain.push_back(text[i]);
      continue;
    }
    const char c = text[++i];
    const std::size_t end = text.substr(i).starts_with("u{") ? text.find('}', i) : std::string_view::npos;
    if (end != std::string_view::npos) {
      std::uint32_t code = 0xfffd;
      std::from_chars(text.data() + i + 2, text.data() + end, code, 16);
      append_utf8(plain, code);
      i = end;
    } else {
      const std::size_t at = kNames.find(c);
      plain.push_back(at == std::string_view::npos ? c : kValues[at]);
    }
  }
  return plain;
}

std::string why_unknown(std::string_view name, const HurlNames& names) {
  if (name == "newUuid" || name == "newDate")
    return fmt::format("needs a value for {{{{{0}}}}}, which is another one each time", name);
  if (name.find_first_of(" |") != std::string_view::npos)
    return fmt::format("needs a value for {{{{{}}}}}, which is more than a name", name);
  if (const auto captured = names.captured.find(name); captured != names.captured.end())
    return fmt::format(
        "needs a value for {{{{{0}}}}}, which line {1} takes from an answer; --variable {0}=VALUE sets one", name,
        captured->second);
  return fmt::format("needs a value for {{{{{0}}}}}; --variable {0}=VALUE sets one", name);
}

bool has(const route::Request& request, std::string_view name) {
  return std::ranges::any_of(request.headers,
                             [name](const route::Header& header) { return route::same_name(header.first, name); });
}

void add(route::Request& request, std::string_view name, std::string value) {
  if (!value.empty() && !has(request, name)) request.headers.emplace_back(name, std::move(value));
}

// What hurl calls itself has its version in it.
const Telling& telling(bool has_agent) {
  static const Telling kAll{.every_header = true, .port = true, .server_name = true};
  static const Telling kWithoutAgent{.every_header = true, .lacks = {"user-agent"}, .port = true, .server_name = true};
  return has_agent ? kAll : kWithoutAgent;
}

void expect(const HurlEntry& entry, const HurlNames& names, Recorded& recorded) {
  if (entry.follows) return;
  recorded.knows_status = entry.knows_status;
  recorded.status = entry.status;
  std::string unknown;
  const std::string location = names.in_text(entry.location, unknown);
  if (!location.empty() && unknown.empty()) recorded.location.set(location);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

namespace {

template <class Literal>
std::string filled(const HurlNames& names, std::string_view text, std::string& why, Literal literal) {
  std::string full;
  while (true) {
    const std::size_t open = text.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open + 2);
    if (close == std::string_view::npos) return full.append(literal(text));
    full.append(literal(text.substr(0, open)));
    const std::string_view name = trimmed(text.substr(open + 2, close - open - 2));
    text.remove_prefix(close + 2);
    if (const auto value = names.values.find(name); value != names.values.end()) {
      full += value->second;
    } else if (why.empty()) {
      why = why_unknown(name, names);
    }
  }
}

}  // namespace

std::string HurlNames::in_url(std::string_view url, std::string& why) const {
  return filled(*this, url, why, [](std::string_view text) { return text; });
}

std::string HurlNames::in_text(std::string_view text, std::string& why) const {
  return filled(*this, text, why, unescaped);
}

std::string make_record(const HurlEntry& entry, const HurlNames& names, Record& record) {
  std::string why;
  std::string url = names.in_url(entry.url, why);
  for (const auto& [name, value] : entry.query)
    add_to_query(url, percent_encoded(names.in_text(name, why)) + "=" + percent_encoded(names.in_text(value, why)));
  std::string cookies;
  for (const auto& [name, value] : entry.cookies)
    cookies += fmt::format("{}{}={}", cookies.empty() ? "" : "; ", names.in_text(name, why), names.in_text(value, why));
  const std::string user = names.in_text(entry.user, why);
  std::vector<route::Header> headers;
  for (const auto& [name, value] : entry.headers)
    headers.emplace_back(names.in_text(name, why), names.in_text(value, why));
  if (!why.empty()) return why;

  const Result<route::Url> parts = route::parse_url(url);
  if (!parts) return fmt::format("has a URL '{}' that {}", url, parts.error().message);
  route::Request& request = record.request;
  request = route::request_to(*parts);
  request.method = entry.method;
  request.version = entry.version;
  if (!entry.path_as_is) request.target = without_dot_segments(request.target);
  for (const auto& [name, value] : headers) {
    if (route::same_name(name, "host")) {
      request.authority = value;
    } else {
      request.headers.emplace_back(name, value);
    }
  }
  add(request, "Cookie", cookies);
  add(request, "Authorization", user.empty() ? "" : "Basic " + base64(user));
  add(request, "Content-Type", entry.content_type);
  add(request, "Accept", "*/*");
  add(request, "Accept-Encoding", entry.is_compressed ? "gzip, deflate, br" : "");
  record.telling = &telling(has(request, "user-agent"));
  if (entry.follows) record.notes.emplace_back("hurl would follow a redirect; this is the answer to the first request");
  expect(entry, names, record.recorded);
  return {};
}

}  // namespace wicket::replay
