// Which requests a rule takes.
#include "route/matcher.h"

#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using test::Ask;
using test::match_router;
using test::Router;
using test::rules_router;

/// Whether a rule under this match block takes the request.
struct Case {
  const char* match;
  const char* target;
  bool taken;
  Ask ask{};
};

void check_all(std::initializer_list<Case> cases, const rules::LowerOptions& options = {}) {
  for (const Case& c : cases) {
    INFO(c.match << " with " << c.ask.method << " " << c.target
                 << (c.ask.headers.empty() ? "" : " " + c.ask.headers[0].first + ": " + c.ask.headers[0].second));
    CHECK(
        match_router(c.match, options)(
            "http://a.io/", {.method = c.ask.method, .headers = c.ask.headers, .host = c.ask.host, .target = c.target})
            .to() == (c.taken ? "a" : "b"));
  }
}

Ask with(std::initializer_list<Header> headers) { return {.headers = headers}; }

TEST_CASE("R-URI-1 R-URI-2 R-URI-3 R-URI-4 R-URI-6 R-PATH-6 R-PATH-7 uri") {
  check_all({
      {"{uri: {exact: /foo}}", "/foo", true},
      {"{uri: {exact: /foo}}", "/foo?x=1", true},
      {"{uri: {exact: /foo}}", "/foo/", false},
      {"{uri: {exact: /foo}}", "/Foo", false},
      {"{uri: {prefix: /foo}}", "/foo", true},
      {"{uri: {prefix: /foo}}", "/foo/x", true},
      {"{uri: {prefix: /foo}}", "/foobar", true},
      {"{uri: {prefix: /foo}}", "/fo", false},
      {"{uri: {prefix: ''}}", "/anything", true},
      {"{uri: {prefix: '/a?'}}", "/a?x", false},
      {"{uri: {regex: '/foo.*'}}", "/foobar", true},
      {"{uri: {regex: /foo}}", "/foo/", false},
      {"{uri: {regex: '/a|/b'}}", "/ax", false},
      {"{uri: {regex: '/a|/b'}}", "/b?q=1", true},
      {"{uri: {prefix: '/a b'}}", "/a%20b", false},
      {"{uri: {exact: /a}}", "/a;v=1", false},
      {"{uri: {exact: /a}}", "/a#frag", true},
      {"{uri: {}}", "/anything", true},
  });
}

TEST_CASE("R-URI-5 ignoreUriCase has no effect on a regex") {
  check_all({
      {"{uri: {exact: /Foo}, ignoreUriCase: true}", "/fOO", true},
      {"{uri: {exact: /Foo}, ignoreUriCase: true}", "/fOOx", false},
      {"{uri: {prefix: /Foo}, ignoreUriCase: true}", "/fOO/x", true},
      {"{uri: {regex: /Foo}, ignoreUriCase: true}", "/foo", false},
  });
}

TEST_CASE("R-MATCH-3 StringMatch: exact, prefix, and RE2 over the whole value") {
  check_all({
      {"{uri: {regex: '(?i)/FOO'}}", "/foo", true},
      {"{uri: {regex: '/[0-9]+'}}", "/12", true},
      {"{uri: {regex: '/[0-9]+'}}", "/12a", false},
      {"{headers: {x: {regex: 'a.b'}}}", "/", false, with({{"x", "a\nb"}})},
      {"{headers: {x: {regex: 'a.b'}}}", "/", true,
       with({{"x",
              "a\xc3\xa9"
              "b"}})},
  });
}

TEST_CASE("R-MATCH-1 R-OTH-2 conditions of a block hold together, blocks are alternatives") {
  check_all({
      {"{uri: {exact: /a}, method: {exact: GET}}", "/a", true},
      {"{uri: {exact: /a}, method: {exact: POST}}", "/a", false},
      {"{uri: {exact: /a}, headers: {x: {exact: '1'}}}", "/a", false},
      {"{uri: {exact: /x}}, {headers: {x: {exact: '1'}}}", "/b", true, with({{"x", "1"}})},
      {"{}", "/", true},
  });
}

TEST_CASE("R-MATCH-2 the first rule of the list wins, not the closest") {
  const Router ask = rules_router(
      "[{match: [{uri: {prefix: /}, method: {exact: GET}}], route: [{destination: {host: a}}]}, "
      "{match: [{uri: {exact: /x}}], route: [{destination: {host: b}}]}]");
  CHECK(ask("http://a.io/x").to() == "a");
  CHECK(ask("http://a.io/x", {.method = "POST"}).to() == "b");
  CHECK(ask("http://a.io/z", {.method = "POST"}).text() == "404 route");
}

