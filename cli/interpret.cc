// One function a command, each a list of assignments from a ValueReader; in front of them, the forms of value that only
// one option has.

#include "cli/interpret.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "cli/option_table.h"
#include "cli/schema_kind.h"
#include "cli/suggest.h"
#include "cli/value_reader.h"

namespace wicket::cli {
namespace {

constexpr std::size_t kMaxJobs = 1024;

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// Source: RFC 1123 label, as Kubernetes checks namespaces.
bool is_namespace(std::string_view text) {
  return !text.empty() && text.size() <= 63 && is_lower_or_digit(text.front()) && is_lower_or_digit(text.back()) &&
         std::ranges::all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

// Source: RFC 1123 subdomain, as Kubernetes checks names of objects.
bool is_object_name(std::string_view text) {
  return !text.empty() && text.size() <= 253 && is_lower_or_digit(text.front()) && is_lower_or_digit(text.back()) &&
         std::ranges::all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-' || c == '.'; });
}

// Source: RFC 9110 section 5.6.2, token.
bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || kMarks.find(c) != std::string_view::npos;
  });
}

CommonOptions common(ValueReader& in) {
  CommonOptions options;
  options.directory = in.text(OptionId::kDirectory);
  options.jobs = in.number(OptionId::kJobs, 1, kMaxJobs).value_or(0);
  options.color = in.choice(OptionId::kColor, ColorChoice::kAuto);
  if (in.has(OptionId::kQuiet) && in.has(OptionId::kVerbose)) in.fail("--quiet and --verbose contradict each other");
  if (in.has(OptionId::kQuiet)) options.verbosity = Verbosity::kQuiet;
  if (in.has(OptionId::kVerbose)) options.verbosity = Verbosity::kVerbose;
  return options;
}

std::string namespace_of(ValueReader& in) {
  std::string ns = in.text(OptionId::kNamespace, "default");
  if (!is_namespace(ns))
    in.fail(fmt::format("--namespace '{}' is no namespace: lower-case letters, digits and '-', at most 63", ns));
  return ns;
}

std::string cluster_domain(ValueReader& in) {
  std::string domain = in.text(OptionId::kClusterDomain, "cluster.local");
  if (!is_object_name(domain)) in.fail(fmt::format("--cluster-domain '{}' is no domain name", domain));
  return domain;
}

// Paths from arguments, `first` of which are something else.
std::vector<std::string> paths(ValueReader& in, std::size_t first) {
  const std::vector<std::string>& arguments = in.given().arguments;
  std::vector<std::string> paths(arguments.begin() + static_cast<std::ptrdiff_t>(first), arguments.end());
  if (std::ranges::find(paths, "") != paths.end()) in.fail("a PATH is empty");
  if (std::ranges::count(paths, "-") > 1) in.fail("standard input (-) is named twice");
  return paths;
}

// ---- lint ----

std::vector<OutputTarget> outputs(ValueReader& in) {
  std::vector<OutputTarget> targets;
  for (const std::string& value : in.given().all(OptionId::kFormat)) {
    const std::size_t equals = value.find('=');
    OutputTarget target;
    target.format = static_cast<FindingFormat>(in.choice_index(OptionId::kFormat, value.substr(0, equals)));
    if (equals != std::string::npos) {
      target.file = value.substr(equals + 1);
      if (target.file.empty()) in.fail(fmt::format("--format {} names no file behind '='", value));
    }
    if (target.file == "-") target.file.clear();
    if (std::ranges::find(targets, target.file, &OutputTarget::file) != targets.end())
      in.fail(target.file.empty() ? fmt::format("two formats for standard output; give one a file: --format {}=FILE",
                                                value.substr(0, equals))
                                  : fmt::format("two formats for the file {}", target.file));
    targets.push_back(std::move(target));
  }
  return targets;
}

std::optional<check::Severity> fail_on(ValueReader& in) {
  enum class FailOn : std::uint8_t { kError, kWarning, kInfo, kNever };
  switch (in.choice(OptionId::kFailOn, FailOn::kError)) {
    case FailOn::kError:
      return check::Severity::kError;
    case FailOn::kWarning:
      return check::Severity::kWarning;
    case FailOn::kInfo:
      return check::Severity::kInfo;
    case FailOn::kNever:
      return std::nullopt;
  }
  return std::nullopt;
}

LintOptions lint(ValueReader& in) {
  LintOptions options;
  options.common = common(in);
  options.paths = paths(in, 0);
  options.outputs = outputs(in);
  options.fail_on = fail_on(in);
  options.exit_zero = in.has(OptionId::kExitZero);
  options.select = in.comma_list(OptionId::kSelect);
  options.extend_select = in.comma_list(OptionId::kExtendSelect);
  options.ignore = in.comma_list(OptionId::kIgnore);
  options.only_admission = in.has(OptionId::kOnlyAdmission);
  options.closed_world = in.has(OptionId::kClosedWorld);
  options.default_namespace = namespace_of(in);
  options.cluster_domain = cluster_domain(in);
  options.stdin_filename = in.text(OptionId::kStdinFilename, options.stdin_filename);
  options.separate = in.has(OptionId::kSeparate);
  options.honour_ignore_files = !in.has(OptionId::kNoIgnoreFiles);
  options.debug = in.choices<DebugForm>(OptionId::kDebug);
  return options;
}

