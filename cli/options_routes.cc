// Options and texts of routes.
#include <string_view>

#include "cli/options_shared.h"

namespace wicket::cli::options {
namespace {

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

}  // namespace

CommandSpec routes_command() {
  return {
      .id = CommandId::kRoutes,
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
      .synonyms = "map list-routes exposed table show"};
}

}  // namespace wicket::cli::options
