#include "replay/field.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "route/matcher.h"

namespace wicket::replay {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; });
}

std::optional<std::uint32_t> to_number(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "10.0.0.1:8080", "[fd00::1]:443"; an address without a port, and one of a pipe, come back whole.
struct HostPort {
  std::string_view host;
  std::uint32_t port = 0;
};
HostPort split_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const bool is_bare_v6 = text.find(':') != colon && !text.starts_with('[');
  HostPort parts{text, 0};
  if (colon != std::string_view::npos && !is_bare_v6) {
    if (const auto port = to_number(text.substr(colon + 1)); port && *port <= 65535)
      parts = {text.substr(0, colon), *port};
  }
  if (parts.host.starts_with('[') && parts.host.ends_with(']'))
    parts.host = parts.host.substr(1, parts.host.size() - 2);
  return parts;
}

// A name of Istio's has three bars: one that ends before them was cut at a bar that stands between values.
bool is_cluster(std::string_view text) {
  if (text.find_first_of(" \"") != std::string_view::npos) return false;
  const std::string_view direction = text.substr(0, text.find('|'));
  return (direction != "outbound" && direction != "inbound") || std::ranges::count(text, '|') == 3;
}

bool is_method(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_';
  });
}

bool put_protocol(std::string_view value, Record& record) {
  if (value == "HTTP/1.0") {
    record.request.version = route::HttpVersion::kHttp10;
  } else if (value.starts_with("HTTP/2") || value.starts_with("HTTP/3")) {
    record.request.version = route::HttpVersion::kHttp2;
  }
  return true;
}

// A gateway that could read nothing, and nginx that was sent something else than HTTP, have no request line.
bool put_request_line(std::string_view value, Record& record) {
  const std::size_t first = value.find(' '), last = value.rfind(' ');
  if (first == std::string_view::npos || !is_method(value.substr(0, first))) {
    record.kind = RecordKind::kBroken;
    return true;
  }
  record.request.method = value.substr(0, first);
  const bool has_protocol = last != first && value.substr(last + 1).starts_with("HTTP/");
  record.request.set_target(value.substr(first + 1, has_protocol ? last - first - 1 : std::string_view::npos));
  return !has_protocol || put_protocol(value.substr(last + 1), record);
}

void put_header(const FieldSpec& spec, std::string_view value, Record& record) {
  if (spec.name == "x-request-id") record.request_id = value;
  record.add_header(spec.name, value);
}

// The newest name ends in a semicolon. Source: Istio pilot/pkg/networking/util, DelimitedStatsPrefix (1.24).
std::string_view cluster_name(std::string_view value) {
  if (value.ends_with(';')) value.remove_suffix(1);
  return value;
}

void put_absent(Field field, Record& record) {
  switch (field) {
    case Field::kCluster:
      return record.recorded.cluster.set("");
    case Field::kRouteName:
      return record.recorded.route.set("");
    case Field::kFlags:
      return record.recorded.flags.set("");
    case Field::kDetails:
      return record.recorded.details.set("");
    case Field::kLocation:
      return record.recorded.location.set("");
    case Field::kMethod:
      return record.request.method.clear();
    case Field::kPath:
      return record.request.target.clear();
    case Field::kRequestLine:
      record.kind = RecordKind::kBroken;
      return;
    case Field::kIgnored:
    case Field::kNumber:
    case Field::kWord:
    case Field::kProtocol:
    case Field::kScheme:
    case Field::kAuthority:
    case Field::kHeader:
    case Field::kStatus:
    case Field::kTime:
    case Field::kLocalAddress:
    case Field::kLocalPort:
    case Field::kRemoteAddress:
    case Field::kServerName:
    case Field::kRequestId:
      return;
  }
}

// The gateway logs x-forwarded-for as it sends it on, the client's own address at its end (R-EDGE-2).
void take_off_peer(Record& record) {
  for (auto& [name, value] : record.request.headers) {
    if (name != "x-forwarded-for") continue;
    const std::size_t comma = value.rfind(',');
    std::string_view last = std::string_view(value).substr(comma == std::string::npos ? 0 : comma + 1);
    while (last.starts_with(' ')) last.remove_prefix(1);
    if (record.peer_address.empty()) record.peer_address = last;
    if (last == record.peer_address) value.erase(comma == std::string::npos ? 0 : comma);
  }
  std::erase_if(record.request.headers,
                [](const route::Header& header) { return header.second.empty() && header.first == "x-forwarded-for"; });
}

}  // namespace

