// Options and texts of replay.
#include <string_view>

#include "cli/options_shared.h"

namespace wicket::cli::options {
namespace {

constexpr std::string_view kRecorded = "Recorded traffic";

constexpr OptionSpec kReplayOptions[] = {
    {.id = OptionId::kLogFormat,
     .long_name = "--log-format",
     .placeholder = "FORMAT",
     .default_text = "the one that the lines are in",
     .help = "Format string of Envoy that the lines were written by, or the JSON object of a json_format",
     .group = kRecorded,
     .synonyms = "--access-log-format --input-format --from --pattern"},
    {.id = OptionId::kHost,
     .long_name = "--host",
     .placeholder = "HOST",
     .help = "Host of requests of which the log tells none",
     .group = kRecorded,
     .synonyms = "--authority --server-name --vhost"},
    {.id = OptionId::kPort,
     .long_name = "--port",
     .placeholder = "N",
     .default_text = "the one in the log, or the usual one",
     .help = "Port of the gateway that all requests come in at",
     .group = kRecorded},
    {.id = OptionId::kVariable,
     .long_name = "--variable",
     .placeholder = "NAME=VALUE",
     .repeatable = true,
     .help = "What {{NAME}} stands for in requests of hurl",
     .group = kRecorded,
     .synonyms = "--env --set"},
    kGatewayOnly,
    kWorkloadLabels,
    kWorkloadNamespace,
    kIstioVersion,
    {.id = OptionId::kManifests,
     .long_name = "--manifests",
     .short_name = "-f",
     .placeholder = "PATH",
     .kind = ValueKind::kPath,
     .repeatable = true,
     .default_text = "the current folder",
     .help = "Manifests to ask: a file, a folder with everything below it, or - for standard input",
     .group = kInput,
     .synonyms = "--filename --routes --config-path -R"},
    kServicesAreAllThere,
    kNamespace,
    kClusterDomain,
    kStdinFilename,
    {.id = OptionId::kCompare,
     .long_name = "--compare",
     .placeholder = "PATH",
     .kind = ValueKind::kPath,
     .repeatable = true,
     .help = "Other manifests that are asked the same: tell whose answer would change, most requests first",
     .group = kRecorded,
     .synonyms = "--diff --against --other --new"},
    {.id = OptionId::kCompat,
     .long_name = "--compat",
     .placeholder = "TOOL",
     .kind = ValueKind::kChoice,
     .choices = kCompatWords,
     .help = "Judge tests of istio-config-validator as that tool does, and tell which ones a gateway judges otherwise",
     .group = kRecorded,
     .synonyms = "--as --mode --compatibility"},
    {.id = OptionId::kWrite,
     .long_name = "--write",
     .placeholder = "FORMAT=FILE",
     .kind = ValueKind::kChoice,
     .choices = kCopyFormatWords,
     .repeatable = true,
     .help = "Write one request for each thing that the traffic reaches first: as tests that expect what is decided "
             "now, as HAR, hurl or curl",
     .group = kOutput,
     .synonyms = "--write-tests --export --convert --save"},
    {.id = OptionId::kCoverage,
     .long_name = "--coverage",
     .help = "Tell which routes, match blocks, destinations and hosts the traffic reaches, and name the others",
     .group = kCoverageGroup,
     .synonyms = "--cov --detailed-coverage"},
    {.id = OptionId::kFailUnder,
     .long_name = "--fail-under",
     .placeholder = "PERCENT",
     .help = "Exit with 1 when less than this is reached",
     .group = kCoverageGroup,
     .synonyms = "--min-coverage --cov-fail-under --threshold"},
    {.id = OptionId::kFormat,
     .long_name = "--format",
     .short_name = "-o",
     .placeholder = "FORMAT[=FILE]",
     .kind = ValueKind::kChoice,
     .choices = kReplayFormatWords,
     .repeatable = true,
     .default_text = "text",
     .help = "How the result is written, and where to; without FILE to standard output",
     .group = kOutput,
     .synonyms = "--output --output-format --output-file"},
};
constexpr ArgumentSpec kReplayArguments[] = {
    {.placeholder = "LOG",
     .min = 1,
     .kind = ValueKind::kPath,
     .help = "A file of recorded requests, or - for standard input; gzip is taken off"},
};
constexpr std::string_view kReplayUsages[] = {"wicket replay [OPTIONS] LOG..."};
constexpr ExitMeaning kReplayExits[] = {
    {ExitCode::kClean, "nothing recorded contradicts the manifests"},
    {ExitCode::kFindings,
     "something does, or less is covered than --fail-under asks for; with --compat: a test fails there"},
    {ExitCode::kUsage, "wrong usage, or a file in which there is nothing that is known"},
    {ExitCode::kFailure, "something could not be read or written; the rest was replayed"},
    {ExitCode::kInterrupted, "Ctrl-C; what was read until then is told"},
};
constexpr Example kReplayExamples[] = {
    {"kubectl logs -n istio-system deploy/istio-ingressgateway | wicket replay - -f manifests/", "what just happened"},
    {"wicket replay --compare new/ access.log -f old/", "whose answer would change, and how much traffic that is"},
    {"wicket replay --write test=shop_test.yaml access.log -f manifests/", "tests that cover what the traffic covers"},
    {"wicket replay --host shop.example access.log -f manifests/", "a log that does not tell hosts"},
    {"wicket replay --coverage --fail-under 90 access.log.gz -f manifests/", "routes that nobody uses"},
    {"wicket replay access.log -f manifests/", "would the manifests have done what was done?"},
};
constexpr std::string_view kReplaySeeAlso[] = {"wicket(1)", "wicket-route(1)", "wicket-test(1)", "wicket-serve(1)",
                                               "wicket-schema(1)"};

}  // namespace

CommandSpec replay_command() {
  return {
      .id = CommandId::kReplay,
      .name = "replay",
      .summary = "Replay recorded traffic against routes, and compare",
      .description =
          "Reads access logs and takes each request in them through the routes of the manifests as `wicket route` "
          "does. "
          "Where the log holds what the gateway did (cluster, route name, response flags, status), the two are "
          "compared: "
          "a request agrees, or is consistent, where something that the log does not tell could explain the "
          "difference, "
          "such as a header, or contradicts. Contradictions are shown with both routes and their places. Then it tells "
          "where the traffic goes: destinations, routes, statuses, and what goes nowhere.\n\n"
          "Formats are recognised by content: Istio's text and JSON of all ages, Envoy's default, combined logs of "
          "nginx and Apache, and with --log-format whatever Envoy was told to write; HTTP archives (HAR) of browsers, "
          "curl command lines of any shell, PowerShell's Invoke-WebRequest, requests of hurl; tests of "
          "istio-config-validator and of Envoy's router check tool, "
          "whose "
          "expectations are compared with what the gateway would do. What collectors put around a line (Docker, "
          "Kubernetes, Google Cloud, Loki) is taken off, gzip too. Lines that cannot be read are counted, and the "
          "first "
          "ones are shown. The memory for logs does not grow with the number of lines; files of other kinds are read "
          "as "
          "a whole. With -v nothing of the lists is left out.",
      .usages = kReplayUsages,
      .arguments = kReplayArguments,
      .options = kReplayOptions,
      .exit_codes = kReplayExits,
      .examples = kReplayExamples,
      .see_also = kReplaySeeAlso,
      .synonyms = "log logs traffic har access-log"};
}

}  // namespace wicket::cli::options
