// A browser's export: each entry is one request with what came back.

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "replay/document.h"
#include "route/matcher.h"
#include "route/url.h"

namespace wicket::replay {
namespace {

using Json = nlohmann::json;

// Browsers leave these out of an export unless they are told otherwise.
const Telling& sanitized() {
  static const Telling kTelling{
      .every_header = true, .headers = {}, .lacks = {"authorization", "cookie"}, .port = true, .server_name = true};
  return kTelling;
}
const Telling& complete() {
  static const Telling kTelling{.every_header = true, .headers = {}, .lacks = {}, .port = true, .server_name = true};
  return kTelling;
}

std::string text_of(const Json& json, const char* key) {
  if (!json.is_object()) return {};
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const Json& member(const Json& json, const char* key) {
  static const Json kNone;
  if (!json.is_object()) return kNone;
  const auto found = json.find(key);
  return found != json.end() ? *found : kNone;
}

// Source: RFC 9113 section 8.3.1; exports of HTTP/2 list pseudo headers among the others.
void take_header(const std::string& name, const std::string& value, route::Request& request) {
  if (name == ":authority" || route::same_name(name, "host")) {
    request.authority = value;
  } else if (name == ":path") {
    request.target = value;
  } else if (name == ":method") {
    request.method = value;
  } else if (!name.starts_with(':') && !name.empty()) {
    request.headers.emplace_back(name, value);
  }
}

bool is_http2(std::string_view version) {
  return version.starts_with("h2") || version.starts_with("h3") || version.starts_with("HTTP/2") ||
         version.starts_with("HTTP/3") || version.starts_with("http/2") || version.starts_with("http/3");
}

void take_response(const Json& response, Recorded& recorded) {
  const Json& status = member(response, "status");
  if (status.is_number_unsigned() && status.get<std::uint64_t>() > 0 && status.get<std::uint64_t>() < 1000) {
    recorded.knows_status = true;
    recorded.status = status.get<std::uint32_t>();
  }
  for (const Json& header : member(response, "headers"))
    if (route::same_name(text_of(header, "name"), "location")) recorded.location.set(text_of(header, "value"));
}

// Why the entry is none; empty when it is one. Nothing at all when it is to be passed over.
std::optional<std::string> take_entry(const Json& entry, Record& record) {
  const Json& request = member(entry, "request");
  const std::string url = text_of(request, "url");
  if (url.empty()) return "has no request.url";
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    // What browsers make up themselves, and WebSockets, which begin as requests.
    if (url.starts_with("ws://") || url.starts_with("wss://")) {
      Json other = entry;
      other["request"]["url"] = (url.starts_with("wss") ? "https" : "http") + url.substr(url.find("://"));
      return take_entry(other, record);
    }
    return std::nullopt;
  }
  const Result<route::Url> parts = route::parse_url(url);
  if (!parts) return fmt::format("has a URL '{}' that {}", url, parts.error().message);
  record.request = route::request_to(*parts);
  if (const std::string method = text_of(request, "method"); !method.empty()) record.request.method = method;
  if (is_http2(text_of(request, "httpVersion"))) record.request.version = route::HttpVersion::kHttp2;
  for (const Json& header : member(request, "headers"))
    take_header(text_of(header, "name"), text_of(header, "value"), record.request);
  record.time = text_of(entry, "startedDateTime");
  take_response(member(entry, "response"), record.recorded);
  return "";
}

// Bodies are most of an archive, and nothing of them counts.
bool is_wanted(int /*depth*/, Json::parse_event_t event, Json& parsed) {
  if (event != Json::parse_event_t::key || !parsed.is_string()) return true;
  const auto& key = parsed.get_ref<const std::string&>();
  return key != "content" && key != "postData" && key != "cookies" && key != "timings" && key != "cache" &&
         key != "_initiator" && key != "_webSocketMessages" && key != "pages";
}

bool has_secret(const Record& record) {
  for (const auto& [name, value] : record.request.headers)
    if (route::same_name(name, "cookie") || route::same_name(name, "authorization")) return true;
  return false;
}

}  // namespace

Result<Requests> read_har(std::string_view text) {
  const Json json = Json::parse(text.begin(), text.end(), is_wanted, /*allow_exceptions=*/false);
  if (json.is_discarded()) return failure(ErrorCode::kInvalid, "is no JSON, or is cut off");
  const Json& entries = member(member(json, "log"), "entries");
  if (!entries.is_array()) return failure(ErrorCode::kInvalid, "has no log.entries");
  Requests requests;
  bool is_complete = false;
  std::size_t number = 0;
  for (const Json& entry : entries) {
    Record record;
    record.line = ++number;
    const std::optional<std::string> why = take_entry(entry, record);
    if (!why) continue;
    if (!why->empty()) {
      requests.unread.push_back({number, *why, {}});
      continue;
    }
    is_complete = is_complete || has_secret(record);
    requests.records.push_back(std::move(record));
  }
  for (Record& record : requests.records) record.telling = is_complete ? &complete() : &sanitized();
  return requests;
}

}  // namespace wicket::replay
