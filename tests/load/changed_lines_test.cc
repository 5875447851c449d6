#include "load/changed_lines.h"

#include "support/catch.h"

namespace wicket::load {
namespace {

constexpr const char* kDiff =
    "diff --git a/a.yaml b/a.yaml\nindex 1..2 100644\n--- a/a.yaml\n+++ b/a.yaml\n"
    "@@ -3 +3,2 @@ spec:\n-x\n+++ y\n+z\n"      // a content line that looks like a header
    "@@ -10,2 +11,0 @@\n-gone\n--- b/c.yaml\n"  // lines that are only removed
    "diff --git a/b.yaml b/b.yaml\n--- a/b.yaml\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
    "diff --git \"a/\\303\\244\\\"\\t.yaml\" b/x\n--- /dev/null\n+++ \"b/\\303\\244\\\"\\t.yaml\"\n@@ -0,0 +1,3 "
    "@@\n+a\n+b\n+c\n"
    "\\ No newline at end of file\n"
    "diff --git a/with blank.yaml b/with blank.yaml\n--- a/with blank.yaml\t\n+++ b/with blank.yaml\t\n@@ -1 +1 "
    "@@\n-a\n+b\n";

TEST_CASE("a diff tells which lines are new") {
  ChangedLines lines;
  lines.add_diff(kDiff);
  struct Case {
    const char* path;
    std::uint32_t first;
    std::uint32_t last;
    bool touched;
  };
  for (const Case& c : {Case{"a.yaml", 2, 2, false},
                        {"a.yaml", 3, 3, true},
                        {"a.yaml", 4, 4, true},
                        {"a.yaml", 5, 10, false},
                        {"a.yaml", 1, 3, true},
                        {"a.yaml", 11, 11, true},
                        {"a.yaml", 12, 12, true},
                        {"a.yaml", 13, 99, false},
                        {"b.yaml", 1, 9, false},
                        {"c.yaml", 1, 9, false},
                        {"\xC3\xA4\"\t.yaml", 2, 2, true},
                        {"\xC3\xA4\"\t.yaml", 4, 4, false},
                        {"with blank.yaml", 1, 1, true},
                        {"new.yaml", 7, 7, false}}) {
    INFO(c.path << " " << c.first);
    CHECK(lines.touches(c.path, c.first, c.last) == c.touched);
  }
  lines.add_file("new.yaml");
  CHECK(lines.touches("new.yaml", 7, 7));
}

TEST_CASE("what is no diff changes nothing") {
  for (const char* text : {"", "+++ ", "+++ b/a\n@@ -1 x\n", "@@ -1 +1 @@\n", "+++ \"b/\\", "@@ -",
                           "+++ b/a\n@@ -1,99999999999 +1 @@\n"}) {
    ChangedLines lines;
    lines.add_diff(text);
    CHECK_FALSE(lines.touches("b", 1, 1));
  }
}

}  // namespace
}  // namespace wicket::load
