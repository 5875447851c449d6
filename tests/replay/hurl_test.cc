// Requests of hurl, with what fills their templates and what is expected of the answer.
#include <fmt/format.h>

#include <string>

#include "replay/document.h"
#include "support/catch.h"

namespace wicket::replay {
namespace {

// "GET http a.io:80 / 200 location [name: value]", "! line: why".
std::string told(std::string_view text, const Variables& variables = {}) {
  const Result<Requests> read = read_hurl(text, variables);
  if (!read) return "!! " + read.error().message;
  std::string all;
  const auto next = [&all](const std::string& one) { all += (all.empty() ? "" : " | ") + one; };
  for (const Record& record : read->records) {
    const route::Request& request = record.request;
    std::string one = fmt::format("{} {} {}:{} {}", request.method, request.tls ? "https" : "http", request.authority,
                                  request.port, request.target);
    if (record.recorded.knows_status) one += fmt::format(" {}", record.recorded.status);
    if (record.recorded.location.known) one += " " + record.recorded.location.text;
    for (const auto& [name, value] : request.headers)
      if (value != "*/*") one += fmt::format(" [{}: {}]", name, value);
    next(one);
  }
  for (const Unread& unread : read->unread) next(fmt::format("! {}: {}", unread.line, unread.why));
  return all;
}

TEST_CASE("entries of hurl are requests") {
  struct Case {
    std::string_view text;
    std::string_view want;
  };
  const Case cases[] = {
      {"GET http://a.io/x\nHTTP 200\n", "GET http a.io:80 /x 200"},
      {"# c\nPURGE https://a.io:8443 # c\nX-A: b # c\nX-C: d\\#e\\u{e9}\nHTTP/2 *",
       "PURGE https a.io:8443:8443 / [X-A: b] [X-C: d#e\xc3\xa9]"},
      {"GET http://a.io/a/../b\n\nGET http://a.io/a/../b\n[Options]\npath-as-is: true\nhttp2: true",
       "GET http a.io:80 /b | GET http a.io:80 /a/../b"},
      {"GET http://a.io/?x=1\n[QueryStringParams]\ny: a b\nz: \n[Cookies]\nc: d\ne: f\n[BasicAuth]\nbob: secret",
       "GET http a.io:80 /?x=1&y=a%20b&z= [Cookie: c=d; e=f] [Authorization: Basic Ym9iOnNlY3JldA==]"},
      {"POST http://a.io\n{\"a\": 1}", "POST http a.io:80 / [Content-Type: application/json]"},
      {"POST http://a.io\nContent-Type: application/vnd.a\n[\n1]",
       "POST http a.io:80 / [Content-Type: application/vnd.a]"},
      {"POST http://a.io\n```xml\nGET http://b.io\n```\nHTTP 201",
       "POST http a.io:80 / 201 [Content-Type: application/xml]"},
      {"POST http://a.io\n```one line```\nHTTP 201", "POST http a.io:80 / 201"},
      {"POST http://a.io\n[Form]\na: b", "POST http a.io:80 / [Content-Type: application/x-www-form-urlencoded]"},
      {"POST http://a.io\nfile,data.bin;\nHTTP 200", "POST http a.io:80 / 200"},
      {"GET http://a.io\nHost: b.io\nHTTP 301\nLocation: http://b.io/x", "GET http b.io:80 / 301 http://b.io/x"},
      {"GET http://a.io\nHTTP *\n[Asserts]\nstatus == 302\nheader \"Location\" == \"/x\"\njsonpath \"$.a\" == 3",
       "GET http a.io:80 / 302 /x"},
      {"GET http://a.io\n[Options]\nlocation: true\nHTTP 200", "GET http a.io:80 /"},
      {"GET http://a.io\n[Options]\nskip: true\nHTTP 200\nGET http://b.io", "GET http b.io:80 /"},
      {"hello", "!! has no request in it"},
  };
  for (const Case& c : cases) CHECK(told(c.text) == c.want);
}

TEST_CASE("templates are filled with what is known") {
  const Variables given = {{"host", "a.io"}, {"token", "t"}, {"scheme", "https"}};
  struct Case {
    std::string_view text;
    std::string_view want;
  };
  const Case cases[] = {
      {"GET {{scheme}}://{{ host }}/{{token}}x\n{{token}}: b{{token}}", "GET https a.io:443 /tx [t: bt]"},
      {"GET http://a.io\n[QueryStringParams]\n{{token}}: a{{token}}&", "GET http a.io:80 /?t=at%26"},
      {"GET http://{{host}}\nHTTP 301\n[Asserts]\nheader \"Location\" == \"https://{{host}}/x\"",
       "GET http a.io:80 / 301 https://a.io/x"},
      {"GET http://{{other}}/", "! 1: needs a value for {{other}}; --variable other=VALUE sets one"},
      {"GET http://a.io\n[Options]\nvariable: other=b\nvariable: more={{other}}c\nX: y\n\nGET http://a.io/{{more}}",
       "GET http a.io:80 / | GET http a.io:80 /bc"},
      {"GET http://a.io\nHTTP 200\n[Captures]\nid: jsonpath \"$.id\"\n\nGET http://a.io/{{id}}",
       "GET http a.io:80 / 200 | ! 6: needs a value for {{id}}, which line 4 takes from an answer; --variable id=VALUE "
       "sets one"},
      {"GET http://a.io\nHTTP 200\n[Captures]\ntoken: header \"t\"\n\nGET http://a.io/{{token}}",
       "GET http a.io:80 / 200 | GET http a.io:80 /t"},
      {"GET http://a.io\nHTTP 301\nLocation: /{{other}}", "GET http a.io:80 / 301"},
      {"GET http://a.io\nX-Id: {{newUuid}}", "! 1: needs a value for {{newUuid}}, which is another one each time"},
      {"GET http://a.io/{{x urlEncode}}", "! 1: needs a value for {{x urlEncode}}, which is more than a name"},
      {"GET http://a.io/{{", "GET http a.io:80 /{{"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(told(c.text, given) == c.want);
  }
}

TEST_CASE("no bytes break the reader of hurl") {
  const std::string seed =
      "GET {{a}}/\\u{e9} # c\n\"a\\\":b\nX:\\u{ffffffff}\\\n[Options]\nvariable: =\nvariable: a\nHTTP "
      "2\n[Captures]\n:\n[Asserts]\nheader == \"\n```\n";
  for (std::size_t cut = 0; cut <= seed.size(); ++cut) {
    const auto read = read_hurl(seed.substr(0, cut));
    CHECK((read || !read.error().message.empty()));
  }
}

}  // namespace
}  // namespace wicket::replay
