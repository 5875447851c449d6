#include "base/text_list.h"

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"

using wicket::has_item;
using wicket::without_blanks;

TEST_CASE("blanks at both ends are taken off") {
  CHECK(without_blanks(" \ta b\t ") == "a b");
  CHECK(without_blanks("a") == "a");
  CHECK(without_blanks(" \t").empty());
  CHECK(without_blanks("").empty());
}

TEST_CASE("a list is gone through until an item is found") {
  std::vector<std::string> seen;
  CHECK(has_item("a, b ,,c,d", [&seen](std::string_view item) {
    seen.emplace_back(item);
    return item == "c";
  }));
  CHECK(seen == std::vector<std::string>{"a", "b", "", "c"});
  CHECK_FALSE(has_item("", [](std::string_view) { return true; }));
  CHECK_FALSE(has_item("a,b", [](std::string_view item) { return item == "ab"; }));
}