TEST_CASE("R-PSEUDO-1 R-PSEUDO-2 R-PSEUDO-3 method, authority and scheme as they were sent") {
  const auto to = [](std::string host) { return Ask{.host = std::move(host)}; };
  check_all({
      {"{method: {exact: GET}}", "/", true},
      {"{method: {exact: get}}", "/", false},
      {"{method: {exact: GET}}", "/", false, {.method = "HEAD"}},
      {"{method: {regex: 'GET|POST'}}", "/", true, {.method = "POST"}},
      {"{authority: {exact: a.io}}", "/", true},
      {"{authority: {exact: a.io}}", "/", false, to("a.io:80")},
      {"{authority: {exact: a.io}}", "/", false, to("A.io")},
      {"{authority: {exact: 'a.io:80'}}", "/", true, to("a.io:80")},
      {"{scheme: {exact: http}}", "/", true},
      {"{scheme: {exact: https}}", "/", false},
      {"{scheme: {exact: https}}", "https://a.io/", true},
  });
}

TEST_CASE("R-PSEUDO-4 R-HDR-8 pseudo headers among the headers; host is the authority") {
  const auto to = [](std::string host) { return Ask{.host = std::move(host)}; };
  check_all({
      {"{headers: {':path': {exact: '/a?b'}}}", "/a?b", true},
      {"{headers: {':path': {exact: /a}}}", "/a?b", false},
      {"{headers: {':method': {exact: GET}}}", "/", true},
      {"{headers: {host: {exact: 'a.io:80'}}}", "/", true, to("a.io:80")},
      {"{headers: {Host: {exact: a.io}}}", "/", false, to("a.io:80")},
  });
}

TEST_CASE("R-HDR-1 names without regard to case, values with") {
  check_all({
      {"{headers: {X-User: {exact: v}}}", "/", true, with({{"x-user", "v"}})},
      {"{headers: {x-user: {exact: v}}}", "/", true, with({{"X-USER", "v"}})},
      {"{headers: {x-user: {exact: v}}}", "/", false, with({{"x-user", "V"}})},
  });
}

TEST_CASE("R-HDR-2 lines of one header are tested one by one, and joined before 1.31") {
  const std::initializer_list<Case> now = {
      {"{headers: {x: {exact: a}}}", "/", true, with({{"x", "a"}, {"x", "b"}})},
      {"{headers: {x: {exact: 'a,b'}}}", "/", false, with({{"x", "a"}, {"x", "b"}})},
      {"{headers: {x: {exact: a}}}", "/", false, with({{"x", "a,b"}})},
      {"{headers: {x: {}}}", "/", true, with({{"x", "a"}, {"x", "b"}})},
      {"{withoutHeaders: {x: {exact: a}}}", "/", false, with({{"x", "a"}, {"x", "b"}})},
      {"{withoutHeaders: {x: {exact: c}}}", "/", true, with({{"x", "a"}, {"x", "b"}})},
  };
  check_all(now);
  check_all(
      {
          {"{headers: {x: {exact: a}}}", "/", false, with({{"x", "a"}, {"x", "b"}})},
          {"{headers: {x: {exact: 'a,b'}}}", "/", true, with({{"x", "a"}, {"X", "b"}})},
          {"{withoutHeaders: {x: {exact: a}}}", "/", true, with({{"x", "a"}, {"x", "b"}})},
      },
      {.mesh = {.version = {1, 30}}});
}

TEST_CASE("R-HDR-3 R-MATCH-4 what headers make of absent, empty and present") {
  const Ask absent;
  const Ask empty = with({{"x", ""}});
  const Ask present = with({{"x", "value"}});
  check_all({
      {"{headers: {x: {}}}", "/", false, absent},
      {"{headers: {x: {}}}", "/", true, empty},
      {"{headers: {x: {}}}", "/", true, present},
      {"{headers: {x: {exact: ''}}}", "/", false, absent},
      {"{headers: {x: {exact: ''}}}", "/", true, empty},
      {"{headers: {x: {exact: ''}}}", "/", false, present},
      {"{headers: {x: {exact: value}}}", "/", false, absent},
      {"{headers: {x: {exact: value}}}", "/", false, empty},
      {"{headers: {x: {exact: value}}}", "/", true, present},
      {"{headers: {x: {prefix: val}}}", "/", false, absent},
      {"{headers: {x: {prefix: val}}}", "/", true, present},
      {"{headers: {x: {regex: '.*'}}}", "/", false, absent},
      {"{headers: {x: {regex: '.*'}}}", "/", true, empty},
      {"{headers: {x: {regex: 'v.*'}}}", "/", true, present},
      {"{method: {}}", "/", true, absent},
  });
}

