#include "model/host_name.h"

#include <string>

#include "support/catch.h"

namespace wicket::model {
namespace {

std::string of(std::size_t size, char c = 'a') { return std::string(size, c); }

TEST_CASE("a label has letters of either case, digits and hyphens inside") {
  for (const std::string& good : {std::string("a"), std::string("A-1"), std::string("1"), of(63)})
    CHECK(is_istio_label(good));
  for (const std::string& bad :
       {std::string(), std::string("-a"), std::string("a-"), std::string("a.b"), std::string("a_b"), of(64)})
    CHECK_FALSE(is_istio_label(bad));
}

TEST_CASE("which texts are host names") {
  struct Case {
    std::string text;
    bool fqdn;
    bool wildcard_domain;
  };
  const std::string labels = of(63) + "." + of(63) + "." + of(63) + "." + of(63);  // 255
  const Case cases[] = {
      {"", false, false},
      {"a", true, true},
      {"a.b", true, true},
      {"a.b.", true, true},
      {"a.b..", false, false},
      {".", false, false},
      {".a", false, false},
      {"a..b", false, false},
      {"Shop.Example.COM", true, true},
      {"a_b.c", false, false},
      {"-a.b", false, false},
      {"a-.b", false, false},
      {"a.1", false, false},
      {"a.1.", true, true},
      {"a.1b", true, true},
      {"1", false, true},
      {"1.2.3.4", false, false},
      {"a.9223372036854775807", false, false},
      {"a.9223372036854775808", true, true},
      {"*", false, true},
      {"*.", false, true},
      {"*.a", false, true},
      {"*.1", false, false},
      {"*a.b", false, true},
      {"*-a.b", false, true},
      {"*--a.b", false, false},
      {"**.a", false, false},
      {"a.*", false, false},
      {"a.*.b", false, false},
      {"a*.b", false, false},
      {of(63) + ".b", true, true},
      {of(64) + ".b", false, false},
      {"*" + of(62) + ".b", false, true},
      {"*" + of(63) + ".b", false, false},
      {labels, true, true},
      {labels + ".", false, false},
      {"a.b:80", false, false},
      {"a b.c", false, false},
      {"b\xC3\xBC.de", false, false},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(is_fqdn(c.text) == c.fqdn);
    CHECK(is_wildcard_domain(c.text) == c.wildcard_domain);
  }
}

TEST_CASE("which texts are addresses") {
  for (const char* good : {"1.2.3.4", "0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::1", "::ffff:10.0.0.1",
                           "1:2:3:4:5:6:7:8", "FE80::A", "fe80::1%eth0"}) {
    INFO(good);
    CHECK(is_ip_address(good));
  }
  for (const char* bad : {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4:80", "[::1]", "::1/64",
                          ":::", "1::2::3", "12345::", "fe80::1%", "1.2.3.4%eth0", "localhost", "1.2.3.4 "}) {
    INFO(bad);
    CHECK_FALSE(is_ip_address(bad));
  }
  CHECK_FALSE(is_ip_address(std::string_view("1.2.3.4\0", 8)));
  CHECK_FALSE(is_ip_address(of(300, '1')));
}

TEST_CASE("which texts are prefixes") {
  for (const char* good : {"10.0.0.0/8", "10.0.0.1/32", "0.0.0.0/0", "::/0", "2001:db8::/128"}) {
    INFO(good);
    CHECK(is_ip_prefix(good));
  }
  for (const char* bad : {"10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0.0/-1", "::/129",
                          "fe80::%eth0/64", "10.0.0/8", "/8"}) {
    INFO(bad);
    CHECK_FALSE(is_ip_prefix(bad));
  }
}

TEST_CASE("which wildcards are partial") {
  for (const char* good : {"*", "*.", "*.a", "*.a.*", "a.b", ""}) CHECK_FALSE(is_partial_wildcard(good));
  for (const char* bad : {"*a", "*-a.b", "a.*", "a.*.b", "**"}) CHECK(is_partial_wildcard(bad));
}

}  // namespace
}  // namespace wicket::model
