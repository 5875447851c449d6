// What becomes of routes where all of them come together: boundaries of the checks that read the lowered rules.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "check/estate.h"
#include "route/compile.h"
#include "route/decide.h"
#include "route/url.h"
#include "rules/lower.h"
#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

constexpr const char* kTarget = "route: [{destination: {host: a}}]";
constexpr const char* kOther = "route: [{destination: {host: b}}]";

std::string gateway(std::string_view servers, std::string_view name = "gw") {
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{name: {}, namespace: shop}}\n"
      "spec: {{selector: {{istio: ingressgateway}}, servers: [{}]}}\n---\n",
      name, servers);
}
std::string http_server(std::string_view hosts = "'*'", int port = 80) {
  return fmt::format("{{port: {{number: {0}, name: http-{0}, protocol: HTTP}}, hosts: [{1}]}}", port, hosts);
}
std::string https_server(std::string_view hosts = "'*'") {
  return fmt::format(
      "{{port: {{number: 443, name: https, protocol: HTTPS}}, hosts: [{}], tls: {{mode: SIMPLE, credentialName: c}}}}",
      hosts);
}
std::string service(std::string_view name, std::string_view spec, std::string_view metadata = "") {
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: {}, namespace: shop{}}}\nspec: "
      "{}\n---\n",
      name, metadata, spec);
}
/// A VirtualService of a.example.com at shop/gw with these http rules.
std::string at_gateway(std::string_view name, std::string_view rules, std::string_view metadata = "") {
  return service(name, fmt::format("{{hosts: [a.example.com], gateways: [gw], http: [{}]}}", rules), metadata);
}
std::string rule(std::string_view match, std::string_view action = kTarget) {
  return fmt::format("{{match: [{}], {}}}", match, action);
}

/// "error WK512 b spec.http[0]" of the checks that are asked for, on one line.
std::string told(const std::string& manifests, const std::set<std::string_view>& ids) {
  const test::Linted linted = test::lint_text(manifests);
  std::vector<std::string> lines;
  for (const Diagnostic& finding : linted.result.diagnostics)
    if (ids.contains(finding.rule->id))
      lines.push_back(fmt::format("{} {} {} {}", severity_name(finding.severity), finding.rule->id,
                                  finding.resource.name, finding.path));
  return fmt::format("{}", fmt::join(lines, ", "));
}

struct Case {
  const char* name;
  std::string manifests;
  std::string want;
};

void check_all(const std::vector<Case>& cases, const std::set<std::string_view>& ids) {
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(told(c.manifests, ids) == c.want);
  }
}