TEST_CASE("R-HDR-4 R-HDR-5 what withoutHeaders makes of absent, empty and present") {
  const Ask absent;
  const Ask empty = with({{"x", ""}});
  const Ask present = with({{"x", "value"}});
  check_all({
      {"{withoutHeaders: {x: {}}}", "/", true, absent},
      {"{withoutHeaders: {x: {}}}", "/", false, empty},
      {"{withoutHeaders: {x: {}}}", "/", false, present},
      {"{withoutHeaders: {x: {regex: '*'}}}", "/", true, absent},
      {"{withoutHeaders: {x: {regex: '*'}}}", "/", false, empty},
      {"{withoutHeaders: {x: {exact: value}}}", "/", true, absent},
      {"{withoutHeaders: {x: {exact: value}}}", "/", true, empty},
      {"{withoutHeaders: {x: {exact: value}}}", "/", false, present},
      {"{withoutHeaders: {x: {prefix: val}}}", "/", true, absent},
      {"{withoutHeaders: {x: {prefix: val}}}", "/", false, present},
      {"{withoutHeaders: {x: {regex: '.*'}}}", "/", false, absent},
      {"{withoutHeaders: {x: {regex: 'v.*'}}}", "/", true, absent},
      {"{withoutHeaders: {x: {exact: ''}}}", "/", false, absent},
      {"{withoutHeaders: {x: {exact: ''}}}", "/", false, empty},
      {"{withoutHeaders: {x: {exact: ''}}}", "/", true, present},
  });
}

TEST_CASE("R-HDR-6 without a token no claim matches, and every withoutHeaders claim does") {
  check_all({
      {"{headers: {'@request.auth.claims.sub': {exact: x}}}", "/", false},
      {"{withoutHeaders: {'@request.auth.claims[sub]': {exact: x}}}", "/", true},
  });
}

TEST_CASE("R-HDR-7 R-EDGE-3 R-EDGE-5 headers are matched as the gateway leaves them") {
  check_all({
      {"{headers: {x-forwarded-proto: {exact: http}}}", "/", true},
      {"{headers: {x-forwarded-proto: {exact: https}}}", "/", false, with({{"x-forwarded-proto", "https"}})},
      {"{headers: {x-envoy-internal: {}}}", "/", false, with({{"x-envoy-internal", "true"}})},
  });
}

TEST_CASE("R-QP-1 R-QP-2 R-QP-3 R-QP-4 query parameters") {
  check_all({
      {"{queryParams: {v: {exact: '2'}}}", "/?v=2", true},
      {"{queryParams: {v: {exact: '2'}}}", "/?v=%32", false},
      {"{queryParams: {v: {exact: '1'}}}", "/?v=1&v=2", true},
      {"{queryParams: {v: {exact: '2'}}}", "/?v=1&v=2", false},
      {"{queryParams: {v: {exact: '2'}}}", "/", false},
      {"{queryParams: {v: {exact: '2'}}}", "/?V=2", false},
      {"{queryParams: {v: {}}}", "/?v", true},
      {"{queryParams: {v: {}}}", "/?w", false},
      {"{queryParams: {v: {exact: ''}}}", "/?v", true},
      {"{queryParams: {v: {exact: ''}}}", "/?v=", true},
      {"{queryParams: {v: {exact: 'a=b'}}}", "/?v=a=b", true},
      {"{queryParams: {v: {exact: 'a b'}}}", "/?v=a+b", false},
      {"{queryParams: {v: {prefix: a}}}", "/?x&v=ab", true},
      {"{queryParams: {v: {regex: '[0-9]+'}}}", "/?v=12", true},
      {"{queryParams: {v: {exact: '1'}, w: {exact: '2'}}}", "/?w=2&v=1&z=3", true},
      {"{queryParams: {v: {exact: '1'}, w: {exact: '2'}}}", "/?v=1", false},
  });
}

TEST_CASE("a pattern that RE2 refuses never matches, and the table is one that Envoy refuses") {
  const Router ask = match_router("{uri: {regex: '/a(?=b)'}}");
  const test::Answer answer = ask("http://a.io/ab");
  CHECK(answer.to() == "b");
  CHECK(answer.decision.refused_config);
  REQUIRE(ask.table().problems().size() == 1);
  CHECK(ask.table().problems()[0].kind == rules::ProblemKind::kBadRegex);
}

TEST_CASE("a trace names the first condition that did not hold") {
  const Router ask = rules_router(
      "[{match: [{uri: {prefix: /api}}], route: [{destination: {host: a}}]}, "
      "{match: [{headers: {x: {exact: v}}}], route: [{destination: {host: a}}]}, "
      "{match: [{queryParams: {q: {exact: v}}}], route: [{destination: {host: a}}]}, "
      "{route: [{destination: {host: b}}]}]");
  const test::Answer answer = ask("http://a.io/x?q=w");
  REQUIRE(answer.trace.tried.size() == 4);
  CHECK(answer.trace.tried[0].failed.field == Field::kPath);
  CHECK(answer.trace.tried[0].failed.actual == "/x");
  CHECK(answer.trace.tried[1].failed.field == Field::kHeader);
  CHECK(answer.trace.tried[1].failed.is_absent);
  CHECK(answer.trace.tried[2].failed.actual == "w");
  CHECK(answer.trace.tried[3].matched);
}

}  // namespace
}  // namespace wicket::route
