#include "proxy/host_mapping.h"

#include <array>
#include <string>

#include "support/catch.h"

namespace wicket::proxy {
namespace {

bool is_known(std::string_view host) { return host == "a.io" || host == "own.localhost" || host.ends_with(".w.io"); }

const std::array<ServedPort, 4> kPorts = {{{.gateway_port = 80, .bound_port = 8080, .is_tls = false},
                                           {.gateway_port = 443, .bound_port = 8443, .is_tls = true},
                                           {.gateway_port = 9000, .bound_port = 9001, .is_tls = false},
                                           {.gateway_port = 7000, .bound_port = 7000, .is_tls = false}}};

TEST_CASE("the authority is what the real gateway would have got") {
  struct Case {
    std::size_t port;
    const char* sent;
    const char* want;  // "-": as sent
  };
  constexpr Case kCases[] = {
      {0, "a.io:8080", "a.io"},
      {0, "a.io", "-"},
      {0, "a.io:80", "-"},
      {0, "a.io:8443", "-"},
      {0, "a.io.localhost:8080", "a.io"},
      {0, "a.io.localhost", "a.io"},
      {0, "A.IO.LOCALHOST:8080", "A.IO"},
      {0, "a.io.localhost:1", "a.io:1"},
      {0, "own.localhost:8080", "own.localhost"},
      {0, "own.localhost", "-"},
      {0, "localhost:8080", "localhost"},
      {0, ".localhost", "-"},
      {0, "[::1]:8080", "[::1]"},
      {0, "[::1]", "-"},
      {0, "a.io:", "-"},
      {0, "a.io:x", "-"},
      {0, "", "-"},
      {1, "a.io:8443", "a.io"},
      {1, "a.io:8080", "-"},
      {2, "a.io:9001", "a.io:9000"},
      {2, "a.io.localhost:9001", "a.io:9000"},
      {3, "a.io:7000", "-"},
      {3, "a.io.localhost:7000", "a.io:7000"},
  };
  for (const Case& c : kCases) {
    INFO(c.sent << " on " << kPorts[c.port].gateway_port);
    CHECK(gateway_authority(c.sent, kPorts[c.port], is_known).value_or("-") == c.want);
  }
}

TEST_CASE("a location is where the client reaches it here") {
  struct Case {
    const char* location;
    bool by_localhost;
    const char* want;  // "-": as it is
  };
  constexpr Case kCases[] = {
      {"http://a.io/x?y#z", false, "http://a.io:8080/x?y#z"},
      {"https://a.io/", false, "https://a.io:8443/"},
      {"http://a.io:80/", false, "http://a.io:8080/"},
      {"http://a.io:9000", false, "http://a.io:9001"},
      {"http://a.io:7000/", false, "-"},
      {"http://a.io:7000/", true, "http://a.io.localhost:7000/"},
      {"https://a.io:80/", false, "-"},
      {"http://a.io/", true, "http://a.io.localhost:8080/"},
      {"http://own.localhost/", true, "http://own.localhost:8080/"},
      {"http://x.w.io/", false, "http://x.w.io:8080/"},
      {"http://elsewhere.io/", true, "-"},
      {"/relative", true, "-"},
      {"ftp://a.io/", false, "-"},
      {"", false, "-"},
  };
  for (const Case& c : kCases) {
    INFO(c.location);
    CHECK(local_location(c.location, c.by_localhost, kPorts, is_known).value_or("-") == c.want);
  }
}

}  // namespace
}  // namespace wicket::proxy
