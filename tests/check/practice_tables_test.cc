// WK7xx, condition by condition: what is told, and the nearest thing that is not.
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "check/run.h"
#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::string_view want;  // "warning WK703"; of the family of the test, with a comma between two
};

std::string object(std::string_view kind, std::string_view name, std::string_view spec) {
  return fmt::format("---\napiVersion: networking.istio.io/v1\nkind: {}\nmetadata: {{name: {}, namespace: shop}}\n{}\n",
                     kind, name, spec);
}
std::string gateway(const std::vector<std::string>& servers, std::string_view selector = "istio: ingressgateway",
                    std::string_view name = "gw") {
  return object("Gateway", name,
                fmt::format("spec: {{selector: {{{}}}, servers: [{}]}}", selector, fmt::join(servers, ", ")));
}
std::string plain(std::string_view host, std::string_view rest = "") {
  return fmt::format("{{port: {{number: 80, name: http, protocol: HTTP}}, hosts: [{}]{}}}", host, rest);
}
std::string https(std::string_view host, std::string_view tls = "mode: SIMPLE, credentialName: c") {
  return fmt::format("{{port: {{number: 443, name: https, protocol: HTTPS}}, hosts: [{}], tls: {{{}}}}}", host, tls);
}
std::string passed_on(std::string_view host) {
  return fmt::format("{{port: {{number: 443, name: tls, protocol: TLS}}, hosts: [{}], tls: {{mode: PASSTHROUGH}}}}",
                     host);
}
std::string service(const std::vector<std::string>& rules, std::string_view bound = "gateways: [gw], ") {
  return object("VirtualService", "v",
                fmt::format("spec: {{hosts: [a.example.com], {}http: [{}]}}", bound, fmt::join(rules, ", ")));
}
constexpr std::string_view kRoute = "route: [{destination: {host: cart}}]";
std::string rule(std::string_view fields) { return fmt::format("{{{}, {}}}", fields, kRoute); }
std::string redirect(std::string_view fields, std::string_view match) {
  return fmt::format("{{match: [{{uri: {{exact: /a}}{}}}], redirect: {{{}}}}}", match, fields);
}

/// Checks what one check says.
void check_all(std::string_view id, const std::vector<Case>& cases) {
  const Selection selection = *Selection::from({.select = {std::string(id)}, .extend_select = {}, .ignore = {}});
  bool is_told = false, is_silent = false;
  for (const Case& c : cases) {
    INFO(c.name << "\n" << c.text);
    const test::Linted linted = test::lint_text(c.text, selection);
    std::string told;
    for (const Diagnostic& finding : linted.result.diagnostics)
      told += fmt::format("{}{}", told.empty() ? "" : ", ", severity_name(finding.severity));
    CHECK(told == c.want);
    is_told = is_told || !told.empty();
    is_silent = is_silent || told.empty();
  }
  CHECK((is_told && is_silent));
}

TEST_CASE("practice: certificates for every name") {
  const std::string named = gateway({https("a.example.com")}, "istio: ingressgateway", "named");
  check_all("WK701", {{"every host", gateway({https("'*'")}), "info"},
                      {"of every namespace", gateway({https("'*/*'")}), "info"},
                      {"beside a server of another Gateway", gateway({https("'*'")}) + named, "warning"},
                      {"beside one of other pods",
                       gateway({https("'*'")}) + gateway({https("a.example.com")}, "istio: other", "named"), "info"},
                      {"of one domain", gateway({https("'*.example.com'")}), ""},
                      {"with the mesh's own certificate", gateway({https("'*'", "mode: ISTIO_MUTUAL")}), ""},
                      {"passed on", gateway({passed_on("'*'")}), ""}});
}

