#include "cli/suggest.h"

#include <string_view>
#include <vector>

#include "support/catch.h"

namespace wicket::cli {
namespace {

TEST_CASE("an unknown option gets the nearest real one") {
  struct Case {
    const char* name;
    CommandId command;
    std::string_view option;
    std::string_view want;
  };
  const Case cases[] = {
      {"swapped letters", CommandId::kLint, "--fromat", "unknown option --fromat; did you mean --format?"},
      {"the value is not repeated", CommandId::kLint, "--fromat=x", "unknown option --fromat; did you mean --format?"},
      {"one dash, as Go programs have it", CommandId::kLint, "-format",
       "unknown option -format; did you mean --format?"},
      {"underscore", CommandId::kLint, "--fail_on", "unknown option --fail_on; did you mean --fail-on?"},
      {"capitals", CommandId::kLint, "--Exit-Zero", "unknown option --Exit-Zero; did you mean --exit-zero?"},
      {"a common option", CommandId::kRules, "--verbos", "unknown option --verbos; did you mean --verbose?"},
      {"what others call it", CommandId::kLint, "--output", "unknown option --output; did you mean --format?"},
      {"cut short", CommandId::kLint, "--extend", "unknown option --extend; did you mean --extend-select?"},
      {"cut short in two ways", CommandId::kRoute, "--req", "unknown option --req"},
      {"an argument elsewhere an option", CommandId::kLint, "-f", "unknown option -f; a PATH stands without an option"},
      {"of another command", CommandId::kLint, "--sni", "unknown option --sni; `wicket route` has it"},
      {"of another command, short", CommandId::kLint, "-X", "unknown option -X; `wicket route` has it"},
      {"of wicket itself", CommandId::kLint, "--version", "unknown option --version; `wicket` has it"},
      {"in front of its command", CommandId::kProgram, "--select", "unknown option --select; `wicket lint` has it"},
      {"nothing like it", CommandId::kLint, "--frobnicate", "unknown option --frobnicate"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(unknown_option(command_spec(c.command), c.option) == c.want);
  }
}

TEST_CASE("an unknown command gets the nearest real one") {
  struct Case {
    std::string_view word;
    std::string_view want;
  };
  const Case cases[] = {
      {"lnit", "unknown command lnit; did you mean lint?"},
      {"LINT", "unknown command LINT; did you mean lint?"},
      {"check", "unknown command check; did you mean lint?"},
      {"analyze", "unknown command analyze; did you mean lint?"},
      {"routes/", "unknown command routes/; did you mean routes?"},
      {"http://hello.com/", "unknown command http://hello.com/; did you mean `wicket route http://hello.com/`?"},
      {"manifests/", "unknown command manifests/; did you mean `wicket lint manifests/`?"},
      {"a.yaml", "unknown command a.yaml; did you mean `wicket lint a.yaml`?"},
      {".", "unknown command .; did you mean `wicket lint .`?"},
      {"frobnicate", "unknown command frobnicate"},
  };
  for (const Case& c : cases) CHECK(unknown_command(c.word) == c.want);
}

TEST_CASE("words are listed as in a sentence") {
  CHECK(listed(std::vector<std::string_view>{}).empty());
  CHECK(listed(std::vector<std::string_view>{"a"}) == "a");
  CHECK(listed(std::vector<std::string_view>{"a", "b"}) == "a or b");
  CHECK(listed(std::vector<std::string_view>{"a", "b", "c"}) == "a, b or c");
}

}  // namespace
}  // namespace wicket::cli
