#include "check/run.h"

#include "check/policy.h"
#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

constexpr const char* kService =
    "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\nspec:\n  hosts: "
    "[w]\n"
    "  http:\n  - route: [{destination: {host: w}}]\n";

using Names = std::vector<std::string>;

TEST_CASE("one cause is one finding") {
  struct Case {
    const char* name;
    const char* text;
    Names want;
  };
  const std::string head = "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: shop}\n";
  const std::string unreadable = head + "spec: [\n";
  const std::string no_spec = head + "spec: {}\n";
  const std::string typo =
      head + "spec: {selector: {a: b}, servers: [{port: {number: 80, name: a, protocl: HTTP}, hosts: [a.b]}]}\n";
  const std::string snake =
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: g, namespace: shop}\n"
      "spec: {hosts: [a.b], tls: [{match: [{sni_hosts: [a.b]}], route: [{destination: {host: w}}]}]}\n";
  const std::string templates =
      head + "spec: {selector: {a: b}, servers: [{port: {number: 80, name: a, protocol: HTTP}, hosts: {{ .h }}}]}\n";
  const std::string two_templates = head +
                                    "spec: {selector: {a: b}, servers: [{port: {number: \"{{ .p }}\", name: a, "
                                    "protocol: HTTP}, hosts: [\"{{ .h }}\"]}]}\n";
  const std::string both_gateways = head + "spec: {listeners: [{banana: 1}]}\n";
  const Case cases[] = {
      {"what does not parse has no other fault", unreadable.c_str(), {"WK100 "}},
      {"no spec, no missing servers", no_spec.c_str(), {"WK135 kind"}},
      {"a misspelt field is not missing as well", typo.c_str(), {"WK111 spec.servers[0].port.protocl"}},
      {"nor is one in snake case", snake.c_str(), {"WK112 spec.tls[0].match[0].sni_hosts"}},
      {"a template is no wrong type", templates.c_str(), {"WK141 spec.servers[0].hosts"}},
      {"of two templates the first is told", two_templates.c_str(), {"WK141 spec.servers[0].port.number"}},
      {"the other Gateway kind ends the matter", both_gateways.c_str(), {"WK127 spec.listeners"}},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(test::lint_text(c.text).findings() == c.want);
  }
}

TEST_CASE("a file that is named and holds no object is told so") {
  for (const char* text : {"", "# later\n", "---\n---\n", "replicas: 3\n", "- a\n- b\n"}) {
    INFO(text);
    CHECK(test::lint_text(text).findings() == Names{"WK139 "});
  }
  CHECK(test::lint_text("apiVersion: v1\nkind: ConfigMap\n").findings().empty());
  CHECK(test::lint_text("apiVersion: v2\nname: chart\n").findings().empty());
}

TEST_CASE("findings are ordered by file, place and code") {
  const test::Linted linted = test::lint_files({{"b.yaml", "a: [\n"}, {"a.yaml", "x: \"\n---\ny: {\n"}});
  REQUIRE(linted.result.diagnostics.size() == 3);
  CHECK(linted.loaded.sources.name(linted.result.diagnostics[0].span.file) == "a.yaml");
  CHECK(linted.loaded.sources.position({}, linted.result.diagnostics[1].span.begin).line == 3);
}

TEST_CASE("the same object in two files is told at the later one") {
  const test::Linted linted = test::lint_files({{"a.yaml", kService}, {"b.yaml", kService}});
  REQUIRE(linted.result.diagnostics.size() == 1);
  const Diagnostic& finding = linted.result.diagnostics[0];
  CHECK(finding.rule->id == "WK132");
  CHECK(linted.loaded.sources.name(finding.span.file) == "b.yaml");
  REQUIRE(finding.notes.size() == 1);
  CHECK(linted.loaded.sources.name(finding.notes[0].span.file) == "a.yaml");
}

