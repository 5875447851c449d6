#include "route/headers.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "route/client_address.h"
#include "route/client_headers.h"
#include "route/grpc.h"
#include "route/matcher.h"
#include "route/timeouts.h"
#include "rules/host_names.h"

namespace wicket::route {
namespace {

using rules::HeaderOp;
using rules::HeaderOpType;

// Of the connection, not of the request (R-EDGE-6).
constexpr std::array<std::string_view, 5> kHopByHop = {"connection", "keep-alive", "proxy-connection",
                                                       "transfer-encoding", "upgrade"};

void remove(HeaderList& headers, std::string_view name) {
  std::erase_if(headers, [name](const Header& header) { return same_name(header.first, name); });
}

bool has(const HeaderList& headers, std::string_view name) {
  return std::ranges::find(headers, name, &Header::first) != headers.end();
}

// Replaces the first line and drops the others, or adds one.
void set(HeaderList& headers, std::string_view name, std::string value) {
  const auto is_it = [name](const Header& header) { return same_name(header.first, name); };
  const auto first = std::ranges::find_if(headers, is_it);
  if (first == headers.end()) {
    headers.emplace_back(rules::lower_case(name), std::move(value));
    return;
  }
  first->second = std::move(value);
  headers.erase(std::remove_if(std::next(first), headers.end(), is_it), headers.end());
}

// ---- format strings ----

std::string_view protocol(HttpVersion version) {
  switch (version) {
    case HttpVersion::kHttp10:
      return "HTTP/1.0";
    case HttpVersion::kHttp11:
      return "HTTP/1.1";
    case HttpVersion::kHttp2:
      return "HTTP/2";
  }
  return "";
}

std::optional<std::string_view> lookup(std::string_view name, const RequestView& request,
                                       std::span<const Header> headers) {
  if (same_name(name, ":method")) return request.method;
  if (same_name(name, ":path")) return request.target;
  if (same_name(name, ":authority") || same_name(name, "host")) return request.authority;
  const auto found = std::ranges::find_if(headers, [name](const Header& h) { return same_name(h.first, name); });
  return found == headers.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

// REQ(a), REQ(a?b) and REQ(a):5: a header, another one in its place, at most so many bytes.
std::string request_header(std::string_view command, const RequestView& request, std::span<const Header> headers) {
  const std::size_t end = command.find(')');
  const std::string_view names = command.substr(4, end - 4);
  const std::size_t mark = names.find('?');
  std::optional<std::string_view> value = lookup(names.substr(0, mark), request, headers);
  if (!value && mark != std::string_view::npos) value = lookup(names.substr(mark + 1), request, headers);
  std::string text(value.value_or(""));
  if (end + 1 < command.size() && command[end + 1] == ':') {
    std::size_t limit = 0;
    for (const char c : command.substr(end + 2))
      if (c >= '0' && c <= '9' && limit < 1'000'000) limit = limit * 10 + static_cast<std::size_t>(c - '0');
    if (text.size() > limit) text.resize(limit);
  }
  return text;
}

std::optional<std::string> command_value(std::string_view command, const RequestView& request,
                                         std::span<const Header> headers) {
  if (command.starts_with("REQ(") && command.find(')') != std::string_view::npos)
    return request_header(command, request, headers);
  if (command == "PROTOCOL") return std::string(protocol(request.version));
  if (command == "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT" && !request.peer_address.empty())
    return std::string(request.peer_address);
  return std::nullopt;
}

// ---- CORS ----

void append_cors_list(HeaderList& headers, std::string_view name, const std::vector<std::string>& list,
                      std::optional<std::string_view> asked) {
  if (list.empty()) return;
  std::string joined;
  for (const std::string& item : list) joined.append(joined.empty() ? "" : ",").append(item);
  if (joined == "*" && asked) joined = *asked;  // echoed
  headers.emplace_back(name, std::move(joined));
}

// Answer to a preflight; without the origin when that is not allowed.
void append_preflight(const rules::Cors& cors, const RequestView& request, CorsVerdict verdict, HeaderList& headers) {
  if (verdict == CorsVerdict::kAllowed)
    headers.emplace_back("access-control-allow-origin", find_header(request, "origin").value_or(""));
  if (cors.allow_credentials) headers.emplace_back("access-control-allow-credentials", "true");
  append_cors_list(headers, "access-control-allow-methods", cors.allow_methods,
                   find_header(request, "access-control-request-method"));
  append_cors_list(headers, "access-control-allow-headers", cors.allow_headers,
                   find_header(request, "access-control-request-headers"));
  if (cors.max_age) headers.emplace_back("access-control-max-age", std::to_string(cors.max_age->count()));
}

void append_cors_edits(const rules::Cors& cors, const RequestView& request, std::vector<HeaderOp>& ops) {
  const auto add = [&ops](std::string_view name, std::string value) {
    ops.push_back({.type = HeaderOpType::kSet, .name = std::string(name), .value = std::move(value)});
  };
  add("access-control-allow-origin", std::string(find_header(request, "origin").value_or("")));
  if (cors.allow_credentials) add("access-control-allow-credentials", "true");
  HeaderList exposed;
  append_cors_list(exposed, "access-control-expose-headers", cors.expose_headers, std::nullopt);
  for (Header& header : exposed) add(header.first, std::move(header.second));
}

// ---- local answers ----

// Source: Envoy source/common/http/utility.cc, PercentEncoding::encode, as gRPC wants its messages.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (c >= ' ' && c < '\x7f' && c != '%') {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.append("%").append(1, kHex[byte >> 4U]).append(1, kHex[byte & 15U]);
  }
  return encoded;
}

// The request as format strings see it: from the client, not from the proxy in front.
RequestView as_from_client(const RequestView& request, const Decision& decision) {
  RequestView seen = request;
  seen.peer_address = client_address(request, decision.trusted_proxies);
  return seen;
}

bool edits_apply(const Decision& decision) {
  return decision.rule() != nullptr && decision.outcome != Outcome::kHttpsRedirect &&
         decision.outcome != Outcome::kNotFound;
}

// The units in the order in which they are applied: the chosen destination's, then the rule's (R-HOP-4).
class Units {
 public:
  explicit Units(const Decision& decision) {
    if (!edits_apply(decision)) return;
    if (decision.picked != nullptr) found_[count_++] = &decision.picked->headers;
    found_[count_++] = &decision.rule()->headers;
  }
  [[nodiscard]] const rules::HeaderEdits* const* begin() const { return found_.data(); }
  [[nodiscard]] const rules::HeaderEdits* const* end() const { return found_.data() + count_; }