TEST_CASE("practice: hosts without TLS beside TLS") {
  const std::string both = gateway({plain("a.example.com"), https("a.example.com")});
  const std::string to_https = "{match: [{port: 80}], redirect: {scheme: https}}";
  const std::string all = rule("name: all");
  check_all(
      "WK702",
      {{"both", both, "warning"},
       {"under a wildcard", gateway({plain("a.example.com"), https("'*.example.com'")}), "warning"},
       {"a wildcard without TLS", gateway({plain("'*.example.com'"), https("a.example.com")}), ""},
       {"the server redirects",
        gateway({plain("a.example.com", ", tls: {httpsRedirect: true}"), https("a.example.com")}), ""},
       {"on other pods", gateway({plain("a.example.com")}) + gateway({https("a.example.com")}, "istio: other", "other"),
        ""},
       {"the port redirects first", both + service({to_https, all}), ""},
       {"the port redirects last", both + service({all, to_https}), "warning"},
       {"the scheme redirects first",
        both + service({"{match: [{scheme: {exact: http}}], redirect: {scheme: https}}", all}), ""},
       {"a path redirects",
        both + service({"{match: [{port: 80, uri: {prefix: /a}}], redirect: {scheme: https}}", all}), "warning"},
       {"a challenge is answered",
        both + service({rule("match: [{uri: {prefix: /.well-known/acme-challenge/}}]"), to_https, all}), ""},
       {"another path is answered", both + service({rule("match: [{uri: {prefix: /a/}}]"), to_https, all}), "warning"},
       {"only the other port is served", both + service({rule("match: [{port: 443}]")}), ""},
       {"only the other scheme is served", both + service({rule("match: [{scheme: {exact: https}}]")}), ""}});
}

TEST_CASE("practice: versions and ciphers") {
  const auto with = [](std::string_view fields) {
    return gateway({https("a.example.com", fmt::format("mode: SIMPLE, credentialName: c, {}", fields))});
  };
  check_all("WK703", {{"least 1.0", with("minProtocolVersion: TLSV1_0"), "warning"},
                      {"least 1.1", with("minProtocolVersion: TLSV1_1"), "warning"},
                      {"least 1.2", with("minProtocolVersion: TLSV1_2"), ""},
                      {"most 1.1", with("maxProtocolVersion: TLSV1_1"), "warning"},
                      {"most 1.2", with("maxProtocolVersion: TLSV1_2"), "info"},
                      {"most 1.3", with("maxProtocolVersion: TLSV1_3"), ""},
                      {"least above most", with("minProtocolVersion: TLSV1_3, maxProtocolVersion: TLSV1_2"), "error"},
                      {"the default", with("minProtocolVersion: TLS_AUTO"), ""}});
  check_all("WK704", {{"3DES", with("cipherSuites: [DES-CBC3-SHA]"), "warning"},
                      {"CBC", with("cipherSuites: [ECDHE-RSA-AES128-SHA]"), "warning"},
                      {"no forward secrecy", with("cipherSuites: [AES256-GCM-SHA384]"), "info"},
                      {"a good one", with("cipherSuites: [ECDHE-ECDSA-AES256-GCM-SHA384]"), ""}});
}

TEST_CASE("practice: origins") {
  const auto with = [](std::string_view origins, std::string_view rest = "") {
    return service({rule(fmt::format("corsPolicy: {{allowOrigins: [{}]{}}}", origins, rest))});
  };
  constexpr std::string_view kCookies = ", allowCredentials: true";
  check_all("WK706", {{"a star", with("{exact: '*'}", kCookies), "error"},
                      {"any text", with("{regex: '.*'}", kCookies), "error"},
                      {"any site", with("{regex: 'https?://.*'}", kCookies), "error"},
                      {"any site with TLS", with("{prefix: 'https://'}", kCookies), "error"},
                      {"any site without TLS", with("{regex: 'http://.*'}", kCookies), "error"},
                      {"one end of names", with("{regex: 'https://.*\\.example'}", kCookies), ""},
                      {"without credentials", with("{regex: '.*'}"), "info"},
                      {"one site", with("{exact: 'https://b.example.com'}", kCookies), ""},
                      {"one domain", with("{regex: 'https://.*\\.example\\.com'}", kCookies), ""}});
  check_all("WK707", {{"a prefix without an end", with("{prefix: 'https://example.com'}"), "warning"},
                      {"a prefix up to the port", with("{prefix: 'https://example.com:'}"), ""},
                      {"a dot that is any byte", with("{regex: 'https://a.example\\.com'}"), "warning"},
                      {"a dot in a class", with("{regex: 'https://a[.]example[.]com'}"), ""},
                      {"open behind", with("{regex: 'https://example\\.com.*'}"), "warning"},
                      {"any port behind", with("{regex: 'https://example\\.com(:[0-9]+)?'}"), ""}});
  check_all("WK708", {{"a slash behind", with("{exact: 'https://b.example.com/'}"), "warning"},
                      {"no scheme", with("{exact: b.example.com}"), "warning"},
                      {"a path", with("{exact: 'https://b.example.com/x'}"), "warning"},
                      {"upper case", with("{exact: 'https://B.example.com'}"), "warning"},
                      {"the default port", with("{exact: 'https://b.example.com:443'}"), "warning"},
                      {"the other default port", with("{exact: 'http://b.example.com:80'}"), "warning"},
                      {"another port", with("{exact: 'https://b.example.com:8443'}"), ""},
                      {"a star inside", with("{exact: 'https://*.example.com'}"), "warning"},
                      {"null", with("{exact: 'null'}"), "warning"},
                      {"an app", with("{exact: 'capacitor://localhost'}"), ""}});
}

