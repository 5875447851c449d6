#include "cli/cmd_init.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>

#include "load/settings.h"

namespace wicket::cli {
namespace {

// Every key, commented out, with its default or an example. Tests read it, as it is and with every key uncommented.
constexpr std::string_view kTemplate =
    R"(# Settings of wicket for this repository. Options of the command line win over them.
# `wicket schema settings` prints the schema; `wicket rules --all` lists the checks.

# What a walk reads. Patterns as in .gitignore, from the folder of this file. Files that are named are read anyway.
#include: ["deploy/**"]
#exclude: [testdata/, "*-draft.yaml"]

# Levels of checks: off, info, warning or error. Keys are ids, names, prefixes or codes of other tools; a key that
# names fewer checks wins over one that names more.
#rules:
#  WK1: error
#  null-field: off
#  IST0132: warning

# Levels for some files; of several items that cover a file the last one wins.
#per-file:
#  - files: [legacy/]
#    rules:
#      unknown-field: warning

# Lowest level of a finding that makes the exit code 1: error, warning, info or never.
#fail-on: error

# Findings that are known and not reported; `wicket lint --write-baseline FILE` writes it.
#baseline: wicket-baseline.json

# Namespace of objects that name none, and the domain of the cluster's services.
#default-namespace: default
#cluster-domain: cluster.local

# The manifests are all there is: what they refer to and do not hold is a finding.
#closed-world: false

# How the mesh is installed, where it differs from a fresh install.
#mesh:
#  istio-version: "1.30"
#  root-namespace: istio-system
#  path-normalization: BASE
#  trusted-proxies: 0
#  scope-gateways-to-namespace: false
#  accept-http10: false
#  virtual-service-export-to: ["*"]
#  destination-rule-export-to: ["*"]
#  service-export-to: ["*"]

# What exists outside of these manifests.
#known:
#  services: [billing.payments.svc.cluster.local, "*.example.com"]
#  gateways: [istio-system/shared]
#  secrets: [istio-system/shop-tls]
#  namespaces: [payments]
#  gateway-workloads:
#    - namespace: edge
#      labels: {istio: edge-gateway}

# How `wicket serve` serves. Addresses of services are PORT, on this machine, or HOST:PORT, or a list of these; the access
# log is brief, text, json, off, or a file that gets Istio's text.
#serve:
#  backends:
#    "hello.default.svc.cluster.local:80": 9000
#    "*.shop.svc.cluster.local": ["127.0.0.1:9001", "127.0.0.1:9002"]
#  unmapped: echo
#  address: 127.0.0.1
#  ports: {"80": 8080, "443": 8443}
#  port-mapping-in-headers: true
#  admin-port: 15000
#  watch: true
#  access-log: brief
)";

}  // namespace

ExitCode cmd_init(const InitOptions& options, Streams& streams) {
  const std::string name(load::kSettingsName);
  // O_EXCL: whatever came to be there in between stays.
  const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0 && errno == EEXIST) {
    streams.err << fmt::format("wicket: {} exists and stays as it is\n", name);
    return ExitCode::kUsage;
  }
  int error = fd < 0 ? errno : 0;
  if (error == 0 && ::write(fd, kTemplate.data(), kTemplate.size()) != static_cast<ssize_t>(kTemplate.size()))
    error = errno;
  if (fd >= 0 && ::close(fd) != 0 && error == 0) error = errno;
  if (error != 0) {
    streams.err << fmt::format("wicket: cannot write {}: {}\n", name, std::generic_category().message(error));
    return ExitCode::kFailure;
  }
  if (options.common.verbosity != Verbosity::kQuiet) streams.out << "wrote " << name << '\n';
  return ExitCode::kClean;
}

}  // namespace wicket::cli
