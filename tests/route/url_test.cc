#include "route/url.h"

#include "route/request.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

TEST_CASE("URLs are taken apart as curl does") {
  struct Case {
    const char* text;
    const char* scheme;
    const char* authority;
    const char* host;
    std::uint16_t port;
    const char* target;
  };
  constexpr Case kCases[] = {
      {"http://a.io/", "http", "a.io", "a.io", 80, "/"},
      {"http://a.io", "http", "a.io", "a.io", 80, "/"},
      {"https://a.io/x", "https", "a.io", "a.io", 443, "/x"},
      {"HTTP://A.io/x", "http", "A.io", "A.io", 80, "/x"},
      {"a.io/x", "http", "a.io", "a.io", 80, "/x"},
      {"a.io:8080", "http", "a.io:8080", "a.io", 8080, "/"},
      {"http://a.io:/", "http", "a.io", "a.io", 80, "/"},
      {"http://a.io?x=1", "http", "a.io", "a.io", 80, "/?x=1"},
      {"http://a.io/x?y=1&z#frag", "http", "a.io", "a.io", 80, "/x?y=1&z"},
      {"http://a.io#frag", "http", "a.io", "a.io", 80, "/"},
      {"http://user:pass@a.io/", "http", "a.io", "a.io", 80, "/"},
      {"http://[::1]:81/x", "http", "[::1]:81", "[::1]", 81, "/x"},
      {"http://[::1]/x", "http", "[::1]", "[::1]", 80, "/x"},
      {"http://a.io/http://b.io/", "http", "a.io", "a.io", 80, "/http://b.io/"},
  };
  for (const Case& c : kCases) {
    INFO(c.text);
    const Result<Url> url = parse_url(c.text);
    REQUIRE(url);
    CHECK(url->scheme == c.scheme);
    CHECK(url->authority == c.authority);
    CHECK(url->host == c.host);
    CHECK(url->port == c.port);
    CHECK(url->target == c.target);
  }
}

TEST_CASE("what is no URL") {
  for (const char* text :
       {"ftp://a.io/", "http://", "http:///x", "http://a.io:0/", "http://a.io:70000/", "http://a.io:x/", "http://a b/",
        "http://a.io/\n", "http://[::1/", "http://::1]/", "://a.io", ""}) {
    INFO(text);
    CHECK(!parse_url(text));
  }
}

TEST_CASE("R-PRE-7 an absolute request target says scheme and host, whatever the Host header says") {
  Request request;
  request.authority = "other.io";
  request.set_target("http://a.io:8080/p?q");
  CHECK(request.scheme == "http");
  CHECK(request.authority == "a.io:8080");
  CHECK(request.target == "/p?q");
  request.set_target("https://b.io");
  CHECK(request.authority == "b.io");
  CHECK(request.target == "/");
  request.set_target("/x");
  CHECK(request.authority == "b.io");
  CHECK(request.target == "/x");
}

}  // namespace
}  // namespace wicket::route
