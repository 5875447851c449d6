// What is told of patterns without matching anything; RE2 agrees on a sample of paths.
#include "check/regex_shape.h"

#include <string>

#include "check/format_commands.h"
#include "route/regex.h"
#include "support/catch.h"

namespace wicket::check {
namespace {

TEST_CASE("regex shape: whether a pattern can take a path") {
  struct Case {
    const char* pattern;
    PathFault want;
  };
  for (const Case& c : {Case{"/a.*", PathFault::kNone},
                        {".*", PathFault::kNone},
                        {"^/a$", PathFault::kNone},
                        {"(^/a|/b$)", PathFault::kNone},
                        {"[^a]+", PathFault::kNone},
                        {"[!-0]x", PathFault::kNone},
                        {"\\/a", PathFault::kNone},
                        {"\\x2fa", PathFault::kNone},
                        {"\\x{2F}a", PathFault::kNone},
                        {"\\057a", PathFault::kNone},
                        {"\\Q/a?b\\E", PathFault::kQuery},
                        {"\\Q/a\\E?b", PathFault::kNone},
                        {"a?/b", PathFault::kNone},
                        {"a*/b", PathFault::kNone},
                        {"(?:a|)/b", PathFault::kNone},
                        {"(?P<x>a){0,2}/b", PathFault::kNone},
                        {"(?i)/A", PathFault::kNone},
                        {"/a(\\?.*)?", PathFault::kNone},
                        {"/a[?]?", PathFault::kNone},
                        {"/a[?#&]", PathFault::kNone},
                        {"/a{2}\\b", PathFault::kNone},
                        {"/{a", PathFault::kNone},
                        {"[[:punct:]]a", PathFault::kNone},
                        {"\\pP", PathFault::kNone},
                        {"\\S+", PathFault::kNone},
                        {"/(?m)a^b", PathFault::kNone},
                        {"", PathFault::kNoSlash},
                        {"a.*", PathFault::kNoSlash},
                        {"^a/b", PathFault::kNoSlash},
                        {"[a-z]+/x", PathFault::kNoSlash},
                        {"\\d/x", PathFault::kNoSlash},
                        {"(a|b)/x", PathFault::kNoSlash},
                        {"https://a/.*", PathFault::kNoSlash},
                        {"/search\\?q=.*", PathFault::kQuery},
                        {"/a#b", PathFault::kQuery},
                        {"/a[?#]b", PathFault::kQuery},
                        {"/(a\\?b|c\\?d)", PathFault::kQuery},
                        {"/(a\\?)+", PathFault::kQuery},
                        {"/^api/i", PathFault::kAnchor},
                        {"/a$/b", PathFault::kAnchor},
                        {"/a\\zb", PathFault::kAnchor},
                        {"/a$b?", PathFault::kNone},
                        {"a?^/b", PathFault::kNone}}) {
    INFO(c.pattern);
    CHECK(path_fault(c.pattern) == c.want);
    if (c.want == PathFault::kNone) continue;
    const auto regex = route::Regex::compile(c.pattern);
    REQUIRE(regex);
    for (const char* path : {"/", "/a", "/ab", "/api/i", "/search", "/a/b", "/b", "/x"})
      CHECK_FALSE(regex->full_match(path));
  }
}

TEST_CASE("regex shape: whether a pattern is bound to the start") {
  for (const char* pattern : {"^/a", "^(a|b)", "(^a|^b)", "(?i)^/a", "\\A/a"}) {
    INFO(pattern);
    CHECK(begins_with_anchor(pattern));
  }
  for (const char* pattern : {"/a", "^a|b", "(^a|b)", "(^a)?b", "(?m)^a", "\\^a", "[^a]"}) {
    INFO(pattern);
    CHECK_FALSE(begins_with_anchor(pattern));
  }
}

TEST_CASE("format commands: names and places") {
  const auto commands = format_commands("100%% %REQ(a?b)% %START_TIME(%Y-%m)%x%PROTOCOL%");
  REQUIRE(commands.size() == 3);
  CHECK(commands[0].name == "REQ");
  CHECK(commands[0].offset == 6);
  CHECK(commands[1].name == "START_TIME");
  CHECK(commands[2].name == "PROTOCOL");
  CHECK(format_commands("50%%").empty());
  CHECK(format_commands("").empty());
  CHECK(is_format_command("UPSTREAM_HOST"));
  CHECK_FALSE(is_format_command("upstream_host"));
  CHECK(nearest_format_command("upstream_host") == "UPSTREAM_HOST");
  CHECK(nearest_format_command("DOWNSTREAM_REMOTE_ADRESS") == "DOWNSTREAM_REMOTE_ADDRESS");
  CHECK(nearest_format_command("WHATEVER").empty());
}

}  // namespace
}  // namespace wicket::check
