#include "cli/asked.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/edit_distance.h"
#include "replay/curl_line.h"
#include "route/matcher.h"
#include "route/url.h"

namespace wicket::cli {
namespace {

/// A request in curl's words, from the command line or from a line of JSON.
struct Spelled {
  std::string url;
  std::string method = "GET";
  std::vector<HeaderArgument> headers;
  std::optional<std::string> sni;
  std::optional<std::uint32_t> port;
  std::optional<std::string> target;  // of the request line; nothing: the URL's
  route::HttpVersion version = route::HttpVersion::kHttp11;
};

// Pseudo headers and Host say what the URL said otherwise; a header without a value is left out.
void add_header(const HeaderArgument& header, route::Request& request) {
  const std::string value = header.value.value_or("");
  if (route::same_name(header.name, "host") || header.name == ":authority") {
    request.authority = value;
  } else if (header.name == ":method") {
    request.method = value;
  } else if (header.name == ":path") {
    request.target = value;
  } else if (header.name == ":scheme") {
    request.scheme = value;
  } else if (header.value) {
    request.headers.emplace_back(header.name, value);
  }
}

Result<Asked> understand(const Spelled& spelled) {
  const Result<route::Url> url = route::parse_url(spelled.url);
  if (!url) return failure(ErrorCode::kInvalid, fmt::format("'{}' {}", spelled.url, url.error().message));
  Asked asked{.url = spelled.url, .request = route::request_to(*url), .notes = {}};
  asked.request.method = spelled.method;
  if (spelled.port) asked.request.port = *spelled.port;
  if (spelled.sni) asked.request.sni = *spelled.sni;
  asked.request.version = spelled.version;
  for (const HeaderArgument& header : spelled.headers) add_header(header, asked.request);
  if (spelled.target) asked.request.set_target(*spelled.target);
  return asked;
}

bool names(const std::vector<HeaderArgument>& headers, std::string_view name) {
  return std::ranges::any_of(headers, [name](const auto& header) { return route::same_name(header.name, name); });
}

// ---- requests as JSON lines ----

using Json = nlohmann::json;

template <class T>
bool take(const Json& json, const char* key, T& value) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return true;
  if constexpr (std::is_same_v<T, std::optional<std::uint32_t>>) {
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() < 1 || found->get<std::uint64_t>() > 65535)
      return false;
    value = found->get<std::uint32_t>();
  } else {
    if (!found->is_string()) return false;
    value = found->get<std::string>();
  }
  return true;
}

bool take_headers(const Json& json, std::vector<HeaderArgument>& headers) {
  const auto found = json.find("headers");
  if (found == json.end()) return true;
  if (!found->is_array()) return false;
  for (const Json& pair : *found) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) return false;
    headers.push_back({pair[0].get<std::string>(), pair[1].get<std::string>()});
  }
  return true;
}

bool take_version(const Json& json, route::HttpVersion& version) {
  std::string text = "1.1";
  if (!take(json, "httpVersion", text)) return false;
  if (text == "1.0") version = route::HttpVersion::kHttp10;
  if (text == "2") version = route::HttpVersion::kHttp2;
  return text == "1.0" || text == "1.1" || text == "2";
}

}  // namespace

Result<std::vector<Asked>> asked_by_options(const RouteOptions& options) {
  Spelled spelled;
  spelled.url = options.url;
  spelled.method = options.method;
  spelled.headers = options.headers;
  spelled.sni = options.sni;
  spelled.port = options.port;
  if (options.http2) spelled.version = route::HttpVersion::kHttp2;
  if (options.data && !names(options.headers, "content-type"))
    spelled.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  Result<Asked> one = understand(spelled);
  if (!one) return tl::unexpected<Error>(one.error());
  std::vector<Asked> asked;
  asked.push_back(*std::move(one));
  return asked;
}

Result<std::vector<Asked>> asked_by_curl(const std::string& line) {
  Result<std::vector<replay::CurlRequest>> requests = replay::read_curl(line);
  if (!requests) return failure(requests.error().code, "the line of --curl " + requests.error().message);
  std::vector<Asked> asked;
  for (replay::CurlRequest& one : *requests)
    asked.push_back({.url = std::move(one.url), .request = std::move(one.request), .notes = std::move(one.notes)});
  return asked;
}

Result<Asked> asked_by_json(const std::string& line) {
  constexpr std::array<std::string_view, 7> kKeys = {"method", "url",    "headers",    "sni",
                                                     "port",   "target", "httpVersion"};
  const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return failure(ErrorCode::kInvalid, "is not a JSON object");
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(kKeys, key) != kKeys.end()) continue;
    const std::optional<std::string_view> near = nearest(key, kKeys);
    return failure(ErrorCode::kInvalid, fmt::format("has an unknown key \"{}\"{}", key,
                                                    near ? fmt::format("; did you mean \"{}\"?", *near) : ""));
  }
  Spelled spelled;
  if (!take(json, "url", spelled.url) || spelled.url.empty())
    return failure(ErrorCode::kInvalid, "has no \"url\" that is a string");
  if (!take(json, "method", spelled.method)) return failure(ErrorCode::kInvalid, "has a method that is no string");
  if (!take(json, "sni", spelled.sni)) return failure(ErrorCode::kInvalid, "has an sni that is no string");
  if (!take(json, "port", spelled.port))
    return failure(ErrorCode::kInvalid, "has a port that is no number from 1 to 65535");
  if (!take(json, "target", spelled.target)) return failure(ErrorCode::kInvalid, "has a target that is no string");
  if (!take_version(json, spelled.version))
    return failure(ErrorCode::kInvalid, "has an httpVersion that is none of \"1.0\", \"1.1\" and \"2\"");
  if (!take_headers(json, spelled.headers))
    return failure(ErrorCode::kInvalid, "has headers that are not a list of [name, value]");
  return understand(spelled);
}

}  // namespace wicket::cli
