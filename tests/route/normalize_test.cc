#include "route/normalize.h"

#include "support/catch.h"

namespace wicket::route {
namespace {

struct Case {
  const char* target;
  const char* want;  // nullptr: refused
};

void check_all(const NormalizeOptions& options, std::initializer_list<Case> cases) {
  for (const Case& c : cases) {
    INFO(c.target);
    std::string storage;
    const auto normal = normalize_target(c.target, options, storage);
    CHECK(normal == (c.want == nullptr ? std::nullopt : std::optional<std::string_view>(c.want)));
    if (!normal) continue;
    std::string again;
    CHECK(normalize_target(std::string(*normal), options, again) == normal);  // normal is normal
  }
}

TEST_CASE("R-PATH-3 dot segments, backslashes, escapes and raw bytes") {
  check_all({}, {
                    {"/", "/"},
                    {"/a/b", "/a/b"},
                    {"/a/./b", "/a/b"},
                    {"/a/../b", "/b"},
                    {"/a/b/..", "/a/"},
                    {"/a/b/.", "/a/b/"},
                    {"/..", "/"},
                    {"/../../x", "/x"},
                    {"/a/%2E%2e/c", "/c"},
                    {"/a/.%2e/c", "/c"},
                    {"/a/..b/c", "/a/..b/c"},
                    {"/a/...", "/a/..."},
                    {"/a.b", "/a.b"},
                    {"/a%2Eb", "/a.b"},
                    {"/a\\b", "/a/b"},
                    {"/a/..\\c", "/c"},
                    {"/a//b", "/a//b"},
                    {"/a//../b", "/a/b"},
                    {"/a/%2F%2f/c", "/a/%2F%2f/c"},
                    {"/a%5Cb", "/a%5Cb"},
                    {"/%61%7e%2D", "/a~-"},
                    {"/a%20b", "/a%20b"},
                    {"/a{b}", "/a%7Bb%7D"},
                    {"/\"<>^`|", "/%22%3C%3E%5E%60%7C"},
                    {"/\xc3\xa9", "/%C3%A9"},
                    {"/a%zz", "/a%zz"},
                    {"/a%", "/a%"},
                    {"/a%00b", nullptr},
                });
}

TEST_CASE("R-PATH-1 slashes are merged only when asked for, and NONE changes nothing") {
  check_all({}, {{"/a//b", "/a//b"}});
  check_all({.merge_slashes = true}, {{"/a//b///c", "/a/b/c"}, {"/a//b?x=//y", "/a/b?x=//y"}, {"//a", "/a"}});
  check_all({.resolve_dots = false}, {{"/a/../b", "/a/../b"}, {"/%61", "/%61"}});
}

TEST_CASE("R-PATH-1 escaped slashes are decoded first where that is asked for") {
  check_all({.merge_slashes = true, .decode_slashes = true}, {
                                                                 {"/a%2Fb", "/a/b"},
                                                                 {"/a%2f%2Fb", "/a/b"},
                                                                 {"/a%5c..%2Fb", "/b"},
                                                                 {"/a%252Fb", "/a%252Fb"},
                                                                 {"/a?x=%2F", "/a?x=%2F"},
                                                             });
  CHECK(has_escaped_slash("/a%5Cb"));
  CHECK_FALSE(has_escaped_slash("/a%25b?x=%2F"));
}

TEST_CASE("R-PATH-4 R-PATH-5 the fragment goes first, the query is never touched") {
  check_all({}, {
                    {"/a#frag", "/a"},
                    {"/a?x=/../y", "/a?x=/../y"},
                    {"/a/../b?x={}", "/b?x={}"},
                    {"/a?b#c", "/a?b"},
                    {"/a#b?c", "/a"},
                });
}

TEST_CASE("R-PATH-7 path and query of a target") {
  CHECK(path_of("/a?b=1") == "/a");
  CHECK(path_of("/a") == "/a");
  CHECK(query_of("/a?b=1?c") == "b=1?c");
  CHECK(query_of("/a?").empty());
  CHECK(query_of("/a").empty());
}

TEST_CASE("a path that is normal already is not copied") {
  std::string storage;
  const std::string_view target = "/a/b/c;v=1?x=..";
  CHECK(normalize_target(target, {}, storage)->data() == target.data());
  CHECK(storage.empty());
}

}  // namespace
}  // namespace wicket::route
