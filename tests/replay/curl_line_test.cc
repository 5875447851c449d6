#include "replay/curl_line.h"

#include <fmt/format.h>

#include <string>

#include "support/catch.h"

namespace wicket::replay {
namespace {

std::string version(route::HttpVersion version) {
  switch (version) {
    case route::HttpVersion::kHttp10:
      return "1.0";
    case route::HttpVersion::kHttp11:
      return "1.1";
    case route::HttpVersion::kHttp2:
      return "2";
  }
  return "";
}

// "GET http a.io:80 / 1.1", then the headers that curl does not send by itself.
std::string told(const CurlRequest& one) {
  const route::Request& request = one.request;
  std::string text = fmt::format("{} {} {}:{} {} {}", request.method, request.tls ? "https" : "http", request.authority,
                                 request.port, request.target, version(request.version));
  for (const auto& [name, value] : request.headers)
    if (value != "curl/8.0.0" && value != "*/*") text += fmt::format(" [{}: {}]", name, value);
  return text;
}

std::string told(std::string_view line) {
  const auto requests = read_curl(line);
  if (!requests) return "! " + requests.error().message;
  std::string text;
  for (const CurlRequest& one : *requests) text += (text.empty() ? "" : " | ") + told(one);
  return text;
}

TEST_CASE("curl lines are requests") {
  struct Case {
    std::string_view line;
    std::string_view want;
  };
  const Case cases[] = {
      {"curl a.io", "GET http a.io:80 / 1.1"},
      {"$ curl https://a.io/x?y=1#z", "GET https a.io:443 /x?y=1 1.1"},
      {"TOKEN=x sudo /usr/bin/curl -sSLkv http://a.io:8080/", "GET http a.io:8080:8080 / 1.1"},
      {"curl -X DELETE a.io", "DELETE http a.io:80 / 1.1"},
      {"curl -XPUT a.io", "PUT http a.io:80 / 1.1"},
      {"curl --request PATCH --url a.io/p", "PATCH http a.io:80 /p 1.1"},
      {"curl -I a.io", "HEAD http a.io:80 / 1.1"},
      {"curl -sIXGET a.io", "GET http a.io:80 / 1.1"},
      {"curl -T file a.io", "PUT http a.io:80 / 1.1"},
      {"curl -d x=1 -d y=2 a.io", "POST http a.io:80 / 1.1 [Content-Type: application/x-www-form-urlencoded]"},
      {"curl --data @body.json a.io", "POST http a.io:80 / 1.1 [Content-Type: application/x-www-form-urlencoded]"},
      {"curl -G -d x=1 --data-urlencode 'y=a b' a.io/?z", "GET http a.io:80 /?z&x=1&y=a%20b 1.1"},
      {"curl --url-query 'q=a&b' a.io", "GET http a.io:80 /?q=a%26b 1.1"},
      {"curl --json '{}' a.io", "POST http a.io:80 / 1.1 [Content-Type: application/json] [Accept: application/json]"},
      {"curl -F a=b a.io",
       "POST http a.io:80 / 1.1 [Content-Type: multipart/form-data; boundary=------------------------wicket]"},
      {"curl -d x -H 'content-type: application/json' a.io",
       "POST http a.io:80 / 1.1 [content-type: application/json]"},
      {"curl -H 'X-A: 1' -H 'X-B;' -H 'Accept:' -H'X-C:  2 ' a.io", "GET http a.io:80 / 1.1 [X-A: 1] [X-B: ] [X-C: 2]"},
      {"curl -H 'Host: b.io' https://a.io", "GET https b.io:443 / 1.1"},
      {"curl -u user:pass a.io", "GET http a.io:80 / 1.1 [Authorization: Basic dXNlcjpwYXNz]"},
      {"curl -u me a.io", "GET http a.io:80 / 1.1 [Authorization: Basic bWU6]"},
      {"curl --oauth2-bearer t -A agent -e http://r/ -b k=v -r 0-9 --compressed a.io",
       "GET http a.io:80 / 1.1 [Authorization: Bearer t] [User-Agent: agent] [Referer: http://r/] [Cookie: k=v] "
       "[Range: bytes=0-9] [Accept-Encoding: deflate, gzip]"},
      {"curl --http2 https://a.io", "GET https a.io:443 / 2"},
      {"curl -0 a.io", "GET http a.io:80 / 1.0"},
      {"curl --resolve a.io:443:127.0.0.1 https://a.io", "GET https a.io:443 / 1.1"},
      {"curl --connect-to a.io:443:127.0.0.1:8443 https://a.io", "GET https a.io:8443 / 1.1"},
      {"curl a.io/a/../b/./c?d=/../", "GET http a.io:80 /b/c?d=/../ 1.1"},
      {"curl a.io/../..", "GET http a.io:80 / 1.1"},
      {"curl --path-as-is a.io/a/../b", "GET http a.io:80 /a/../b 1.1"},
      {"curl --request-target '*' -X OPTIONS a.io", "OPTIONS http a.io:80 * 1.1"},
      {R"(curl 'a.io/?q=\[1\]')", "GET http a.io:80 /?q=[1] 1.1"},
      {"curl -g 'a.io/?q={1}'", "GET http a.io:80 /?q={1} 1.1"},
      {"curl 'http://[::1]:8080/'", "GET http [::1]:8080:8080 / 1.1"},
      {"curl a.io b.io", "GET http a.io:80 / 1.1 | GET http b.io:80 / 1.1"},
      {"curl -d x a.io --next b.io",
       "POST http a.io:80 / 1.1 [Content-Type: application/x-www-form-urlencoded] | "
       "GET http b.io:80 / 1.1"},
      {"echo hello; curl a.io | jq . ; curl b.io > out", "GET http a.io:80 / 1.1 | GET http b.io:80 / 1.1"},
      {"curl -o out -w '%{http_code}' -m 5 --retry 3 a.io", "GET http a.io:80 / 1.1"},
      {"curl --no-progress-meter --no-keepalive a.io", "GET http a.io:80 / 1.1"},
  };
  for (const Case& c : cases) CHECK(told(c.line) == c.want);
}

TEST_CASE("lines as browsers copy them") {
  CHECK(
      told("curl 'https://a.io/api?x=1' \\\n  -H 'accept: text/html' \\\n  --data-raw $'it\\'s' \\\n  --compressed") ==
      "POST https a.io:443 /api?x=1 1.1 [Accept-Encoding: deflate, gzip] [Content-Type: "
      "application/x-www-form-urlencoded] [accept: text/html]");
  CHECK(
      told("curl ^\"https://a.io/api?x=1^&y=^%^20^\" ^\r\n  -H ^\"sec-ch-ua: ^\\^\"B^\\^\"^\" ^\r\n  -X ^\"POST^\"") ==
      "POST https a.io:443 /api?x=1&y=%20 1.1 [sec-ch-ua: \"B\"]");
  CHECK(told("curl.exe \"https://a.io/\" `\n -H \"a: `\"b`\"\"") == "GET https a.io:443 / 1.1 [a: \"b\"]");
}

TEST_CASE("what curl would refuse, and what is not on the line, is refused") {
  struct Case {
    std::string_view line;
    std::string_view want;
  };
  const Case cases[] = {
      {"", "! has no curl command in it"},
      {"wget a.io", "! has no curl command in it"},
      {"curl", "! has a curl command without a URL"},
      {"curl -X", "! has no value behind -X"},
      {"curl --header", "! has no value behind --header"},
      {"curl --heder x a.io", "! has an option that curl does not: --heder; did you mean --header?"},
      {"curl -! a.io", "! has an option that curl does not: -!"},
      {"curl -H nothing a.io", "! has a header that is none: 'nothing'"},
      {"curl -H @file a.io", "! takes headers from the file file"},
      {"curl -K config a.io", "! uses --config, so that the line does not say what is sent"},
      {"curl a.io/[1-9]", "! has a URL that stands for several: 'a.io/[1-9]'; name one, or say --globoff"},
      {"curl ftp://a.io", "! has a URL 'ftp://a.io' that is neither http:// nor https://"},
      {"curl 'a.io", "! has a quote on line 1 that is not closed"},
      {"curl --no-header x a.io", "! has an option that curl does not: --no-header"},
  };
  for (const Case& c : cases) CHECK(told(c.line) == c.want);
}

TEST_CASE("notes say what the answer is to be taken with") {
  const auto requests = read_curl("\ncurl -L -b jar.txt -H \"Authorization: Bearer $TOKEN\" a.io").value();
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].line == 2);
  CHECK(requests[0].notes ==
        std::vector<std::string>{"curl would follow a redirect; this is the answer to the first request",
                                 "cookies come from the file jar.txt; none is sent here",
                                 "$TOKEN is sent as it stands: no shell has put a value in its place"});
}

TEST_CASE("no bytes break the reader") {
  const std::string seeds[] = {"curl $'\\u12 \\x' -H 'a: b' https://a.io/{}", "curl ^\"a\\\\^\"^\r\n-d x",
                               "curl `\n\"a``\"\"b\""};
  for (const std::string& seed : seeds)
    for (std::size_t cut = 0; cut <= seed.size(); ++cut)
      for (const Shell shell : {Shell::kPosix, Shell::kCmd, Shell::kPowerShell}) {
        const auto requests = read_curl(seed.substr(0, cut), shell);
        CHECK((requests || !requests.error().message.empty()));
      }
}

}  // namespace
}  // namespace wicket::replay
