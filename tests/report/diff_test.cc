#include "report/diff.h"

#include "support/catch.h"

namespace wicket::report {
namespace {

check::Edit edit(std::uint32_t begin, std::uint32_t end, const char* text) { return {{FileId{}, begin, end}, text}; }

TEST_CASE("a diff shows what edits change, with three lines around") {
  const std::string ten = "0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  CHECK(unified_diff("a.yaml", ten, {}).empty());
  CHECK(unified_diff("/tmp/a.yaml", ten, {edit(10, 11, "five")}).starts_with("--- a/tmp/a.yaml\n+++ b/tmp/a.yaml\n"));
  CHECK(unified_diff("a.yaml", ten, {edit(10, 11, "five")}) ==
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  CHECK(unified_diff("a.yaml", ten, {edit(0, 1, "x"), edit(18, 19, "y")}) ==
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,4 +1,4 @@\n-0\n+x\n 1\n 2\n 3\n@@ -7,4 +7,4 @@\n 6\n 7\n 8\n-9\n+y\n");
  CHECK(unified_diff("a.yaml", ten, {edit(0, 1, "x"), edit(10, 11, "y")}) ==
        "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,9 +1,9 @@\n-0\n+x\n 1\n 2\n 3\n 4\n-5\n+y\n 6\n 7\n 8\n");
}

TEST_CASE("lines that come, go, or have no end") {
  CHECK(unified_diff("a", "x: 1", {edit(3, 4, "\"1\"")}) ==
        "--- a/a\n+++ b/a\n@@ -1,1 +1,1 @@\n-x: 1\n\\ No newline at end of file\n+x: \"1\"\n"
        "\\ No newline at end of file\n");
  CHECK(unified_diff("a", "a\nb\nc\n", {edit(2, 4, "")}) == "--- a/a\n+++ b/a\n@@ -1,3 +1,2 @@\n a\n-b\n-c\n+c\n");
  CHECK(unified_diff("a", "a\nb\n", {edit(2, 2, "new\n")}) == "--- a/a\n+++ b/a\n@@ -1,2 +1,3 @@\n a\n-b\n+new\n+b\n");
  CHECK(unified_diff("a", "a\r\nb\r\n", {edit(0, 1, "x")}) == "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n-a\r\n+x\r\n b\r\n");
}

}  // namespace
}  // namespace wicket::report
