// What the tables of several commands share, and where each of them is. Internal to the option table.
#pragma once

#include <string_view>

#include "cli/option_table.h"

namespace wicket::cli::options {

// Groups, as help and man pages head them.
inline constexpr std::string_view kChecks = "Checks";
inline constexpr std::string_view kKnown = "Known findings";
inline constexpr std::string_view kRepairs = "Repairs";
inline constexpr std::string_view kRequest = "Request, spelled as curl does";
inline constexpr std::string_view kTraffic = "Connection";
inline constexpr std::string_view kInput = "Input";
inline constexpr std::string_view kOutput = "Output";
inline constexpr std::string_view kServing = "Ports and backends";
inline constexpr std::string_view kCommon = "Common options";

inline constexpr OptionSpec kNamespace{.id = OptionId::kNamespace,
                                       .long_name = "--namespace",
                                       .short_name = "-n",
                                       .placeholder = "NS",
                                       .default_text = "default",
                                       .help = "Namespace of objects that name none",
                                       .group = kInput};
inline constexpr OptionSpec kClusterDomain{.id = OptionId::kClusterDomain,
                                           .long_name = "--cluster-domain",
                                           .placeholder = "DOMAIN",
                                           .default_text = "cluster.local",
                                           .help = "Domain under which the cluster's services have their names",
                                           .group = kInput};
inline constexpr OptionSpec kStdinFilename{.id = OptionId::kStdinFilename,
                                           .long_name = "--stdin-filename",
                                           .placeholder = "NAME",
                                           .default_text = "<stdin>",
                                           .help = "Name of standard input in messages",
                                           .group = kInput};

inline constexpr OptionSpec kCommonOptions[] = {
    {.id = OptionId::kDirectory,
     .long_name = "--directory",
     .short_name = "-C",
     .placeholder = "DIR",
     .kind = ValueKind::kFolder,
     .help = "Work in DIR: every path is relative to it",
     .group = kCommon,
     .synonyms = "--chdir --cwd --root"},
    {.id = OptionId::kJobs,
     .long_name = "--jobs",
     .short_name = "-j",
     .placeholder = "N",
     .default_text = "one per core",
     .help = "Threads to work with",
     .group = kCommon,
     .synonyms = "--threads --parallel"},
    {.id = OptionId::kQuiet,
     .long_name = "--quiet",
     .short_name = "-q",
     .help = "Print the result and errors, no notes",
     .group = kCommon,
     .synonyms = "--silent -s"},
    {.id = OptionId::kVerbose,
     .long_name = "--verbose",
     .short_name = "-v",
     .help = "Say on standard error what is done",
     .group = kCommon},
    {.id = OptionId::kConfig,
     .long_name = "--config",
     .placeholder = "FILE",
     .kind = ValueKind::kPath,
     .default_text = "the nearest wicket.yaml in the repository",
     .help = "Read the settings from FILE",
     .group = kCommon,
     .synonyms = "--settings --config-file"},
    {.id = OptionId::kNoConfig,
     .long_name = "--no-config",
     .help = "Read no settings",
     .group = kCommon,
     .synonyms = "--no-settings --isolated"},
    {.id = OptionId::kColor,
     .long_name = "--color",
     .placeholder = "WHEN",
     .kind = ValueKind::kChoice,
     .choices = kColorWords,
     .default_text = "auto",
     .help = "Colour the output; auto asks NO_COLOR, CLICOLOR_FORCE, TERM and the terminal",
     .group = kCommon,
     .synonyms = "--colour --no-color --no-colour"},
    {.id = OptionId::kHelp,
     .long_name = "--help",
     .short_name = "-h",
     .help = "Print this help",
     .group = kCommon,
     .synonyms = "-? --usage"},
};

inline constexpr std::string_view kPathSynonyms = "-f --filename --file -R -r --recursive";

// What every question about routes is asked with.
inline constexpr OptionSpec kGatewayOnly{.id = OptionId::kGateway,
                                         .long_name = "--gateway",
                                         .placeholder = "NS/NAME",
                                         .default_text = "all Gateways of the ingress gateway",
                                         .help = "Ask this Gateway alone; without NS it is the namespace of -n",
                                         .group = kTraffic};
inline constexpr OptionSpec kWorkloadLabels{
    .id = OptionId::kWorkloadLabels,
    .long_name = "--workload-labels",
    .placeholder = "LABELS",
    .default_text = "those of the pods that a Gateway selects",
    .help = "Labels of the gateway's pods, as KEY=VALUE,KEY=VALUE; without --workload-namespace in istio-system",
    .group = kTraffic};
inline constexpr OptionSpec kWorkloadNamespace{
    .id = OptionId::kWorkloadNamespace,
    .long_name = "--workload-namespace",
    .placeholder = "NS",
    .default_text = "that of the pods that a Gateway selects",
    .help = "Namespace of the gateway's pods; without --workload-labels they are the default ingress gateway's",
    .group = kTraffic};
inline constexpr OptionSpec kIstioVersion{.id = OptionId::kIstioVersion,
                                          .long_name = "--istio-version",
                                          .placeholder = "MAJOR.MINOR",
                                          .default_text = "1.31",
                                          .help = "Release whose behaviour counts",
                                          .group = kTraffic};
inline constexpr OptionSpec kServicesAreAllThere{
    .id = OptionId::kClosedWorld,
    .long_name = "--closed-world",
    .help = "The input is all there is: a service that it does not hold does not exist",
    .group = kInput,
    .synonyms = "--complete"};

inline constexpr std::string_view kCoverageGroup = "Coverage";
inline constexpr std::string_view kSchemaSeeAlso[] = {"wicket(1)", "wicket-lint(1)", "wicket-route(1)",
                                                      "wicket-routes(1)"};

// One a command, in the order of help.
[[nodiscard]] CommandSpec lint_command();
[[nodiscard]] CommandSpec route_command();
[[nodiscard]] CommandSpec routes_command();
[[nodiscard]] CommandSpec test_command();
[[nodiscard]] CommandSpec replay_command();
[[nodiscard]] CommandSpec serve_command();
[[nodiscard]] CommandSpec explain_command();
[[nodiscard]] CommandSpec rules_command();
[[nodiscard]] CommandSpec schema_command();
[[nodiscard]] CommandSpec init_command();
[[nodiscard]] CommandSpec completion_command();
[[nodiscard]] CommandSpec version_command();
[[nodiscard]] CommandSpec help_command();

}  // namespace wicket::cli::options