TEST_CASE("merge: rules behind one that takes everything") {
  const std::string open = rule("{uri: {prefix: /}}");
  const std::string narrow = rule("{uri: {exact: /x}}", kOther);
  const auto mesh = [](std::string_view rules) {
    return service("v", fmt::format("{{hosts: [a], http: [{}]}}", rules));
  };
  const std::string whole = "warning WK507 v spec.http[1]";
  check_all(
      {
          {"in the mesh", mesh(open + "," + narrow), whole},
          {"at a gateway elsewhere", at_gateway("v", open + "," + narrow), whole},
          {"at a gateway of the input", gateway(http_server()) + at_gateway("v", open + "," + narrow), whole},
          {"the other way round", mesh(narrow + "," + open), ""},
          {"a regex that takes everything", mesh(rule("{uri: {regex: '.*'}}") + "," + narrow), whole},
          {"a regex that the control plane does not know", mesh(rule("{uri: {regex: '/.*'}}") + "," + narrow), ""},
          {"with a method", mesh(rule("{uri: {prefix: /}, method: {exact: GET}}") + "," + narrow), ""},
          {"a rule without match is told by another check", mesh(fmt::format("{{{}}}, {}", kTarget, narrow)), ""},
          {"the rest of the same rule", mesh(rule("{uri: {prefix: /}}, {uri: {exact: /x}}")),
           "warning WK507 v spec.http[0].match[1]"},
          {"for one port only", mesh(rule("{port: 80}") + "," + narrow), ""},
          {"both for one port", mesh(rule("{port: 80}") + "," + rule("{port: 80, uri: {exact: /x}}")), whole},
          {"for different ports", mesh(rule("{port: 80}") + "," + rule("{port: 81, uri: {exact: /x}}")), ""},
          {"the same match twice is another matter", mesh(rule("{port: 80}") + "," + rule("{port: 80}", kOther)), ""},
          {"for some callers only", mesh(rule("{sourceLabels: {app: web}}") + "," + narrow), ""},
          {"both for some callers",
           mesh(rule("{sourceLabels: {app: web}}") + "," +
                rule("{sourceLabels: {app: web, v: two}, uri: {exact: /x}}")),
           whole},
          {"for a wider set of callers",
           mesh(rule("{sourceLabels: {app: web, v: two}}") + "," +
                rule("{sourceLabels: {app: web}, uri: {exact: /x}}")),
           ""},
          {"for one namespace",
           mesh(rule("{sourceNamespace: x}") + "," + rule("{sourceNamespace: x, uri: {exact: /x}}")), whole},
          {"at one gateway only",
           service("v", fmt::format("{{hosts: [a.example.com], gateways: [gw, other], http: [{}, {}]}}",
                                    rule("{gateways: [gw]}"), narrow)),
           ""},
          {"in the mesh only, of two places",
           service("v", fmt::format("{{hosts: [a.example.com], gateways: [gw, mesh], http: [{}, {}]}}",
                                    rule("{gateways: [mesh]}"), narrow)),
           ""},
          {"a delegate takes everything of its root's rule, not more",
           service("v",
                   fmt::format("{{hosts: [a.example.com], gateways: [gw], http: [{{match: [{{uri: {{prefix: /a}}}}], "
                               "delegate: {{name: d}}}}, {}]}}",
                               narrow)) +
               service("d", fmt::format("{{http: [{{{}}}]}}", kTarget)),
           ""},
      },
      {"WK507"});
}

