#include "yaml/comments.h"

#include <string>
#include <vector>

#include "support/catch.h"

namespace wicket::yaml {
namespace {

SourceFile file_of(std::string text) {
  SourceFile file;
  file.segments.push_back({.offset = 0, .first_line = 1, .bytes = std::move(text)});
  return file;
}

TEST_CASE("comments: whom they name, why, and the line that they speak for") {
  struct Case {
    const char* text;
    std::vector<std::string> codes;
    const char* reason;
    const char* line;
  };
  const Case cases[] = {
      {"a: 1 # wicket:ignore WK101\nb: 2\n", {"WK101"}, "", "a: 1 # wicket:ignore WK101"},
      {"# wicket:ignore WK101 -- because -- so\na: 1\n", {"WK101"}, "because -- so", "a: 1"},
      {"a:\n  # wicket:ignore WK101, unknown-field WK2\n\n  # more\n  b: 1\n",
       {"WK101", "unknown-field", "WK2"},
       "",
       "  b: 1"},
      {"#wicket:ignore WK101\r\na: 1\r\n", {"WK101"}, "", "a: 1\r"},
      {"# wicket:ignore\na: 1\n", {}, "", "a: 1"},
      {"# wicket:ignore WK101\n", {"WK101"}, "", ""},
      {"# wicket:ignore WK101\n---\na: 1\n", {"WK101"}, "", ""},
      {"# wicket:ignore WK101\n# wicket:ignore WK102\na: 1", {"WK101"}, "", "a: 1"},
      {"a: 1 # old # wicket:ignore WK101", {"WK101"}, "", "a: 1 # old # wicket:ignore WK101"},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const SourceFile file = file_of(c.text);
    const auto found = find_ignore_comments(file);
    REQUIRE_FALSE(found.empty());
    std::vector<std::string> codes;
    for (const CommentWord& word : found[0].codes) {
      codes.emplace_back(word.text);
      CHECK(std::string(c.text).substr(word.span.begin, word.span.end - word.span.begin) == word.text);
    }
    CHECK(codes == c.codes);
    CHECK(found[0].reason == c.reason);
    CHECK(std::string(c.text).substr(found[0].line.begin, found[0].line.end - found[0].line.begin) == c.line);
  }
}

TEST_CASE("what only looks like such a comment") {
  for (const char* text : {"a: wicket:ignore WK101\n", "a: b#wicket:ignore WK101\n", "# wicket:ignored WK101\n",
                           "# wicket:ignore-file WK101\n", "# see wicket:ignore WK101\n", "wicket:ignore\n"}) {
    INFO(text);
    CHECK(find_ignore_comments(file_of(text)).empty());
  }
}

}  // namespace
}  // namespace wicket::yaml
