#include "rules/host_names.h"

#include <fmt/format.h>

#include "support/catch.h"

namespace wicket::rules {
namespace {

TEST_CASE("R-HOST-1 wildcards: subset and common names") {
  struct Case {
    const char* name;
    const char* other;
    bool subset;
    bool common;
  };
  constexpr Case kCases[] = {
      {"a.io", "a.io", true, true},       {"a.io", "A.io", false, false},   {"a.io", "b.io", false, false},
      {"x.a.io", "*.a.io", true, true},   {"a.io", "*.a.io", false, false}, {"*.a.io", "x.a.io", false, true},
      {"*.a.io", "*.io", true, true},     {"*.io", "*.a.io", false, true},  {"*.a.io", "*.a.io", true, true},
      {"*.a.io", "*.b.io", false, false}, {"*", "*.a.io", false, true},     {"*.a.io", "*", true, true},
      {"a.io", "*", true, true},          {"*", "*", true, true},
  };
  for (const Case& c : kCases) {
    INFO(c.name << " and " << c.other);
    CHECK(is_subset_of(c.name, c.other) == c.subset);
    CHECK(have_common_name(c.name, c.other) == c.common);
    CHECK(have_common_name(c.other, c.name) == c.common);
  }
}

TEST_CASE("R-HOST-2 the narrower name of each pair is left, in the server's order") {
  struct Case {
    std::vector<std::string_view> server;
    std::vector<std::string_view> service;
    std::vector<std::string_view> want;
  };
  const Case cases[] = {
      {{"*.a.io"}, {"x.a.io"}, {"x.a.io"}},
      {{"x.a.io"}, {"*.a.io"}, {"x.a.io"}},
      {{"*.a.com"}, {"*.com"}, {"*.a.com"}},
      {{"*"}, {"*"}, {"*"}},
      {{"*"}, {"b.io", "a.io"}, {"b.io", "a.io"}},
      {{"a.io", "*"}, {"a.io"}, {"a.io"}},
      {{"a.io"}, {"b.io"}, {}},
      {{"API.io"}, {"api.io"}, {}},
  };
  for (const Case& c : cases) {
    INFO(fmt::format("{} with {}", fmt::join(c.server, ","), fmt::join(c.service, ",")));
    CHECK(intersection(c.server, c.service) == c.want);
  }
}

TEST_CASE("R-HOST-2 the names of a server are intersected as one by one") {
  struct Case {
    std::vector<ServerHost> server;
    std::vector<std::string> service;
    std::vector<std::string_view> want;
  };
  const Case cases[] = {
      {{{"", "*.a.io"}}, {"x.a.io"}, {"x.a.io"}},
      {{{"", "x.a.io"}}, {"*.a.io"}, {"x.a.io"}},
      {{{"", "b.io"}, {"", "*.a.io"}}, {"x.a.io", "b.io", "c.io"}, {"b.io", "x.a.io"}},
      {{{"", "*"}}, {"b.io", "a.io", "b.io"}, {"b.io", "a.io"}},
      {{{"", "a.io"}, {"", "*"}}, {"b.io", "a.io"}, {"a.io", "b.io"}},
      {{{"shop", "a.io"}, {"other", "b.io"}}, {"a.io", "b.io"}, {"a.io"}},
      {{{"other", "a.io"}, {"", "a.io"}}, {"a.io"}, {"a.io"}},
      {{{"other", "x.a.io"}, {"shop", "y.a.io"}}, {"*.a.io"}, {"y.a.io"}},
      {{{"", "API.io"}}, {"api.io"}, {}},
  };
  for (const Case& c : cases) {
    std::vector<std::string_view> served;
    for (const ServerHost& host : c.server)
      if (host.is_for("shop")) served.push_back(host.name);
    INFO(fmt::format("{} with {}", fmt::join(served, ","), fmt::join(c.service, ",")));
    CHECK(ServerNames(c.server).common(c.service, "shop") == c.want);
    CHECK(intersection(served, std::vector<std::string_view>(c.service.begin(), c.service.end())) == c.want);
  }
}

TEST_CASE("R-HOST-4 names without a dot are completed, others stay") {
  struct Case {
    const char* name;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"web", "web.shop.svc.cluster.local"},
      {"reviews.prod", "reviews.prod"},
      {"*", "*"},
      {"*.io", "*.io"},
      {"10.0.0.1", "10.0.0.1"},
      {"::1", "::1"},
  };
  for (const Case& c : kCases) CHECK(fully_qualified(c.name, "shop", "cluster.local") == c.want);
}

TEST_CASE("R-BIND-2 R-BIND-3 names of gateways") {
  struct Case {
    const char* written;
    const char* want;  // nullptr: mesh
  };
  constexpr Case kCases[] = {
      {"gw", "app/gw"},
      {"istio-system/gw", "istio-system/gw"},
      {"./gw", "app/gw"},
      {"gw.istio-system", "istio-system/gw"},
      {"gw.istio-system.svc.cluster.local", "istio-system/gw"},
      {"*/gw", "*/gw"},
      {"mesh", nullptr},
  };
  for (const Case& c : kCases) {
    INFO(c.written);
    CHECK(gateway_name(c.written, "app") == (c.want == nullptr ? std::nullopt : std::optional<std::string>(c.want)));
  }
}

TEST_CASE("R-BIND-7 namespaces in front of server hosts") {
  struct Case {
    std::vector<std::string_view> written;
    std::vector<ServerHost> want;
  };
  const Case cases[] = {
      {{"a.io"}, {{"", "a.io"}}},
      {{"ns/a.io", "./b.io", "*/c.io"}, {{"ns", "a.io"}, {"gw-ns", "b.io"}, {"", "c.io"}}},
      {{"a.io", "*/*", "b.io"}, {{"", "*"}}},
  };
  for (const Case& c : cases) {
    INFO(fmt::format("{}", fmt::join(c.written, ",")));
    CHECK(server_hosts(c.written, "gw-ns") == c.want);
  }
}

}  // namespace
}  // namespace wicket::rules
