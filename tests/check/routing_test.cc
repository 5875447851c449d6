// Where the checks of routing logic begin and end: what just passes, what just does not, and at which level.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "check/rule.h"
#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

/// The findings about one VirtualService on one line, with their levels where those depend on the manifest:
/// "WK514 error spec.http[0].match[0].uri.prefix".
std::string told(std::string_view spec) {
  const test::Linted linted = test::lint_text(fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: a, namespace: shop}}\nspec: {}\n",
      spec));
  const std::vector<std::string> findings = linted.findings();
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < findings.size(); ++i)
    lines.push_back(fmt::format("{} {}", severity_name(linted.result.diagnostics[i].severity), findings[i]));
  return fmt::format("{}", fmt::join(lines, ", "));
}

/// Fields of an http rule that forwards to a.
std::string rule(std::string_view fields) {
  return fmt::format("{{{}, route: [{{destination: {{host: a}}}}]}}", fields);
}
std::string in_mesh(std::string_view rules) { return fmt::format("{{hosts: [a], http: [{}]}}", rules); }
std::string at_gateway(std::string_view rules) {
  return fmt::format("{{hosts: [a.example.com], gateways: [public], http: [{}]}}", rules);
}

struct Case {
  std::string fields;
  std::string want;
};

TEST_CASE("routing: the order of rules") {
  const std::string open = "{route: [{destination: {host: a}}]}";
  const std::string narrow = rule("match: [{uri: {prefix: /a}}]");
  for (const Case& c :
       {Case{narrow + ", " + open, ""},
        {open + ", " + narrow, "warning WK502 spec.http[1]"},
        {open + ", " + open + ", " + narrow, "warning WK501 spec.http[1], warning WK502 spec.http[2]"},
        {"{delegate: {name: b}}, " + narrow, ""},
        {"{match: x, route: [{destination: {host: a}}]}, " + narrow, "error WK114 spec.http[0].match"}}) {
    INFO(c.fields);
    CHECK(told(in_mesh(c.fields)) == c.want);
  }
  CHECK(told("{hosts: [a], tcp: [" + open + ", " + open + "]}") == "warning WK501 spec.tcp[1]");
}

TEST_CASE("routing: conditions on the path and the method") {
  const std::string at = "spec.http[0].match[0].";
  for (const Case& c : {Case{"uri: {exact: /}", ""},
                        {"uri: {exact: '*'}", ""},
                        {"uri: {prefix: '*'}", "error WK514 " + at + "uri.prefix"},
                        {"uri: {prefix: '/a*'}", "warning WK514 " + at + "uri.prefix"},
                        {"uri: {prefix: '/a*b'}", ""},
                        {"uri: {regex: a.*}", "warning WK515 " + at + "uri.regex"},
                        {"uri: {regex: /a.*}", ""},
                        {"uri: {exact: '/a#b'}", "error WK531 " + at + "uri.exact"},
                        {"uri: {exact: 'a?b'}", "error WK514 " + at + "uri.exact, error WK531 " + at + "uri.exact"},
                        {"uri: {prefix: /a}, ignoreUriCase: true", ""},
                        {"uri: {regex: /a}, ignoreUriCase: false", ""},
                        {"ignoreUriCase: true, port: 80", "warning WK533 " + at + "ignoreUriCase"},
                        {"method: {exact: GET}", ""},
                        {"method: {exact: Get}", "warning WK529 " + at + "method.exact"},
                        {"method: {prefix: P}", ""},
                        {"method: {prefix: p}", "warning WK529 " + at + "method.prefix"},
                        {"method: {exact: FROB}", "info WK529 " + at + "method.exact"},
                        {"method: {regex: get}", ""}}) {
    INFO(c.fields);
    CHECK(told(in_mesh(rule("match: [{" + c.fields + "}]"))) == c.want);
  }
}

