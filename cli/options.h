// What each command is asked to do: one plain struct per command, filled by command_line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "check/diagnostic.h"
#include "check/rule.h"
#include "load/serve_settings.h"

namespace wicket::load {
struct Settings;
}

namespace wicket::cli {

// Every enum that is chosen by a word has its words beside it, in the order of the enumerators.

enum class CommandId : std::uint8_t {
  kProgram,  // wicket itself
  kLint,
  kRoute,
  kRoutes,
  kTest,
  kReplay,
  kServe,
  kExplain,
  kRules,
  kSchema,
  kInit,
  kCompletion,
  kVersion,
  kHelp
};

enum class ColorChoice : std::uint8_t { kAuto, kAlways, kNever };
inline constexpr std::string_view kColorWords[] = {"auto", "always", "never"};

enum class Verbosity : std::uint8_t {
  kQuiet,   // the result, and what went wrong
  kNormal,  // notes beside
  kVerbose  // what is done, and how long it takes, beside
};

/// What every command takes.
struct CommonOptions {
  std::string directory;  // to work in, already entered when a command runs; empty: where we are
  std::size_t jobs = 0;   // threads; 0: one per core
  Verbosity verbosity = Verbosity::kNormal;
  ColorChoice color = ColorChoice::kAuto;  // settled in Streams when a command runs
  std::string config;                      // settings file; empty: the nearest one
  bool no_config = false;
  bool names_namespace = false;  // whether the option was given: it wins over the settings
  bool names_cluster_domain = false;
  std::shared_ptr<const load::Settings> settings;  // read before a command runs; null: none
};

enum class FindingFormat : std::uint8_t {
  kText,
  kJson,
  kJsonl,
  kSarif,
  kJunit,
  kTap,
  kGithub,
  kGitlab,
  kCheckstyle,
  kMarkdown
};
inline constexpr std::string_view kFindingFormatWords[] = {"text", "json",   "jsonl",  "sarif",      "junit",
                                                           "tap",  "github", "gitlab", "checkstyle", "markdown"};

/// One `-o FORMAT[=FILE]`.
struct OutputTarget {
  FindingFormat format = FindingFormat::kText;
  std::string file;  // empty: standard output, which at most one target has
};

inline constexpr std::string_view kFailOnWords[] = {"error", "warning", "info", "never"};

enum class DebugForm : std::uint8_t { kNodes, kModel, kTiming };
inline constexpr std::string_view kDebugWords[] = {"nodes", "model", "timing"};

enum class RepairMode : std::uint8_t {
  kNone,
  kApply,  // change the files
  kShow    // print what would change
};

struct LintOptions {
  CommonOptions common;
  std::vector<std::string> paths;     // files, folders, "-"; empty: the current folder
  std::vector<OutputTarget> outputs;  // empty: text, or github where GitHub Actions runs us
  std::optional<check::Severity> fail_on = check::Severity::kError;  // nothing: never
  bool names_fail_on = false;
  bool exit_zero = false;
  std::vector<std::string> select;         // codes, taken apart at commas; empty: the default set
  std::vector<std::string> extend_select;  // beside `select` or the default set
  std::vector<std::string> ignore;         // wins over both
  bool only_admission = false;             // what the API server or the webhook objects to
  bool closed_world = false;
  bool check_expiry = false;  // of certificates, by the clock
  std::string default_namespace = "default";
  std::string cluster_domain = "cluster.local";
  std::string stdin_filename = "<stdin>";
  bool separate = false;
  std::string baseline;        // file of known findings; empty: none
  std::string write_baseline;  // file to write the findings to as known ones; empty: do not
  std::string new_from;        // git revision: only findings on lines that differ from it; empty: all
  RepairMode repair = RepairMode::kNone;
  check::Safety least_safety = check::Safety::kSafe;  // of the repairs that are made or shown
  bool honour_ignore_files = true;
  std::vector<DebugForm> debug;
};

enum class DecisionFormat : std::uint8_t { kText, kJson };
inline constexpr std::string_view kDecisionFormatWords[] = {"text", "json"};

/// One `-H`. As curl reads it: "Name: value", "Name;" for an empty value, "Name:" for not sending it at all.
struct HeaderArgument {
  std::string name;
  std::optional<std::string> value;  // nothing: leave the header out
};

/// A Gateway, as VirtualServices name it.
struct GatewayName {
  std::string ns;
  std::string name;
};

/// KEY=VALUE.
struct LabelArgument {
  std::string key;
  std::string value;
};

/// MAJOR.MINOR.
struct ReleaseNumber {
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
};

/// What routes are read from, and for whom: the same for every command that asks about them.
struct RoutingOptions {
  std::vector<std::string> paths;
  bool from_mesh = false;                    // --gateway mesh: a call from inside the mesh
  std::vector<LabelArgument> source_labels;  // of the calling pods
  std::string source_namespace;              // of the calling pods; empty: not given
  std::optional<GatewayName> gateway;
  std::string default_namespace = "default";
  std::string cluster_domain = "cluster.local";
  std::vector<LabelArgument> workload_labels;
  std::string workload_namespace;  // empty: not given
  std::optional<ReleaseNumber> istio_version;
  bool closed_world = false;
  std::string stdin_filename = "<stdin>";
  std::vector<std::string> no_manifests{};         // files that a walk passes over
  std::shared_ptr<const load::Settings> settings;  // those of CommonOptions
};

struct RouteOptions : RoutingOptions {
  CommonOptions common;
  std::string url;  // empty when `requests_file` or `curl` is given
  std::string method = "GET";
  std::vector<HeaderArgument> headers;
  std::optional<std::string> data;
  std::optional<std::string> sni;     // nothing: the URL's host
  std::optional<std::uint16_t> port;  // nothing: the URL's port
  bool http2 = false;
  std::string curl;                   // a whole curl command line; empty: none
  std::optional<std::uint64_t> draw;  // nothing: all destinations with their weights
  bool explain = false;
  DecisionFormat format = DecisionFormat::kText;
  std::string requests_file;  // JSON lines; "-": standard input
};

enum class RoutesFormat : std::uint8_t { kText, kTree, kJson, kDot, kHtml };
inline constexpr std::string_view kRoutesFormatWords[] = {"text", "tree", "json", "dot", "html"};

/// One `-o FORMAT[=FILE]`.
struct RoutesTarget {
  RoutesFormat format = RoutesFormat::kText;
  std::string file;  // empty: standard output, which at most one target has
};

struct RoutesOptions : RoutingOptions {
  CommonOptions common;
  std::vector<RoutesTarget> outputs = {RoutesTarget{}};
  std::string host;                               // empty: all
  std::string of_namespace;                       // empty: all
  std::string destination;                        // empty: all
  std::optional<std::uint16_t> destination_port;  // nothing: any
};

enum class TestFormat : std::uint8_t { kText, kJson, kJunit, kTap, kGithub, kMarkdown };
inline constexpr std::string_view kTestFormatWords[] = {"text", "json", "junit", "tap", "github", "markdown"};

/// One `-o FORMAT[=FILE]`.
struct TestTarget {
  TestFormat format = TestFormat::kText;
  std::string file;  // empty: standard output, which at most one target has
};

/// `paths` are manifests that stand in for those that the test files name.
struct TestOptions : RoutingOptions {
  CommonOptions common;
  std::vector<std::string> tests;   // files, folders; empty: the current folder
  std::vector<TestTarget> outputs;  // empty: text, or github where GitHub Actions runs us
  std::string filter;               // RE2, found anywhere in a name; empty: all tests
  bool coverage = false;
  std::optional<double> fail_under;  // percent
  std::string lcov_file;             // empty: none
};

enum class ReplayFormat : std::uint8_t { kText, kJson };
inline constexpr std::string_view kReplayFormatWords[] = {"text", "json"};

/// One `-o FORMAT[=FILE]`.
struct ReplayTarget {
  ReplayFormat format = ReplayFormat::kText;
  std::string file;  // empty: standard output, which at most one target has
};

inline constexpr std::string_view kCompatWords[] = {"icv"};

/// What requests of a replay can be written as.
enum class CopyFormat : std::uint8_t { kTest, kHar, kHurl, kCurl };
inline constexpr std::string_view kCopyFormatWords[] = {"test", "har", "hurl", "curl"};

/// One `--write FORMAT=FILE`.
struct ReplayCopy {
  CopyFormat format = CopyFormat::kTest;
  std::string file;
};

struct ReplayOptions : RoutingOptions {
  CommonOptions common;
  std::vector<std::string> logs;                               // files, "-"
  std::vector<ReplayTarget> outputs;                           // empty: text
  std::string log_format;                                      // a format string of Envoy; empty: look
  std::string host;                                            // of requests of which the log tells none; empty: none
  std::vector<std::pair<std::string, std::string>> variables;  // of hurl's templates
  std::optional<std::uint16_t> request_port;                   // in place of what the log says
  bool coverage = false;
  std::optional<double> fail_under;  // percent
  std::vector<std::string> compare;  // other manifests, asked the same; empty: none
  std::vector<ReplayCopy> copies;    // files that requests are written to
  bool as_validator = false;         // tests of istio-config-validator are read as that one reads them
};

/// One `--backend HOST[:PORT[:SUBSET]]=ADDRESS`, here or in the settings.
using BackendArgument = load::BackendChoice;
/// One `--port NUMBER=PORT`: where a port of the gateway is served.
using PortArgument = load::PortPlace;

enum class Unmapped : std::uint8_t { kEcho, k503 };
inline constexpr const auto& kUnmappedWords = load::kUnmappedChoices;

/// What `--access-log` may be beside a file.
enum class AccessLog : std::uint8_t { kBrief, kText, kJson, kOff };
inline constexpr const auto& kAccessLogWords = load::kAccessLogChoices;

struct ServeOptions : RoutingOptions {
  CommonOptions common;
  std::vector<BackendArgument> backends;
  Unmapped unmapped = Unmapped::kEcho;
  bool names_unmapped = false;
  std::string address = "127.0.0.1";
  bool names_address = false;
  std::vector<PortArgument> ports;
  bool trust = false;  // say how to trust the local CA, and nothing else
  bool maps_headers = true;
  bool watches = true;                              // the files, for changes
  std::optional<std::uint16_t> admin_port = 15000;  // 0: any that is free; nothing: none
  bool names_admin_port = false;                    // it has to be that one
  AccessLog access_log = AccessLog::kBrief;
  bool names_access_log = false;
  std::string access_log_file;  // Istio's text goes there; empty: standard output
};

enum class DocFormat : std::uint8_t { kText, kJson, kMarkdown };
inline constexpr std::string_view kDocFormatWords[] = {"text", "json", "markdown"};

struct ExplainOptions {
  CommonOptions common;
  std::vector<std::string> codes;
  DocFormat format = DocFormat::kText;
};

enum class ListFormat : std::uint8_t { kText, kJson };
inline constexpr std::string_view kListFormatWords[] = {"text", "json"};

struct RulesOptions {
  CommonOptions common;
  ListFormat format = ListFormat::kText;
  bool all = false;  // those that are off by default as well
};

enum class SchemaKind : std::uint8_t {
  kGateway,
  kVirtualService,
  kDestinationRule,
  kServiceEntry,
  kDiagnostics,
  kDecision,
  kRoutes,
  kTest,
  kTestReport,
  kReplay,
  kConfigDump,
  kSettings,
  kBaseline
};
inline constexpr std::string_view kSchemaWords[] = {
    "Gateway", "VirtualService", "DestinationRule", "ServiceEntry", "diagnostics", "decision", "routes",
    "test",    "test-report",    "replay",          "config-dump",  "settings",    "baseline"};

struct SchemaOptions {
  CommonOptions common;
  SchemaKind kind = SchemaKind::kGateway;
};

enum class Shell : std::uint8_t { kBash, kZsh, kFish };
inline constexpr std::string_view kShellWords[] = {"bash", "zsh", "fish"};

struct CompletionOptions {
  CommonOptions common;
  Shell shell = Shell::kBash;
};

struct InitOptions {
  CommonOptions common;
};

struct VersionOptions {
  CommonOptions common;
};

struct HelpOptions {
  CommonOptions common;
  CommandId command = CommandId::kProgram;
};

/// A command line that makes sense.
using Command =
    std::variant<LintOptions, RouteOptions, RoutesOptions, TestOptions, ReplayOptions, ServeOptions, ExplainOptions,
                 RulesOptions, SchemaOptions, InitOptions, CompletionOptions, VersionOptions, HelpOptions>;

}  // namespace wicket::cli
