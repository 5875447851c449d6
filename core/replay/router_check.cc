// Tests of Envoy's router check tool.

#include <charconv>
#include <set>

#include "replay/yaml_tests.h"
#include "route/matcher.h"

namespace wicket::replay {
namespace {

using yaml::Document;
using yaml::NodeId;

std::optional<std::uint64_t> number(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

const Telling& telling() {
  static const Telling kTelling{.every_header = true, .headers = {}, .lacks = {}, .port = true, .server_name = true};
  return kTelling;
}

void take_input(const Document& document, NodeId input, Record& record) {
  route::Request& request = record.request;
  const bool is_tls = text_at(document, input, "ssl") == "true";
  request.authority = text_at(document, input, "authority");
  if (std::string path = text_at(document, input, "path"); !path.empty()) request.target = std::move(path);
  if (std::string method = text_at(document, input, "method"); !method.empty()) request.method = std::move(method);
  request.tls = is_tls;
  request.port = is_tls ? 443 : 80;
  if (is_tls) request.sni = request.authority.substr(0, request.authority.find(':'));
  record.draw = number(text_at(document, input, "random_value"));
  for (const std::string_view key : {"additional_request_headers", "additional_headers"}) {
    for (const NodeId header : items(document, document.find(input, key))) {
      const std::string name =
          has(document, header, "key") ? text_at(document, header, "key") : text_at(document, header, "field");
      if (!name.empty()) request.headers.emplace_back(name, text_at(document, header, "value"));
    }
  }
}

// What Istio's configuration has nothing of. Source: Envoy test/tools/router_check/validation.proto.
std::string unsupported(const Document& document, NodeId input, NodeId validate) {
  for (const std::string_view key : {"runtime", "dynamic_metadata", "additional_response_headers"})
    if (has(document, input, key))
      return "begins a test with input." + std::string(key) + ", which no gateway of Istio has";
  for (const std::string_view key : {"request_header_matches", "response_header_matches", "header_fields",
                                     "custom_header_fields", "request_header_fields", "response_header_fields"})
    if (has(document, validate, key))
      return "begins a test with validate." + std::string(key) + ", which is not compared";
  if (const std::string cluster = text_at(document, validate, "virtual_cluster_name");
      !cluster.empty() && cluster != "other")
    return "begins a test with validate.virtual_cluster_name, which no gateway of Istio has";
  return {};
}

void take_text(const Document& document, NodeId mapping, std::string_view key, std::optional<std::string>& out) {
  if (has(document, mapping, key)) out = text_at(document, mapping, key);
}

void take_test(const Document& document, NodeId test, std::size_t first_line, Requests& out) {
  const std::size_t line = line_of(document, test, first_line);
  const NodeId input = document.find(test, "input"), validate = document.find(test, "validate");
  if (input == NodeId::kNone) return out.unread.push_back({line, "begins a test without an input", {}});
  if (std::string why = unsupported(document, input, validate); !why.empty())
    return out.unread.push_back({line, std::move(why), text_at(document, test, "test_name")});
  Record& record = out.records.emplace_back();
  take_input(document, input, record);
  record.line = line;
  record.telling = &telling();
  Expected expected;
  take_text(document, validate, "cluster_name", expected.cluster);
  take_text(document, validate, "virtual_host_name", expected.virtual_host);
  take_text(document, validate, "path_rewrite", expected.path);
  take_text(document, validate, "host_rewrite", expected.authority);
  take_text(document, validate, "path_redirect", expected.location);
  record.expected = std::make_shared<const Expected>(std::move(expected));
}

}  // namespace

Result<Requests> read_router_check(std::string_view text) {
  Requests out;
  bool is_one = false;
  each_document(text, out, [&](const Document& document, std::size_t first_line) {
    // Older files are a bare list.
    const NodeId named = document.find(document.root, "tests");
    const NodeId tests = named != NodeId::kNone ? named : document.root;
    for (const NodeId test : items(document, tests)) {
      if (!has(document, test, "input") && !has(document, test, "validate")) continue;
      is_one = true;
      take_test(document, test, first_line, out);
    }
  });
  if (!is_one) return failure(ErrorCode::kInvalid, "has no tests with input and validate");
  return out;
}

}  // namespace wicket::replay