// ---- route ----

// Source: curl(1), -H.
HeaderArgument header(ValueReader& in, const std::string& text) {
  HeaderArgument header;
  const std::size_t mark = text.find_first_of(":;", 1);  // from 1: ":authority: x" is a name with a colon in front
  header.name = text.substr(0, mark);
  const bool pseudo = header.name.starts_with(':');
  if (mark == std::string::npos || !is_token(std::string_view(header.name).substr(pseudo ? 1 : 0)))
    in.fail(fmt::format("--header '{}' is not 'NAME: VALUE'", text));
  else if (text[mark] == ';' && mark + 1 == text.size())
    header.value = "";
  else if (text[mark] == ';')
    in.fail(fmt::format("--header '{}' is not 'NAME: VALUE'", text));
  else if (const std::size_t begin = text.find_first_not_of(" \t", mark + 1); begin != std::string::npos)
    header.value = text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);

  constexpr std::string_view kNeverInValues("\r\n\0", 3);
  if (header.value && header.value->find_first_of(kNeverInValues) != std::string::npos)
    in.fail(fmt::format("--header {} has a line break in its value", header.name));
  return header;
}

std::string method(ValueReader& in) {
  const bool head = in.has(OptionId::kHead), data = in.has(OptionId::kData), named = in.has(OptionId::kRequest);
  if (head && data && !named) in.fail("--head and --data ask for different methods; name one with --request");
  std::string method = in.text(OptionId::kRequest, head ? "HEAD" : data ? "POST" : "GET");
  if (!is_token(method)) in.fail(fmt::format("--request '{}' is no method", method));
  return method;
}

std::optional<GatewayName> gateway(ValueReader& in, const std::string& default_namespace) {
  if (!in.has(OptionId::kGateway)) return std::nullopt;
  const std::string text = in.text(OptionId::kGateway);
  const std::size_t slash = text.find('/');
  GatewayName gateway{default_namespace, text};
  if (slash != std::string::npos) gateway = {text.substr(0, slash), text.substr(slash + 1)};
  if (!is_namespace(gateway.ns) || !is_object_name(gateway.name))
    in.fail(fmt::format("--gateway '{}' is not NS/NAME", text));
  return gateway;
}

std::vector<LabelArgument> labels(ValueReader& in, OptionId id) {
  std::vector<LabelArgument> labels;
  for (const std::string& item : in.comma_list(id)) {
    const std::size_t equals = item.find('=');
    if (equals == 0 || equals == std::string::npos) in.fail(fmt::format("{} '{}' is not KEY=VALUE", in.name(id), item));
    labels.push_back({item.substr(0, equals), equals == std::string::npos ? "" : item.substr(equals + 1)});
  }
  return labels;
}

// "1.30", and also "1.30.3": a patch release changes no behaviour.
std::optional<ReleaseNumber> istio_version(ValueReader& in) {
  if (!in.has(OptionId::kIstioVersion)) return std::nullopt;
  const std::string text = in.text(OptionId::kIstioVersion);
  ReleaseNumber release;
  const char* const end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, release.major);
  const char* const point = major.ptr;
  if (major.ec == std::errc() && point != end && *point == '.') {
    const auto minor = std::from_chars(point + 1, end, release.minor);
    if (minor.ec == std::errc() && (minor.ptr == end || *minor.ptr == '.')) return release;
  }
  in.fail(fmt::format("--istio-version '{}' is not MAJOR.MINOR, such as 1.30", text));
  return std::nullopt;
}

// Where requests come from: the command line or a file, and nothing from both.
void request_source(ValueReader& in, RouteOptions& options) {
  options.requests_file = in.text(OptionId::kRequests);
  if (in.has(OptionId::kRequests)) {
    options.paths = paths(in, 0);
    constexpr std::array kOfOneRequest = {OptionId::kRequest, OptionId::kHeader, OptionId::kData,
                                          OptionId::kHead,    OptionId::kSni,    OptionId::kPort};
    for (const OptionId id : kOfOneRequest)
      if (in.has(id)) in.fail(fmt::format("--requests and {} do not go together: the file says it", in.name(id)));
    if (!options.paths.empty() && options.paths.front().find("://") != std::string::npos)
      in.fail("--requests and a URL do not go together: the file says it");
    if (options.requests_file == "-" && std::ranges::find(options.paths, "-") != options.paths.end())
      in.fail("standard input (-) is named twice");
    return;
  }
  if (in.given().arguments.empty()) return in.fail("missing URL");
  options.url = in.given().arguments.front();
  options.paths = paths(in, 1);
  if (options.url.empty()) in.fail("the URL is empty");
  const auto url = std::ranges::find_if(options.paths, [](const std::string& path) {
    return path.starts_with("http://") || path.starts_with("https://");
  });
  if (url != options.paths.end()) in.fail(fmt::format("one URL, and in front of the PATHs: '{}' stands behind", *url));
}

