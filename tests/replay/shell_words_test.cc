#include "replay/shell_words.h"

#include <string>
#include <vector>

#include "support/catch.h"

namespace wicket::replay {
namespace {

using Words = std::vector<std::string>;
using Commands = std::vector<Words>;

Commands split(std::string_view text, Shell shell) {
  Commands all;
  const std::vector<ShellCommand> commands = split_commands(text, shell).value();
  for (const ShellCommand& command : commands) all.push_back(command.words);
  return all;
}

struct Case {
  const char* name;
  std::string_view text;
  Commands want;
};

TEST_CASE("words of a POSIX shell") {
  const Case cases[] = {
      {"blanks", "  curl   a\tb  ", {{"curl", "a", "b"}}},
      {"single quotes keep everything", R"(curl 'a "b" \ $c')", {{"curl", R"(a "b" \ $c)"}}},
      {"double quotes", R"(curl "a 'b' \" \\ \$ \` \n")", {{"curl", R"(a 'b' " \ $ ` \n)"}}},
      {"a word of several quotes", R"(curl 'it'\''s'"x"y)", {{"curl", "it'sxy"}}},
      {"an empty word", "curl '' \"\"", {{"curl", "", ""}}},
      {"backslash", R"(curl a\ b \"c\")", {{"curl", "a b", "\"c\""}}},
      {"continued lines", "curl \\\n  a \\\r\n  b", {{"curl", "a", "b"}}},
      {"a continued line inside double quotes", "curl \"a\\\nb\"", {{"curl", "ab"}}},
      {"ANSI-C quotes",
       R"(curl $'a\'b\n\t\x41\u00e9\101\\\q')",
       {{"curl",
         "a'b\n\tA\xc3\xa9"
         "A\\\\q"}}},
      {"several commands", "a 1; b 2 && c 3 | d\ne", {{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d"}, {"e"}}},
      {"an operator inside quotes is none", "a '&b;c|d'", {{"a", "&b;c|d"}}},
      {"comments", "# nothing\na b # c\na b#c", {{"a", "b"}, {"a", "b#c"}}},
      {"redirections are gone", "a >out 2>&1 b 2> /dev/null <in c >> log", {{"a", "b", "c"}}},
      {"nothing", " \n\t\n", {}},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(split(c.text, Shell::kPosix) == c.want);
  }
}

TEST_CASE("words of cmd.exe") {
  const Case cases[] = {
      {"quotes", R"(curl "a b" c)", {{"curl", "a b", "c"}}},
      {"carets in front of quotes", "curl ^\"a^&b^\" ^\r\n  -H ^\"x: y^\"", {{"curl", "a&b", "-H", "x: y"}}},
      {"a caret inside quotes stays", R"(curl "a^b")", {{"curl", "a^b"}}},
      {"escaped quotes", R"(curl ^"a: ^\^"b^\^"^")", {{"curl", R"(a: "b")"}}},
      {"doubled quotes", R"(curl "a""b")", {{"curl", "a\"b"}}},
      {"backslashes count only in front of a quote", R"(curl "a\b\\" c)", {{"curl", R"(a\b\)", "c"}}},
      {"a percent sign", "curl ^\"a^%^20b^\"", {{"curl", "a%20b"}}},
      {"an ampersand between commands", "curl a & curl b", {{"curl", "a"}, {"curl", "b"}}},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(split(c.text, Shell::kCmd) == c.want);
  }
}

TEST_CASE("words of PowerShell") {
  const Case cases[] = {
      {"single quotes", "curl.exe 'it''s' 'a`b'", {{"curl.exe", "it's", "a`b"}}},
      {"double quotes", "curl.exe \"a`\"b\" \"c\"\"d\" \"e`nf\"", {{"curl.exe", "a\"b", "c\"d", "e\nf"}}},
      {"continued lines", "curl.exe `\n a `\r\n b", {{"curl.exe", "a", "b"}}},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(split(c.text, Shell::kPowerShell) == c.want);
  }
}

TEST_CASE("the shell is guessed from what it leaves at the ends of lines") {
  CHECK(guess_shell("curl 'a' \\\n -H 'b'") == Shell::kPosix);
  CHECK(guess_shell("curl \"a\" -H \"b\"") == Shell::kPosix);
  CHECK(guess_shell("curl ^\"a^\"") == Shell::kCmd);
  CHECK(guess_shell("curl \"a\" ^\r\n -k") == Shell::kCmd);
  CHECK(guess_shell("curl.exe \"a\" `\n -k") == Shell::kPowerShell);
  CHECK(guess_shell("curl.exe \"a\" -H \"a: `\"b`\"\"") == Shell::kPowerShell);
  CHECK(guess_shell("curl a -d '{\"pattern\":\"^\"}'") == Shell::kPosix);
  CHECK(guess_shell("curl a -H \"X-Now: `date`\"") == Shell::kPosix);
}

TEST_CASE("a quote that is not closed is an error with its line") {
  for (const Shell shell : {Shell::kPosix, Shell::kCmd, Shell::kPowerShell}) {
    const auto commands = split_commands("curl a\ncurl \"b", shell);
    REQUIRE_FALSE(commands);
    CHECK(commands.error().message == "has a quote on line 2 that is not closed");
  }
  CHECK_FALSE(split_commands("curl 'b", Shell::kPosix));
  CHECK_FALSE(split_commands("curl $'b\\'", Shell::kPosix));
}

TEST_CASE("commands know their lines and what a shell would have put in") {
  const auto commands = split_commands("\n\ncurl \"$HOST/${path}\" $(date) `id` 5$ '$no'\n", Shell::kPosix).value();
  REQUIRE(commands.size() == 1);
  CHECK(commands[0].line == 3);
  CHECK(commands[0].substitutions == Words{"$HOST", "${path}", "$(date)", "`id`"});
  CHECK(commands[0].words[1] == "$HOST/${path}");
}

}  // namespace
}  // namespace wicket::replay