TEST_CASE("somebody may silence findings, and they are counted") {
  test::Linted linted = test::lint_files({{"a.yaml", kService}, {"b.yaml", kService}});
  Baseline baseline({{.fingerprint = linted.result.diagnostics.at(0).fingerprint, .code = "WK132"}});
  Policy policy;
  policy.baseline = &baseline;
  const CheckResult result = run({.sources = linted.loaded.sources, .workspace = *linted.loaded.workspace},
                                 {.selection = {}, .policy = &policy});
  CHECK(result.diagnostics.empty());
  REQUIRE(result.suppressed.size() == 1);
  CHECK(result.suppressed[0].finding.rule->id == "WK132");
  CHECK(baseline.left().empty());
}

TEST_CASE("on request only what is refused or warned about on apply is told") {
  const std::string text =
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: shop}\n"
      "spec:\n  servers:\n  - port: {number: 80, name: http, protocol: HTTP}\n    hosts: []\n"
      "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\n"
      "spec:\n  hosts: [w]\n  http:\n  - match: [{uri: {prefix: /a}}]\n    <<: &d {timeout: 5s}\n"
      "    route: [{destination: {host: w}}]\n";
  const Selection everything = *Selection::from({.select = {"WK103", "WK204"}, .extend_select = {}, .ignore = {}});
  test::Linted linted = test::lint_text(text, everything);
  CHECK(linted.findings() == Names{"WK204 spec.servers[0].hosts", "WK103 spec.http[0][\"<<\"]"});
  linted.result = run({.sources = linted.loaded.sources, .workspace = *linted.loaded.workspace},
                      {.selection = everything, .only_admission = true});
  CHECK(linted.findings() == Names{"WK204 spec.servers[0].hosts"});
}

TEST_CASE("a check that stands back for one that nobody hears speaks itself") {
  const std::string text =
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: shop}\n"
      "spec:\n  selector: {istio: ingressgateway}\n  servers:\n"
      "  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: [a.example.com], tls: {credentialName: c}}\n";
  test::Linted linted = test::lint_text(text);
  CHECK(linted.findings() == Names{"WK705 spec.servers[0].tls"});
  linted.result = run({.sources = linted.loaded.sources, .workspace = *linted.loaded.workspace},
                      {.selection = {}, .only_admission = true});
  CHECK(linted.findings() == Names{"WK227 spec.servers[0].tls"});
  CHECK(test::lint_text(text, *Selection::from({.select = {}, .extend_select = {}, .ignore = {"WK705"}})).findings() ==
        Names{"WK227 spec.servers[0].tls"});
}

TEST_CASE("repairs are edits that do what they say") {
  struct Case {
    const char* before;
    const char* after;
  };
  const std::string head =
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\nspec: {hosts: "
      "[w], "
      "http: [";
  const Case cases[] = {
      {"{name: on, route: [{destination: {host: w}}]}]}\n", "{name: \"on\", route: [{destination: {host: w}}]}]}\n"},
      {"{name: 1.10, route: [{destination: {host: w}}]}]}\n",
       "{name: \"1.10\", route: [{destination: {host: w}}]}]}\n"},
      {"{route: [{destination: {host: w}, weight: \"5\"}, {destination: {host: v}, weight: 95}]}]}\n",
       "{route: [{destination: {host: w}, weight: 5}, {destination: {host: v}, weight: 95}]}]}\n"},
      {"{direct_response: {status: 200}}]}\n", "{directResponse: {status: 200}}]}\n"},
      {"{match: [{queryParams: {y: {}}}], route: [{destination: {host: w}}]}]}\n",
       "{match: [{queryParams: {\"y\": {}}}], route: [{destination: {host: w}}]}]}\n"},
  };
  for (const Case& c : cases) {
    INFO(c.before);
    std::string text = head + c.before;
    const test::Linted linted = test::lint_text(text);
    REQUIRE(linted.result.diagnostics.size() == 1);
    const Fix& fix = linted.result.diagnostics[0].fix;
    REQUIRE(fix.edits.size() == 1);
    text.replace(fix.edits[0].span.begin, fix.edits[0].span.end - fix.edits[0].span.begin, fix.edits[0].text);
    CHECK(text == head + c.after);
    CHECK(test::lint_text(text).result.diagnostics.empty());
  }
}

}  // namespace
}  // namespace wicket::check
