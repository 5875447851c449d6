// Options and texts of test.
#include <string_view>

#include "cli/options_shared.h"

namespace wicket::cli::options {
namespace {

constexpr std::string_view kTested = "What is tested";

constexpr OptionSpec kTestOptions[] = {
    {.id = OptionId::kFilter,
     .long_name = "--filter",
     .short_name = "-k",
     .placeholder = "REGEX",
     .help = "Run only tests with names in which this is found",
     .group = kTested,
     .synonyms = "--name --run --grep --match --only --test"},
    {.id = OptionId::kManifests,
     .long_name = "--manifests",
     .short_name = "-f",
     .placeholder = "PATH",
     .kind = ValueKind::kPath,
     .repeatable = true,
     .default_text = "what each test file names",
     .help = "Manifests to test in place of those: a file, a folder with everything below it, or - for standard input",
     .group = kInput,
     .synonyms = "--filename --routes --config-path -R"},
    {.id = OptionId::kGateway,
     .long_name = "--gateway",
     .placeholder = "NS/NAME|mesh",
     .default_text = "what each test file says, or all Gateways of the ingress gateway",
     .help = "Ask this Gateway alone; without NS it is the namespace of -n. For mesh: the sidecar of a calling pod",
     .group = kTraffic},
    kWorkloadLabels,
    kWorkloadNamespace,
    kIstioVersion,
    kServicesAreAllThere,
    kNamespace,
    kClusterDomain,
    kStdinFilename,
    {.id = OptionId::kCoverage,
     .long_name = "--coverage",
     .help = "Tell which routes, match blocks, destinations and hosts the tests reach, and name the others",
     .group = kCoverageGroup,
     .synonyms = "--cov --detailed-coverage --covall"},
    {.id = OptionId::kFailUnder,
     .long_name = "--fail-under",
     .placeholder = "PERCENT",
     .help = "Exit with 1 when less than this is reached",
     .group = kCoverageGroup,
     .synonyms = "--min-coverage --cov-fail-under --threshold"},
    {.id = OptionId::kLcov,
     .long_name = "--lcov",
     .placeholder = "FILE",
     .kind = ValueKind::kPath,
     .help = "Write coverage to FILE as lcov and genhtml read it",
     .group = kCoverageGroup,
     .synonyms = "--coverage-lcov --lcov-file"},
    {.id = OptionId::kFormat,
     .long_name = "--format",
     .short_name = "-o",
     .placeholder = "FORMAT[=FILE]",
     .kind = ValueKind::kChoice,
     .choices = kTestFormatWords,
     .repeatable = true,
     .default_text = "text; github under GitHub Actions",
     .help = "How results are written, and where to; without FILE to standard output",
     .group = kOutput,
     .synonyms = "--output --output-format --output-file --junit --reporter"},
};
constexpr ArgumentSpec kTestArguments[] = {
    {.placeholder = "PATH",
     .kind = ValueKind::kPath,
     .default_text = "the current folder",
     .help = "A test file, or a folder: every *_test.yaml, *_test.yml and *_test.json below it"},
};
constexpr std::string_view kTestUsages[] = {"wicket test [OPTIONS] [PATH...]"};
constexpr ExitMeaning kTestExits[] = {
    {ExitCode::kClean, "every test passed"},
    {ExitCode::kFindings, "tests failed, or less is covered than --fail-under asks for"},
    {ExitCode::kUsage, "wrong usage, something wrong in a test file, or no tests; the other tests ran"},
    {ExitCode::kFailure, "something could not be read or written; the rest ran"},
};
constexpr Example kTestExamples[] = {
    {"wicket test --filter 'checkout|cart'", "some of the tests"},
    {"wicket test --coverage --fail-under 90", "name what no test reaches, and insist on most of it"},
    {"wicket test -o text -o junit=junit.xml", "one run for a human and a machine"},
    {"helm template chart/ | wicket test -f - tests/", "test what a tool prints"},
    {"wicket test", "every test below the current folder"},
};
constexpr std::string_view kTestSeeAlso[] = {"wicket(1)", "wicket-test(5)", "wicket-route(1)", "wicket-schema(1)"};

}  // namespace

CommandSpec test_command() {
  return {
      .id = CommandId::kTest,
      .name = "test",
      .summary = "Test routes: requests and what is expected of them",
      .description =
          "Reads test files, takes each request in them through the routes of the manifests as `wicket route` does, "
          "and "
          "compares what is decided with what is expected. All tests run; of one that fails it shows expected, actual, "
          "what decided, and which routes lead where the test wanted to go.\n\n"
          "A test file is called *_test.yaml and lies beside manifests; wicket-test(5) describes it, and `wicket "
          "schema "
          "test` is for editors. Without -f it asks about the manifests that it names, or else those in its own folder "
          "and below. Options win over what it says.\n\n"
          "Coverage counts hosts, routes, match blocks and destinations of the VirtualServices that the gateway "
          "serves. "
          "One of several destinations is reached by a test that pins it with draw, or that names destinations or "
          "weights while nothing is drawn.",
      .usages = kTestUsages,
      .arguments = kTestArguments,
      .options = kTestOptions,
      .exit_codes = kTestExits,
      .examples = kTestExamples,
      .see_also = kTestSeeAlso,
      .synonyms = "tests spec verify-routes unit"};
}

}  // namespace wicket::cli::options
