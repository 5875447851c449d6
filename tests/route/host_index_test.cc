#include "route/host_index.h"

#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

TEST_CASE("R-VSEL-2 R-VSEL-3 R-DOM-2 exact, longest suffix, longest prefix, star; in any order of definition") {
  const std::vector<std::string_view> domains = {"*", "*.io", "*.a.io", "x.a.io", "*foo.com", "foo.*", "foo.b.*"};
  struct Case {
    const char* host;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"x.a.io", "x.a.io"}, {"y.a.io", "*.a.io"},     {"z.y.a.io", "*.a.io"}, {"a.io", "*.io"},       {".a.io", "*.io"},
      {"b.org", "*"},       {"xfoo.com", "*foo.com"}, {"foo.com", "foo.*"},   {"foo.b.c", "foo.b.*"}, {"foo.", "*"},
  };
  for (const bool reversed : {false, true}) {
    HostIndex index;
    for (std::size_t i = 0; i < domains.size(); ++i) {
      const std::size_t at = reversed ? domains.size() - 1 - i : i;
      index.add(domains[at], at);
    }
    for (const Case& c : kCases) {
      INFO(c.host);
      const std::optional<std::size_t> found = index.find(c.host);
      REQUIRE(found);
      CHECK(domains[*found] == c.want);
    }
  }
  HostIndex index;
  index.add("*.a.io", 0);
  CHECK(!index.find("a.io"));
  CHECK(!index.find(".a.io"));
}

TEST_CASE("R-VSEL-1 R-VSEL-5 R-VSEL-6 the name that is looked up") {
  struct Case {
    const char* authority;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"A.io:8080", "a.io"}, {"a.io", "a.io"},      {"a.io.", "a.io."}, {"a.io:x", "a.io"},
      {"a.io:", "a.io"},     {"[::1]:80", "[::1]"}, {"[::1]", "[::1]"}, {"", ""},
  };
  for (const Case& c : kCases) {
    INFO(c.authority);
    CHECK(LookupName(c.authority).view() == c.want);
  }
  const std::string long_name(300, 'A');
  CHECK(LookupName(long_name + ":80").view() == std::string(300, 'a'));
}

TEST_CASE("R-PRE-4 bytes of an authority, wherever they stand and however long it is") {
  constexpr std::string_view kFine =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%!$&'()[]*+,;=:";
  for (const std::size_t size : {1, 2, 15, 16, 17, 31, 33, 127, 128, 129, 300}) {
    for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
      for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        std::string authority(size, 'A');
        authority[at] = c;
        CAPTURE(size, at, byte);
        const LookupName name(authority);
        CHECK(name.is_valid() == (kFine.find(c) != std::string_view::npos));
        if (c == ':') continue;
        std::string want(size, 'a');
        want[at] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        CHECK(name.view() == want);
      }
    }
  }
}

TEST_CASE("R-VSEL-4 R-VSEL-5 one virtual host is chosen, and there is no way back from it") {
  const test::Router ask(
      test::http_gateway() +
      test::http_rules("[{match: [{uri: {prefix: /x}}], route: [{destination: {host: a}}]}]", {"one", "default"}) +
      test::virtual_service("hosts: ['*.io'], http: [{route: [{destination: {host: b}}]}]", {"two", "default"}));
  CHECK(ask("http://a.io/x").text() == "to a");
  CHECK(ask("http://A.IO:8080/x", {.host = "A.IO:8080"}).decision.listener == nullptr);
  CHECK(ask("http://a.io/x", {.host = "A.IO:8080"}).text() == "to a");
  CHECK(ask("http://a.io/y").text() == "404 route");
  CHECK(ask("http://b.io/y").text() == "to b");
  CHECK(ask("http://a.io./y").text() == "404 virtual_host");
  CHECK(ask("http://b.com/").text() == "404 virtual_host");
}

}  // namespace
}  // namespace wicket::route
