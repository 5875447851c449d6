#include "base/utf8.h"

#include "support/catch.h"

namespace wicket {
namespace {

TEST_CASE("invalid UTF-8 is found where it begins") {
  struct Case {
    const char* name;
    std::string_view text;
    int want;  // -1: valid
  };
  const Case cases[] = {
      {"empty", "", -1},
      {"ASCII longer than a word", "abcdefghijklmnopq", -1},
      {"two, three and four bytes", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", -1},
      {"lone continuation", "ab\x80", 2},
      {"lead without continuation at the end", "abcdefgh\xC3", 8},
      {"overlong slash", "\xC0\xAF", 0},
      {"overlong in three bytes", "\xE0\x80\xAF", 0},
      {"surrogate", "a\xED\xA0\x80", 1},
      {"last code point", "\xF4\x8F\xBF\xBF", -1},
      {"beyond the last code point", "\xF4\x90\x80\x80", 0},
      {"Latin-1", "caf\xE9 au lait", 3},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const auto found = find_invalid_utf8(c.text);
    CHECK((found ? static_cast<int>(*found) : -1) == c.want);
  }
}

TEST_CASE("code points are counted, read and written") {
  CHECK(count_code_points("a\xC3\xA9\xF0\x9F\x98\x80") == 3);
  for (const std::uint32_t point : {0x41U, 0xE9U, 0x20ACU, 0x1F600U}) {
    std::string text;
    append_utf8(text, point);
    CHECK(first_code_point(text).value == point);
    CHECK(first_code_point(text).size == text.size());
  }
  for (const std::uint32_t point : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU}) {
    std::string text;
    append_utf8(text, point);
    CHECK(text == "\xEF\xBF\xBD");
  }
}

}  // namespace
}  // namespace wicket
