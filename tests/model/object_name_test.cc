#include "model/object_name.h"

#include <string>

#include "support/catch.h"

namespace wicket::model {
namespace {

TEST_CASE("names keep to the rules of the API server") {
  const std::string label63(63, 'a');
  const std::string label64(64, 'a');
  CHECK(is_dns_label("a-1"));
  CHECK(is_dns_label(label63));
  CHECK_FALSE(is_dns_label(label64));
  for (const std::string_view bad : {"", "-a", "a-", "A", "a.b", "a_b"}) CHECK_FALSE(is_dns_label(bad));
  CHECK(is_dns1035_label("a1"));
  CHECK_FALSE(is_dns1035_label("1a"));
  CHECK(is_dns_subdomain("a.b-c.1"));
  for (const std::string_view bad : {"", ".a", "a.", "a..b", "A.b"}) CHECK_FALSE(is_dns_subdomain(bad));
  const std::string subdomain253 = std::string(126, 'a') + "." + std::string(126, 'a');
  CHECK(is_dns_subdomain(subdomain253));
  CHECK_FALSE(is_dns_subdomain(subdomain253 + "a"));
  CHECK(is_label_value(""));
  CHECK(is_label_value("A_b.c-1"));
  CHECK(is_label_value(label63));
  CHECK_FALSE(is_label_value(label64));
  for (const std::string_view bad : {"-a", "a-", "a b", "a/b"}) CHECK_FALSE(is_label_value(bad));
  CHECK(is_qualified_name("istio.io/rev"));
  CHECK(is_qualified_name("App_1"));
  for (const std::string_view bad : {"", "/a", "a/", "A.b/c", "a/b/c"}) CHECK_FALSE(is_qualified_name(bad));
}

}  // namespace
}  // namespace wicket::model