TEST_CASE("routing: conditions on the authority, headers and callers") {
  const std::string at = "spec.http[0].match[0].";
  for (const Case& c :
       {Case{"authority: {exact: a.example.com}", ""},
        {"authority: {exact: 'a.example.com:8443'}", ""},
        {"authority: {prefix: a.}", ""},
        {"authority: {exact: b.example.com}", "warning WK530 " + at + "authority.exact"},
        {"authority: {exact: A.example.com}", "info WK530 " + at + "authority.exact"},
        {"authority: {prefix: b.}", "warning WK530 " + at + "authority.prefix"},
        {"authority: {regex: b.*}", ""},
        {"headers: {x-a: {exact: b}}", ""},
        {"headers: {X-a: {exact: b}}", "info WK541 " + at + "headers.X-a"},
        {"headers: {x-a: {exact: b}, X-a: {exact: c}}", "warning WK541 " + at + "headers.X-a"},
        {"headers: {uri: {exact: /b}}", "warning WK540 " + at + "headers.uri"},
        {"headers: {host: {exact: b}}", "info WK551 " + at + "headers.host"},
        {"headers: {x-a: {exact: b}}, withoutHeaders: {x-a: {exact: c}}", ""},
        {"headers: {':status': {exact: '200'}}", "warning WK540 " + at + "headers[\":status\"]"},
        {"uri: {exact: /a}, headers: {':path': {exact: '/a?b=c'}}", ""},
        {"uri: {exact: /a}, headers: {':path': {exact: /b}}", "warning WK542 " + at + "headers[\":path\"]"},
        {"uri: {prefix: /a}, headers: {':path': {exact: /ab}}", ""},
        {"uri: {prefix: /a/}, headers: {':path': {exact: '/a?/'}}", "warning WK542 " + at + "headers[\":path\"]"},
        {"uri: {exact: /A}, ignoreUriCase: true, headers: {':path': {exact: /a}}", ""},
        {"headers: {x-a: {exact: b}}, withoutHeaders: {x-a: {exact: b}}", "warning WK542 " + at + "withoutHeaders.x-a"},
        {"headers: {x-a: {exact: b}}, withoutHeaders: {x-b: {}}", ""},
        {"sourceLabels: {app: b}", "warning WK527 " + at + "sourceLabels"},
        {"sourceNamespace: b", "warning WK527 " + at + "sourceNamespace"}}) {
    INFO(c.fields);
    CHECK(told(at_gateway(rule("match: [{" + c.fields + "}]"))) == c.want);
  }
  CHECK(told(in_mesh(rule("match: [{sourceLabels: {app: b}}]"))) == "");
  CHECK(told(in_mesh(rule("match: [{authority: {exact: a.shop}}]"))) == "");
}

TEST_CASE("routing: rewrites and redirects") {
  const std::string rewrite = "spec.http[0].rewrite.";
  const std::string redirect = "spec.http[0].redirect.";
  for (const Case& c :
       {Case{rule("match: [{uri: {prefix: /a/}}], rewrite: {uri: /}"), ""},
        {rule("match: [{uri: {prefix: /a}}], rewrite: {uri: /b}"), ""},
        {rule("match: [{uri: {prefix: /a}}], rewrite: {uri: /b/}"), "warning WK517 " + rewrite + "uri"},
        {rule("match: [{uri: {prefix: /a/}}, {uri: {prefix: /a}}], rewrite: {uri: /b/}"), ""},
        {rule("match: [{uri: {prefix: /a/}}], rewrite: {uri: /b}"), "warning WK518 " + rewrite + "uri"},
        {rule("match: [{uri: {exact: /a/}}], rewrite: {uri: /b}"), ""},
        {rule("rewrite: {uri: /}"), ""},
        {rule("match: [{port: 80}], rewrite: {uri: /b}"), "warning WK548 " + rewrite + "uri"},
        {rule("match: [{uri: {regex: /a.*}}], rewrite: {uri: /b}"), "info WK548 " + rewrite + "uri"},
        {rule("rewrite: {authority: a.example.com/b}"), "warning WK543 " + rewrite + "authority"},
        {"{match: [{uri: {exact: /a}}], redirect: {uri: /b, redirectCode: 303}}", ""},
        {"{redirect: {uri: /b, redirectCode: 300}}", "error WK534 " + redirect + "redirectCode"},
        {"{redirect: {uri: /b, redirectCode: 399}}", "error WK534 " + redirect + "redirectCode"},
        {"{redirect: {authority: 'b:8443'}}", ""},
        {"{redirect: {authority: 'b:8443', port: 443}}", "warning WK543 " + redirect + "authority"},
        {"{match: [{uri: {exact: /a}}], redirect: {uri: b}}", "warning WK543 " + redirect + "uri"},
        {"{match: [{uri: {exact: /a}}], redirect: {uri: /b}, timeout: 1s}", "warning WK549 spec.http[0].timeout"},
        {"{directResponse: {status: 200}, mirror: {host: b}}", "warning WK549 spec.http[0].mirror"}}) {
    INFO(c.fields);
    CHECK(told(in_mesh(c.fields)) == c.want);
  }
}