TEST_CASE("practice: faults, timeouts and retries") {
  const auto abort = [](std::string_view rest) { return fmt::format("fault: {{abort: {{httpStatus: 503{}}}}}", rest); };
  const std::string some = abort(", percentage: {value: 1}");
  check_all("WK709", {{"some", service({rule(some)}), "warning"},
                      {"none", service({rule(abort(", percentage: {value: 0}"))}), ""},
                      {"no percentage", service({rule(abort(""))}), "warning"},
                      {"for a header", service({rule("match: [{headers: {x-test: {exact: a}}}], " + some)}), "info"},
                      {"in the mesh", service({rule(some)}, ""), ""}});
  check_all("WK712", {{"none", service({rule("name: a")}), "info"},
                      {"some", service({rule("timeout: 5s")}), ""},
                      {"a redirect", service({redirect("uri: /b", "")}), ""},
                      {"in the mesh", service({rule("name: a")}, ""), ""}});
  check_all("WK723", {{"ten", service({rule("retries: {attempts: 10}")}), ""},
                      {"eleven", service({rule("retries: {attempts: 11}")}), "warning"},
                      {"five minutes", service({rule("retries: {attempts: 5, perTryTimeout: 60s}")}), ""},
                      {"more", service({rule("retries: {attempts: 5, perTryTimeout: 61s}")}), "warning"}});
}

TEST_CASE("practice: TLS behind the gateway") {
  const auto to = [](std::string_view destination) {
    return service({fmt::format("{{route: [{{destination: {{{}}}}}]}}", destination)});
  };
  const auto with = [](std::string_view tls, std::string_view host = "cart") {
    return object("DestinationRule", "d", fmt::format("spec: {{host: {}, trafficPolicy: {{tls: {{{}}}}}}}", host, tls));
  };
  const auto port = [](std::string_view fields) {
    return fmt::format(
        "---\napiVersion: v1\nkind: Service\nmetadata: {{name: cart, namespace: shop}}\n"
        "spec: {{ports: [{{{}}}]}}\n",
        fields);
  };
  const std::string used = to("host: cart");
  check_all("WK714", {{"off", with("mode: SIMPLE, insecureSkipVerify: true"), "warning"},
                      {"on", with("mode: SIMPLE, insecureSkipVerify: false"), ""}});
  check_all("WK715", {{"neither", used + with("mode: SIMPLE"), "warning"},
                      {"an external name", to("host: b.example.com") + with("mode: SIMPLE", "b.example.com"), "info"},
                      {"the names", used + with("mode: SIMPLE, subjectAltNames: [cart]"), ""},
                      {"the SNI", used + with("mode: SIMPLE, sni: cart"), ""},
                      {"the mesh's own", used + with("mode: ISTIO_MUTUAL"), ""},
                      {"no gateway routes there", with("mode: SIMPLE"), ""}});
  const std::string tls_port = to("host: cart, port: {number: 443}");
  check_all("WK716",
            {{"443", tls_port, "info"},
             {"443 with TLS", tls_port + with("mode: SIMPLE, sni: cart"), ""},
             {"443 that is plain", tls_port + port("port: 443, name: http-web"), ""},
             {"443 without a name", tls_port + port("port: 443"), "info"},
             {"a port for https", to("host: cart, port: {number: 8443}") + port("port: 8443, name: https"), "warning"},
             {"by its appProtocol",
              to("host: cart, port: {number: 8443}") + port("port: 8443, name: web, appProtocol: https"), "warning"},
             {"80", to("host: cart, port: {number: 80}"), ""}});
}

