// The only file that includes CLI11, which is used as a tokenizer: it knows which options exist and which take a value,
// and sorts the words. What the words mean is settled in interpret, where a wrong one gets a better message.
//
// Two passes over two flat apps: the options in front of the command, then all the rest. CLI11's own subcommands would
// do both at once, but forget a `--` as soon as a subcommand has no required argument. For the same reason arguments
// are taken from what CLI11 leaves over: it would split one that looks like [a,b].

#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/given.h"
#include "cli/interpret.h"
#include "cli/option_table.h"
#include "cli/suggest.h"

namespace wicket::cli {
namespace {

using Words = std::vector<std::string>;
using Options = std::vector<const OptionSpec*>;

const OptionSpec* find_option(const Options& options, std::string_view name) {
  const auto found = std::ranges::find_if(
      options, [name](const OptionSpec* option) { return option->long_name == name || option->short_name == name; });
  return found == options.end() ? nullptr : *found;
}

// CLI11 takes the word behind `--name=` for its value. In two words it does not.
Words respelled(std::span<const std::string> args, const Options& options) {
  Words words;
  bool is_value = false;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::string& arg = args[i];
    if (!is_value && arg == "--") {
      words.insert(words.end(), args.begin() + static_cast<std::ptrdiff_t>(i), args.end());
      return words;
    }
    const OptionSpec* cut = arg.ends_with('=') ? find_option(options, arg.substr(0, arg.size() - 1)) : nullptr;
    if (!is_value && cut != nullptr && cut->takes_value()) {
      words.emplace_back(cut->long_name);
      words.emplace_back();
      continue;
    }
    words.push_back(arg);
    const OptionSpec* option = find_option(options, arg);
    is_value = !is_value && option != nullptr && option->takes_value();
  }
  return words;
}

CLI::Option* declare(CLI::App& app, const OptionSpec& option) {
  std::string names(option.long_name);
  if (!option.short_name.empty()) names += "," + std::string(option.short_name);
  if (!option.takes_value()) return app.add_flag(names)->disable_flag_override();
  return app.add_option(names)->expected(1)->allow_extra_args(false)->take_all();
}

// CLI11's messages begin with the option's name, without dashes in one case.
std::string mismatch(const CLI::ArgumentMismatch& error, const Options& options) {
  const std::string text = error.what();
  const std::string name = text.substr(0, text.find_first_of(": "));
  const OptionSpec* option = find_option(options, name);
  if (option == nullptr) option = find_option(options, "--" + name);
  if (option == nullptr) return text;
  if (!option->takes_value()) return "option " + std::string(option->long_name) + " takes no value";
  return "option " + std::string(option->long_name) + " needs a value: " + std::string(option->placeholder);
}

// How far the options of a pass may stand. Behind the first argument of a short one, words stay as they are.
enum class Reach : std::uint8_t { kToFirstArgument, kToEnd };

// Sorts options into `given`. Returns what is left, in order: arguments, unknown options, and `--` itself.
tl::expected<Words, UsageError> sort_words(const CommandSpec& command, std::span<const std::string> args, Reach reach,
                                           Given& given) {
  Options options = all_options(command);
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  app.prefix_command(reach == Reach::kToFirstArgument);
  std::vector<std::pair<OptionId, CLI::Option*>> declared;
  for (const OptionSpec* option : options) declared.emplace_back(option->id, declare(app, *option));

  Words words = respelled(args, options);
  std::ranges::reverse(words);
  try {
    app.parse(std::move(words));
  } catch (const CLI::ArgumentMismatch& error) {
    return tl::unexpected(UsageError{mismatch(error, options), command.id});
  } catch (const CLI::ParseError& error) {
    return tl::unexpected(UsageError{error.what(), command.id});
  }

  for (const auto& [id, option] : declared) {
    if (option->count() == 0) continue;
    Words& values = given.values[id];
    values.insert(values.end(), option->results().begin(), option->results().end());
  }
  return app.remaining();
}

bool looks_like_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

// All words behind a command.
tl::expected<void, UsageError> sort_rest(const CommandSpec& command, std::span<const std::string> args, Given& given) {
  tl::expected<Words, UsageError> left = sort_words(command, args, Reach::kToEnd, given);
  if (!left) return tl::unexpected(left.error());
  if (given.has(OptionId::kHelp)) return {};
  bool only_arguments = false;
  for (std::string& word : *left) {
    if (!only_arguments && word == "--") {
      only_arguments = true;
      continue;
    }
    if (!only_arguments && looks_like_option(word))
      return tl::unexpected(UsageError{unknown_option(command, word), command.id});
    given.arguments.push_back(std::move(word));
  }
  return {};
}

}  // namespace

tl::expected<Command, UsageError> parse_command_line(std::span<const std::string> args) {
  Given given;
  const tl::expected<Words, UsageError> front = sort_words(program(), args, Reach::kToFirstArgument, given);
  if (!front) return tl::unexpected(front.error());

  const bool help = given.has(OptionId::kHelp);
  const CommandSpec* command = front->empty() ? nullptr : find_command(front->front());
  if (help && command == nullptr) return HelpOptions{};
  if (!front->empty() && looks_like_option(front->front()))
    return tl::unexpected(UsageError{unknown_option(program(), front->front())});
  if (!help && given.has(OptionId::kVersion)) return interpret(CommandId::kVersion, given);
  if (front->empty()) return tl::unexpected(UsageError{"no command given"});
  if (command == nullptr) return tl::unexpected(UsageError{unknown_command(front->front())});

  const tl::expected<void, UsageError> rest = sort_rest(*command, std::span(*front).subspan(1), given);
  if (!rest) return tl::unexpected(rest.error());
  if (given.has(OptionId::kHelp)) return HelpOptions{{}, command->id};
  return interpret(command->id, given);
}

const CommonOptions& common_options(const Command& command) {
  return std::visit([](const auto& options) -> const CommonOptions& { return options.common; }, command);
}

}  // namespace wicket::cli