TEST_CASE("merge: VirtualServices of one host") {
  const std::string api = rule("{uri: {prefix: /api/}}");
  const std::string same = rule("{uri: {prefix: /api/}}", kOther);
  const std::string open = fmt::format("{{{}}}", kTarget);
  const std::string match = "warning WK511 b spec.http[0].match[0]";
  const auto of_host = [](std::string_view name, std::string_view hosts, std::string_view rules) {
    return service(name, fmt::format("{{hosts: [{}], gateways: [gw], http: [{}]}}", hosts, rules));
  };
  check_all(
      {
          {"the same match", at_gateway("a", api) + at_gateway("b", same), match},
          {"with the same action", at_gateway("a", api) + at_gateway("b", api), ""},
          {"another match", at_gateway("a", api) + at_gateway("b", rule("{uri: {prefix: /api}}", kOther)), ""},
          {"header names in another letter case",
           at_gateway("a", rule("{headers: {X-A: {exact: b}}}")) +
               at_gateway("b", rule("{headers: {x-a: {exact: b}}}", kOther)),
           match},
          {"a header more",
           at_gateway("a", api) + at_gateway("b", rule("{uri: {prefix: /api/}, headers: {x: {}}}", kOther)), ""},
          {"hosts in another letter case, as the route table has them",
           of_host("a", "A.example.com", api) + of_host("b", "a.example.com", same), match},
          {"hosts that only overlap", of_host("a", "'*.example.com'", api) + of_host("b", "a.example.com", same), ""},
          {"joined by the server's host",
           gateway(http_server("a.example.com")) + of_host("a", "'*.example.com'", api) +
               of_host("b", "a.example.com", same),
           match},
          {"at different ports",
           gateway(http_server("'*'", 80) + "," + http_server("'*'", 81)) +
               at_gateway("a", rule("{port: 80, uri: {prefix: /api/}}")) +
               at_gateway("b", rule("{port: 81, uri: {prefix: /api/}}", kOther)),
           ""},
          {"at different gateways",
           at_gateway("a", api) +
               service("b", fmt::format("{{hosts: [a.example.com], gateways: [other], http: [{}]}}", same)),
           ""},
          {"hidden from the gateway",
           gateway(http_server()) + at_gateway("a", api) +
               service("b",
                       fmt::format("{{hosts: [a.example.com], exportTo: ['.'], gateways: [gw], http: [{}]}}", same)),
           ""},
          {"in the mesh nothing is joined",
           service("a", fmt::format("{{hosts: [a.example.com], http: [{}]}}", api)) +
               service("b", fmt::format("{{hosts: [a.example.com], http: [{}]}}", same)),
           ""},
          {"two that take everything", at_gateway("a", open) + at_gateway("b", rule("{uri: {prefix: /}}", kOther)),
           "error WK512 b spec.http[0]"},
          {"the younger one stands first in the file",
           at_gateway("a", open, ", creationTimestamp: '2024-02-01T00:00:00Z'") +
               at_gateway("b", open, ", creationTimestamp: '2024-01-01T00:00:00Z'"),
           "error WK512 a spec.http[0]"},
          {"everything beside something", at_gateway("a", open) + at_gateway("b", api), ""},
          {"three of them", at_gateway("a", open) + at_gateway("b", open) + at_gateway("c", open),
           "error WK512 b spec.http[0], error WK512 c spec.http[0]"},
          {"through delegates",
           service("a",
                   "{hosts: [a.example.com], gateways: [gw], http: [{match: [{uri: {prefix: /a}}], delegate: {name: "
                   "d}}]}") +
               at_gateway("b", rule("{uri: {prefix: /a/b}}", kOther)) +
               service("d", fmt::format("{{http: [{}]}}", rule("{uri: {prefix: /a/b}}"))),
           match},
      },
      {"WK511", "WK512"});
}

TEST_CASE("merge: narrower hosts") {
  const std::string status = rule("{uri: {exact: /status}}");
  const auto wide = [](std::string_view rules, std::string_view host = "*.example.com") {
    return service("w", fmt::format("{{hosts: ['{}'], gateways: [gw], http: [{}]}}", host, rules));
  };
  const std::string hidden = "warning WK513 w spec.hosts[0]";
  const std::string narrow = at_gateway("narrow", rule("{uri: {exact: /x}}", kOther));
  check_all(
      {{"a rule of the wildcard gets 404 there", wide(status) + narrow, hidden},
       {"of every host", wide(status, "*") + narrow, hidden},
       {"the narrower one takes everything else",
        wide(status) + at_gateway("narrow", rule("{uri: {exact: /x}}", kOther) + fmt::format(", {{{}}}", kTarget)), ""},
       {"the narrower one has the rule too",
        wide(status) + at_gateway("narrow", rule("{uri: {exact: /status}}", kOther)), ""},
       {"a wider rule takes it", wide(status) + at_gateway("narrow", rule("{uri: {prefix: /st}}", kOther)), ""},
       {"another domain", wide(status, "*.example.org") + narrow, ""},
       {"the closest wildcard alone",
        wide(status, "*") + narrow +
            service("m", fmt::format("{{hosts: ['*.example.com'], gateways: [gw], http: [{{{}}}]}}", kTarget)),
        "warning WK513 m spec.hosts[0]"},
       {"one VirtualService for both",
        service("w", fmt::format("{{hosts: ['*.example.com', a.example.com], gateways: [gw], http: [{}]}}", status)),
        ""},
       {"the server has the narrower host alone", gateway(http_server("a.example.com")) + wide(status) + narrow, ""},
       {"the server has both", gateway(http_server("a.example.com, '*.example.com'")) + wide(status) + narrow, ""}},
      {"WK513"});
}

