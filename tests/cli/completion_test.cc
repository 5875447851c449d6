#include "cli/completion.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "cli/option_table.h"
#include "support/catch.h"

namespace wicket::cli {
namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST_CASE("completion scripts name every command and option") {
  const std::string bash = completion_script(Shell::kBash), zsh = completion_script(Shell::kZsh),
                    fish = completion_script(Shell::kFish);
  for (const CommandSpec& command : commands()) {
    INFO(command.name);
    CHECK(holds(bash, "\n    " + std::string(command.name) + ")\n"));
    CHECK(holds(zsh, "'" + std::string(command.name) + ":"));
    CHECK(holds(fish, " -a " + std::string(command.name) + " -d "));
    for (const OptionSpec* option : all_options(command)) {
      INFO(option->long_name);
      CHECK(holds(bash, std::string(option->long_name)));
      CHECK(holds(zsh, std::string(option->long_name)));
      CHECK(holds(fish, " -l " + std::string(option->long_name.substr(2)) + " "));
    }
  }
}

// What bash offers for the last of these words, on one line.
std::string bash_offers(const std::string& comp_words) {
  const std::filesystem::path file = std::filesystem::temp_directory_path() / "wicket-completion-test.bash";
  std::ofstream(file) << completion_script(Shell::kBash) << "COMP_WORDS=(" << comp_words << ")\n"
                      << "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_wicket\nIFS=' '\necho \"${COMPREPLY[*]}\"\n";
  std::FILE* pipe = popen(("bash " + file.string() + " 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string out;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
  pclose(pipe);
  std::filesystem::remove(file);
  return out.substr(0, out.find('\n'));
}

TEST_CASE("bash completes") {
  struct Case {
    std::string words;
    std::string_view want;
  };
  const Case cases[] = {
      {"wicket ''", "lint route routes test replay serve explain rules schema init completion version help"},
      {"wicket -q l", "lint"},
      {"wicket --ver", "--version --verbose"},
      {"wicket lint --fail-on ''", "error warning info never"},
      {"wicket lint --fail-on = w", "warning"},
      {"wicket lint --fail-on =", "error warning info never"},
      {"wicket lint -o ''", "text json jsonl sarif junit tap github gitlab checkstyle markdown"},
      {"wicket lint --ex", "--extend-select --exit-zero"},
      {"wicket lint -n ''", ""},
      {"wicket explain -o m", "markdown"},
      {"wicket schema V", "VirtualService"},
      {"wicket --color n", "never"},
      {"wicket help r", "route routes replay rules"},
      {"wicket rules ''", ""},
  };
  for (const Case& c : cases) {
    INFO(c.words);
    CHECK(bash_offers(c.words) == c.want);
  }
}

}  // namespace
}  // namespace wicket::cli
