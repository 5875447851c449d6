#include "cli/command_line.h"

#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/words.h"
#include "support/catch.h"

namespace wicket::cli {
namespace {

// The options of a line that must make sense.
template <class Options>
Options parsed(std::string_view line) {
  INFO(line);
  const tl::expected<Command, UsageError> command = parse_command_line(words(line));
  if (!command) FAIL(command.error().message);
  REQUIRE(std::holds_alternative<Options>(*command));
  return std::get<Options>(*command);
}

using Strings = std::vector<std::string>;

TEST_CASE("lint without options has the documented defaults") {
  const LintOptions options = parsed<LintOptions>("lint");
  CHECK(options.paths.empty());
  CHECK(options.outputs.empty());
  CHECK(options.fail_on == check::Severity::kError);
  CHECK_FALSE(options.exit_zero);
  CHECK(options.select.empty());
  CHECK(options.extend_select.empty());
  CHECK(options.ignore.empty());
  CHECK_FALSE(options.closed_world);
  CHECK(options.default_namespace == "default");
  CHECK(options.cluster_domain == "cluster.local");
  CHECK(options.stdin_filename == "<stdin>");
  CHECK_FALSE(options.separate);
  CHECK(options.honour_ignore_files);
  CHECK(options.debug.empty());
  CHECK(options.common.directory.empty());
  CHECK(options.common.jobs == 0);
  CHECK(options.common.verbosity == Verbosity::kNormal);
  CHECK(options.common.color == ColorChoice::kAuto);
}

TEST_CASE("lint takes its options in every spelling") {
  struct Case {
    std::string_view line;
    std::function<bool(const LintOptions&)> want;
  };
  const Case cases[] = {
      {"lint a b/ -",
       [](const LintOptions& o) {
         return o.paths == Strings{"a", "b/", "-"};
       }},
      {"lint a --exit-zero b",
       [](const LintOptions& o) {
         return o.paths == Strings{"a", "b"} && o.exit_zero;
       }},
      {"lint lint route",
       [](const LintOptions& o) {
         return o.paths == Strings{"lint", "route"};
       }},
      {"lint [a,b].yaml [c]",
       [](const LintOptions& o) {
         return o.paths == Strings{"[a,b].yaml", "[c]"};
       }},
      {"lint -- -a.yaml --exit-zero",
       [](const LintOptions& o) {
         return o.paths == Strings{"-a.yaml", "--exit-zero"};
       }},
      {"lint a -- b -- c",
       [](const LintOptions& o) {
         return o.paths == Strings{"a", "b", "--", "c"};
       }},
      {"lint -o json x",
       [](const LintOptions& o) { return o.outputs[0].format == FindingFormat::kJson && o.paths == Strings{"x"}; }},
      {"lint -ojson", [](const LintOptions& o) { return o.outputs[0].format == FindingFormat::kJson; }},
      {"lint --format=json", [](const LintOptions& o) { return o.outputs[0].format == FindingFormat::kJson; }},
      {"lint -o text -o json=a=b.json",
       [](const LintOptions& o) {
         return o.outputs.size() == 2 && o.outputs[0].file.empty() && o.outputs[1].file == "a=b.json";
       }},
      {"lint -o json=-", [](const LintOptions& o) { return o.outputs[0].file.empty(); }},
      {"lint --fail-on warning", [](const LintOptions& o) { return o.fail_on == check::Severity::kWarning; }},
      {"lint --fail-on info", [](const LintOptions& o) { return o.fail_on == check::Severity::kInfo; }},
      {"lint --fail-on never", [](const LintOptions& o) { return !o.fail_on; }},
      {"lint --fail-on never --fail-on error",
       [](const LintOptions& o) { return o.fail_on == check::Severity::kError; }},
      {"lint --select WK1,duplicate-key --select IST0106",
       [](const LintOptions& o) {
         return o.select == Strings{"WK1", "duplicate-key", "IST0106"};
       }},
      {"lint --extend-select 'WK103, WK125'",
       [](const LintOptions& o) {
         return o.extend_select == Strings{"WK103", "WK125"};
       }},
      {"lint --ignore=WK7", [](const LintOptions& o) { return o.ignore == Strings{"WK7"}; }},
      {"lint --only-admission", [](const LintOptions& o) { return o.only_admission; }},
      {"lint -n shop", [](const LintOptions& o) { return o.default_namespace == "shop"; }},
      {"lint --cluster-domain example.org", [](const LintOptions& o) { return o.cluster_domain == "example.org"; }},
      {"lint --stdin-filename a.yaml -", [](const LintOptions& o) { return o.stdin_filename == "a.yaml"; }},
      {"lint --closed-world --separate --no-ignore-files",
       [](const LintOptions& o) { return o.closed_world && o.separate && !o.honour_ignore_files; }},
      {"lint --debug=nodes --debug model --debug timing",
       [](const LintOptions& o) {
         return o.debug == std::vector<DebugForm>{DebugForm::kNodes, DebugForm::kModel, DebugForm::kTiming};
       }},
  };
  for (const Case& c : cases) {
    INFO(c.line);
    CHECK(c.want(parsed<LintOptions>(c.line)));
  }
}

TEST_CASE("common options stand in front of the command or behind it") {
  for (const std::string_view line : {"-C dir -j 4 -q --color never lint a", "lint a -C dir -j4 -q --color=never",
                                      "-C other -q lint --directory=dir --jobs 4 a --color never"}) {
    INFO(line);
    const LintOptions options = parsed<LintOptions>(line);
    CHECK(options.common.directory == "dir");
    CHECK(options.common.jobs == 4);
    CHECK(options.common.verbosity == Verbosity::kQuiet);
    CHECK(options.common.color == ColorChoice::kNever);
    CHECK(options.paths == Strings{"a"});
  }
  CHECK(parsed<LintOptions>("lint -v --color always").common.verbosity == Verbosity::kVerbose);
  CHECK(parsed<LintOptions>("lint -v --color always").common.color == ColorChoice::kAlways);
}

TEST_CASE("route reads requests as curl does") {
  struct Case {
    std::string_view line;
    std::function<bool(const RouteOptions&)> want;
  };
  const Case cases[] = {
      {"route http://h/ a b",
       [](const RouteOptions& o) {
         return o.url == "http://h/" && o.paths == Strings{"a", "b"};
       }},
      {"route h", [](const RouteOptions& o) { return o.url == "h" && o.paths.empty() && o.method == "GET"; }},
      {"route --curl 'curl h' p", [](const RouteOptions& o) { return o.curl == "curl h" && o.paths == Strings{"p"}; }},
      {"route --gateway mesh --source-labels app=web,v=1 --source-namespace shop h",
       [](const RouteOptions& o) {
         return o.from_mesh && !o.gateway && o.source_labels.size() == 2 && o.source_namespace == "shop";
       }},
      {"route --http2 --resolve h:80:127.0.0.1 -k h", [](const RouteOptions& o) { return o.http2 && o.url == "h"; }},
      {"route -X PUT h", [](const RouteOptions& o) { return o.method == "PUT"; }},
      {"route -XPUT -d x h", [](const RouteOptions& o) { return o.method == "PUT" && o.data == "x"; }},
      {"route -d x h", [](const RouteOptions& o) { return o.method == "POST"; }},
      {"route -d '' h", [](const RouteOptions& o) { return o.method == "POST" && o.data == ""; }},
      {"route --data= h", [](const RouteOptions& o) { return o.url == "h" && o.data == ""; }},
      {"route -d -I h", [](const RouteOptions& o) { return o.data == "-I" && o.method == "POST"; }},
      {"route -I h", [](const RouteOptions& o) { return o.method == "HEAD" && !o.data; }},
      {"route -kI h", [](const RouteOptions& o) { return o.method == "HEAD"; }},
      {"route -H 'x-user:  beta ' h",
       [](const RouteOptions& o) { return o.headers[0].name == "x-user" && o.headers[0].value == "beta"; }},
      {"route -H a:b:c h",
       [](const RouteOptions& o) { return o.headers[0].name == "a" && o.headers[0].value == "b:c"; }},
      {"route -H 'a;' h", [](const RouteOptions& o) { return o.headers[0].name == "a" && o.headers[0].value == ""; }},
      {"route -H a: h", [](const RouteOptions& o) { return o.headers[0].name == "a" && !o.headers[0].value; }},
      {"route -H ':authority: x' h",
       [](const RouteOptions& o) { return o.headers[0].name == ":authority" && o.headers[0].value == "x"; }},
      {"route -H a:1 -H a:2 h", [](const RouteOptions& o) { return o.headers.size() == 2; }},
      {"route --sni s --port 8443 h", [](const RouteOptions& o) { return o.sni == "s" && o.port == 8443; }},
      {"route --draw 18446744073709551615 h", [](const RouteOptions& o) { return o.draw == 18446744073709551615U; }},
      {"route --gateway istio-system/main h",
       [](const RouteOptions& o) { return o.gateway->ns == "istio-system" && o.gateway->name == "main"; }},
      {"route -n shop --gateway main h",
       [](const RouteOptions& o) { return o.gateway->ns == "shop" && o.gateway->name == "main"; }},
      {"route --workload-labels a=b,c= --workload-namespace edge h",
       [](const RouteOptions& o) {
         return o.workload_labels.size() == 2 && o.workload_labels[0].key == "a" && o.workload_labels[0].value == "b" &&
                o.workload_labels[1].value.empty() && o.workload_namespace == "edge";
       }},
      {"route --istio-version 1.30.3 --closed-world h",
       [](const RouteOptions& o) { return o.istio_version->minor == 30 && o.closed_world; }},
      {"route --explain -o json h",
       [](const RouteOptions& o) { return o.explain && o.format == DecisionFormat::kJson; }},
      {"route --requests r.jsonl a",
       [](const RouteOptions& o) { return o.url.empty() && o.requests_file == "r.jsonl" && o.paths == Strings{"a"}; }},
  };
  for (const Case& c : cases) {
    INFO(c.line);
    CHECK(c.want(parsed<RouteOptions>(c.line)));
  }
}

TEST_CASE("every word of a choice has its own meaning") {
  const std::pair<std::string_view, SchemaKind> kinds[] = {{"Gateway", SchemaKind::kGateway},
                                                           {"VirtualService", SchemaKind::kVirtualService},
                                                           {"DestinationRule", SchemaKind::kDestinationRule},
                                                           {"ServiceEntry", SchemaKind::kServiceEntry},
                                                           {"diagnostics", SchemaKind::kDiagnostics},
                                                           {"decision", SchemaKind::kDecision},
                                                           {"routes", SchemaKind::kRoutes}};
  for (const auto& [word, kind] : kinds) CHECK(parsed<SchemaOptions>("schema " + std::string(word)).kind == kind);
  CHECK(parsed<CompletionOptions>("completion bash").shell == Shell::kBash);
  CHECK(parsed<CompletionOptions>("completion zsh").shell == Shell::kZsh);
  CHECK(parsed<CompletionOptions>("completion fish").shell == Shell::kFish);
  CHECK(parsed<ExplainOptions>("explain WK1 -o markdown").format == DocFormat::kMarkdown);
  CHECK(parsed<ExplainOptions>("explain WK1 -o json").format == DocFormat::kJson);
  CHECK(parsed<RulesOptions>("rules -o json --all").format == ListFormat::kJson);
}

TEST_CASE("help and version are found wherever they stand") {
  struct Case {
    std::string_view line;
    CommandId want;
  };
  const Case cases[] = {
      {"help", CommandId::kProgram},
      {"--help", CommandId::kProgram},
      {"-h", CommandId::kProgram},
      {"help lint", CommandId::kLint},
      {"lint --help", CommandId::kLint},
      {"--help lint", CommandId::kLint},
      {"lint a -h b", CommandId::kLint},
      {"schema --help", CommandId::kSchema},
      {"help help", CommandId::kHelp},
      {"lint --help --bogus", CommandId::kLint},
      {"--bogus --help", CommandId::kProgram},
  };
  for (const Case& c : cases) {
    INFO(c.line);
    CHECK(parsed<HelpOptions>(c.line).command == c.want);
  }
  for (const std::string_view line : {"version", "--version", "-V", "--version lint"}) parsed<VersionOptions>(line);
}

TEST_CASE("routes takes its options") {
  const auto all = parsed<RoutesOptions>("routes");
  REQUIRE(all.outputs.size() == 1);
  CHECK(all.outputs[0].format == RoutesFormat::kText);
  CHECK((all.host.empty() && all.destination.empty() && all.of_namespace.empty() && !all.destination_port));
  const auto some = parsed<RoutesOptions>(
      "routes -o html=r.html -o tree --host a.io --destination cart.shop:8080 --of-namespace shop --gateway edge/gw -n "
      "b p q");
  REQUIRE(some.outputs.size() == 2);
  CHECK((some.outputs[0].format == RoutesFormat::kHtml && some.outputs[0].file == "r.html"));
  CHECK((some.outputs[1].format == RoutesFormat::kTree && some.outputs[1].file.empty()));
  CHECK(some.host == "a.io");
  CHECK((some.destination == "cart.shop" && some.destination_port == 8080));
  CHECK(some.of_namespace == "shop");
  CHECK((some.gateway->ns == "edge" && some.gateway->name == "gw"));
  CHECK(some.default_namespace == "b");
  CHECK(some.paths == Strings{"p", "q"});
}

TEST_CASE("wrong usage is named, with the command whose help says how it goes") {
  struct Case {
    std::string_view line;
    std::string_view message;
    CommandId command;
  };
  const Case cases[] = {
      {"", "no command given", CommandId::kProgram},
      {"-q", "no command given", CommandId::kProgram},
      {"lnit a", "unknown command lnit; did you mean lint?", CommandId::kProgram},
      {"--fromat json lint", "unknown option --fromat", CommandId::kProgram},
      {"lint --fromat json", "unknown option --fromat; did you mean --format?", CommandId::kLint},
      {"lint --fromat=json", "unknown option --fromat; did you mean --format?", CommandId::kLint},
      {"lint -Z", "unknown option -Z", CommandId::kLint},
      {"lint -qZ", "unknown option -Z", CommandId::kLint},
      {"lint ---", "unknown option ---", CommandId::kLint},
      {"lint -o", "option --format needs a value: FORMAT[=FILE]", CommandId::kLint},
      {"-C", "option --directory needs a value: DIR", CommandId::kProgram},
      {"lint --exit-zero=yes", "option --exit-zero takes no value", CommandId::kLint},
      {"lint -o jsno",
       "--format takes text, json, jsonl, sarif, junit, tap, github, gitlab, checkstyle or markdown, not 'jsno'; did "
       "you mean json?",
       CommandId::kLint},
      {"lint -o json=", "--format json= names no file behind '='", CommandId::kLint},
      {"lint -o text -o json", "two formats for standard output; give one a file: --format json=FILE",
       CommandId::kLint},
      {"lint -o text=a -o json=a", "two formats for the file a", CommandId::kLint},
      {"lint --fail-on Error", "--fail-on takes error, warning, info or never, not 'Error'; did you mean error?",
       CommandId::kLint},
      {"lint --fail-on x", "--fail-on takes error, warning, info or never, not 'x'", CommandId::kLint},
      {"lint --select WK1,,WK2", "--select has an empty code in 'WK1,,WK2'", CommandId::kLint},
      {"lint --ignore=", "--ignore has an empty code in ''", CommandId::kLint},
      {"lint --namespace= a.yaml", "--namespace is empty", CommandId::kLint},
      {"lint -n Shop", "--namespace 'Shop' is no namespace: lower-case letters, digits and '-', at most 63",
       CommandId::kLint},
      {"lint --cluster-domain .local", "--cluster-domain '.local' is no domain name", CommandId::kLint},
      {"lint -j 0", "--jobs takes a number from 1 to 1024, not '0'", CommandId::kLint},
      {"lint -j 4x", "--jobs takes a number from 1 to 1024, not '4x'", CommandId::kLint},
      {"lint -j -1", "--jobs takes a number from 1 to 1024, not '-1'", CommandId::kLint},
      {"-q lint -v", "--quiet and --verbose contradict each other", CommandId::kLint},
      {"lint ''", "a PATH is empty", CommandId::kLint},
      {"lint --config a --no-config", "--config and --no-config contradict each other", CommandId::kLint},
      {"lint --fix --diff", "--fix and --diff contradict each other", CommandId::kLint},
      {"lint --unsafe-fixes", "--unsafe-fixes goes with --fix or --diff", CommandId::kLint},
      {"lint --fix -", "--fix cannot repair standard input (-)", CommandId::kLint},
      {"lint --diff --write-baseline a", "--write-baseline does not go together with --fix or --diff",
       CommandId::kLint},
      {"lint --baseline=", "--baseline is empty", CommandId::kLint},
      {"lint - -", "standard input (-) is named twice", CommandId::kLint},
      {"route", "missing URL", CommandId::kRoute},
      {"route ''", "the URL is empty", CommandId::kRoute},
      {"route a http://h/", "one URL, and in front of the PATHs: 'http://h/' stands behind", CommandId::kRoute},
      {"route -H x h", "--header 'x' is not 'NAME: VALUE'", CommandId::kRoute},
      {"route -H 'a b: c' h", "--header 'a b: c' is not 'NAME: VALUE'", CommandId::kRoute},
      {"route -H 'a;b' h", "--header 'a;b' is not 'NAME: VALUE'", CommandId::kRoute},
      {"route -H ': b' h", "--header ': b' is not 'NAME: VALUE'", CommandId::kRoute},
      {"route -H '' h", "--header '' is not 'NAME: VALUE'", CommandId::kRoute},
      {"route -H 'a: b\nc: d' h", "--header a has a line break in its value", CommandId::kRoute},
      {"route -I -d x h", "--head and --data ask for different methods; name one with --request", CommandId::kRoute},
      {"route -X 'G T' h", "--request 'G T' is no method", CommandId::kRoute},
      {"route --port 65536 h", "--port takes a number from 1 to 65535, not '65536'", CommandId::kRoute},
      {"route --draw 18446744073709551616 h",
       "--draw takes a number from 0 to 18446744073709551615, not '18446744073709551616'", CommandId::kRoute},
      {"route --gateway a/b/c h", "--gateway 'a/b/c' is not NS/NAME", CommandId::kRoute},
      {"route --workload-labels a h", "--workload-labels 'a' is not KEY=VALUE", CommandId::kRoute},
      {"route --istio-version latest h", "--istio-version 'latest' is not MAJOR.MINOR, such as 1.30",
       CommandId::kRoute},
      {"route --requests r -X GET", "--requests and --request do not go together: the file says it", CommandId::kRoute},
      {"route --requests r http://h/", "--requests and a URL do not go together: the file says it", CommandId::kRoute},
      {"route --requests - -", "standard input (-) is named twice", CommandId::kRoute},
      {"route --curl x --requests r", "--requests and --curl do not go together", CommandId::kRoute},
      {"route --curl 'curl h' -H 'a: b' p", "--curl and --header do not go together: the line says it",
       CommandId::kRoute},
      {"route --curl 'curl h' http://h/", "--curl and a URL do not go together: the line says it", CommandId::kRoute},
      {"route --curl= p", "--curl is empty", CommandId::kRoute},
      {"routes http://h/",
       "'http://h/' is a URL; `wicket route` says where it goes, --host shows the routes of one host",
       CommandId::kRoutes},
      {"route --source-labels a=b h", "--source-labels needs --gateway mesh", CommandId::kRoute},
      {"route --gateway mesh --workload-namespace a h",
       "--workload-namespace names a gateway's pods; with --gateway mesh it is --source-labels and --source-namespace",
       CommandId::kRoute},
      {"routes --gateway mesh", "--gateway mesh is a question for `wicket route`: routes shows what a gateway exposes",
       CommandId::kRoutes},
      {"routes -o svg", "--format takes text, tree, json, dot or html, not 'svg'", CommandId::kRoutes},
      {"routes -o text -o html", "two formats for standard output; give one a file: --format html=FILE",
       CommandId::kRoutes},
      {"routes --host http://h", "--host 'http://h' is no host name", CommandId::kRoutes},
      {"routes --destination cart:http", "--destination 'cart:http' is not HOST or HOST:PORT", CommandId::kRoutes},
      {"routes --of-namespace A", "--of-namespace 'A' is no namespace", CommandId::kRoutes},
      {"explain", "missing CODE", CommandId::kExplain},
      {"rules WK1", "unexpected argument WK1", CommandId::kRules},
      {"schema",
       "missing KIND: Gateway, VirtualService, DestinationRule, ServiceEntry, diagnostics, decision, routes, test, "
       "test-report, replay, config-dump, settings or baseline",
       CommandId::kSchema},
      {"schema Gateway x", "unexpected argument x", CommandId::kSchema},
      {"completion", "missing SHELL: bash, zsh or fish", CommandId::kCompletion},
      {"completion fihs", "SHELL takes bash, zsh or fish, not 'fihs'; did you mean fish?", CommandId::kCompletion},
      {"help lnit", "unknown command lnit; did you mean lint?", CommandId::kHelp},
  };
  for (const Case& c : cases) {
    INFO(c.line);
    const tl::expected<Command, UsageError> command = parse_command_line(words(c.line));
    REQUIRE_FALSE(command);
    CHECK(command.error().message == c.message);
    CHECK(command.error().command == c.command);
  }
}

}  // namespace
}  // namespace wicket::cli
