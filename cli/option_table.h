// One table of everything that can be typed. The parser, help, man pages and shell completion are made from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.h"
#include "cli/options.h"

namespace wicket::cli {

enum class OptionId : std::uint8_t {
  kAccessLog,
  kAddress,
  kAdminPort,
  kAll,
  kBaseline,
  kBackend,
  kClosedWorld,
  kCheckExpiry,
  kClusterDomain,
  kColor,
  kCompare,
  kCompat,
  kConfig,
  kCoverage,
  kCurl,
  kData,
  kDebug,
  kDestination,
  kDiff,
  kDirectory,
  kDraw,
  kExitZero,
  kExplain,
  kExtendSelect,
  kFailOn,
  kFailUnder,
  kFilter,
  kFix,
  kFormat,
  kGateway,
  kHead,
  kHeader,
  kHelp,
  kHost,
  kHttp2,
  kIgnore,
  kInsecure,
  kIstioVersion,
  kJobs,
  kLcov,
  kLogFormat,
  kVariable,
  kManifests,
  kNamespace,
  kNewFrom,
  kNoConfig,
  kNoIgnoreFiles,
  kNoPortMapping,
  kNoWatch,
  kOfNamespace,
  kOnlyAdmission,
  kPort,
  kPortMap,
  kQuiet,
  kRequest,
  kRequests,
  kResolve,
  kSelect,
  kSeparate,
  kSni,
  kSourceLabels,
  kSourceNamespace,
  kStdinFilename,
  kUnsafeFixes,
  kTrust,
  kUnmapped,
  kVerbose,
  kVersion,
  kWorkloadLabels,
  kWorkloadNamespace,
  kWrite,
  kWriteBaseline
};

/// What stands where a value is asked for. Completion offers it.
enum class ValueKind : std::uint8_t { kText, kChoice, kPath, kFolder, kCode, kCommand };

/// An option of a command. Given more than once, a repeatable one collects its values; of any other the last one
/// counts.
struct OptionSpec {
  OptionId id{};
  std::string_view long_name{};    // with its dashes
  std::string_view short_name{};   // with its dash, or empty
  std::string_view placeholder{};  // of its value; empty: a flag, which takes none
  ValueKind kind = ValueKind::kText;
  std::span<const std::string_view> choices{};
  bool repeatable = false;
  std::string_view default_text{};
  std::string_view help{};      // a sentence without its full stop
  std::string_view group{};     // title in help, man page and completion
  std::string_view synonyms{};  // what users of other tools type: suggested, never accepted; blank-separated

  [[nodiscard]] bool takes_value() const { return !placeholder.empty(); }
};

/// No limit to the number of arguments.
inline constexpr std::size_t kMany = static_cast<std::size_t>(-1);

/// What stands without a dash.
struct ArgumentSpec {
  std::string_view placeholder{};
  std::size_t min = 0;
  std::size_t max = kMany;
  ValueKind kind = ValueKind::kText;
  std::span<const std::string_view> choices{};
  std::string_view default_text{};
  std::string_view help{};
  std::string_view synonyms{};  // options by which other tools take it
};

/// A command line that works, and what it does.
struct Example {
  std::string_view line{};
  std::string_view what{};
};

struct ExitMeaning {
  ExitCode code{};
  std::string_view meaning{};
};

/// A command, or wicket itself. Texts are wrapped when shown; an empty line separates paragraphs.
struct CommandSpec {
  CommandId id{};
  std::string_view name{};
  std::string_view summary{};
  std::string_view description{};
  std::span<const std::string_view> usages{};
  std::span<const ArgumentSpec> arguments{};
  std::span<const OptionSpec> options{};  // its own, in the order of help; see all_options()
  std::span<const ExitMeaning> exit_codes{};
  std::span<const Example> examples{};
  std::span<const std::string_view> see_also{};  // man pages
  std::string_view synonyms{};                   // of its name, as above
};

/// wicket itself: what may stand in front of a command, or in place of one.
[[nodiscard]] const CommandSpec& program();

/// All commands, in the order of help.
[[nodiscard]] std::span<const CommandSpec> commands();

/// The row of a command or of wicket itself.
[[nodiscard]] const CommandSpec& command_spec(CommandId id);

/// The command of this name, or nothing.
[[nodiscard]] const CommandSpec* find_command(std::string_view name);

/// The command's own options, then those of every command.
[[nodiscard]] std::vector<const OptionSpec*> all_options(const CommandSpec& command);

/// The command as it is typed: "wicket lint"; "wicket" for wicket itself.
[[nodiscard]] std::string full_name(CommandId id);

}  // namespace wicket::cli
