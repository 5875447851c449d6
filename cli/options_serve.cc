// Options and texts of serve.
#include <string_view>

#include "cli/options_shared.h"

namespace wicket::cli::options {
namespace {

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

}  // namespace

CommandSpec serve_command() {
  return {
      .id = CommandId::kServe,
      .name = "serve",
      .summary = "Be the ingress gateway on this machine",
      .description =
          "Listens on the ports that the Gateways of the manifests open and does with each request what the ingress "
          "gateway would: routes, rewrites, redirects, headers, CORS, faults, mirrors, timeouts, retries, and the "
          "answers "
          "that the gateway gives itself. A destination is a --backend of yours, or the echo that is built in, which "
          "answers with the decision and the request as the service would have seen it.\n\n"
          "Every host is also served under its name with .localhost behind it, which browsers look for on this "
          "machine. "
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
      .synonyms = "proxy run start gateway listen"};
}

}  // namespace wicket::cli::options
