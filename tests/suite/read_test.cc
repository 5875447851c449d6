// Test files: combinations, variables, tables, and everything that is wrong with them.
#include "suite/read.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"
#include "support/golden.h"

namespace wicket::suite {
namespace {

Suite read(std::string_view tests) { return read_suite("x_test.yaml", std::string(tests)); }

std::vector<std::string> names(const Suite& suite) {
  std::vector<std::string> all;
  for (const Case& test : suite.cases) all.push_back(test.name);
  return all;
}

// "METHOD URL" of each case.
std::vector<std::string> requests(const Suite& suite) {
  std::vector<std::string> all;
  for (const Case& test : suite.cases) all.push_back(test.request.method + " " + test.url);
  return all;
}

std::string first_error(const Suite& suite) {
  if (suite.errors.empty()) return "none";
  const Position at = suite.sources.position(FileId{}, suite.errors.front().span.begin);
  return fmt::format("{}:{}: {}", at.line, at.column, suite.errors.front().message);
}

using Strings = std::vector<std::string>;

TEST_CASE("a list in a request is every combination, the last list turning fastest") {
  const Suite suite = read(R"(tests:
- name: pages
  request: {host: [a.io, b.io], method: [GET, POST], path: /x}
  expect: no-route
)");
  CHECK(first_error(suite) == "none");
  CHECK(requests(suite) ==
        Strings{"GET http://a.io/x", "POST http://a.io/x", "GET http://b.io/x", "POST http://b.io/x"});
  CHECK(names(suite)[1] == "pages [host=a.io, method=POST]");
  CHECK(suite.tests == 1);
}

TEST_CASE("lists may stand inside the items of a list") {
  const Suite suite = read(R"(tests:
- request:
  - http://a.io/
  - {host: b.io, method: [GET, PUT]}
  expect: no-route
)");
  CHECK(requests(suite) == Strings{"GET http://a.io/", "GET http://b.io/", "PUT http://b.io/"});
}

TEST_CASE("variables of the row win over those of the test, and those over those of the file") {
  const Suite suite = read(R"(variables: {host: file.io, path: /file}
tests:
- name: ${host}${path} is asked
  variables: {host: test.io}
  request: http://${host}${path}
  expect: no-route
  table:
  - {other: 1}
  - {host: row.io, path: [/1, /2]}
)");
  CHECK(first_error(suite) == "none");
  CHECK(requests(suite) == Strings{"GET http://test.io/file", "GET http://row.io/1", "GET http://row.io/2"});
  CHECK(names(suite) == Strings{"test.io/file is asked [other=1]", "row.io/1 is asked", "row.io/2 is asked"});
}

TEST_CASE("a variable that is a list has one value in one combination, wherever it stands") {
  const Suite suite = read(R"(variables: {team: [a, b]}
tests:
- name: ${team}
  request: http://${team}.io/${team}
  expect: {host: "${team}.io", destination: "${team}"}
)");
  CHECK(requests(suite) == Strings{"GET http://a.io/a", "GET http://b.io/b"});
  CHECK(suite.cases[1].checks[0].want.text == "b.io");
}

TEST_CASE("a row without a value is a request without it") {
  const Suite suite = read(R"(tests:
- name: t
  request: {url: "http://a.io/", headers: {x-a: "${a}"}, query: {q: [~, 1]}}
  expect: no-route
  table: [[a], [~], [v]]
)");
  CHECK(first_error(suite) == "none");
  REQUIRE(suite.cases.size() == 4);
  CHECK(suite.cases[0].request.headers.empty());
  CHECK(suite.cases[0].request.target == "/");
  CHECK(suite.cases[1].request.target == "/?q=1");
  CHECK(suite.cases[2].request.headers == std::vector<route::Header>{{"x-a", "v"}});
}

TEST_CASE("parts of a request are where the engine looks for them") {
  const Suite suite = read(R"(tests:
- request:
    url: https://a.io:8443/x?y=1
    host: b.io
    query: {z: "2"}
    headers: {x-a: {lines: [1, 2]}, Host: c.io}
    port: 9443
    http-version: "2"
    client-address: 192.0.2.1
  draw: {route: 7}
  expect: no-route
- request: {scheme: https, host: "a.io:444"}
  expect: no-route
)");
  CHECK(first_error(suite) == "none");
  REQUIRE(suite.cases.size() == 2);
  const Case& test = suite.cases[0];
  CHECK(test.request.authority == "c.io");
  CHECK(test.request.target == "/x?y=1&z=2");
  CHECK(test.request.sni == "a.io");
  CHECK(test.request.port == 9443);
  CHECK(test.request.tls);
  CHECK(test.request.version == route::HttpVersion::kHttp2);
  CHECK(test.request.headers == std::vector<route::Header>{{"x-a", "1"}, {"x-a", "2"}});
  CHECK(test.client_address == "192.0.2.1");
  CHECK(test.draw.route == 7U);
  CHECK_FALSE(test.draw.abort);
  CHECK(suite.cases[1].request.port == 444);
  CHECK(suite.cases[1].url == "https://a.io:444/");
}

TEST_CASE("$${ stands for the characters themselves") {
  const Suite suite = read("tests:\n- {name: 'a $${b}', request: 'http://a.io/', expect: {body: '$${x}'}}\n");
  CHECK(names(suite) == Strings{"a ${b}"});
  CHECK(suite.cases[0].checks[0].want.text == "${x}");
}

TEST_CASE("what is wrong is told with its place") {
  struct Case {
    const char* name;
    std::string_view file;
    std::string_view error;
  };
  const std::string_view kMuch = "2:3: too many combinations: path 400 x method 300; a file may have 100000 requests";
  std::string many = "tests:\n- request: {host: a.io, method: [";
  for (int i = 0; i < 300; ++i) many += fmt::format("M{}, ", i);
  many += "], path: [";
  for (int i = 0; i < 400; ++i) many += fmt::format("/{}, ", i);
  many += "]}\n  expect: no-route\n";
  const Case kCases[] = {
      {"nothing", "", "1:1: the file is empty"},
      {"comments", "# nothing\n", "1:1: the file is empty"},
      {"no YAML", "tests: [\n", "1:8: cannot parse the tests: "},
      {"a list", "- a\n", "1:1: a test file needs keys and values"},
      {"no tests", "manifests: a\n", "1:1: the file has no tests"},
      {"empty tests", "tests: []\n", "1:8: tests needs a list of tests"},
      {"twice", "tests: [a]\ntests: [b]\n", "2:1: key \"tests\" occurs twice"},
      {"two documents", "tests: [a]\n---\ntests: [b]\n", "2:1: a second document: one file holds one list of tests"},
      {"unknown key", "test: []\ntests: [a]\n", "1:1: unknown key \"test\" in a test file; did you mean tests?"},
      {"test is a text", "tests: [a]\n", "1:9: a test needs keys and values"},
      {"no request", "tests: [{expect: no-route}]\n", "1:9: the test has no request"},
      {"no expect", "tests: [{request: a.io}]\n", "1:9: the test has no expect, so it could not fail"},
      {"nothing expected", "tests: [{request: a.io, expect: {}}]\n",
       "1:33: expect names nothing, so the test could not fail"},
      {"unknown variable", "variables: {host: a}\ntests: [{request: 'http://${hots}/', expect: no-route}]\n",
       "2:19: unknown variable \"hots\"; did you mean host?"},
      {"no variables", "tests: [{request: 'http://${h}/', expect: no-route}]\n",
       "1:19: unknown variable \"h\"; the test has none"},
      {"circle", "variables: {a: '${b}', b: '${a}'}\ntests: [{request: 'http://${a}/', expect: no-route}]\n",
       " refers to itself"},
      {"open variable", "tests: [{request: 'http://${a/', expect: no-route}]\n", "\"${\" without its \"}\""},
      {"bad regex", "tests: [{request: a.io, expect: {path: {regex: '('}}}]\n", "RE2 refuses the regex \"(\""},
      {"bad URL", "tests: [{request: 'ftp://a.io', expect: no-route}]\n",
       "'ftp://a.io' is neither http:// nor https://"},
      {"two tests of a text", "tests: [{request: a.io, expect: {path: {exact: a, prefix: b}}}]\n",
       "path needs a text, ~ for none, or one of exact, prefix, contains, regex and present"},
      {"line break", "tests: [{request: {host: a.io, headers: {a: \"b\\r\\nc: d\"}}, expect: no-route}]\n",
       "header a has a line break in it"},
      {"row of another length", "tests: [{request: a.io, expect: no-route, table: [[a], [1, 2]]}]\n",
       "the row has 2 values, the table has 1 columns"},
      {"only names", "tests: [{request: a.io, expect: no-route, table: [[a]]}]\n",
       "the table has no row behind the names of its columns"},
      {"empty list", "tests: [{request: {host: []}, expect: no-route}]\n",
       "host is an empty list: there is nothing to ask"},
      {"a name that is taken",
       "tests:\n- {name: a, request: a.io, expect: no-route}\n- {name: a, request: b.io, expect: no-route}\n",
       "3:10: the test on line 2 is called \"a\" already: give each one a name of its own"},
      {"not in not", "tests: [{request: a.io, expect: {not: {not: {status: 200}}}}]\n", "not inside of not"},
      {"explosion", many, kMuch},
  };
  for (const Case& c : kCases) {
    INFO(c.name);
    const std::string error = first_error(read(c.file));
    INFO(error);
    CHECK(error.find(c.error) != std::string::npos);
  }
}

TEST_CASE("one mistake hides no other test, and is told once") {
  const Suite suite = read(R"(tests:
- {name: a, request: {host: [a.io, b.io], methd: GET}, expect: no-route}
- {name: b, request: "http://a.io/", expect: no-route}
)");
  CHECK(suite.errors.size() == 1);
  CHECK(names(suite) == Strings{"b"});
}

TEST_CASE("a manifest with the name of a test file is none") {
  CHECK(read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n").is_manifest);
  CHECK(read("apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a}\n").is_manifest);
  CHECK(is_test_file("a/b_test.yaml"));
  CHECK_FALSE(is_test_file("a/test.yaml"));
}

TEST_CASE("any bytes are read to an end") {
  for (const std::string_view bytes :
       {"\xff\xfe", "\0\0", "tests: &a [*a]", "{{ .Values.x }}", "tests: {a: [[[[", "%"}) {
    const Suite suite = read(bytes);
    CHECK_FALSE(suite.errors.empty());
  }
}

}  // namespace
}  // namespace wicket::suite