TEST_CASE("routing: destinations, weights and mirrors") {
  const std::string at = "spec.http[0].";
  for (const Case& c :
       {Case{"[{destination: {host: a}, weight: 100}]", ""},
        {"[{destination: {host: a}, weight: 99}]", "warning WK509 " + at + "route[0].weight"},
        {"[{destination: {host: a}, weight: 0}]", "warning WK509 " + at + "route[0].weight"},
        {"[{destination: {host: a}, weight: 3}, {destination: {host: b}, weight: 97}]", ""},
        {"[{destination: {host: a}, weight: 3}, {destination: {host: b}, weight: 1}]", "info WK535 " + at + "route"},
        {"[{destination: {host: a}, weight: 100}, {destination: {host: b}, weight: 0}]", "info WK535 " + at + "route"},
        {"[{destination: {host: a}, weight: 100}, {destination: {host: b}}]", "warning WK535 " + at + "route"},
        {"[{destination: {host: a, subset: v1}, weight: 50}, {destination: {host: a, subset: v2}, weight: 50}]", ""},
        {"[{destination: {host: a}, weight: 50}, {destination: {host: a.shop.svc.cluster.local}, weight: 50}]",
         "warning WK508 " + at + "route[1].destination.host"}}) {
    INFO(c.fields);
    CHECK(told(in_mesh("{route: " + c.fields + "}")) == c.want);
  }
  CHECK(told(in_mesh(rule("mirror: {host: b}"))) == "");
  CHECK(told(in_mesh(rule("mirror: {host: a.shop}"))) == "");
  CHECK(told(in_mesh(rule("mirrors: [{destination: {host: a}}]"))) ==
        "warning WK536 spec.http[0].mirrors[0].destination.host");
}

TEST_CASE("routing: time, retries, preflights and header edits") {
  const std::string retries = "spec.http[0].retries.";
  const std::string cors = "corsPolicy: {allowOrigins: [{exact: 'https://b.example.com'}]}";
  for (const Case& c :
       {Case{"timeout: 6s, retries: {attempts: 2, perTryTimeout: 2s}", ""},
        {"timeout: 5s, retries: {attempts: 2, perTryTimeout: 2s}", "info WK537 " + retries + "perTryTimeout"},
        {"timeout: 3s, retries: {attempts: 2, perTryTimeout: 2s}", "warning WK537 " + retries + "perTryTimeout"},
        {"timeout: 1s, retries: {attempts: 2, backoff: 1s}", "warning WK537 " + retries + "backoff"},
        {"match: [{method: {exact: GET}}], retries: {attempts: 1, retryOn: 5xx}", ""},
        {"match: [{method: {exact: PATCH}}], retries: {attempts: 1, retryOn: 'refused-stream,reset'}",
         "warning WK538 " + retries + "retryOn"},
        {"match: [{method: {regex: 'GET|POST'}}], retries: {attempts: 1, retryOn: '503'}",
         "warning WK538 " + retries + "retryOn"},
        {"match: [{method: {regex: '.*'}}], retries: {attempts: 1, retryOn: 5xx}", ""},
        {"match: [{method: {regex: 'GET|PUT'}}], retries: {attempts: 1, retryOn: 5xx}", ""},
        {"match: [{method: {exact: POST}}], retries: {attempts: 0, retryOn: 5xx}",
         "error WK357 " + retries + "attempts"},
        {"retries: {attempts: 1, retryOn: retriable-headers}", "warning WK539 " + retries + "retryOn"},
        {"match: [{method: {prefix: O}}], " + cors, ""},
        {"match: [{method: {regex: 'POST|OPTIONS'}}], " + cors, ""},
        {"match: [{method: {regex: 'GET|POST'}}], " + cors, "warning WK545 spec.http[0].match[0].method"},
        {"match: [{method: {exact: GET}}, {uri: {prefix: /a}}], " + cors, ""},
        {"match: [{method: {exact: GET}}], " + cors, "warning WK545 spec.http[0].match[0].method"},
        {"headers: {response: {add: {x_a.b: c}, remove: [x-a]}}", ""},
        {"headers: {response: {remove: ['x:a']}}", "warning WK546 spec.http[0].headers.response.remove[0]"}}) {
    INFO(c.fields);
    CHECK(told(in_mesh(rule(c.fields))) == c.want);
  }
}

TEST_CASE("routing: names") {
  CHECK(told(in_mesh("{name: x, match: [{name: x, port: 80}], directResponse: {status: 404}}, " + rule("name: z"))) ==
        "");
  CHECK(told(in_mesh("{match: [{name: x, port: 80}, {name: x, port: 81}], directResponse: {status: 404}}")) ==
        "info WK544 spec.http[0].match[1].name");
}

TEST_CASE("routing: what Istio made itself is left alone") {
  const test::Linted linted = test::lint_text(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\n"
      "metadata: {name: a, namespace: shop, annotations: {internal.istio.io/route-semantics: gateway}}\n"
      "spec: {hosts: [a], http: [{name: x, match: [{uri: {prefix: api}}], route: [{destination: {host: a}}]}]}\n");
  for (const Diagnostic& finding : linted.result.diagnostics) CHECK_FALSE(finding.rule->id.starts_with("WK5"));
}

}  // namespace
}  // namespace wicket::check
