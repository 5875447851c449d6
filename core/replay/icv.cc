// Tests of istio-config-validator: every authority × method × uri of a test is one request.

#include <charconv>

#include "replay/yaml_tests.h"

namespace wicket::replay {
namespace {

using yaml::Document;
using yaml::NodeId;

constexpr std::size_t kMaxRequests = 100'000;  // of one file

// Manifests, and so the tests, do not say where a request comes in.
const Telling& telling() {
  static const Telling kTelling{.every_header = true, .headers = {}, .lacks = {}, .port = false, .server_name = false};
  return kTelling;
}

std::optional<std::uint32_t> number(const std::string& text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<ExpectedDestination> destinations(const Document& document, NodeId route) {
  std::vector<ExpectedDestination> all;
  for (const NodeId item : items(document, route)) {
    const NodeId destination = document.find(item, "destination");
    ExpectedDestination one{.host = text_at(document, destination, "host"),
                            .port = {},
                            .subset = text_at(document, destination, "subset"),
                            .weight = number(text_at(document, item, "weight")).value_or(0)};
    one.port = number(text_at(document, document.find(destination, "port"), "number"));
    all.push_back(std::move(one));
  }
  return all;
}

void take_text(const Document& document, NodeId mapping, std::string_view key, std::optional<std::string>& out) {
  if (has(document, mapping, key)) out = text_at(document, mapping, key);
}

Expected expected_of(const Document& document, NodeId test) {
  Expected expected;
  expected.is_negated = text_at(document, test, "wantMatch") != "true";
  if (const NodeId route = document.find(test, "route"); route != NodeId::kNone)
    expected.destinations = destinations(document, route);
  const NodeId redirect = document.find(test, "redirect"), rewrite = document.find(test, "rewrite");
  take_text(document, redirect, "uri", expected.redirect_uri);
  take_text(document, redirect, "authority", expected.redirect_authority);
  take_text(document, rewrite, "uri", expected.rewrite_uri);
  take_text(document, rewrite, "authority", expected.rewrite_authority);
  const NodeId abort = document.find(document.find(test, "fault"), "abort");
  expected.abort_status = number(text_at(document, abort, "httpStatus"));
  const NodeId set = document.find(document.find(document.find(test, "headers"), "request"), "set");
  if (set != NodeId::kNone && document[set].kind == yaml::NodeKind::kMapping)
    for (NodeId key = document[set].first(); key != NodeId::kNone; key = document[document[key].next()].next())
      expected.request_set.emplace_back(document.text(key), document.text(document[key].next()));
  if (const NodeId delegate = document.find(test, "delegate"); delegate != NodeId::kNone) {
    const std::string ns = text_at(document, delegate, "namespace");
    expected.delegate = (ns.empty() ? "default" : ns) + "/" + text_at(document, delegate, "name");
  }
  return expected;
}

std::vector<std::string> texts(const Document& document, NodeId mapping, std::string_view key, std::string fallback) {
  std::vector<std::string> all;
  for (const NodeId item : items(document, document.find(mapping, key))) all.emplace_back(document.text(item));
  if (all.empty()) all.push_back(std::move(fallback));
  return all;
}

std::vector<route::Header> headers_of(const Document& document, NodeId request) {
  std::vector<route::Header> headers;
  const NodeId node = document.find(request, "headers");
  if (node == NodeId::kNone || document[node].kind != yaml::NodeKind::kMapping) return headers;
  for (NodeId key = document[node].first(); key != NodeId::kNone; key = document[document[key].next()].next())
    headers.emplace_back(document.text(key), document.text(document[key].next()));
  return headers;
}

void take_test(const Document& document, NodeId test, std::size_t first_line, Requests& out) {
  const NodeId request = document.find(test, "request");
  const std::size_t line = line_of(document, test, first_line);
  if (request == NodeId::kNone) return out.unread.push_back({line, "begins a test without a request", {}});
  const auto expected = std::make_shared<const Expected>(expected_of(document, test));
  const std::vector<route::Header> headers = headers_of(document, request);
  for (const std::string& uri : texts(document, request, "uri", "/"))
    for (const std::string& authority : texts(document, request, "authority", ""))
      for (const std::string& method : texts(document, request, "method", "GET")) {
        if (out.records.size() >= kMaxRequests) return;
        Record& record = out.records.emplace_back();
        record.request.method = method;
        record.request.authority = authority;
        record.request.target = uri;
        record.request.headers = headers;
        record.line = line;
        record.telling = &telling();
        record.expected = expected;
      }
}

}  // namespace

Result<Requests> read_icv(std::string_view text) {
  Requests out;
  bool is_one = false;
  each_document(text, out, [&](const Document& document, std::size_t first_line) {
    const NodeId tests = document.find(document.root, "testCases");
    is_one = is_one || tests != NodeId::kNone;
    for (const NodeId test : items(document, tests)) take_test(document, test, first_line, out);
  });
  if (!is_one) return failure(ErrorCode::kInvalid, "has no testCases");
  return out;
}

}  // namespace wicket::replay
