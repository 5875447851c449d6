#include "base/wrap.h"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"

namespace wicket {
namespace {

TEST_CASE("text is broken at blanks") {
  struct Case {
    const char* name;
    std::string_view text;
    std::size_t width;
    std::vector<std::string> want;
  };
  const Case cases[] = {
      {"empty text is one empty line", "", 10, {""}},
      {"what fits stays", "one two", 7, {"one two"}},
      {"one column less breaks", "one two", 6, {"one", "two"}},
      {"a long word has its own line", "a breathtaking b", 5, {"a", "breathtaking", "b"}},
      {"line breaks stay", "one\n\ntwo", 10, {"one", "", "two"}},
      {"blanks in a row are one", "one   two ", 10, {"one two"}},
      {"columns are code points", "äöü äöü", 7, {"äöü äöü"}},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(wrap(c.text, c.width) == c.want);
  }
}

}  // namespace
}  // namespace wicket
