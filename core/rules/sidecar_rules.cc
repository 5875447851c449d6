#include "rules/sidecar_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "rules/clusters.h"
#include "rules/delegates.h"
#include "rules/host_names.h"
#include "rules/http_rules.h"
#include "rules/lowering.h"

namespace wicket::rules {
namespace {

constexpr std::uint32_t kUsualPort = 80;

/// Who calls where.
struct Call {
  Workload caller{.ns = {}, .labels = {}};  // a namespace that no condition can name
  std::uint32_t port = kUsualPort;
};

void add_conditions(const model::HTTPMatchRequest* match, Call& call) {
  if (match == nullptr) return;
  if (*match->port != 0) call.port = *match->port;
  if (!match->source_namespace->empty()) call.caller.ns = std::string(*match->source_namespace);
  for (const auto& label : match->source_labels) call.caller.labels.emplace_back(label.key, *label.value);
}

bool is_special(const model::HTTPMatchRequest* match) {
  return match != nullptr && (*match->port != 0 || !match->source_namespace->empty() || !match->source_labels.empty());
}

/// For each block with a condition on the call the call that fulfils this one and no other; and one that fulfils none.
std::vector<Call> calls_apart(const std::vector<HttpRule>& rules) {
  std::set<std::uint32_t> ports;
  for (const HttpRule& rule : rules)
    for (const MatchBlock& block : rule.matches)
      for (const model::HTTPMatchRequest* match : {block.own, block.root})
        if (match != nullptr) ports.insert(*match->port);
  std::uint32_t free_port = kUsualPort;
  while (ports.contains(free_port)) ++free_port;

  std::vector<Call> calls;
  if (free_port != kUsualPort) calls.push_back({.port = free_port});
  for (const HttpRule& rule : rules) {
    for (const MatchBlock& block : rule.matches) {
      if (!is_special(block.own) && !is_special(block.root)) continue;
      Call& call = calls.emplace_back(Call{.port = free_port});
      add_conditions(block.root, call);
      add_conditions(block.own, call);  // wins
    }
  }
  return calls;
}

}  // namespace

SidecarRules lower_sidecars(const model::Workspace& workspace, const VirtualServices& services,
                            const LowerOptions& written) {
  LowerOptions options = written;
  options.viewpoint = Viewpoint::kMesh;
  options.only_routes = true;
  options.ignore_exports = true;
  options.mesh.cluster_domain = workspace.options().cluster_domain;

  SidecarRules out;
  out.usual.viewpoint = Viewpoint::kMesh;
  out.usual.workload = {.ns = {}, .labels = {}};
  out.usual.mesh = options.mesh;
  HostTable& table = out.usual.tables.emplace_back(HostTable{.name = std::to_string(kUsualPort)});
  Listener& listener = out.usual.listeners.emplace_back(
      Listener{.name = fmt::format("0.0.0.0_{}", kUsualPort), .port = kUsualPort, .server_ports = {kUsualPort}});
  listener.chains.push_back(
      {.kind = ChainKind::kHttp, .servers = {{.gateway = std::string(kMesh), .port = kUsualPort, .protocol = "HTTP"}}});

  const Bindings bindings(workspace, services, out.usual.workload, options, out.problems);
  out.problems.clear();  // of exports and Gateways
  Registry registry(workspace, out.usual.workload, options, out.problems);
  RetryPolicies retries;
  const auto rules_for = [&](const BoundService& service, const Call& call) {
    const Lowering lowering{workspace, call.caller, out.usual.mesh, bindings, registry, out.problems, retries};
    return lower_http(service, {.gateway = kMesh, .port = call.port, .has_tls = false}, lowering);
  };
  std::set<std::string> taken;
  for (const BoundService* service : bindings.at(kMesh)) {
    const std::vector<RuleRef> usual = rules_for(*service, {});
    for (const std::string& host : service->hosts) {
      std::string domain = lower_case(host);
      if (usual.empty() || !taken.insert(domain).second) continue;
      std::string name = fmt::format("{}:{}", domain, kUsualPort);
      table.hosts.push_back(
          {.domain = std::move(domain), .name = std::move(name), .gateway = std::string(kMesh), .rules = usual});
    }
    std::vector<Problem> unheard;
    const Lowering plain{workspace, out.usual.workload, out.usual.mesh, bindings, registry, unheard, retries};
    for (const Call& call : calls_apart(expand_http(*service, plain)))
      for (RuleRef& rule : rules_for(*service, call)) out.elsewhere.push_back(std::move(rule));
  }
  return out;
}

}  // namespace wicket::rules
