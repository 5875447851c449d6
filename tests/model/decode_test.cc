#include "model/decode.h"

#include <memory>
#include <string>
#include <utility>

#include "support/catch.h"
#include "yaml/parse.h"
#include "yaml/path.h"

namespace wicket::model {
namespace {

constexpr const char* kHead =
    "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: b}\nspec:\n";

struct Result {
  std::unique_ptr<const std::string> text;  // the document views it
  yaml::Parsed parsed;
  Decoded decoded;
};

Result decode_text(std::string text) {
  auto kept = std::make_unique<const std::string>(std::move(text));
  Result result{.text = std::move(kept), .parsed = {}, .decoded = {}};
  result.parsed = yaml::parse(*result.text, {});
  REQUIRE(result.parsed.document->root != NodeId::kNone);
  result.decoded = decode(*result.parsed.document);
  return result;
}

TEST_CASE("a VirtualService is decoded with the place of every leaf") {
  const std::string text = std::string(kHead) +
                           "  hosts: [x.example.com]\n"
                           "  gateways: [gw, mesh]\n"
                           "  http:\n"
                           "  - name: first\n"
                           "    match:\n"
                           "    - uri: {prefix: /api}\n"
                           "      headers: {x-beta: {exact: \"1\"}, x-any: {}}\n"
                           "      port: 80\n"
                           "    route:\n"
                           "    - destination: {host: web, subset: v1, port: {number: 8080}}\n"
                           "      weight: 90\n"
                           "    timeout: 1h30m\n"
                           "    retries: {attempts: 3, perTryTimeout: 2s, retryOn: 5xx}\n"
                           "    mirrorPercentage: {value: 12.5}\n"
                           "    corsPolicy: {allowOrigins: [{regex: .*}], allowCredentials: true, maxAge: 24h}\n";
  const Result result = decode_text(text);
  const yaml::Document& document = *result.parsed.document;
  CHECK(result.decoded.problems.empty());
  REQUIRE(result.decoded.resources.size() == 1);
  const Resource& resource = result.decoded.resources[0];
  CHECK(resource.kind == Kind::kVirtualService);
  CHECK(resource.name() == "a");
  CHECK(resource.ns("default") == "b");
  const auto& spec = std::get<VirtualService>(resource.spec);
  REQUIRE(spec.http.size() == 1);
  const HTTPRoute& route = spec.http[0];
  CHECK(*route.name == "first");
  CHECK(route.timeout->count() == 5'400'000'000'000);
  CHECK(route.retries->attempts.value == 3);
  CHECK(route.mirror_percentage->value.value == 12.5);
  CHECK(*route.cors_policy->allow_credentials);
  REQUIRE(route.match.size() == 1);
  CHECK(*route.match[0].uri->prefix == "/api");
  CHECK(*route.match[0].port == 80);
  REQUIRE(route.match[0].headers.find("x-beta") != nullptr);
  CHECK(*route.match[0].headers.find("x-beta")->value.exact == "1");
  CHECK_FALSE(route.match[0].headers.find("x-any")->value.exact.present());
  CHECK(*route.route[0].weight == 90);
  CHECK(*route.route[0].destination->port->number == 8080);
  CHECK(yaml::path_of(document, route.route[0].destination->port->number.node) ==
        "spec.http[0].route[0].destination.port.number");
  CHECK(text.substr(document.span(route.timeout.node).begin, 5) == "1h30m");
}

TEST_CASE("each fault of a field is one problem at its place") {
  using enum ProblemKind;
  struct Case {
    const char* name;
    const char* route;  // one http entry, indented by four
    ProblemKind kind;
    const char* path;
    const char* hint;
  };
  const Case cases[] = {
      {"boolean for text", "name: on", kBooleanForString, "name", "true"},
      {"number for text", "name: 1.10", kNumberForString, "name", "1.1"},
      {"text for number", "match: [{port: \"80\"}]", kWrongScalar, "match[0].port", "0..4294967295"},
      {"boolean for number", "match: [{port: yes}]", kWrongScalar, "match[0].port", "0..4294967295"},
      {"number for boolean", "match: [{ignoreUriCase: 1}]", kWrongScalar, "match[0].ignoreUriCase", ""},
      {"null", "timeout:", kNull, "timeout", ""},
      {"null condition", "match: [{headers: {x: }}]", kNullCondition, "match[0].headers.x", ""},
      {"null item", "match: [~]", kNullItem, "match[0]", ""},
      {"scalar for a list", "match: x", kWrongType, "match", "a scalar"},
      {"mapping for a list", "match: {uri: {exact: /}}", kWrongType, "match", "a mapping"},
      {"list for a mapping", "rewrite: [a]", kWrongType, "rewrite", "a list"},
      {"mapping for a scalar", "name: {a: b}", kWrongType, "name", "a mapping"},
      {"fraction", "match: [{port: 33.3}]", kFraction, "match[0].port", "0..4294967295"},
      {"too large", "match: [{port: 4294967296}]", kOutOfRange, "match[0].port", "0..4294967295"},
      {"negative", "match: [{port: -1}]", kOutOfRange, "match[0].port", "0..4294967295"},
      {"enum in lower case", "redirect: {derivePort: from_request_port}", kBadEnum, "redirect.derivePort",
       "FROM_REQUEST_PORT"},
      {"enum number", "redirect: {derivePort: 1}", kBadEnum, "redirect.derivePort", ""},
      {"no duration", "timeout: 1d", kBadDuration, "timeout", ""},
      {"number for a duration", "timeout: 5", kNumberForString, "timeout", "5"},
      {"duration of nothing", "timeout: 0s", kDurationTooShort, "timeout", ""},
      {"fine duration", "timeout: 1.5ms", kDurationTooFine, "timeout", ""},
      {"two members of a choice", "match: [{uri: {exact: a, regex: b}}]", kOneof, "match[0].uri.regex", "exact"},
      {"missing", "mirrors: [{percentage: {value: 5}}]", kRequired, "mirrors[0]", ""},
      {"not base64", "directResponse: {status: 200, body: {bytes: a-_b}}", kNotBase64, "directResponse.body.bytes", ""},
      {"octal", "match: [{port: 0120}]", kSurprisingNumber, "match[0].port", "80 or 120"},
      {"template", "name: \"{{ .Values.name }}\"", kTemplate, "name", ""},
      {"variable in a number", "match:\n    - port: ${PORT}", kTemplate, "match[0].port", ""},
      {"no-break blank in a name", "delegate: {name: \"a\xC2\xA0\"}", kInvisible, "delegate.name", ""},
      {"unknown", "routes: []", kUnknownField, "routes", "route"},
      {"unknown, far from all", "banana: []", kUnknownField, "banana", ""},
      {"old name", "websocketUpgrade: true", kUnknownField, "websocketUpgrade",
       "nothing in its place: WebSocket upgrades always pass"},
      {"snake case", "direct_response: {status: 200}", kSnakeCase, "direct_response", "directResponse"},
      {"field of a child", "uri: {exact: /}", kMisplaced, "uri", "http.match.uri"},
      {"field of the parent", "gateways: [a]", kMisplaced, "gateways", "spec.gateways"},
      {"boolean key", "match: [{queryParams: {on: {}}}]", kBooleanKey, "match[0].queryParams.on", "true"},
      {"number key", "match: [{queryParams: {0x10: {}}}]", kNumberKey, "match[0].queryParams.0x10", "16"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const Result result = decode_text(std::string(kHead) + "  http:\n  - " + c.route + "\n");
    REQUIRE(result.decoded.problems.size() == 1);
    const Problem& problem = result.decoded.problems[0];
    CHECK(static_cast<int>(problem.kind) == static_cast<int>(c.kind));
    CHECK(yaml::path_of(*result.parsed.document, problem.node) == std::string("spec.http[0].") + c.path);
    CHECK(problem.hint == c.hint);
  }
}

TEST_CASE("whole numbers may be written in many ways") {
  for (const char* text : {"80", "80.0", "8e1", "+80", "0x50", "0b1010000", "8_0", "0120"}) {
    INFO(text);
    const Result result = decode_text(std::string(kHead) + "  http:\n  - match: [{port: " + text + "}]\n");
    CHECK(*std::get<VirtualService>(result.decoded.resources[0].spec).http[0].match[0].port == 80);
  }
}

TEST_CASE("lists hold objects, typed lists may leave out what their items are") {
  const Result list = decode_text(
      "apiVersion: v1\nkind: List\nitems:\n"
      "- {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: g}, spec: {servers: []}}\n"
      "- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n");
  CHECK(list.decoded.resources.size() == 1);
  const Result typed = decode_text(
      "apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: web}\n  spec: {ports: [{port: 80, name: "
      "http}]}\n");
  REQUIRE(typed.decoded.resources.size() == 1);
  CHECK(typed.decoded.resources[0].kind == Kind::kService);
  CHECK(*std::get<Service>(typed.decoded.resources[0].spec).ports[0].port == 80);
}

TEST_CASE("pods and the templates of controllers are workloads alike") {
  const Result pod = decode_text("apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: web}}\nspec: {}\n");
  CHECK(std::get<Workload>(pod.decoded.resources[0].spec).labels.find("app") != nullptr);
  const Result deployment = decode_text(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  template:\n"
      "    metadata: {labels: {app: web}}\n    spec: {containers: [{name: c, ports: [{containerPort: 8080}]}]}\n");
  const auto& workload = std::get<Workload>(deployment.decoded.resources[0].spec);
  CHECK(*workload.labels.find("app")->value == "web");
  CHECK(*workload.containers[0].ports[0].container_port == 8080);
}

TEST_CASE("values of an alias stand at the alias") {
  const std::string text = std::string(kHead) + "  http:\n  - name: &n on\n  - name: *n\n";
  const Result result = decode_text(text);
  REQUIRE(result.decoded.problems.size() == 2);
  CHECK(text.substr(result.decoded.problems[1].span.begin, 2) == "*n");
}

}  // namespace
}  // namespace wicket::model