TEST_CASE("merge: prefixes that take sibling paths") {
  const std::string at = "v spec.http[0].match[0].uri.prefix";
  const auto one = [](std::string_view match, std::string_view more = "") {
    return at_gateway("v", rule(match) + std::string(more));
  };
  check_all(
      {
          {"a guarded path", one("{uri: {prefix: /admin}}"), "info WK516 " + at},
          {"deep below", one("{uri: {prefix: /app/debug-ui}}"), "info WK516 " + at},
          {"a repository", one("{uri: {prefix: /x/.git}}"), "info WK516 " + at},
          {"with a slash", one("{uri: {prefix: /admin/}}"), ""},
          {"exactly", one("{uri: {exact: /admin}}"), ""},
          {"any path", one("{uri: {prefix: /cart}}"), ""},
          {"part of a word", one("{uri: {prefix: /administration}}"), ""},
          {"a redirect", at_gateway("v", rule("{uri: {prefix: /admin}}", "redirect: {uri: /}")), ""},
          {"the sibling has a rule", one("{uri: {prefix: /admin}}", ", " + rule("{uri: {exact: /admin-x}}")), ""},
          {"another VirtualService has the sibling",
           one("{uri: {prefix: /foo}}") + at_gateway("w", rule("{uri: {prefix: /foobar}}", kOther)),
           "warning WK516 " + at},
          {"and is known to be older",
           at_gateway("v", rule("{uri: {prefix: /foo}}"), ", creationTimestamp: '2024-02-01T00:00:00Z'") +
               at_gateway("w", rule("{uri: {prefix: /foobar}}", kOther), ", creationTimestamp: '2024-01-01T00:00:00Z'"),
           ""},
          {"below a slash", one("{uri: {prefix: /foo}}") + at_gateway("w", rule("{uri: {prefix: /foo/bar}}", kOther)),
           ""},
          {"under a condition",
           one("{uri: {prefix: /foo}, method: {exact: GET}}") +
               at_gateway("w", rule("{uri: {prefix: /foobar}}", kOther)),
           ""},
      },
      {"WK516"});
  const auto asked = *Selection::from({.select = {"WK516"}, .extend_select = {}, .ignore = {}});
  CHECK(test::lint_text(one("{uri: {prefix: /cart}}"), asked).findings().size() == 1);
}

TEST_CASE("merge: redirects in a circle") {
  const std::string loop = "error WK519 v spec.http[0].redirect";
  const auto one = [](std::string_view match, std::string_view redirect, std::string_view more = "") {
    return at_gateway("v", fmt::format("{{match: [{}], redirect: {{{}}}}}{}", match, redirect, more));
  };
  const std::string both = gateway(http_server() + "," + https_server());
  check_all(
      {
          {"to itself", one("{uri: {prefix: /}}", "uri: /login"), loop},
          {"to another path", one("{uri: {prefix: /a}}", "uri: /b"), ""},
          {"in the mesh", service("v", "{hosts: [a.shop.svc.cluster.local], http: [{redirect: {uri: /x}}]}"), loop},
          {"to a host that is not here", one("{uri: {prefix: /}}", "authority: b.example.com"), ""},
          {"to a host that is here",
           service("v",
                   "{hosts: [a.example.com, b.example.com], gateways: [gw], http: [{redirect: {authority: "
                   "b.example.com}}]}"),
           loop},
          {"a rule in front takes the target",
           at_gateway("v", rule("{uri: {exact: /login}}") + ", {match: [{uri: {prefix: /}}], redirect: {uri: /login}}"),
           ""},
          {"through two rules",
           one("{uri: {exact: /a}}", "uri: /b", ", {match: [{uri: {exact: /b}}], redirect: {uri: /a}}"), loop},
          {"into a circle of others",
           one("{uri: {exact: /a}}", "uri: /b", ", {match: [{uri: {exact: /b}}], redirect: {uri: /b}}"),
           "error WK519 v spec.http[1].redirect"},
          {"ever longer", one("{uri: {prefix: /a}}", "prefixRewrite: /a/a"), loop},
          {"ever shorter", one("{uri: {prefix: /a/}}", "prefixRewrite: /"), ""},
          {"to https, where the same rule is", both + one("{uri: {prefix: /}}", "scheme: https"), loop},
          {"to https, from port 80 only", both + one("{uri: {prefix: /}, port: 80}", "scheme: https"), ""},
          {"to https, and no server is there", gateway(http_server()) + one("{uri: {prefix: /}}", "scheme: https"), ""},
          {"to http, from where a server sends everything back",
           gateway("{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*'], tls: {httpsRedirect: true}}, " +
                   https_server()) +
               one("{uri: {prefix: /}}", "scheme: http"),
           loop},
          {"of one method, which the client gives up", one("{method: {exact: POST}}", "uri: /x, redirectCode: 302"),
           ""},
          {"of one method, which the client keeps", one("{method: {exact: POST}}", "uri: /x, redirectCode: 307"), loop},
          {"a pattern that takes its own target", one("{uri: {regex: '/[a-z]+/[0-9]+'}}", "uri: /shop/1"), loop},
          {"through two VirtualServices",
           service("v", "{hosts: [a.example.com], gateways: [gw], http: [{redirect: {authority: b.example.com}}]}") +
               service("w", "{hosts: [b.example.com], gateways: [gw], http: [{redirect: {authority: a.example.com}}]}"),
           loop},
      },
      {"WK519"});
}

