#include "replay/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace wicket::replay {
namespace {

// Whether an authority ends in a port; the colons of an IPv6 address stand in brackets.
bool has_port(std::string_view authority) {
  const std::size_t colon = authority.rfind(':');
  return colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
}

}  // namespace

bool Telling::header(std::string_view lower_name) const {
  if (every_header) return std::ranges::find(lacks, lower_name) == lacks.end();
  return std::ranges::find(headers, lower_name) != headers.end();
}

void Recorded::clear() {
  for (Told* told : {&cluster, &route, &flags, &details, &location}) told->clear();
  knows_status = false;
  status = 0;
}

void Record::clear() {
  kind = RecordKind::kHttp;
  request.method = "GET";
  request.scheme.clear();
  request.authority.clear();
  request.target = "/";
  std::ranges::move(request.headers, std::back_inserter(spare));
  request.headers.clear();
  request.version = route::HttpVersion::kHttp11;
  request.port = 0;
  request.tls = false;
  request.sni.clear();
  peer_address.clear();
  local_address.clear();
  request_id.clear();
  is_path_cut = false;
  time.clear();
  line = 0;
  recorded.clear();
  expected.reset();
  draw.reset();
  telling = nullptr;
  notes.clear();
}

void Record::add_header(std::string_view name, std::string_view value) {
  if (spare.empty()) {
    request.headers.emplace_back(name, value);
    return;
  }
  route::Header& header = request.headers.emplace_back(std::move(spare.back()));
  spare.pop_back();
  header.first = name;
  header.second = value;
}

route::RequestView Record::view(std::vector<route::HeaderView>& lines) const {
  route::RequestView view = request.view(lines);
  view.peer_address = peer_address;
  view.local_address = local_address;
  view.request_id = request_id;
  return view;
}

std::string url_of(const route::Request& request) {
  const bool is_https = request.tls || request.scheme == "https";
  const std::uint32_t usual = is_https ? 443 : 80;
  std::string url = fmt::format("{}://{}", is_https ? "https" : "http", request.authority);
  if (request.port != 0 && request.port != usual && !has_port(request.authority))
    url += fmt::format(":{}", request.port);
  return url += request.target;
}

std::string title(const Record& record) {
  const route::Request& request = record.request;
  if (record.kind != RecordKind::kTcp) return fmt::format("{} {}", request.method, url_of(request));
  return fmt::format("{} port {}{}", request.sni.empty() ? "TCP" : "TLS", request.port,
                     request.sni.empty() ? "" : " for " + request.sni);
}

}  // namespace wicket::replay