TEST_CASE("practice: servers") {
  check_all(
      "WK717",
      {{"a narrower name passed on", gateway({https("'*.example.com'"), passed_on("a.example.com")}), "info"},
       {"other names", gateway({https("b.example.com"), passed_on("a.example.com")}), ""},
       {"other pods", gateway({https("a.example.com")}) + gateway({passed_on("a.example.com")}, "istio: o", "o"), ""},
       {"the same name in two Gateways",
        gateway({https("a.example.com")}) + gateway({passed_on("a.example.com")}, "istio: ingressgateway", "o"),
        "warning"}});
  check_all("WK718", {{"none", object("Gateway", "gw", "spec: {servers: [" + plain("a.example.com") + "]}"), "warning"},
                      {"empty", gateway({plain("a.example.com")}, ""), "warning"},
                      {"one label", gateway({plain("a.example.com")}), ""}});
}

TEST_CASE("practice: headers and redirects") {
  const auto set = [](std::string_view header, std::string_view side = "request") {
    return service({rule(fmt::format("headers: {{{}: {{set: {{{}}}}}}}", side, header))});
  };
  check_all("WK722", {{"the client's address", set("x-forwarded-for: '192.0.2.1'"), "warning"},
                      {"in upper case", set("X-Real-IP: '192.0.2.1'"), "warning"},
                      {"the proxy's own", set("x-envoy-max-retries: '3'"), "warning"},
                      {"what was rewritten", set("x-forwarded-prefix: /a"), ""},
                      {"a credential", set("authorization: Bearer abc"), "warning"},
                      {"somebody else's header", set("authorization: '%REQ(x-a)%'"), ""},
                      {"in the answer", set("x-envoy-a: b", "response"), ""}});
  check_all("WK724", {{"POST", service({redirect("uri: /b", ", method: {exact: POST}")}), "info"},
                      {"302", service({redirect("uri: /b, redirectCode: 302", ", method: {exact: PUT}")}), "info"},
                      {"307", service({redirect("uri: /b, redirectCode: 307", ", method: {exact: POST}")}), ""},
                      {"GET", service({redirect("uri: /b", ", method: {exact: GET}")}), ""},
                      {"any method", service({redirect("uri: /b", "")}), ""}});
  const std::string down = service({redirect("scheme: http", "")});
  check_all("WK725", {{"from TLS", gateway({https("a.example.com")}) + down, "warning"},
                      {"from plaintext", gateway({plain("a.example.com")}) + down, ""},
                      {"for another host", gateway({https("b.example.com")}) + down, ""}});
  const auto rewrite = [](std::string_view match, std::string_view text) {
    return service({rule(fmt::format("rewrite: {{uriRegexRewrite: {{match: '{}', rewrite: '{}'}}}}", match, text))});
  };
  check_all("WK727", {{"what stands behind the slash", rewrite("^/go/(.*)", "\\1"), "warning"},
                      {"the slash with it", rewrite("^/go(/.*)", "\\1"), ""},
                      {"behind a path", rewrite("^/go/(.*)", "/x/\\1"), ""},
                      {"in the middle", rewrite("/v1/", "/v2/"), ""},
                      {"a command in the authority", service({redirect("authority: '%REQ(host)%'", "")}), "warning"},
                      {"an authority", service({redirect("authority: b.example.com", "")}), ""}});
}

TEST_CASE("practice: paths and hosts that are open") {
  const auto path = [](std::string_view match) {
    return service({rule(fmt::format("match: [{{uri: {{{}}}}}]", match))});
  };
  check_all("WK713", {{"a prefix", path("prefix: /actuator/"), "info"},
                      {"a path", path("exact: /metrics"), "info"},
                      {"another word", path("prefix: /metrics-of-trees"), ""},
                      {"in the mesh", service({rule("match: [{uri: {exact: /metrics}}]")}, ""), ""}});
  const auto of = [](std::string_view ns) {
    return fmt::format(
        "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: w, namespace: {}}}\n"
        "spec: {{hosts: [a.example.com], gateways: [shop/gw], http: [{{{}}}]}}\n",
        ns, kRoute);
  };
  const std::string ours = service({rule("name: a")});
  check_all("WK721", {{"two namespaces", gateway({plain("a.example.com")}) + ours + of("team"), "info"},
                      {"one namespace", gateway({plain("a.example.com")}) + ours + of("shop"), ""},
                      {"a prefix", gateway({plain("shop/a.example.com")}) + ours + of("team"), ""},
                      {"nobody", gateway({plain("a.example.com")}), ""}});
}

}  // namespace
}  // namespace wicket::check