RouteOptions route(ValueReader& in) {
  RouteOptions options;
  options.common = common(in);
  request_source(in, options);
  options.method = method(in);
  for (const std::string& text : in.given().all(OptionId::kHeader)) options.headers.push_back(header(in, text));
  if (in.has(OptionId::kData)) options.data = *in.given().last(OptionId::kData);
  if (in.has(OptionId::kSni)) options.sni = in.text(OptionId::kSni);
  if (const auto port = in.number(OptionId::kPort, 1, 65535)) options.port = static_cast<std::uint16_t>(*port);
  options.draw = in.number(OptionId::kDraw, 0, std::numeric_limits<std::uint64_t>::max());
  options.default_namespace = namespace_of(in);
  options.gateway = gateway(in, options.default_namespace);
  options.cluster_domain = cluster_domain(in);
  options.workload_labels = labels(in, OptionId::kWorkloadLabels);
  options.workload_namespace = in.text(OptionId::kWorkloadNamespace);
  if (in.has(OptionId::kWorkloadNamespace) && !is_namespace(options.workload_namespace))
    in.fail(fmt::format("--workload-namespace '{}' is no namespace", options.workload_namespace));
  options.istio_version = istio_version(in);
  options.closed_world = in.has(OptionId::kClosedWorld);
  options.explain = in.has(OptionId::kExplain);
  options.format = in.choice(OptionId::kFormat, DecisionFormat::kText);
  options.stdin_filename = in.text(OptionId::kStdinFilename, options.stdin_filename);
  return options;
}

// ---- the others ----

ExplainOptions explain(ValueReader& in) {
  ExplainOptions options;
  options.common = common(in);
  options.codes = in.given().arguments;
  options.format = in.choice(OptionId::kFormat, DocFormat::kText);
  return options;
}

RulesOptions rules(ValueReader& in) {
  RulesOptions options;
  options.common = common(in);
  options.format = in.choice(OptionId::kFormat, ListFormat::kText);
  options.all = in.has(OptionId::kAll);
  return options;
}

HelpOptions help(ValueReader& in) {
  HelpOptions options{common(in), CommandId::kProgram};
  if (in.given().arguments.empty()) return options;
  const std::string& name = in.given().arguments.front();
  if (const CommandSpec* command = find_command(name))
    options.command = command->id;
  else
    in.fail(unknown_command(name));
  return options;
}

// As many arguments as the command has places for.
void check_arguments(const CommandSpec& command, ValueReader& in) {
  const std::vector<std::string>& arguments = in.given().arguments;
  std::size_t needed = 0, places = 0;
  for (const ArgumentSpec& argument : command.arguments) {
    needed += argument.min;
    if (arguments.size() < needed) {
      const std::string choices = argument.choices.empty() ? "" : ": " + listed(argument.choices);
      return in.fail(fmt::format("missing {}{}", argument.placeholder, choices));
    }
    if (argument.max == kMany) return;
    places += argument.max;
  }
  if (arguments.size() > places) in.fail(fmt::format("unexpected argument {}", arguments[places]));
}

SchemaOptions schema(ValueReader& in) {
  const tl::expected<SchemaKind, std::string> kind = schema_kind_from(in.given().arguments.front());
  if (!kind) in.fail(kind.error());
  return {common(in), kind.value_or(SchemaKind::kGateway)};
}

Command filled(CommandId command, ValueReader& in) {
  switch (command) {
    case CommandId::kLint:
      return lint(in);
    case CommandId::kRoute:
      return route(in);
    case CommandId::kExplain:
      return explain(in);
    case CommandId::kRules:
      return rules(in);
    case CommandId::kSchema:
      return schema(in);
    case CommandId::kCompletion:
      return CompletionOptions{common(in), in.argument_choice<Shell>()};
    case CommandId::kVersion:
      return VersionOptions{common(in)};
    case CommandId::kHelp:
    case CommandId::kProgram:
      return help(in);
  }
  return HelpOptions{};
}

}  // namespace

tl::expected<Command, UsageError> interpret(CommandId command, const Given& given) {
  const CommandSpec& spec = command_spec(command);
  ValueReader in(spec, given);
  check_arguments(spec, in);
  if (in.error()) return tl::unexpected(UsageError{*in.error(), command});
  Command filled_command = filled(command, in);
  if (in.error()) return tl::unexpected(UsageError{*in.error(), command});
  return filled_command;
}

}  // namespace wicket::cli
