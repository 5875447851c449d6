// WK7xx beyond one example a check: what is not told, repairs, and secrets that no report shows.
#include <string>
#include <vector>

#include "check/fixes.h"
#include "check/run.h"
#include "report/findings.h"
#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

using Names = std::vector<std::string>;

std::string gateway(const std::string& name, const std::string& selector, const std::string& servers) {
  return "---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: " + name +
         ", namespace: shop}\nspec:\n  selector: {" + selector + "}\n  servers:\n" + servers;
}
std::string server(const std::string& number, const std::string& protocol, const std::string& rest = "") {
  return "  - port: {number: " + number + ", name: a" + protocol + ", protocol: " + protocol +
         "}\n    hosts: [a.example.com]\n" + rest;
}
std::string one(const std::string& servers) { return gateway("g", "istio: ingressgateway", servers); }
std::string tls(const std::string& fields) { return one(server("443", "HTTPS", "    tls: " + fields)); }
std::string routes(const std::string& entry) {
  return "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\nspec:\n"
         "  hosts: [shop.example.com]\n  gateways: [public]\n  http:\n  - " +
         entry + "\n";
}

/// "WK720", one a finding of WK7xx, in order.
Names codes(const std::string& text) {
  Names found =
      test::lint_text(text, *Selection::from({.select = {"WK7"}, .extend_select = {}, .ignore = {"WK712"}})).findings();
  for (std::string& finding : found) finding.resize(5);
  return found;
}

TEST_CASE("protocols of servers that fit their port, and that do not") {
  const std::string passed_on = "    tls: {mode: PASSTHROUGH}\n";
  struct Case {
    const char* name;
    std::string text;
    Names want;
  };
  const Case cases[] = {
      {"HTTP on 8443", one(server("8443", "HTTP2")), {"WK720"}},
      {"HTTPS on 8080", one(server("8080", "HTTPS", "    tls: {mode: SIMPLE, credentialName: c}\n")), {"WK720"}},
      {"HTTPS of the mesh on 80", one(server("80", "HTTPS", "    tls: {mode: ISTIO_MUTUAL}\n")), {}},
      {"HTTP on 80", one(server("80", "HTTP")), {}},
      {"TCP alone on 443", one(server("443", "TCP")), {"WK720"}},
      {"TCP on 8443", one(server("8443", "TCP")), {}},
      {"TCP behind TLS on 443", one(server("443", "TLS", passed_on) + server("443", "TCP")), {}},
      {"TCP beside TLS on another port", one(server("8443", "TLS", passed_on) + server("443", "TCP")), {"WK720"}},
      {"TLS in another Gateway of the proxies",
       one(server("443", "TLS", passed_on)) + gateway("h", "istio: ingressgateway", server("443", "TCP")),
       {}},
      {"TLS on other proxies",
       one(server("443", "TLS", passed_on)) + gateway("h", "istio: other", server("443", "TCP")),
       {"WK720"}},
      {"MONGO has its filter by default", one(server("27017", "MONGO")), {}},
      {"REDIS has not", one(server("6379", "REDIS")), {"WK719"}},
      {"MYSQL has not", one(server("3306", "MYSQL")), {"WK719"}},
      {"UDP", one(server("53", "UDP")), {"WK719"}},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(codes(c.text) == c.want);
  }
}

TEST_CASE("a tls block without mode is told of where it is PASSTHROUGH") {
  struct Case {
    const char* protocol;
    const char* tls;
    Names want;
  };
  const Case cases[] = {
      {"HTTPS", "{credentialName: c}", {"WK705"}},
      {"TLS", "{minProtocolVersion: TLSV1_2}", {"WK705"}},
      {"HTTP", "{httpsRedirect: true}", {}},
      {"HTTP", "{credentialName: c}", {}},
      {"TLS", "{mode: PASSTHROUGH, credentialName: c}", {}},
  };
  for (const Case& c : cases) {
    INFO(c.protocol << " " << c.tls);
    CHECK(codes(one(server("9443", c.protocol, std::string("    tls: ") + c.tls + "\n"))) == c.want);
  }
}

TEST_CASE("cipher suites are worth what the proxy makes of them") {
  const auto with = [](const std::string& suites) {
    return codes(tls("{mode: SIMPLE, credentialName: c, cipherSuites: [" + suites + "]}\n"));
  };
  CHECK(with("ECDHE-RSA-AES128-GCM-SHA256, ECDHE-ECDSA-CHACHA20-POLY1305").empty());
  CHECK(with("DES-CBC3-SHA, AES256-SHA, ECDHE-ECDSA-AES256-SHA, AES128-GCM-SHA256") ==
        Names{"WK704", "WK704", "WK704", "WK704"});
  CHECK(with("ECDHE-RSA-AES128-CBC-SHA, ALL, -AES128-SHA").empty());
}