 private:
  std::array<const rules::HeaderEdits*, 2> found_{};
  std::size_t count_ = 0;
};

}  // namespace

std::string expand_format(std::string_view format, const RequestView& request, std::span<const Header> headers) {
  std::string text;
  while (!format.empty()) {
    const std::size_t begin = format.find('%');
    text.append(format.substr(0, begin));
    if (begin == std::string_view::npos) break;
    format.remove_prefix(begin);
    const std::size_t end = format.find('%', 1);
    if (end == std::string_view::npos) return text.append(format);
    const std::string_view command = format.substr(1, end - 1);
    if (command.empty()) {
      text += '%';
    } else {
      text.append(command_value(command, request, headers).value_or(std::string(format.substr(0, end + 1))));
    }
    format.remove_prefix(end + 1);
  }
  return text;
}

void apply_edits(std::span<const HeaderOp> ops, const RequestView& request, HeaderList& headers) {
  if (ops.empty()) return;
  for (const HeaderOp& op : ops)
    if (op.type == HeaderOpType::kRemove) remove(headers, op.name);
  std::vector<std::string> values;
  values.reserve(ops.size());
  for (const HeaderOp& op : ops) values.push_back(expand_format(op.value, request, headers));
  for (const HeaderOpType type : {HeaderOpType::kSet, HeaderOpType::kAdd}) {
    for (std::size_t i = 0; i < ops.size(); ++i) {
      if (ops[i].type != type || values[i].empty()) continue;
      if (type == HeaderOpType::kSet) {
        set(headers, ops[i].name, values[i]);
      } else {
        headers.emplace_back(rules::lower_case(ops[i].name), values[i]);
      }
    }
  }
}

std::string forwarded_for(const RequestView& request) {
  std::string joined;
  for (const HeaderView& line : request.headers)
    if (same_name(line.name, "x-forwarded-for")) joined.append(joined.empty() ? "" : ",").append(line.value);
  if (request.peer_address.empty()) return joined;
  return joined.append(joined.empty() ? "" : ",").append(request.peer_address);
}