TEST_CASE("merge: servers that have one tcp rule") {
  const auto tcp = [](std::string_view name, std::string_view match = "", std::string_view host = "'*'") {
    return service(name, fmt::format("{{hosts: [{}], gateways: [gw], tcp: [{{{}{}}}]}}", host, match, kTarget));
  };
  const std::string one = "{port: {number: 9000, name: a, protocol: TCP}, hosts: ['*']}";
  const std::string two = one + ", {port: {number: 9001, name: b, protocol: TCP}, hosts: ['*']}";
  const std::string named =
      "{port: {number: 443, name: a, protocol: TLS}, hosts: [a.example.com], tls: {mode: SIMPLE, credentialName: c}}, "
      "{port: {number: 443, name: b, protocol: TLS}, hosts: [b.example.com], tls: {mode: SIMPLE, credentialName: d}}";
  const std::string lost = "error WK512 w spec.tcp[0]";
  check_all(
      {{"one server", gateway(one) + tcp("v") + tcp("w"), lost},
       {"whatever the hosts are", gateway(one) + tcp("v", "", "a.example.com") + tcp("w", "", "b.example.com"), lost},
       {"two servers, and neither says which", gateway(two) + tcp("v") + tcp("w"), lost},
       {"two servers, and both say which",
        gateway(two) + tcp("v", "match: [{port: 9000}], ") + tcp("w", "match: [{port: 9001}], "), ""},
       {"a port that no server has", gateway(one) + tcp("v") + tcp("w", "match: [{port: 9001}], "), ""},
       {"TLS that ends, by name", gateway(named) + tcp("v", "", "a.example.com") + tcp("w", "", "b.example.com"), ""},
       {"TLS that ends, of one name", gateway(named) + tcp("v", "", "a.example.com") + tcp("w", "", "a.example.com"),
        lost},
       {"a Gateway that is elsewhere", tcp("v") + tcp("w"), ""}},
      {"WK512"});
}

