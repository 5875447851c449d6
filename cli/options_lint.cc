// Options and texts of lint.
#include <string_view>

#include "cli/options_shared.h"

namespace wicket::cli::options {
namespace {

constexpr OptionSpec kLintOptions[] = {
    {.id = OptionId::kSelect,
     .long_name = "--select",
     .placeholder = "CODES",
     .kind = ValueKind::kCode,
     .repeatable = true,
     .help = "Run these checks only",
     .group = kChecks,
     .synonyms = "--only --rules --checks --codes"},
    {.id = OptionId::kExtendSelect,
     .long_name = "--extend-select",
     .placeholder = "CODES",
     .kind = ValueKind::kCode,
     .repeatable = true,
     .help = "Run these checks beside the others",
     .group = kChecks,
     .synonyms = "--enable --include"},
    {.id = OptionId::kIgnore,
     .long_name = "--ignore",
     .placeholder = "CODES",
     .kind = ValueKind::kCode,
     .repeatable = true,
     .help = "Leave these checks out; wins over the other two",
     .group = kChecks,
     .synonyms = "--disable --skip --exclude --suppress"},
    {.id = OptionId::kOnlyAdmission,
     .long_name = "--only-admission",
     .help = "Report only what kubectl, the API server or Istio's webhook refuses or warns about on apply",
     .group = kChecks,
     .synonyms = "--admission --admission-only --webhook --validate"},
    {.id = OptionId::kClosedWorld,
     .long_name = "--closed-world",
     .help = "The input is all there is: report what it refers to and does not hold",
     .group = kChecks,
     .synonyms = "--complete"},
    {.id = OptionId::kCheckExpiry,
     .long_name = "--check-expiry",
     .help = "Report certificates in Secrets that have expired or are not valid yet (WK416)",
     .group = kChecks,
     .synonyms = "--expiry --check-certificates"},
    kNamespace,
    kClusterDomain,
    kStdinFilename,
    {.id = OptionId::kSeparate,
     .long_name = "--separate",
     .help = "Take each file by itself, for a folder of alternatives: objects of two files are not compared",
     .group = kInput},
    {.id = OptionId::kNoIgnoreFiles,
     .long_name = "--no-ignore-files",
     .help = "Read what .gitignore excludes as well",
     .group = kInput,
     .synonyms = "--no-gitignore --no-ignore"},
    {.id = OptionId::kBaseline,
     .long_name = "--baseline",
     .placeholder = "FILE",
     .kind = ValueKind::kPath,
     .help = "Leave out the findings that FILE lists",
     .group = kKnown},
    {.id = OptionId::kWriteBaseline,
     .long_name = "--write-baseline",
     .placeholder = "FILE",
     .kind = ValueKind::kPath,
     .help = "Write what is found to FILE, as known from now on, and leave it out",
     .group = kKnown,
     .synonyms = "--update-baseline --generate-baseline"},
    {.id = OptionId::kNewFrom,
     .long_name = "--new-from",
     .placeholder = "REV",
     .help = "Report only what has to do with a line that differs from this git revision",
     .group = kKnown,
     .synonyms = "--since --new-from-rev --changed-since"},
    {.id = OptionId::kFix,
     .long_name = "--fix",
     .help = "Repair in the files what can be repaired without a change of meaning; then report the rest",
     .group = kRepairs,
     .synonyms = "--write --apply --autofix"},
    {.id = OptionId::kUnsafeFixes,
     .long_name = "--unsafe-fixes",
     .help = "With --fix or --diff: take suggestions as well, which somebody should look at",
     .group = kRepairs,
     .synonyms = "--unsafe --fix-unsafe"},
    {.id = OptionId::kDiff,
     .long_name = "--diff",
     .help = "Print what --fix would change, in place of the findings",
     .group = kRepairs,
     .synonyms = "--dry-run --preview --patch"},
    {.id = OptionId::kFormat,
     .long_name = "--format",
     .short_name = "-o",
     .placeholder = "FORMAT[=FILE]",
     .kind = ValueKind::kChoice,
     .choices = kFindingFormatWords,
     .repeatable = true,
     .default_text = "text; github under GitHub Actions",
     .help = "How findings are written, and where to; without FILE to standard output",
     .group = kOutput,
     .synonyms = "--output --output-format --output-file"},
    {.id = OptionId::kFailOn,
     .long_name = "--fail-on",
     .placeholder = "LEVEL",
     .kind = ValueKind::kChoice,
     .choices = kFailOnWords,
     .default_text = "error",
     .help = "Lowest level of a finding that makes the exit code 1",
     .group = kOutput,
     .synonyms = "--failure-threshold --severity --level --fail-level"},
    {.id = OptionId::kExitZero,
     .long_name = "--exit-zero",
     .help = "Report findings, but exit with 0 where it would be 1",
     .group = kOutput,
     .synonyms = "--no-fail"},
    {.id = OptionId::kDebug,
     .long_name = "--debug",
     .placeholder = "FORM",
     .kind = ValueKind::kChoice,
     .choices = kDebugWords,
     .repeatable = true,
     .help = "Print an intermediate form to standard error",
     .group = kOutput},
};
constexpr ArgumentSpec kLintArguments[] = {
    {.placeholder = "PATH",
     .kind = ValueKind::kPath,
     .default_text = "the current folder",
     .help = "A file, a folder with everything below it (.yaml, .yml, .json), or - for standard input",
     .synonyms = kPathSynonyms},
};
constexpr std::string_view kLintUsages[] = {"wicket lint [OPTIONS] [PATH...]"};
constexpr ExitMeaning kLintExits[] = {
    {ExitCode::kClean, "no finding at or above the level of --fail-on"},
    {ExitCode::kFindings, "findings at or above that level (0 with --exit-zero)"},
    {ExitCode::kUsage, "wrong usage or settings; nothing was checked"},
    {ExitCode::kFailure, "something could not be read or written; the rest was checked"},
};
constexpr Example kLintExamples[] = {
    {"kustomize build overlays/prod | wicket lint -", "check what a tool prints"},
    {"wicket lint --fail-on warning -o text -o json=findings.json", "one run for a human and a machine"},
    {"wicket lint --ignore WK109,unknown-field manifests/", "leave out two checks"},
    {"wicket lint --new-from origin/main", "judge a branch by what it changes"},
    {"wicket lint --diff --unsafe-fixes | git apply", "look at repairs, then make them"},
    {"wicket lint manifests/", "check a folder"},
};
constexpr std::string_view kLintSeeAlso[] = {"wicket(1)", "wicket-explain(1)", "wicket-rules(1)", "wicket-rules(7)"};

}  // namespace

CommandSpec lint_command() {
  return {
      .id = CommandId::kLint,
      .name = "lint",
      .summary = "Check manifests and report findings",
      .description =
          "Reads Istio manifests and reports what the API server or Istio's webhook would reject, what the control "
          "plane would drop without a word, and what would not route as it is written.\n\n"
          "All inputs are one mesh: what one file defines, another may refer to. A reference that nothing answers is "
          "reported when the inputs contradict it, or with --closed-world. A folder is read without what .gitignore "
          "excludes. Objects of other kinds are counted and skipped.\n\n"
          "CODES are separated by commas: ids (WK102), names (duplicate-key), prefixes (WK1), codes of other tools "
          "(IST0106), or all.\n\n"
          "A comment `# wicket:ignore CODES -- reason` silences findings on its line, or, standing alone, on the next "
          "one; so does Istio's annotation galley.istio.io/analyze-suppress for its codes. Settings come from "
          "wicket.yaml, which `wicket init` writes; options win over them.",
      .usages = kLintUsages,
      .arguments = kLintArguments,
      .options = kLintOptions,
      .exit_codes = kLintExits,
      .examples = kLintExamples,
      .see_also = kLintSeeAlso,
      .synonyms = "check validate verify analyze analyse"};
}

}  // namespace wicket::cli::options