HeaderList upstream_headers(const RequestView& request, const Decision& decision) {
  constexpr std::size_t kAdded = 10;  // mostly fewer
  HeaderList headers;
  headers.reserve(request.headers.size() + kAdded);
  for (const HeaderView& line : request.headers) {
    std::string name = rules::lower_case(line.name);
    if (std::ranges::find(kHopByHop, name) != kHopByHop.end() || source_of(name) == Source::kStripped) continue;
    std::optional<std::string_view> value = line.value;
    if (name == "te") value = kept_te(request);
    if (name == "referer") value = kept_referer(request);
    const bool is_told = name == "te" && has(headers, name);  // of several lines one is left
    if (value && !is_told) headers.emplace_back(std::move(name), *value);
  }
  set(headers, "x-forwarded-proto", std::string(decision.forwarded_proto));
  if (!request.peer_address.empty()) set(headers, "x-forwarded-for", forwarded_for(request));
  const RequestView seen = as_from_client(request, decision);
  remove(headers, "x-envoy-external-address");
  if (!seen.peer_address.empty()) set(headers, "x-envoy-external-address", std::string(seen.peer_address));
  remove(headers, "x-request-id");  // the client's is lost, whether the new one is known or not (R-EDGE-4)
  if (!request.request_id.empty()) set(headers, "x-request-id", std::string(request.request_id));
  set_timeout_headers(request, timeouts_of(request, decision), std::chrono::milliseconds(0), headers);
  for (const rules::HeaderEdits* unit : Units(decision)) apply_edits(unit->request, seen, headers);
  if (decision.authority) set(headers, "x-envoy-original-host", std::string(request.authority));
  if (decision.is_rewritten) set(headers, "x-envoy-original-path", decision.original_target);
  set(headers, "x-envoy-attempt-count", "1");
  return headers;
}

std::vector<HeaderOp> response_edits(const RequestView& request, const Decision& decision) {
  std::vector<HeaderOp> ops;
  for (const rules::HeaderEdits* unit : Units(decision))
    ops.insert(ops.end(), unit->response.begin(), unit->response.end());
  const rules::Forward* forward = decision.forward();
  if (forward != nullptr && forward->cors && decision.cors == CorsVerdict::kAllowed)
    append_cors_edits(*forward->cors, request, ops);
  return ops;
}

void edit_response(const RequestView& request, const Decision& decision, HeaderList& headers) {
  const RequestView seen = as_from_client(request, decision);
  for (const rules::HeaderEdits* unit : Units(decision)) apply_edits(unit->response, seen, headers);
  const rules::Forward* forward = decision.forward();
  if (forward == nullptr || !forward->cors || decision.cors != CorsVerdict::kAllowed) return;
  std::vector<HeaderOp> ops;
  append_cors_edits(*forward->cors, request, ops);
  apply_edits(ops, request, headers);
}

void answer_locally(Decision& decision, const RequestView& request, const LocalReply& reply) {
  decision.status = reply.status;
  decision.response_flag = reply.response_flag;
  decision.details = reply.details;
  decision.body = reply.body;
  if (!is_grpc_request(request)) return;
  decision.grpc_status = grpc_status_of(reply.status);
  decision.status = 200;
}

HeaderList local_headers(const RequestView& request, const Decision& decision) {
  HeaderList headers;
  if (decision.outcome == Outcome::kCorsPreflight) {
    append_preflight(*decision.forward()->cors, request, decision.cors, headers);
    return headers;
  }
  if (!decision.location.empty()) headers.emplace_back("location", decision.location);
  for (const rules::HeaderEdits* unit : Units(decision)) apply_edits(unit->response, request, headers);
  if (decision.grpc_status) {
    set(headers, "content-type", "application/grpc");
    set(headers, "grpc-status", std::to_string(*decision.grpc_status));
    if (!decision.body.empty() && request.method != "HEAD")
      set(headers, "grpc-message", percent_encoded(decision.body));
    remove(headers, "content-length");
  } else if (decision.body.empty()) {
    remove(headers, "content-length");
    remove(headers, "content-type");
  } else {
    set(headers, "content-length", std::to_string(decision.body.size()));
    if (std::ranges::none_of(headers, [](const Header& h) { return h.first == "content-type"; }))
      headers.emplace_back("content-type", "text/plain");
  }
  return headers;
}

}  // namespace wicket::route