TEST_CASE("merge: SNI hosts that are taken") {
  const auto tls = [](std::string_view name, std::string_view matches) {
    return service(name, fmt::format("{{hosts: [a.example.com, b.example.com], gateways: [gw], tls: [{}]}}", matches));
  };
  const auto match = [](std::string_view fields, std::string_view action = kTarget) {
    return fmt::format("{{match: [{{{}}}], {}}}", fields, action);
  };
  const std::string a = match("sniHosts: [a.example.com]");
  check_all(
      {{"in one VirtualService", tls("v", a + "," + match("sniHosts: [b.example.com, a.example.com]")),
        "warning WK550 v spec.tls[1].match[0].sniHosts[1]"},
       {"in two", tls("v", a) + tls("w", a), "warning WK550 w spec.tls[0].match[0].sniHosts[0]"},
       {"for different ports",
        tls("v", match("sniHosts: [a.example.com], port: 443") + "," + match("sniHosts: [a.example.com], port: 8443")),
        ""},
       {"another host", tls("v", a + "," + match("sniHosts: [b.example.com]")), ""},
       {"two servers that lead to one match",
        gateway("{port: {number: 443, name: a, protocol: TLS}, hosts: [a.example.com], tls: {mode: PASSTHROUGH}}, "
                "{port: {number: 443, name: b, protocol: TLS}, hosts: [b.example.com], tls: {mode: PASSTHROUGH}}") +
            tls("v", a + "," + match("sniHosts: [b.example.com]")),
        ""}},
      {"WK550"});
}

TEST_CASE("merge: a request that is shown does what it is said to do") {
  const std::string manifests =
      gateway(http_server("'*.example.com'") + "," + https_server("'*.example.com'")) +
      at_gateway("a", rule("{uri: {prefix: /api/}, method: {exact: POST}, headers: {x-a: {regex: 'b+'}}}")) +
      at_gateway("b", rule("{uri: {prefix: /api/}, method: {exact: POST}, headers: {x-a: {regex: 'b+'}}}", kOther)) +
      service("w",
              fmt::format("{{hosts: ['*.example.com'], gateways: [gw], http: [{}]}}", rule("{uri: {exact: /status}}")));
  const test::Linted linted = test::lint_text(manifests);
  const route::RouteTable table =
      route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*linted.loaded.workspace)));
  std::size_t shown = 0;
  for (const Diagnostic& finding : linted.result.diagnostics) {
    if (finding.rule->id != "WK511" && finding.rule->id != "WK513") continue;
    INFO(finding.message);
    const auto url = route::parse_url(finding.witness.url);
    REQUIRE(url);
    route::Request request;
    request.method = finding.witness.method;
    request.authority = url->authority;
    request.target = url->target;
    request.headers = finding.witness.headers;
    request.port = url->port;
    request.tls = url->scheme == "https";
    request.sni = url->host;
    std::vector<route::HeaderView> lines;
    const route::Decision decision = route::decide(table, request.view(lines), {});
    if (finding.rule->id == "WK511") {
      REQUIRE(decision.rule() != nullptr);
      CHECK(decision.rule()->from.virtual_service == "shop/a");
    } else {
      CHECK(decision.outcome == route::Outcome::kNotFound);
    }
    ++shown;
  }
  CHECK(shown == 2);
}

