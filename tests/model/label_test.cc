#include "model/label.h"

#include <string>

#include "support/catch.h"

namespace wicket::model {
namespace {

TEST_CASE("keys of labels") {
  struct Case {
    std::string key;
    bool good;
  };
  const std::string prefix253 =
      std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(61, 'd');
  for (const Case& c : {
           Case{"version", true},
           {"app.kubernetes.io/name", true},
           {"App.Example/Name", true},
           {"a_b.c-d", true},
           {std::string(63, 'a'), true},
           {std::string(64, 'a'), false},
           {"p/" + std::string(63, 'a'), true},
           {"p/" + std::string(64, 'a'), false},
           {prefix253 + "/a", true},
           {prefix253 + "d/a", false},
           {std::string(200, 'a') + "/a", true},
           {"", false},
           {"/a", false},
           {"p/", false},
           {"p/q/r", false},
           {"-a", false},
           {"a-", false},
           {"a b", false},
           {"a..b/c", false},
           {"a_b/c", false},
           {"ä", false},
       }) {
    INFO(c.key);
    CHECK(is_istio_label_key(c.key) == c.good);
  }
}

TEST_CASE("values of labels") {
  struct Case {
    std::string value;
    bool good;
  };
  for (const Case& c : {
           Case{"", true},
           {"v1", true},
           {"v1.2_3-x", true},
           {std::string(64, 'a'), true},
           {"v 1", false},
           {".v1", false},
           {"v1-", false},
           {"a/b", false},
           {"v1\n", false},
           {"*", false},
       }) {
    INFO(c.value);
    CHECK(is_istio_label_value(c.value) == c.good);
  }
}

}  // namespace
}  // namespace wicket::model