TEST_CASE("repairs of good practice leave nothing to tell, and are suggestions") {
  struct Case {
    const char* id;
    std::string before;
    std::string after;
  };
  const Case cases[] = {
      {"WK705", tls("{credentialName: c}\n"), tls("{mode: SIMPLE, credentialName: c}\n")},
      {"WK705", tls("\n      credentialName: c # ours\n"),
       tls("\n      mode: SIMPLE\n      credentialName: c # ours\n")},
      {"WK704", tls("{mode: SIMPLE, credentialName: c, cipherSuites: [ECDHE-RSA-AES128-GCM-SHA256, AES128-SHA]}\n"),
       tls("{mode: SIMPLE, credentialName: c, cipherSuites: [ECDHE-RSA-AES128-GCM-SHA256]}\n")},
      {"WK708",
       routes("{corsPolicy: {allowOrigins: [{exact: 'https://a.example.com/'}]}, route: [{destination: {host: "
              "cart}}]}"),
       routes(
           "{corsPolicy: {allowOrigins: [{exact: 'https://a.example.com'}]}, route: [{destination: {host: cart}}]}")},
      {"WK708",
       routes("{corsPolicy: {allowOrigins: [{exact: \"https://A.example.com\"}]}, route: [{destination: {host: "
              "cart}}]}"),
       routes("{corsPolicy: {allowOrigins: [{exact: \"https://a.example.com\"}]}, route: [{destination: {host: "
              "cart}}]}")},
      {"WK708",
       routes("{corsPolicy: {allowOrigins: [{exact: \"http://a.example.com:80\"}]}, route: [{destination: {host: "
              "cart}}]}"),
       routes("{corsPolicy: {allowOrigins: [{exact: \"http://a.example.com\"}]}, route: [{destination: {host: "
              "cart}}]}")},
      {"WK724", routes("{match: [{uri: {exact: /a}, method: {exact: POST}}], redirect: {uri: /b, redirectCode: 301}}"),
       routes("{match: [{uri: {exact: /a}, method: {exact: POST}}], redirect: {uri: /b, redirectCode: 308}}")},
      {"WK724",
       routes("{match: [{uri: {exact: /a}, method: {regex: GET|PUT}}], redirect: {uri: /b, redirectCode: 302}}"),
       routes("{match: [{uri: {exact: /a}, method: {regex: GET|PUT}}], redirect: {uri: /b, redirectCode: 307}}")},
  };
  for (const Case& c : cases) {
    INFO(c.before);
    const Selection selection = *Selection::from({.select = {"WK7"}, .extend_select = {}, .ignore = {"WK712"}});
    const test::Linted linted = test::lint_text(c.before, selection);
    REQUIRE(linted.result.diagnostics.size() == 1);
    CHECK(linted.result.diagnostics[0].rule->id == c.id);
    CHECK(plan_repairs(linted.result.diagnostics, Safety::kSafe).empty());
    const auto repairs = plan_repairs(linted.result.diagnostics, Safety::kSuggested);
    REQUIRE(repairs.size() == 1);
    CHECK(apply_edits(c.before, repairs[0].edits) == c.after);
    CHECK(codes(c.after).empty());
  }
}

TEST_CASE("no report shows a secret that is told of") {
  const std::string key = "apiVersion: v1\nkind: Secret\nmetadata: {name: a, namespace: shop}\nstringData: ";
  struct Case {
    const char* id;
    std::string text;
  };
  const Case cases[] = {
      {"WK726", key + "{tls.key: s3cr3t}\n"},
      {"WK726", key + "{ca.pem: \"-----BEGIN RSA PRIVATE KEY-----\\ns3cr3t\"}\n"},
      {"WK722", routes("{headers: {request: {set: {authorization: Bearer s3cr3t}}}, route: [{destination: {host: "
                       "cart}}]}")},
      {"WK722", routes("{headers: {request: {add: {Authorization: \"Basic s3cr3t\"}}}, route: [{destination: {host: "
                       "cart}}]}")},
  };
  using Format = std::string (*)(const report::LintReport&);
  const Format formats[] = {
      [](const report::LintReport& report) { return report::findings_text(report, {}); },
      report::findings_json,
      report::findings_jsonl,
      report::findings_sarif,
      report::findings_junit,
      report::findings_tap,
      report::findings_github,
      report::findings_gitlab,
      report::findings_checkstyle,
      [](const report::LintReport& report) { return report::findings_markdown(report); },
  };
  for (const Case& c : cases) {
    const test::Linted linted =
        test::lint_text(c.text, *Selection::from({.select = {c.id}, .extend_select = {}, .ignore = {}}));
    REQUIRE(linted.result.diagnostics.size() == 1);
    const report::LintReport report{.sources = linted.loaded.sources,
                                    .diagnostics = linted.result.diagnostics,
                                    .failures = {},
                                    .counts = {},
                                    .tool_version = "test"};
    for (const Format format : formats) {
      const std::string text = format(report);
      INFO(text);
      CHECK(text.find("test.yaml") != std::string::npos);
      CHECK(text.find("s3cr3t") == std::string::npos);
    }
  }
}

}  // namespace
}  // namespace wicket::check