TEST_CASE("servers: rules that they cannot use") {
  const auto bound = [](std::string_view gateways, std::string_view rules, std::string_view hosts = "a.example.com") {
    return service("v", fmt::format("{{hosts: [{}], gateways: [{}], {}}}", hosts, gateways, rules));
  };
  const std::string http = fmt::format("http: [{{{}}}]", kTarget);
  const std::string tls = fmt::format("tls: [{{match: [{{sniHosts: [a.example.com]}}], {}}}]", kTarget);
  const std::string tcp = fmt::format("tcp: [{{{}}}]", kTarget);
  const std::string passthrough =
      "{port: {number: 443, name: tls, protocol: TLS}, hosts: ['*'], tls: {mode: PASSTHROUGH}}";
  const std::string https_passthrough =
      "{port: {number: 443, name: tls, protocol: HTTPS}, hosts: ['*'], tls: {mode: PASSTHROUGH}}";
  const std::string terminated =
      "{port: {number: 443, name: tls, protocol: TLS}, hosts: ['*'], tls: {mode: SIMPLE, credentialName: c}}";
  const std::string redirect =
      "{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*'], tls: {httpsRedirect: true}}";
  const std::string some =
      "{port: {number: 80, name: http-a, protocol: HTTP}, hosts: [a.example.com], tls: {httpsRedirect: true}}";
  check_all(
      {
          {"http rules, TLS passed on", gateway(passthrough) + bound("gw", http), "error WK522 v spec.http"},
          {"http rules, HTTPS passed on", gateway(https_passthrough) + bound("gw", http), "error WK522 v spec.http"},
          {"http rules, bytes inside TLS", gateway(terminated) + bound("gw", http), "error WK522 v spec.http"},
          {"http rules beside tls rules", gateway(passthrough) + bound("gw", http + ", " + tls), ""},
          {"http rules, one server of two", gateway(passthrough + "," + http_server()) + bound("gw", http), ""},
          {"http rules, also for the mesh", gateway(passthrough) + bound("gw, mesh", http), ""},
          {"a Gateway that is elsewhere", gateway(passthrough) + bound("gw, other", http), ""},
          {"hosts that the server does not have", gateway(passthrough) + bound("gw", http, "a.example.com"),
           "error WK522 v spec.http"},
          {"tls rules, TLS ends", gateway(https_server()) + bound("gw", tls), "error WK523 v spec.tls"},
          {"tls rules, TLS passed on", gateway(passthrough) + bound("gw", tls), ""},
          {"tcp rules, HTTP", gateway(http_server()) + bound("gw", tcp), "error WK524 v spec.tcp"},
          {"tcp rules, TLS passed on", gateway(passthrough) + bound("gw", tcp), "error WK524 v spec.tcp"},
          {"tcp rules, bytes inside TLS", gateway(terminated) + bound("gw", tcp), ""},
          {"a port that no server has", gateway(http_server()) + bound("gw", "http: [" + rule("{port: 8080}") + "]"),
           "warning WK521 v spec.http[0].match[0].port"},
          {"a port of the other gateway",
           gateway(http_server()) + gateway(http_server("'*'", 81), "hw") +
               bound("gw, hw", "http: [" + rule("{port: 81}") + "]"),
           ""},
          {"a port of a gateway that the match is not for",
           gateway(http_server()) + gateway(http_server("'*'", 81), "hw") +
               bound("gw, hw", "http: [" + rule("{port: 81, gateways: [gw]}") + "]"),
           "warning WK521 v spec.http[0].match[0].port"},
          {"https at plaintext servers",
           gateway(http_server()) + bound("gw", "http: [" + rule("{scheme: {exact: https}}") + "]"),
           "warning WK528 v spec.http[0].match[0].scheme"},
          {"http at TLS servers",
           gateway(https_server()) + bound("gw", "http: [" + rule("{scheme: {exact: http}}") + "]"),
           "warning WK528 v spec.http[0].match[0].scheme"},
          {"both kinds of servers",
           gateway(http_server() + "," + https_server()) +
               bound("gw", "http: [" + rule("{scheme: {exact: http}}") + "]"),
           ""},
          {"both kinds, but one port",
           gateway(http_server() + "," + https_server()) +
               bound("gw", "http: [" + rule("{scheme: {exact: http}, port: 443}") + "]"),
           "warning WK528 v spec.http[0].match[0].scheme"},
          {"a server that redirects", gateway(redirect) + bound("gw", http), "info WK526 v spec.gateways[0]"},
          {"beside one that does not", gateway(redirect + "," + https_server()) + bound("gw", http), ""},
          {"beside one of its port that does not",
           gateway(redirect + "," + http_server("a.example.com")) + bound("gw", http), "info WK526 v spec.gateways[0]"},
          {"beside one of another port that does not",
           gateway(redirect + "," + http_server("a.example.com", 8080)) + bound("gw", http), ""},
          {"of some names, beside one of all names", gateway(some + "," + http_server()) + bound("gw", http, "'*'"),
           ""},
          {"beside one that passes TLS on", gateway(redirect + "," + passthrough) + bound("gw", http + ", " + tls),
           "info WK526 v spec.gateways[0]"},
          {"beside one for another host",
           gateway(redirect + "," + https_server("b.example.com")) + bound("gw", http, "b.example.com, a.example.com"),
           "info WK526 v spec.gateways[0]"},
      },
      {"WK521", "WK522", "WK523", "WK524", "WK526", "WK528"});
}

