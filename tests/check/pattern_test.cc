#include "check/pattern.h"

#include <string>

#include "support/catch.h"

namespace wicket::check {
namespace {

TEST_CASE("sound patterns are silent") {
  for (const char* pattern : {"",
                              "/cart",
                              "/cart/.*",
                              "/v[0-9]+",
                              "(a|b)*",
                              "(?i)cart",
                              "(?P<n>a)",
                              "(?<n>a)",
                              "(?P<n>a)(?P<n>b)",
                              "\\pN",
                              "\\p{Greek}",
                              "\\Q(?=\\E",
                              "\\Q*",
                              "\\A/\\z",
                              "\\bcart\\b",
                              "[[:word:]]+",
                              "[]a]",
                              "[^]a]",
                              "a{,5}",
                              "a{2",
                              "\\07",
                              "{",
                              "]",
                              "(?U)a*",
                              "(?s:.)",
                              "a{1000}",
                              "(a{10}){100}",
                              "[(?<x]",
                              "[\\C-]",
                              "a{0123456789}",
                              "\\_",
                              "a??",
                              "()",
                              "|",
                              "\\x{10FFFF}",
                              "(?i-s:a)"}) {
    INFO(pattern);
    const auto fault = pattern_fault(pattern);
    // \C is unknown inside brackets as well.
    CHECK(fault.has_value() == (std::string(pattern) == "[\\C-]"));
  }
}

TEST_CASE("what RE2 or Go refuses is told with its place") {
  struct Case {
    const char* pattern;
    const char* reason;
    std::size_t offset;
  };
  for (const Case& c : {Case{"/v(?!1)", "RE2 has no look-ahead", 2},
                        {"(?=a)b", "RE2 has no look-ahead", 0},
                        {"a(?<=b)", "RE2 has no look-behind", 1},
                        {"a(?<!b)", "RE2 has no look-behind", 1},
                        {"(?>a)", "RE2 has no atomic groups", 0},
                        {"(a)\\1", "RE2 has no back-references", 3},
                        {"(?P<n>a)(?P=n)", "RE2 has no back-references", 8},
                        {"(?<n>a)(?<=b)", "RE2 has no look-behind", 7},
                        {"a++", "++ repeats twice; RE2 has no possessive repetition", 1},
                        {"a**", "** repeats twice; RE2 has no possessive repetition", 1},
                        {"*", "* has nothing to repeat", 0},
                        {"?a", "? has nothing to repeat", 0},
                        {"(a", "a ( is not closed", 0},
                        {"a)", "a ) closes nothing", 0},
                        {"x[a", "a [ is not closed", 1},
                        {"[z-a]", "z-a is no character class", 1},
                        {"[[:foo:]]", "[:foo:] is no character class", 1},
                        {"\\p{Foo}", "\\p{Foo} is no character class", 0},
                        {"\\p{foo}", "\\p{foo} is no character class", 0},
                        {"a{1001}", "{1001} is no repeat count up to 1000, nested counts multiplied", 1},
                        {"(a{500}){3}", "{3} is no repeat count up to 1000, nested counts multiplied", 8},
                        {"a{2,1}", "{2,1} is no repeat count up to 1000, nested counts multiplied", 1},
                        {"a{99999999999}", "a repeat count is at most 1000", 1},
                        {"a{1,999999999}", "a repeat count is at most 1000", 1},
                        {"a\\", "it ends in a backslash", 0},
                        {"\\Z", "RE2 does not know the escape \\Z", 0},
                        {"a\\h", "RE2 does not know the escape \\h", 1},
                        {"\\u0041", "RE2 does not know the escape \\u", 0},
                        {"a\\C", "Go's engine, which checks it, does not know \\C", 1},
                        {"(?x)a", "RE2 does not know (?x", 0},
                        {"(?#note)", "RE2 does not know (?#", 0},
                        {"(?P<a b>c)", "the name of a group has letters, digits and `_`", 0},
                        {"(?P<größe>c)", "the name of a group has letters, digits and `_`", 0},
                        {"(?P<>c)", "the name of a group has letters, digits and `_`", 0}}) {
    INFO(c.pattern);
    const auto fault = pattern_fault(c.pattern);
    REQUIRE(fault.has_value());
    CHECK(fault->reason == c.reason);
    CHECK(fault->offset == c.offset);
    CHECK_FALSE(fault->only_proxy);
  }
}

TEST_CASE("what only the proxy refuses is told apart") {
  for (const char* pattern : {"\\pL{1000}", "\\p{Letter}", "\\P{Uppercase_Letter}", "\\p{greek}", "\\p{^Letter}x"}) {
    INFO(pattern);
    const auto fault = pattern_fault(pattern);
    REQUIRE(fault.has_value());
    CHECK(fault->only_proxy);
  }
}

TEST_CASE("a pattern is judged once, and its verdict stays") {
  Patterns patterns;
  const std::string bad = "(a";
  const std::string good = "(a)";
  const PatternFault* first = patterns.fault_of(bad);
  REQUIRE(first != nullptr);
  CHECK(patterns.fault_of(good) == nullptr);
  CHECK(patterns.fault_of(bad) == first);
}

}  // namespace
}  // namespace wicket::check
