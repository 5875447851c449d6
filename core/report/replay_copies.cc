#include "report/replay_copies.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "report/finding_parts.h"
#include "route/decide.h"
#include "route/matcher.h"

namespace wicket::report {
namespace {

using Json = nlohmann::ordered_json;

bool has_port(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  return colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
}

std::string_view scheme_of(const route::Request& request) { return request.tls ? "https" : "http"; }

// The URL that leads there, and the Host beside it where the two differ.
struct Address {
  std::string url;
  std::string host;  // empty: that of the URL
};
Address address_of(const route::Request& request) {
  const bool is_usual = request.port == (request.tls ? 443U : 80U);
  if (is_usual || has_port(request.authority))
    return {fmt::format("{}://{}{}", scheme_of(request), request.authority, request.target), {}};
  return {fmt::format("{}://{}:{}{}", scheme_of(request), request.authority, request.port, request.target),
          request.authority};
}

// ---- tests ----

// A text of a test file: what looks like a variable is none.
std::string yaml_text(std::string_view text) {
  std::string plain(text);
  for (std::size_t at = plain.find("${"); at != std::string::npos; at = plain.find("${", at + 3)) plain.insert(at, "$");
  return yaml_quoted(valid_utf8(plain));
}

std::string destination_text(const rules::Cluster& cluster) {
  return yaml_text(
      fmt::format("{}:{}{}", cluster.host, cluster.port, cluster.subset.empty() ? "" : ":" + cluster.subset));
}

void append_destinations(const route::Decision& decision, std::string& out) {
  if (decision.destinations.size() == 1) {
    out += "destination: " + destination_text(*decision.destinations.front().cluster);
    return;
  }
  std::map<std::string, std::uint64_t> weights;  // a destination may stand there twice
  for (const rules::WeightedDestination& one : decision.destinations)
    weights[destination_text(*one.cluster)] += one.weight;
  std::string list;
  for (const auto& [name, weight] : weights) list += fmt::format("{}{}: {}", list.empty() ? "" : ", ", name, weight);
  out += weights.size() == 1 ? "destination: " + weights.begin()->first : "weights: {" + list + "}";
}

std::string expectation(const route::Decision& decision) {
  std::string out;
  switch (decision.outcome) {
    case route::Outcome::kForward:
    case route::Outcome::kTcpForward:
      append_destinations(decision, out);
      break;
    case route::Outcome::kRedirect:
    case route::Outcome::kHttpsRedirect:
      out = fmt::format("redirect: {{location: {}, status: {}}}", yaml_text(decision.location), decision.status);
      break;
    case route::Outcome::kDirectResponse:
      out = fmt::format("direct-response: {}", decision.status);
      break;
    case route::Outcome::kNotFound:
      out = "no-route: true";
      break;
    case route::Outcome::kRefused:
    case route::Outcome::kReset:
    case route::Outcome::kCorsPreflight:
    case route::Outcome::kFaultAbort:
      out = fmt::format("outcome: {}", route::outcome_name(decision.outcome));
      break;
  }
  if (const rules::Rule* rule = decision.rule(); rule != nullptr && !rule->name.empty())
    out += ", route: " + yaml_text(rule->name);
  return out;
}

// Lines of one name stand together: a mapping has each name once.
std::string header_list(const route::Request& request) {
  std::vector<std::pair<std::string, std::vector<std::string>>> lines;
  for (const route::Header& header : request.headers) {
    const auto same =
        std::ranges::find_if(lines, [&](const auto& line) { return route::same_name(line.first, header.first); });
    if (same == lines.end()) {
      lines.push_back({header.first, {header.second}});
    } else {
      same->second.push_back(header.second);
    }
  }
  std::string out;
  for (const auto& [name, values] : lines) {
    std::string list;
    for (const std::string& value : values) list += (list.empty() ? "" : ", ") + yaml_text(value);
    out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", yaml_text(name),
                       values.size() == 1 ? list : "{lines: [" + list + "]}");
  }
  return out;
}

std::string request_text(const replay::Record& record) {
  const route::Request& request = record.request;
  std::string out = fmt::format("{{scheme: {}, host: {}, path: {}, port: {}", scheme_of(request),
                                yaml_text(request.authority), yaml_text(request.target), request.port);
  if (request.method != "GET") out += ", method: " + yaml_text(request.method);
  const std::string_view host = std::string_view(request.authority).substr(0, request.authority.rfind(':'));
  if (request.tls && request.sni != request.authority && request.sni != host) out += ", sni: " + yaml_text(request.sni);
  if (request.version == route::HttpVersion::kHttp2) out += ", http-version: \"2\"";
  if (!record.peer_address.empty()) out += ", client-address: " + yaml_text(record.peer_address);
  if (const std::string headers = header_list(request); !headers.empty()) out += ", headers: {" + headers + "}";
  return out + "}";
}

route::Decision decide(const replay::Record& record, const route::RouteTable& table) {
  std::vector<route::HeaderView> lines;
  route::Decision decision = route::decide(table, record.view(lines), {});
  decision.forwarded_proto = {};
  return decision;
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// Where the value of a header would end, or mean something else.
std::string hurl_escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool opens = text.substr(i).starts_with("{{");
    if (c == '\\' || c == '#') {
      out += fmt::format("\\{}", text[i]);
    } else if (c < 0x20 || c == 0x7f || opens) {
      out += fmt::format("\\u{{{:x}}}", c);
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// What hurl would do to a path by itself.
bool has_dot_segments(std::string_view url) {
  const std::string_view path = url.substr(0, url.find('?'));
  return path.find("/./") != std::string_view::npos || path.find("/../") != std::string_view::npos ||
         path.ends_with("/.") || path.ends_with("/..");
}

}  // namespace

std::string requests_as_tests(const std::vector<replay::Record>& records, const route::RouteTable& table,
                              const std::string& where) {
  std::string out = fmt::format(
      "# Made by wicket replay of {}: one request for each thing that the traffic reaches,\n"
      "# with what the manifests decided then.\ntests:\n",
      printable(valid_utf8(where)));
  if (records.empty()) out.replace(out.rfind("tests:\n"), std::string::npos, "tests: []\n");
  std::map<std::string, int> named;  // a name is taken once
  for (const replay::Record& record : records) {
    std::string name = replay::title(record);
    if (const int times = ++named[name]; times > 1) name += fmt::format(" ({})", times);
    fmt::format_to(std::back_inserter(out), "- name: {}\n  request: {}\n  expect: {{{}}}\n", yaml_text(name),
                   request_text(record), expectation(decide(record, table)));
  }
  return out;
}

std::string requests_as_har(const std::vector<replay::Record>& records) {
  Json entries = Json::array();
  for (const replay::Record& record : records) {
    const Address address = address_of(record.request);
    Json headers = Json::array();
    if (!address.host.empty()) headers.push_back({{"name", "Host"}, {"value", address.host}});
    for (const auto& [name, value] : record.request.headers) headers.push_back({{"name", name}, {"value", value}});
    const bool is_http2 = record.request.version == route::HttpVersion::kHttp2;
    const std::uint32_t status = record.recorded.knows_status ? record.recorded.status : 0;
    Json response_headers = Json::array();
    if (!record.recorded.location.text.empty())
      response_headers.push_back({{"name", "Location"}, {"value", record.recorded.location.text}});
    const Json none = Json::array();
    entries.push_back({{"startedDateTime", record.time.empty() ? "1970-01-01T00:00:00.000Z" : record.time},
                       {"time", 0},
                       {"request",
                        {{"method", record.request.method},
                         {"url", address.url},
                         {"httpVersion", is_http2 ? "HTTP/2" : "HTTP/1.1"},
                         {"cookies", none},
                         {"headers", headers},
                         {"queryString", none},
                         {"headersSize", -1},
                         {"bodySize", -1}}},
                       {"response",
                        {{"status", status},
                         {"statusText", ""},
                         {"httpVersion", is_http2 ? "HTTP/2" : "HTTP/1.1"},
                         {"cookies", none},
                         {"headers", response_headers},
                         {"content", {{"size", 0}, {"mimeType", ""}}},
                         {"redirectURL", record.recorded.location.text},
                         {"headersSize", -1},
                         {"bodySize", -1}}},
                       {"cache", Json::object()},
                       {"timings", {{"send", 0}, {"wait", 0}, {"receive", 0}}}});
  }
  const Json log = {
      {"log", {{"version", "1.2"}, {"creator", {{"name", "wicket"}, {"version", "1"}}}, {"entries", entries}}}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string requests_as_hurl(const std::vector<replay::Record>& records, const route::RouteTable& table) {
  std::string out;
  auto end = std::back_inserter(out);
  for (const replay::Record& record : records) {
    const Address address = address_of(record.request);
    fmt::format_to(end, "{} {}\n", record.request.method, address.url);
    if (!address.host.empty()) fmt::format_to(end, "Host: {}\n", address.host);
    for (const auto& [name, value] : record.request.headers) fmt::format_to(end, "{}: {}\n", name, hurl_escaped(value));
    if (has_dot_segments(address.url)) out += "[Options]\npath-as-is: true\n";
    const route::Decision decision = decide(record, table);
    out += decision.status == 0 ? "HTTP *\n" : fmt::format("HTTP {}\n", decision.status);
    if (!decision.location.empty()) fmt::format_to(end, "Location: {}\n", hurl_escaped(decision.location));
    out += '\n';
  }
  return out;
}

std::string requests_as_curl(const std::vector<replay::Record>& records) {
  std::string out;
  auto end = std::back_inserter(out);
  for (const replay::Record& record : records) {
    const Address address = address_of(record.request);
    out += "curl --path-as-is --globoff";
    if (record.request.method == "HEAD") {
      out += " -I";
    } else if (record.request.method != "GET") {
      fmt::format_to(end, " -X {}", shell_quoted(record.request.method));
    }
    if (record.request.version == route::HttpVersion::kHttp2) out += " --http2";
    if (!address.host.empty()) fmt::format_to(end, " -H {}", shell_quoted("Host: " + address.host));
    for (const auto& [name, value] : record.request.headers)
      fmt::format_to(end, " -H {}", shell_quoted(value.empty() ? name + ";" : name + ": " + value));
    fmt::format_to(end, " {}\n", shell_quoted(address.url));
  }
  return out;
}

}  // namespace wicket::report