TEST_CASE("servers: redirects to https that lead nowhere") {
  const auto redirect = [](std::string_view hosts) {
    return fmt::format(
        "{{port: {{number: 80, name: http, protocol: HTTP}}, hosts: [{}], tls: {{httpsRedirect: true}}}}", hosts);
  };
  const std::string at = "warning WK525 gw spec.servers[0].tls.httpsRedirect";
  check_all({{"nothing is known of TLS", gateway(redirect("a.example.com")), ""},
             {"another host has TLS", gateway(redirect("a.example.com") + "," + https_server("b.example.com")), at},
             {"a wildcard has TLS", gateway(redirect("a.example.com") + "," + https_server("'*.example.com'")), ""},
             {"the host is no host, and told",
              gateway(redirect("shop, b.example.com") + "," + https_server("b.example.com")), ""},
             {"the host with TLS is no host, and told",
              gateway(redirect("a.example.com") + "," + https_server("'a.example.com:443'")), ""},
             {"some hosts of a wildcard have TLS", gateway(redirect("'*'") + "," + https_server("b.example.com")), ""},
             {"another Gateway of the proxy has TLS",
              gateway(redirect("a.example.com")) + gateway(https_server("a.example.com"), "hw"), ""}},
            {"WK525"});
}

TEST_CASE("patterns: substitutions that change nothing") {
  const auto rewrite = [](std::string_view match, std::string_view pattern, std::string_view text) {
    return service("v", fmt::format("{{hosts: [a], http: [{{match: [{}], rewrite: {{uriRegexRewrite: {{match: '{}', "
                                    "rewrite: '{}'}}}}, {}}}]}}",
                                    match, pattern, text, kTarget));
  };
  const std::string at = "warning WK520 v spec.http[0].rewrite.uriRegexRewrite.match";
  check_all({{"another prefix", rewrite("{uri: {prefix: /v1/}}", "^/v2/(.*)", "/\\1"), at},
             {"not bound to the start", rewrite("{uri: {prefix: /v1/}}", "/v2/(.*)", "/\\1"), ""},
             {"a longer prefix", rewrite("{uri: {prefix: /v1/}}", "^/v1/a(.*)", "/\\1"), ""},
             {"a shorter prefix", rewrite("{uri: {prefix: /v1/}}", "^/v(.*)", "/\\1"), ""},
             {"one match of two", rewrite("{uri: {prefix: /v1/}}, {uri: {prefix: /v2/}}", "^/v2/", "/"), ""},
             {"an exact path without it", rewrite("{uri: {exact: /v1/a}}", "b+", "c"), at},
             {"an exact path with it", rewrite("{uri: {exact: /v1/b}}", "b+", "c"), ""},
             {"without regard to case", rewrite("{ignoreUriCase: true, uri: {prefix: /V1/}}", "^/v1/", "/"), ""},
             {"a group that is not there", rewrite("{uri: {prefix: /v1/}}", "^/v1/(.*)", "/\\2"), at},
             {"the whole match", rewrite("{uri: {prefix: /v1/}}", "^/v1/.*", "/x\\0"), ""},
             {"groups as nginx has them", rewrite("{uri: {prefix: /v1/}}", "^/v1/(.*)", "/$1"), at},
             {"an alternative", rewrite("{uri: {prefix: /v1/}}", "^/v2/|/x", "/"), ""}},
            {"WK520"});
}

}  // namespace
}  // namespace wicket::check
