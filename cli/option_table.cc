#include "cli/option_table.h"

#include <algorithm>

#include "base/ensure.h"

namespace wicket::cli {
namespace {

// Groups, as help and man pages head them.
constexpr std::string_view kChecks = "Checks";
constexpr std::string_view kKnown = "Known findings";
constexpr std::string_view kRepairs = "Repairs";
constexpr std::string_view kRequest = "Request, spelled as curl does";
constexpr std::string_view kTraffic = "Connection";
constexpr std::string_view kInput = "Input";
constexpr std::string_view kOutput = "Output";
constexpr std::string_view kServing = "Ports and backends";
constexpr std::string_view kCommon = "Common options";

// ---- options that several commands have ----

constexpr OptionSpec kNamespace{.id = OptionId::kNamespace,
                                .long_name = "--namespace",
                                .short_name = "-n",
                                .placeholder = "NS",
                                .default_text = "default",
                                .help = "Namespace of objects that name none",
                                .group = kInput};
constexpr OptionSpec kClusterDomain{.id = OptionId::kClusterDomain,
                                    .long_name = "--cluster-domain",
                                    .placeholder = "DOMAIN",
                                    .default_text = "cluster.local",
                                    .help = "Domain under which the cluster's services have their names",
                                    .group = kInput};
constexpr OptionSpec kStdinFilename{.id = OptionId::kStdinFilename,
                                    .long_name = "--stdin-filename",
                                    .placeholder = "NAME",
                                    .default_text = "<stdin>",
                                    .help = "Name of standard input in messages",
                                    .group = kInput};

constexpr OptionSpec kCommonOptions[] = {
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

constexpr std::string_view kPathSynonyms = "-f --filename --file -R -r --recursive";

// ---- wicket itself ----

constexpr OptionSpec kProgramOptions[] = {
    {.id = OptionId::kVersion,
     .long_name = "--version",
     .short_name = "-V",
     .help = "Print the version",
     .group = kCommon},
};
constexpr std::string_view kProgramUsages[] = {"wicket COMMAND [OPTIONS] [ARGUMENTS]"};
constexpr ExitMeaning kProgramExits[] = {
    {ExitCode::kClean, "nothing to object to"},
    {ExitCode::kFindings, "findings at or above the level of --fail-on"},
    {ExitCode::kUsage, "wrong usage; nothing was done"},
    {ExitCode::kFailure, "something could not be read or written, or an internal error"},
};
constexpr Example kProgramExamples[] = {
    {"wicket lint", "check the manifests below the current folder"},
    {"wicket routes manifests/", "see everything that is exposed"},
    {"wicket route http://hello.com/ manifests/", "see where a request goes, and why"},
};
constexpr std::string_view kProgramSeeAlso[] = {
    "wicket-lint(1)",       "wicket-route(1)",   "wicket-routes(1)", "wicket-test(1)",   "wicket-replay(1)",
    "wicket-serve(1)",      "wicket-explain(1)", "wicket-rules(1)",  "wicket-schema(1)", "wicket-init(1)",
    "wicket-completion(1)", "wicket-test(5)",    "wicket-rules(7)",
};
constexpr CommandSpec kProgram{
    .id = CommandId::kProgram,
    .name = "wicket",
    .summary = "Check Istio ingress manifests and answer what would route where",
    .description =
        "Reads Gateway and VirtualService manifests and what they refer to, finds what is wrong with them, and answers "
        "where the ingress gateway would send a request, or sends it there itself. No cluster, no Istio installation "
        "and no network are needed.",
    .usages = kProgramUsages,
    .options = kProgramOptions,
    .exit_codes = kProgramExits,
    .examples = kProgramExamples,
    .see_also = kProgramSeeAlso,
};

// ---- lint ----

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

// ---- route ----

// What every question about routes is asked with.
constexpr OptionSpec kGatewayOnly{.id = OptionId::kGateway,
                                  .long_name = "--gateway",
                                  .placeholder = "NS/NAME",
                                  .default_text = "all Gateways of the ingress gateway",
                                  .help = "Ask this Gateway alone; without NS it is the namespace of -n",
                                  .group = kTraffic};
constexpr OptionSpec kWorkloadLabels{
    .id = OptionId::kWorkloadLabels,
    .long_name = "--workload-labels",
    .placeholder = "LABELS",
    .default_text = "those of the pods that a Gateway selects",
    .help = "Labels of the gateway's pods, as KEY=VALUE,KEY=VALUE; without --workload-namespace in istio-system",
    .group = kTraffic};
constexpr OptionSpec kWorkloadNamespace{
    .id = OptionId::kWorkloadNamespace,
    .long_name = "--workload-namespace",
    .placeholder = "NS",
    .default_text = "that of the pods that a Gateway selects",
    .help = "Namespace of the gateway's pods; without --workload-labels they are the default ingress gateway's",
    .group = kTraffic};
constexpr OptionSpec kIstioVersion{.id = OptionId::kIstioVersion,
                                   .long_name = "--istio-version",
                                   .placeholder = "MAJOR.MINOR",
                                   .default_text = "1.31",
                                   .help = "Release whose behaviour counts",
                                   .group = kTraffic};
constexpr OptionSpec kServicesAreAllThere{
    .id = OptionId::kClosedWorld,
    .long_name = "--closed-world",
    .help = "The input is all there is: a service that it does not hold does not exist",
    .group = kInput,
    .synonyms = "--complete"};

constexpr OptionSpec kRouteOptions[] = {
    {.id = OptionId::kRequest,
     .long_name = "--request",
     .short_name = "-X",
     .placeholder = "METHOD",
     .default_text = "GET",
     .help = "Method of the request",
     .group = kRequest,
     .synonyms = "--method"},
    {.id = OptionId::kHeader,
     .long_name = "--header",
     .short_name = "-H",
     .placeholder = "'NAME: VALUE'",
     .repeatable = true,
     .help = "Header to send; 'NAME;' is an empty one, 'NAME:' leaves one out that would be sent",
     .group = kRequest},
    {.id = OptionId::kData,
     .long_name = "--data",
     .short_name = "-d",
     .placeholder = "DATA",
     .help = "Body to send, which makes the method POST unless -X names one",
     .group = kRequest,
     .synonyms = "--data-raw --data-binary --json --body"},
    {.id = OptionId::kHead,
     .long_name = "--head",
     .short_name = "-I",
     .help = "Make the method HEAD",
     .group = kRequest},
    {.id = OptionId::kHttp2,
     .long_name = "--http2",
     .help = "Speak HTTP/2",
     .group = kRequest,
     .synonyms = "--http2-prior-knowledge"},
    {.id = OptionId::kResolve,
     .long_name = "--resolve",
     .placeholder = "HOST:PORT:ADDRESS",
     .repeatable = true,
     .help = "Accepted, for pasted curl lines; nothing is looked up",
     .group = kRequest},
    {.id = OptionId::kInsecure,
     .long_name = "--insecure",
     .short_name = "-k",
     .help = "Accepted, for pasted curl lines; certificates play no part",
     .group = kRequest},
    {.id = OptionId::kSni,
     .long_name = "--sni",
     .placeholder = "NAME",
     .default_text = "the URL's host",
     .help = "Server name in the TLS handshake",
     .group = kTraffic,
     .synonyms = "--servername --server-name --connect-to"},
    {.id = OptionId::kPort,
     .long_name = "--port",
     .placeholder = "N",
     .default_text = "the URL's port",
     .help = "Port of the gateway that the request comes in at",
     .group = kTraffic},
    {.id = OptionId::kGateway,
     .long_name = "--gateway",
     .placeholder = "NS/NAME|mesh",
     .default_text = "all Gateways of the ingress gateway",
     .help = "Ask this Gateway alone; without NS it is the namespace of -n. For mesh: what the sidecar of a calling "
             "pod does",
     .group = kTraffic},
    {.id = OptionId::kSourceLabels,
     .long_name = "--source-labels",
     .placeholder = "LABELS",
     .default_text = "none",
     .help = "Labels of the calling pod, as KEY=VALUE,KEY=VALUE; with --gateway mesh",
     .group = kTraffic},
    {.id = OptionId::kSourceNamespace,
     .long_name = "--source-namespace",
     .placeholder = "NS",
     .default_text = "default",
     .help = "Namespace of the calling pod; with --gateway mesh",
     .group = kTraffic},
    {.id = OptionId::kDraw,
     .long_name = "--draw",
     .placeholder = "N",
     .default_text = "all destinations with their weights",
     .help = "Pick one of several destinations: the one that N, modulo the sum of the weights, falls into",
     .group = kTraffic,
     .synonyms = "--seed --random"},
    kWorkloadLabels,
    kWorkloadNamespace,
    kIstioVersion,
    kServicesAreAllThere,
    kNamespace,
    kClusterDomain,
    kStdinFilename,
    {.id = OptionId::kCurl,
     .long_name = "--curl",
     .placeholder = "LINE",
     .help = "Answer a whole curl command line instead of a URL, as a terminal or a browser's copy menu has it",
     .group = kRequest,
     .synonyms = "--from-curl --paste"},
    {.id = OptionId::kRequests,
     .long_name = "--requests",
     .placeholder = "FILE",
     .kind = ValueKind::kPath,
     .help =
         "Answer many requests: one JSON object a line with url, method, headers, sni, port, target (as in the request "
         "line) and httpVersion (1.0, 1.1 or 2); - for standard input",
     .group = kInput},
    {.id = OptionId::kFormat,
     .long_name = "--format",
     .short_name = "-o",
     .placeholder = "FORMAT",
     .kind = ValueKind::kChoice,
     .choices = kDecisionFormatWords,
     .default_text = "text",
     .help = "How the answer is written",
     .group = kOutput,
     .synonyms = "--output --output-format"},
    {.id = OptionId::kExplain,
     .long_name = "--explain",
     .help = "List every route that was tried, and what kept it from matching",
     .group = kOutput,
     .synonyms = "--trace --why"},
};
constexpr ArgumentSpec kRouteArguments[] = {
    {.placeholder = "URL",
     .max = 1,
     .help = "What is asked for: http://, https:// or, as for curl, without a scheme; none with --requests or --curl"},
    {.placeholder = "PATH",
     .kind = ValueKind::kPath,
     .default_text = "the current folder",
     .help = "A file, a folder with everything below it, or - for standard input",
     .synonyms = kPathSynonyms},
};
constexpr std::string_view kRouteUsages[] = {"wicket route [OPTIONS] URL [PATH...]",
                                             "wicket route [OPTIONS] --curl LINE [PATH...]",
                                             "wicket route [OPTIONS] --requests FILE [PATH...]"};
constexpr ExitMeaning kRouteExits[] = {
    {ExitCode::kClean, "the request was decided, whatever the decision is"},
    {ExitCode::kUsage, "wrong usage, or a URL that is none"},
    {ExitCode::kFailure, "something could not be read or written"},
};
constexpr Example kRouteExamples[] = {
    {"wicket route -X POST -H 'x-user: beta' https://shop.example.com/api/cart manifests/", "spelled as curl does"},
    {"wicket route --curl 'curl -d x=1 http://hello.com/' manifests/", "a line from a terminal or a browser"},
    {"wicket route --explain http://hello.com/nowhere manifests/", "find out why it is a 404"},
    {"wicket route http://hello.com/ manifests/", "see where a request goes"},
};
constexpr std::string_view kRouteSeeAlso[] = {"wicket(1)", "wicket-routes(1)", "wicket-lint(1)", "curl(1)"};

// ---- routes ----

constexpr std::string_view kShown = "What is shown";

constexpr OptionSpec kRoutesOptions[] = {
    {.id = OptionId::kHost,
     .long_name = "--host",
     .placeholder = "HOST",
     .help = "Only what this name is served by; a pattern such as '*.example.com': all hosts that it covers",
     .group = kShown},
    {.id = OptionId::kDestination,
     .long_name = "--destination",
     .placeholder = "HOST[:PORT]",
     .help = "Only routes to this service; its first labels are enough (cart, cart.shop)",
     .group = kShown,
     .synonyms = "--service --backend --upstream --to"},
    {.id = OptionId::kOfNamespace,
     .long_name = "--of-namespace",
     .placeholder = "NS",
     .help = "Only routes of VirtualServices in this namespace",
     .group = kShown,
     .synonyms = "--in-namespace --only-namespace"},
    kGatewayOnly,
    kWorkloadLabels,
    kWorkloadNamespace,
    kIstioVersion,
    kServicesAreAllThere,
    kNamespace,
    kClusterDomain,
    kStdinFilename,
    {.id = OptionId::kFormat,
     .long_name = "--format",
     .short_name = "-o",
     .placeholder = "FORMAT[=FILE]",
     .kind = ValueKind::kChoice,
     .choices = kRoutesFormatWords,
     .repeatable = true,
     .default_text = "text",
     .help = "How routes are written: a table, a tree, for programs, for Graphviz, as a page for browsers; to standard "
             "output, or into FILE",
     .group = kOutput,
     .synonyms = "--output --output-format"},
};
constexpr ArgumentSpec kRoutesArguments[] = {
    {.placeholder = "PATH",
     .kind = ValueKind::kPath,
     .default_text = "the current folder",
     .help = "A file, a folder with everything below it, or - for standard input",
     .synonyms = kPathSynonyms},
};
constexpr std::string_view kRoutesUsages[] = {"wicket routes [OPTIONS] [PATH...]"};
constexpr ExitMeaning kRoutesExits[] = {
    {ExitCode::kClean, "shown, also when nothing is exposed"},
    {ExitCode::kUsage, "wrong usage"},
    {ExitCode::kFailure, "something could not be read or written"},
};
constexpr Example kRoutesExamples[] = {
    {"wicket routes --destination cart:8080 manifests/", "what leads to a service"},
    {"wicket routes -o dot manifests/ | dot -Tsvg > routes.svg", "a picture"},
    {"wicket routes -o html=routes.html manifests/", "a page to attach to a pull request"},
    {"wicket routes manifests/", "everything that is exposed"},
};
constexpr std::string_view kRoutesSeeAlso[] = {"wicket(1)", "wicket-route(1)", "wicket-schema(1)", "dot(1)"};

// ---- test ----

constexpr std::string_view kTested = "What is tested";
constexpr std::string_view kCoverageGroup = "Coverage";

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

// ---- replay ----

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

// ---- serve ----

constexpr OptionSpec kServeOptions[] = {
    {.id = OptionId::kBackend,
     .long_name = "--backend",
     .short_name = "-b",
     .placeholder = "HOST[:PORT[:SUBSET]]=ADDRESS",
     .repeatable = true,
     .help = "Send the requests of a destination to ADDRESS, a port of this machine or HOST:PORT; several for one "
             "destination share its requests. HOST may be a wildcard, *.shop.svc.cluster.local",
     .group = kServing,
     .synonyms = "--upstream --target --endpoint --map"},
    {.id = OptionId::kUnmapped,
     .long_name = "--unmapped",
     .placeholder = "WHAT",
     .kind = ValueKind::kChoice,
     .choices = kUnmappedWords,
     .default_text = "echo",
     .help = "What answers for destinations without --backend: the echo that is built in, or 503 as of a service "
             "without pods",
     .group = kServing},
    {.id = OptionId::kPortMap,
     .long_name = "--port",
     .short_name = "-p",
     .placeholder = "NUMBER=PORT",
     .repeatable = true,
     .default_text = "the gateway's number, 8000 higher where that is for root alone",
     .help = "Serve the gateway's port NUMBER at PORT; 0 takes one that is free",
     .group = kServing,
     .synonyms = "--listen --ports"},
    {.id = OptionId::kAddress,
     .long_name = "--address",
     .placeholder = "IP",
     .default_text = "127.0.0.1",
     .help = "Address to listen on; 0.0.0.0 lets other machines in",
     .group = kServing,
     .synonyms = "--bind --host --listen-address"},
    {.id = OptionId::kNoPortMapping,
     .long_name = "--no-port-mapping-in-headers",
     .help = "Leave Host and Location as they are: without it ports that moved, and .localhost, are taken out of Host "
             "and put into Location",
     .group = kServing},
    {.id = OptionId::kAdminPort,
     .long_name = "--admin-port",
     .placeholder = "PORT",
     .default_text = "15000, and none when that is taken",
     .help = "Port on 127.0.0.1 for /ready, /stats/prometheus, /config_dump and /api/decide; 0 takes one that is free, "
             "off is for none",
     .group = kServing,
     .synonyms = "--admin --metrics-port --stats-port --status-port"},
    {.id = OptionId::kNoWatch,
     .long_name = "--no-watch",
     .help = "Serve what the files hold now until SIGHUP asks for them to be read again; without it they are watched",
     .group = kServing,
     .synonyms = "--no-reload"},
    {.id = OptionId::kTrust,
     .long_name = "--trust",
     .help = "Say how to trust the CA that makes certificates where the input has none, and end",
     .group = kServing},
    kGatewayOnly,
    kWorkloadLabels,
    kWorkloadNamespace,
    kIstioVersion,
    kServicesAreAllThere,
    kNamespace,
    kClusterDomain,
    kStdinFilename,
    {.id = OptionId::kAccessLog,
     .long_name = "--access-log",
     .placeholder = "FORM",
     .default_text = "brief",
     .help = "Log requests to standard output as brief lines, in Istio's text or json, or not at all (off); any other "
             "FORM is a file, which gets Istio's text",
     .group = kOutput,
     .synonyms = "--log --log-format"},
};
constexpr ArgumentSpec kServeArguments[] = {
    {.placeholder = "PATH",
     .kind = ValueKind::kPath,
     .default_text = "the current folder",
     .help = "A file, a folder with everything below it, or - for standard input",
     .synonyms = kPathSynonyms},
};
constexpr std::string_view kServeUsages[] = {"wicket serve [OPTIONS] [PATH...]"};
constexpr ExitMeaning kServeExits[] = {
    {ExitCode::kClean, "served until it was told to end"},
    {ExitCode::kUsage, "wrong usage; nothing was served"},
    {ExitCode::kFailure, "the manifests could not be read, hold nothing to serve, or a port is taken"},
};
constexpr Example kServeExamples[] = {
    {"wicket serve -b hello.default.svc.cluster.local:80=127.0.0.1:9000 manifests/", "with a service of yours"},
    {"wicket serve -p 80=9080 --access-log json manifests/", "at another port, for a program"},
    {"wicket serve manifests/", "see in a browser what each request would become"},
};
constexpr std::string_view kServeSeeAlso[] = {"wicket(1)", "wicket-lint(1)", "wicket-route(1)"};

// ---- explain ----

constexpr OptionSpec kExplainOptions[] = {
    {.id = OptionId::kFormat,
     .long_name = "--format",
     .short_name = "-o",
     .placeholder = "FORMAT",
     .kind = ValueKind::kChoice,
     .choices = kDocFormatWords,
     .default_text = "text",
     .help = "How the explanation is written",
     .group = kOutput,
     .synonyms = "--output --output-format"},
};
constexpr ArgumentSpec kExplainArguments[] = {
    {.placeholder = "CODE",
     .min = 1,
     .kind = ValueKind::kCode,
     .help = "Id (WK102), name (duplicate-key), prefix (WK1), code of another tool (IST0106), or all"},
};
constexpr std::string_view kExplainUsages[] = {"wicket explain [OPTIONS] CODE..."};
constexpr ExitMeaning kExplainExits[] = {
    {ExitCode::kClean, "explained"},
    {ExitCode::kUsage, "wrong usage, or a code that no check has"},
    {ExitCode::kFailure, "standard output could not be written"},
};
constexpr Example kExplainExamples[] = {
    {"wicket explain IST0106", "everything that stands for Istio's code"},
    {"wicket explain WK102", "one check"},
};
constexpr std::string_view kExplainSeeAlso[] = {"wicket(1)", "wicket-rules(1)", "wicket-rules(7)"};

// ---- rules ----

constexpr OptionSpec kRulesOptions[] = {
    {.id = OptionId::kAll,
     .long_name = "--all",
     .help = "List the checks that are off by default as well",
     .group = kChecks},
    {.id = OptionId::kFormat,
     .long_name = "--format",
     .short_name = "-o",
     .placeholder = "FORMAT",
     .kind = ValueKind::kChoice,
     .choices = kListFormatWords,
     .default_text = "text",
     .help = "How the list is written; json holds every fact",
     .group = kOutput,
     .synonyms = "--output --output-format"},
};
constexpr std::string_view kRulesUsages[] = {"wicket rules [OPTIONS]"};
constexpr ExitMeaning kRulesExits[] = {
    {ExitCode::kClean, "listed"},
    {ExitCode::kUsage, "wrong usage"},
    {ExitCode::kFailure, "standard output could not be written"},
};
constexpr Example kRulesExamples[] = {
    {"wicket rules --all -o json", "every check, for a program"},
    {"wicket rules", "the checks that run by default"},
};
constexpr std::string_view kRulesSeeAlso[] = {"wicket(1)", "wicket-explain(1)", "wicket-lint(1)", "wicket-rules(7)"};

// ---- schema ----

constexpr ArgumentSpec kSchemaArguments[] = {
    {.placeholder = "KIND",
     .min = 1,
     .max = 1,
     .kind = ValueKind::kChoice,
     .choices = kSchemaWords,
     .help =
         "A kind of manifest, a file of ours (test, settings, baseline), or what -o json writes: diagnostics (lint), "
         "decision (route), routes, test-report (test), replay; config-dump is what serve shows on its admin port"},
};
constexpr std::string_view kSchemaUsages[] = {"wicket schema [OPTIONS] KIND"};
constexpr ExitMeaning kSchemaExits[] = {
    {ExitCode::kClean, "printed"},
    {ExitCode::kUsage, "wrong usage, or a kind that has no schema"},
    {ExitCode::kFailure, "standard output could not be written"},
};
constexpr Example kSchemaExamples[] = {
    {"wicket schema settings > wicket.schema.json", "complete wicket.yaml in an editor"},
    {"wicket schema VirtualService > virtualservice.schema.json", "give it to an editor"},
};
constexpr std::string_view kSchemaSeeAlso[] = {"wicket(1)", "wicket-lint(1)", "wicket-route(1)", "wicket-routes(1)"};

// ---- init ----

constexpr std::string_view kInitUsages[] = {"wicket init [OPTIONS]"};
constexpr ExitMeaning kInitExits[] = {
    {ExitCode::kClean, "written"},
    {ExitCode::kUsage, "wrong usage, or there is a wicket.yaml already"},
    {ExitCode::kFailure, "the file could not be written"},
};
constexpr Example kInitExamples[] = {
    {"wicket -C deploy init", "write deploy/wicket.yaml"},
    {"wicket init", "write wicket.yaml here"},
};

// ---- completion, version, help ----

constexpr ArgumentSpec kCompletionArguments[] = {
    {.placeholder = "SHELL",
     .min = 1,
     .max = 1,
     .kind = ValueKind::kChoice,
     .choices = kShellWords,
     .help = "The shell that is to complete"},
};
constexpr std::string_view kCompletionUsages[] = {"wicket completion [OPTIONS] SHELL"};
constexpr ExitMeaning kPrintExits[] = {
    {ExitCode::kClean, "printed"},
    {ExitCode::kUsage, "wrong usage"},
    {ExitCode::kFailure, "standard output could not be written"},
};
constexpr Example kCompletionExamples[] = {
    {"wicket completion fish > ~/.config/fish/completions/wicket.fish", "fish, for good"},
    {"wicket completion zsh > \"${fpath[1]}/_wicket\"", "zsh, for good"},
    {"source <(wicket completion bash)", "bash, for this session"},
};
constexpr std::string_view kSeeWicket[] = {"wicket(1)"};

constexpr std::string_view kVersionUsages[] = {"wicket version [OPTIONS]"};
constexpr Example kVersionExamples[] = {{"wicket version", "print the version"}};

constexpr ArgumentSpec kHelpArguments[] = {
    {.placeholder = "COMMAND", .max = 1, .kind = ValueKind::kCommand, .help = "The command to explain"},
};
constexpr std::string_view kHelpUsages[] = {"wicket help [OPTIONS] [COMMAND]"};
constexpr Example kHelpExamples[] = {{"wicket help lint", "the same as wicket lint --help"}};

// ---- all commands ----

constexpr CommandSpec kCommands[] = {
    {.id = CommandId::kLint,
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
     .synonyms = "check validate verify analyze analyse"},
    {.id = CommandId::kRoute,
     .name = "route",
     .summary = "Say where a request would go, and why",
     .description =
         "Takes one request through the routes of the manifests as the ingress gateway would: listener, virtual host, "
         "route, destination. Prints the decision and the place in the manifests that made it. Nothing is sent.",
     .usages = kRouteUsages,
     .arguments = kRouteArguments,
     .options = kRouteOptions,
     .exit_codes = kRouteExits,
     .examples = kRouteExamples,
     .see_also = kRouteSeeAlso,
     .synonyms = "query curl request ask decide"},
    {.id = CommandId::kRoutes,
     .name = "routes",
     .summary = "Show everything that is exposed",
     .description =
         "Shows what the ingress gateway serves: listeners, hosts, routes in the order in which they are tried, "
         "destinations with their shares, redirects, and where each was written; then the names that DNS has to point "
         "at the gateway, and what is not served, or not as it was written, with the reason. Hosts that are served "
         "alike stand together.\n\n"
         "The page of -o html needs no network. It searches, and answers where a request would go as far as that is "
         "plain; for the rest it shows the wicket command that knows.",
     .usages = kRoutesUsages,
     .arguments = kRoutesArguments,
     .options = kRoutesOptions,
     .exit_codes = kRoutesExits,
     .examples = kRoutesExamples,
     .see_also = kRoutesSeeAlso,
     .synonyms = "map list-routes exposed table show"},
    {.id = CommandId::kTest,
     .name = "test",
     .summary = "Test routes: requests and what is expected of them",
     .description =
         "Reads test files, takes each request in them through the routes of the manifests as `wicket route` does, and "
         "compares what is decided with what is expected. All tests run; of one that fails it shows expected, actual, "
         "what decided, and which routes lead where the test wanted to go.\n\n"
         "A test file is called *_test.yaml and lies beside manifests; wicket-test(5) describes it, and `wicket schema "
         "test` is for editors. Without -f it asks about the manifests that it names, or else those in its own folder "
         "and below. Options win over what it says.\n\n"
         "Coverage counts hosts, routes, match blocks and destinations of the VirtualServices that the gateway serves. "
         "One of several destinations is reached by a test that pins it with draw, or that names destinations or "
         "weights while nothing is drawn.",
     .usages = kTestUsages,
     .arguments = kTestArguments,
     .options = kTestOptions,
     .exit_codes = kTestExits,
     .examples = kTestExamples,
     .see_also = kTestSeeAlso,
     .synonyms = "tests spec verify-routes unit"},
    {.id = CommandId::kReplay,
     .name = "replay",
     .summary = "Replay recorded traffic against routes, and compare",
     .description =
         "Reads access logs and takes each request in them through the routes of the manifests as `wicket route` does. "
         "Where the log holds what the gateway did (cluster, route name, response flags, status), the two are "
         "compared: "
         "a request agrees, or is consistent, where something that the log does not tell could explain the difference, "
         "such as a header, or contradicts. Contradictions are shown with both routes and their places. Then it tells "
         "where the traffic goes: destinations, routes, statuses, and what goes nowhere.\n\n"
         "Formats are recognised by content: Istio's text and JSON of all ages, Envoy's default, combined logs of "
         "nginx and Apache, and with --log-format whatever Envoy was told to write; HTTP archives (HAR) of browsers, "
         "curl command lines of any shell, PowerShell's Invoke-WebRequest, requests of hurl; tests of "
         "istio-config-validator and of Envoy's router check tool, "
         "whose "
         "expectations are compared with what the gateway would do. What collectors put around a line (Docker, "
         "Kubernetes, Google Cloud, Loki) is taken off, gzip too. Lines that cannot be read are counted, and the first "
         "ones are shown. The memory for logs does not grow with the number of lines; files of other kinds are read as "
         "a whole. With -v nothing of the lists is left out.",
     .usages = kReplayUsages,
     .arguments = kReplayArguments,
     .options = kReplayOptions,
     .exit_codes = kReplayExits,
     .examples = kReplayExamples,
     .see_also = kReplaySeeAlso,
     .synonyms = "log logs traffic har access-log"},
    {.id = CommandId::kServe,
     .name = "serve",
     .summary = "Be the ingress gateway on this machine",
     .description =
         "Listens on the ports that the Gateways of the manifests open and does with each request what the ingress "
         "gateway would: routes, rewrites, redirects, headers, CORS, faults, mirrors, timeouts, retries, and the "
         "answers "
         "that the gateway gives itself. A destination is a --backend of yours, or the echo that is built in, which "
         "answers with the decision and the request as the service would have seen it.\n\n"
         "Every host is also served under its name with .localhost behind it, which browsers look for on this machine. "
         "Files that change are served as soon as they are sound, without a request that fails: what cannot be read, "
         "or "
         "has errors that were not there before, is shown as lint shows it, and what was served before goes on.\n\n"
         "What the options of a repository are, `serve` in wicket.yaml can say once for all; options win over it.\n\n"
         "SIGTERM or Ctrl-C lets requests that are under way come to their end; a second one does not wait.",
     .usages = kServeUsages,
     .arguments = kServeArguments,
     .options = kServeOptions,
     .exit_codes = kServeExits,
     .examples = kServeExamples,
     .see_also = kServeSeeAlso,
     .synonyms = "proxy run start gateway listen"},
    {.id = CommandId::kExplain,
     .name = "explain",
     .summary = "Explain a check: why it matters, and how to repair what it finds",
     .description = "Prints what a check looks for, what happens in a cluster when it is right, a manifest that it "
                    "objects to, and the same manifest repaired.",
     .usages = kExplainUsages,
     .arguments = kExplainArguments,
     .options = kExplainOptions,
     .exit_codes = kExplainExits,
     .examples = kExplainExamples,
     .see_also = kExplainSeeAlso,
     .synonyms = "rule why describe"},
    {.id = CommandId::kRules,
     .name = "rules",
     .summary = "List the checks",
     .description = "Prints one line a check: id, level, name and what is wrong when it speaks.",
     .usages = kRulesUsages,
     .options = kRulesOptions,
     .exit_codes = kRulesExits,
     .examples = kRulesExamples,
     .see_also = kRulesSeeAlso,
     .synonyms = "checks list linters"},
    {.id = CommandId::kSchema,
     .name = "schema",
     .summary = "Print a JSON Schema",
     .description = "Prints the JSON Schema of a kind of manifest, for editors, or of what -o json writes, for "
                    "programs that read it.",
     .usages = kSchemaUsages,
     .arguments = kSchemaArguments,
     .exit_codes = kSchemaExits,
     .examples = kSchemaExamples,
     .see_also = kSchemaSeeAlso},
    {.id = CommandId::kInit,
     .name = "init",
     .summary = "Write a settings file to start from",
     .description =
         "Writes wicket.yaml into the current folder: every setting, commented, with its default. A file that "
         "is there stays as it is.",
     .usages = kInitUsages,
     .exit_codes = kInitExits,
     .examples = kInitExamples,
     .see_also = kSchemaSeeAlso,
     .synonyms = "setup new create"},
    {.id = CommandId::kCompletion,
     .name = "completion",
     .summary = "Print a completion script for a shell",
     .description = "Prints a script that teaches a shell to complete commands, options, their values and codes of "
                    "checks.",
     .usages = kCompletionUsages,
     .arguments = kCompletionArguments,
     .exit_codes = kPrintExits,
     .examples = kCompletionExamples,
     .see_also = kSeeWicket,
     .synonyms = "completions"},
    {.id = CommandId::kVersion,
     .name = "version",
     .summary = "Print the version",
     .description = "Prints the name and the version on one line.",
     .usages = kVersionUsages,
     .exit_codes = kPrintExits,
     .examples = kVersionExamples,
     .see_also = kSeeWicket},
    {.id = CommandId::kHelp,
     .name = "help",
     .summary = "Print help about wicket or a command",
     .description = "Prints what --help prints.",
     .usages = kHelpUsages,
     .arguments = kHelpArguments,
     .exit_codes = kPrintExits,
     .examples = kHelpExamples,
     .see_also = kSeeWicket},
};

}  // namespace

const CommandSpec& program() { return kProgram; }

std::span<const CommandSpec> commands() { return kCommands; }

const CommandSpec& command_spec(CommandId id) {
  if (id == CommandId::kProgram) return kProgram;
  const auto found = std::ranges::find(kCommands, id, &CommandSpec::id);
  ENSURE(found != std::end(kCommands), "every command has a row");
  return *found;
}

const CommandSpec* find_command(std::string_view name) {
  const auto found = std::ranges::find(kCommands, name, &CommandSpec::name);
  return found == std::end(kCommands) ? nullptr : &*found;
}

std::vector<const OptionSpec*> all_options(const CommandSpec& command) {
  std::vector<const OptionSpec*> options;
  for (const OptionSpec& option : command.options) options.push_back(&option);
  for (const OptionSpec& option : kCommonOptions) options.push_back(&option);
  return options;
}

std::string full_name(CommandId id) {
  return id == CommandId::kProgram ? std::string(kProgram.name) : "wicket " + std::string(command_spec(id).name);
}

}  // namespace wicket::cli