bool is_plausible(Field field, std::string_view value) {
  if (value == "-" || value.empty()) return true;
  switch (field) {
    case Field::kMethod:
      return is_method(value);
    case Field::kStatus:
    case Field::kNumber:
    case Field::kLocalPort:
      return is_number(value);
    case Field::kProtocol:
      return value.starts_with("HTTP/");
    case Field::kTime:
      return is_digit(value.front());
    case Field::kWord:
    case Field::kAuthority:
    case Field::kServerName:
    case Field::kRequestId:
    case Field::kLocalAddress:
    case Field::kRemoteAddress:
      return value.find_first_of(" \"") == std::string_view::npos;
    case Field::kCluster:
      return is_cluster(value);
    case Field::kPath:
      return value.find(' ') == std::string_view::npos;
    case Field::kIgnored:
    case Field::kScheme:
    case Field::kRequestLine:
    case Field::kHeader:
    case Field::kFlags:
    case Field::kDetails:
    case Field::kRouteName:
    case Field::kLocation:
      return true;
  }
  return true;
}

bool put(const FieldSpec& spec, std::string_view value, Record& record) {
  if (!is_plausible(spec.field, value)) return false;
  if (value == "-" || value.empty()) return put_absent(spec.field, record), true;
  switch (spec.field) {
    case Field::kIgnored:
    case Field::kNumber:
    case Field::kWord:
      return true;
    case Field::kMethod:
      record.request.method = value;
      return true;
    case Field::kPath:
      record.request.target = value;
      record.is_path_cut = spec.limit != 0 && value.size() >= spec.limit;
      return true;
    case Field::kProtocol:
      return put_protocol(value, record);
    case Field::kScheme:
      record.request.scheme = value;
      return true;
    case Field::kAuthority:
      record.request.authority = value;
      return true;
    case Field::kRequestLine:
      return put_request_line(value, record);
    case Field::kHeader:
      put_header(spec, value, record);
      return true;
    case Field::kStatus: {
      const auto status = to_number(value);
      if (!status || *status > 999) return false;
      record.recorded.knows_status = true;
      record.recorded.status = *status;
      return true;
    }
    case Field::kFlags:
      record.recorded.flags.set(value);
      return true;
    case Field::kDetails:
      record.recorded.details.set(value);
      return true;
    case Field::kCluster:
      record.recorded.cluster.set(cluster_name(value));
      return true;
    case Field::kRouteName:
      record.recorded.route.set(value);
      return true;
    case Field::kTime:
      record.time = value;
      return true;
    case Field::kLocalAddress: {
      const HostPort address = split_address(value);
      record.local_address = address.host;
      if (address.port != 0) record.request.port = address.port;
      return true;
    }
    case Field::kLocalPort: {
      const auto port = to_number(value);
      if (!port || *port > 65535) return false;
      record.request.port = *port;
      return true;
    }
    case Field::kRemoteAddress:
      record.peer_address = split_address(value).host;
      return true;
    case Field::kServerName:
      record.request.sni = value;
      record.request.tls = true;
      return true;
    case Field::kRequestId:
      record.request_id = value;
      return true;
    case Field::kLocation:
      record.recorded.location.set(value);
      return true;
  }
  return false;
}

Telling telling_of(const std::vector<FieldSpec>& specs) {
  Telling telling;
  for (const FieldSpec& spec : specs) {
    if (spec.field == Field::kHeader && spec.limit == 0) telling.headers.push_back(spec.name);
    telling.port = telling.port || spec.field == Field::kLocalAddress || spec.field == Field::kLocalPort;
    telling.server_name = telling.server_name || spec.field == Field::kServerName;
  }
  return telling;
}

namespace {

// Gateways have none of these. Source: Istio pilot/pkg/networking/util, names of clusters; R-MESH-6.
bool is_of_sidecar(std::string_view cluster) {
  return cluster.starts_with("inbound|") || cluster == "InboundPassthroughCluster" || cluster == "PassthroughCluster" ||
         cluster == "BlackHoleCluster";
}

}  // namespace

void settle(Record& record) {
  if (is_of_sidecar(record.recorded.cluster.text)) {
    record.kind = RecordKind::kElsewhere;
    return;
  }
  if (record.request.method.empty() && !record.request.target.empty()) record.request.method = "GET";
  if (record.kind == RecordKind::kHttp && record.request.method.empty())
    record.kind = record.recorded.knows_status && record.recorded.status != 0 ? RecordKind::kBroken : RecordKind::kTcp;
  if (record.kind == RecordKind::kHttp && record.request.target.empty() && record.request.method != "CONNECT")
    record.kind = RecordKind::kBroken;
  if (record.kind == RecordKind::kHttp) take_off_peer(record);
}

}  // namespace wicket::replay
