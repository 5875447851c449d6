#include "load/ignore_file.h"

#include "support/catch.h"

namespace wicket::load {
namespace {

TEST_CASE("patterns match as in gitignore(5)") {
  struct Case {
    const char* pattern;
    const char* path;
    bool want;
  };
  const Case cases[] = {
      {"*.yaml", "a.yaml", true},
      {"*.yaml", "a.yml", false},
      {"a*c", "abc", true},
      {"a*c", "ab/c", false},
      {"a?c", "abc", true},
      {"a?c", "a/c", false},
      {"[a-c]x", "bx", true},
      {"[!a-c]x", "bx", false},
      {"**/x", "x", true},
      {"**/x", "a/b/x", true},
      {"a/**", "a/b/c", true},
      {"a/**/b", "a/b", true},
      {"a/**/b", "a/x/y/b", true},
      {"a/**/b", "a/x/yb", false},
      {"*a*b*c*", "xxaxxbxxcxx", true},
      {"\\*", "*", true},
      {"\\*", "a", false},
      {"", "", true},
      {"*", "", true},
      {"a", "", false},
  };
  for (const Case& c : cases) {
    INFO(c.pattern << " on " << c.path);
    CHECK(matches_pattern(c.pattern, c.path) == c.want);
  }
}

TEST_CASE("the last rule that matches decides") {
  using enum IgnoreFile::Verdict;
  const IgnoreFile file("", "# comment\n\n*.yaml\n!keep.yaml\nbuild/\n/top\nsub/x\n");
  CHECK(file.verdict("a/b.yaml", false) == kIgnored);
  CHECK(file.verdict("a/keep.yaml", false) == kKept);
  CHECK(file.verdict("a/build", true) == kIgnored);
  CHECK(file.verdict("a/build", false) == kNone);
  CHECK(file.verdict("top", true) == kIgnored);
  CHECK(file.verdict("a/top", true) == kNone);
  CHECK(file.verdict("sub/x", false) == kIgnored);
  CHECK(file.verdict("a/sub/x", false) == kNone);
  const IgnoreFile inner("a", "b\n");
  CHECK(inner.verdict("a/b", false) == kIgnored);
  CHECK(inner.verdict("b", false) == kNone);
}

}  // namespace
}  // namespace wicket::load
