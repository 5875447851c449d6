#include "proxy/certificate_names.h"

#include "support/catch.h"

namespace wicket::proxy {
namespace {

TEST_CASE("a name of a certificate covers itself, and with a star one label") {
  struct Case {
    const char* pattern;
    const char* name;
    bool want;
  };
  for (const Case& c : {
           Case{"a.io", "a.io", true},
           Case{"A.io", "a.IO", true},
           Case{"a.io", "b.io", false},
           Case{"*.a.io", "x.a.io", true},
           Case{"*.a.io", "a.io", false},
           Case{"*.a.io", ".a.io", true},
           Case{"*.a.io", "x.y.a.io", false},
           Case{"x*.a.io", "x1.a.io", true},
           Case{"x*.a.io", "y1.a.io", false},
           Case{"x*y.a.io", "xy.a.io", true},
           Case{"x*y.a.io", "x.a.io", false},
           Case{"*.*.io", "x.a.io", false},
           Case{"**.a.io", "x.a.io", false},
           Case{"a.*", "a.io", false},
           Case{"xn--*.a.io", "xn--x.a.io", false},
           Case{"*", "a", false},
           Case{"", "a.io", false},
       }) {
    INFO(c.pattern << " for " << c.name);
    CHECK(covers_dns_name(c.pattern, c.name) == c.want);
  }
}

}  // namespace
}  // namespace wicket::proxy
