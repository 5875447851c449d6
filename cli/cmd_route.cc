// wicket route, as a list of steps: what is asked, load, lower, compile, decide each, write.
#include "cli/cmd_route.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <istream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/edit_distance.h"
#include "base/file_reader.h"
#include "cli/route_input.h"
#include "replay/curl_line.h"
#include "report/decision.h"
#include "route/decide.h"
#include "route/matcher.h"
#include "route/url.h"

namespace wicket::cli {
namespace {

/// One request and how it was spelled.
struct Asked {
  std::string url;
  route::Request request;
  std::vector<std::string> notes;  // what the answer is to be taken with
};

// ---- what is asked ----

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

// A pasted line may hold several requests.
Result<std::vector<Asked>> asked_by_curl(const std::string& line) {
  Result<std::vector<replay::CurlRequest>> requests = replay::read_curl(line);
  if (!requests) return failure(requests.error().code, "the line of --curl " + requests.error().message);
  std::vector<Asked> asked;
  for (replay::CurlRequest& one : *requests)
    asked.push_back({.url = std::move(one.url), .request = std::move(one.request), .notes = std::move(one.notes)});
  return asked;
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

Result<Asked> read_line(const std::string& line) {
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

// The whole of a file, or of standard input.
Result<std::string> read_all(const std::string& path, FileReader& reader, std::istream& standard_input) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(standard_input), {});
  Result<std::unique_ptr<OpenFile>> file = reader.open(path);
  if (!file) return tl::unexpected<Error>(file.error());
  std::string text;
  std::string block(64 * 1024, '\0');
  while (true) {
    const Result<std::size_t> count = (*file)->read(block.data(), block.size());
    if (!count) return tl::unexpected<Error>(count.error());
    if (*count == 0) return text;
    text.append(block, 0, *count);
  }
}

Result<std::vector<Asked>> read_requests(const std::string& name, const std::string& text) {
  std::vector<Asked> asked;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    Result<Asked> one = read_line(line);
    if (!one) return failure(one.error().code, fmt::format("{}:{}: {}", name, number, one.error().message));
    asked.push_back(*std::move(one));
  }
  return asked;
}

// ---- the answer ----

void answer(const Asked& asked, const route::RouteTable& table, const SourceSet& sources, const RouteOptions& options,
            Streams& streams) {
  std::vector<route::HeaderView> lines;
  const route::RequestView request = asked.request.view(lines);
  const route::Draw draw = options.draw ? route::Draw::all(*options.draw) : route::Draw{};
  const bool as_json = options.format == DecisionFormat::kJson;
  const bool one_of_many = !options.requests_file.empty();
  std::ostream& out = streams.out;
  if (options.common.verbosity != Verbosity::kQuiet)
    for (const std::string& note : asked.notes) streams.err << fmt::format("wicket: {}\n", note);
  route::Trace trace;
  const route::Decision decision = route::decide(table, request, draw, as_json ? nullptr : &trace);
  const report::DecisionReport report{.url = asked.url,
                                      .request = request,
                                      .decision = decision,
                                      .table = table,
                                      .sources = sources,
                                      .trace = as_json ? nullptr : &trace};
  if (as_json) {
    out << decision_json(report, one_of_many ? report::JsonLayout::kOneLine : report::JsonLayout::kIndented);
    return;
  }
  if (options.explain) {
    report::DecisionReport brief = report;  // the explanation names every rule anyway
    brief.trace = nullptr;
    out << decision_text(brief) << decision_explanation(report);
  } else {
    out << (one_of_many ? decision_line(report) : decision_text(report));
  }
}

}  // namespace

ExitCode cmd_route(const RouteOptions& options, Streams& streams) {
  DiskReader reader;
  Result<std::vector<Asked>> asked;
  if (!options.curl.empty()) {
    asked = asked_by_curl(options.curl);
  } else if (options.requests_file.empty()) {
    asked = asked_by_options(options);
  } else {
    const Result<std::string> text = read_all(options.requests_file, reader, streams.in);
    if (!text) {
      streams.err << fmt::format("wicket: cannot read {}: {}\n", options.requests_file, text.error().message);
      return ExitCode::kFailure;
    }
    asked = read_requests(options.requests_file, *text);
  }
  if (!asked) {
    streams.err << fmt::format("wicket: {}\n", asked.error().message);
    return ExitCode::kUsage;
  }

  const load::Loaded loaded = load_routes(options, options.common.jobs, streams.in, streams.err);
  if (const ExitCode code = check_input(options, loaded, streams.err); code != ExitCode::kClean) return code;
  const route::RouteTable table = make_table(options, *loaded.workspace);
  for (const Asked& one : *asked) {
    if (!streams.out) break;  // nobody reads any more
    answer(one, table, loaded.sources, options, streams);
  }
  return loaded.failures.empty() ? ExitCode::kClean : ExitCode::kFailure;
}

}  // namespace wicket::cli
