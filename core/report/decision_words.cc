#include "report/decision_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "route/host_index.h"
#include "rules/host_names.h"

namespace wicket::report {
namespace {

using rules::ProblemKind;

std::string_view section_name(rules::Section section) {
  switch (section) {
    case rules::Section::kHttp:
      return "http";
    case rules::Section::kTls:
      return "tls";
    case rules::Section::kTcp:
      return "tcp";
  }
  return "";
}

std::string field_title(const route::FailedPredicate& failed) {
  switch (failed.field) {
    case route::Field::kPath:
      return "path";
    case route::Field::kMethod:
      return "method";
    case route::Field::kAuthority:
      return "authority";
    case route::Field::kScheme:
      return "scheme";
    case route::Field::kHeader:
      return fmt::format("header \"{}\"", failed.named->name);
    case route::Field::kQueryParam:
      return fmt::format("query parameter \"{}\"", failed.named->name);
  }
  return "";
}

std::string relation(const rules::StringPredicate& wanted, bool negated) {
  const std::string_view not_ = negated ? "not " : "";
  const std::string_view case_ = wanted.ignore_case ? " (ignoring case)" : "";
  switch (wanted.type) {
    case rules::MatchType::kPresent:
      return negated ? "is absent" : "is there";
    case rules::MatchType::kExact:
      return fmt::format("is {}\"{}\"{}", not_, wanted.text, case_);
    case rules::MatchType::kPrefix:
      return fmt::format("{} with \"{}\"{}", negated ? "does not start" : "starts", wanted.text, case_);
    case rules::MatchType::kRegex:
      return fmt::format("{} the regex \"{}\"", negated ? "does not match" : "matches", wanted.text);
    case rules::MatchType::kPathSegment:
      return fmt::format("is {}below \"{}\"", not_, wanted.text);
  }
  return "";
}

// ---- remarks ----

bool concerns(const rules::Problem& problem, std::string_view host) {
  return std::ranges::any_of(problem.hosts,
                             [host](const std::string& name) { return rules::have_common_name(name, host); });
}

// Whether a Problem explains that a request to this host on this port found nothing.
bool explains_loss(const rules::Problem& problem, std::string_view host, std::uint32_t port) {
  switch (problem.kind) {
    case ProblemKind::kMeshOnly:
    case ProblemKind::kGatewayNotFound:
    case ProblemKind::kNotExported:
    case ProblemKind::kNoCommonHost:
    case ProblemKind::kNoRules:
    case ProblemKind::kNoGatewayForWorkload:
      return concerns(problem, host);
    case ProblemKind::kServerDropped:
    case ProblemKind::kServerWithoutRoutes:
    case ProblemKind::kUnknownProtocol:
      return problem.port == port;
    case ProblemKind::kDelegateNotFound:
    case ProblemKind::kDelegateConflict:
    case ProblemKind::kRuleBehindCatchAll:
    case ProblemKind::kSniTaken:
    case ProblemKind::kNothingToDo:
    case ProblemKind::kRedirectCode:
    case ProblemKind::kBadRegex:
    case ProblemKind::kClaimWithoutPattern:
    case ProblemKind::kHostTaken:
    case ProblemKind::kSubsetTaken:
    case ProblemKind::kPolicyTaken:
    case ProblemKind::kSameChainTwice:
      return false;
  }
  return false;
}

bool refuses_config(const rules::Problem& problem) {
  constexpr std::array kKinds = {ProblemKind::kNothingToDo, ProblemKind::kRedirectCode, ProblemKind::kBadRegex,
                                 ProblemKind::kClaimWithoutPattern, ProblemKind::kSameChainTwice};
  return std::ranges::find(kKinds, problem.kind) != kKinds.end();
}

bool is_lost(const route::Decision& decision) {
  return decision.outcome == route::Outcome::kNotFound ||
         (decision.outcome == route::Outcome::kRefused && decision.stage <= route::Stage::kFilterChain);
}

template <class Filter>
void add_problems(const DecisionReport& report, Filter filter, std::vector<Remark>& remarks) {
  for (const std::span<const rules::Problem> problems :
       {std::span<const rules::Problem>(report.table.rules().problems), report.table.problems()})
    for (const rules::Problem& problem : problems)
      if (filter(problem)) remarks.push_back({problem_text(problem), &problem.span});
}

}  // namespace

std::string place(const SourceSet& sources, const Span& span) {
  if (span.end == 0) return "written nowhere";  // what a sidecar does by itself
  return fmt::format("{}:{}", sources.name(span.file), sources.position(span.file, span.begin).line);
}

std::string exact_place(const SourceSet& sources, const Span& span) {
  if (span.end == 0) return place(sources, span);
  const Position at = sources.position(span.file, span.begin);
  return fmt::format("{}:{}:{}", sources.name(span.file), at.line, at.column);
}

std::string rule_title(const rules::Provenance& from) {
  if (from.virtual_service.empty()) return from.span.end == 0 ? "no VirtualService" : "the server's own hosts";
  std::string title = fmt::format("{}[{}]", section_name(from.section), from.index);
  if (from.match >= 0) title += fmt::format(".match[{}]", from.match);
  title += fmt::format(" of VirtualService {}", from.virtual_service);
  if (!from.root.empty()) title += fmt::format(", called by {}", from.root);
  return title;
}

std::string cluster_title(const rules::Cluster& cluster) {
  std::string title = fmt::format("{}:{}", cluster.host, cluster.port);
  if (!cluster.subset.empty()) title += fmt::format(" (subset {})", cluster.subset);
  return title;
}

std::string_view chain_title(rules::ChainKind kind) {
  switch (kind) {
    case rules::ChainKind::kHttp:
      return "plaintext HTTP";
    case rules::ChainKind::kHttps:
      return "HTTP over TLS";
    case rules::ChainKind::kTcp:
      return "plaintext TCP";
    case rules::ChainKind::kTerminatedTls:
      return "TCP over TLS";
    case rules::ChainKind::kPassthrough:
      return "TLS passed through";
    case rules::ChainKind::kAutoPassthrough:
      return "TLS passed through by cluster name";
  }
  return "";
}

std::string failure_text(const route::FailedPredicate& failed) {
  const std::string title = field_title(failed);
  if (failed.named != nullptr && failed.named->inverted) {
    if (failed.is_absent)
      return fmt::format("{} is not sent, which withoutHeaders takes for \"\"; that {}", title,
                         relation(*failed.wanted, false));
    if (failed.wanted->type == rules::MatchType::kPresent)
      return fmt::format("{} is sent, which withoutHeaders excludes", title);
    return fmt::format("{} is \"{}\" and {}, which withoutHeaders excludes", title, failed.actual,
                       relation(*failed.wanted, false));
  }
  if (failed.named != nullptr && failed.named->is_claim) return fmt::format("{} needs a token", title);
  if (failed.is_absent) return fmt::format("{} is not sent", title);
  return fmt::format("{} \"{}\" {}", title, failed.actual, relation(*failed.wanted, true));
}

std::string problem_text(const rules::Problem& problem) {
  const std::string service = fmt::format("VirtualService {}", problem.resource);
  const std::string gateway = fmt::format("Gateway {}", problem.resource);
  switch (problem.kind) {
    case ProblemKind::kNoGatewayForWorkload:
      return gateway + " selects other pods than the ones looked at";
    case ProblemKind::kMeshOnly:
      return service + " names no gateway, so it is for sidecars only";
    case ProblemKind::kGatewayNotFound:
      return fmt::format("{} names Gateway {}, which is not in the input", service, problem.detail);
    case ProblemKind::kNotExported:
      return fmt::format("exportTo of {} hides it from the gateway's namespace {}", service, problem.detail);
    case ProblemKind::kNoCommonHost:
      return fmt::format("{} has no host that Gateway {} serves", service, problem.detail);
    case ProblemKind::kNoRules:
      return fmt::format("no rule of {} applies at Gateway {}", service, problem.detail);
    case ProblemKind::kServerDropped:
      return fmt::format("a server of {} for port {} is dropped: another one holds the port or one of its hosts",
                         gateway, problem.port);
    case ProblemKind::kServerWithoutRoutes:
      return fmt::format("a server of {} for port {} has no tls or tcp rule, so nothing listens for it", gateway,
                         problem.port);
    case ProblemKind::kUnknownProtocol:
      return fmt::format("a server of {} has protocol \"{}\", which is none without more settings", gateway,
                         problem.detail);
    case ProblemKind::kRuleBehindCatchAll:
      return fmt::format("a rule of {} stands behind one that takes everything", service);
    case ProblemKind::kDelegateNotFound:
      return fmt::format("{} delegates to {}, which is not in the input or hidden from it", service, problem.detail);
    case ProblemKind::kDelegateConflict:
      return fmt::format("a rule of {} is dropped: its match blocks and those of {} cannot hold together", service,
                         problem.detail);
    case ProblemKind::kSniTaken:
      return fmt::format("a tls match of {} is dropped: an earlier one has the SNI host {}", service, problem.detail);
    case ProblemKind::kNothingToDo:
      return fmt::format("a rule of {} has no destination, which Envoy refuses", service);
    case ProblemKind::kRedirectCode:
      return fmt::format("{} redirects with code {}, which Envoy refuses", service, problem.detail);
    case ProblemKind::kBadRegex:
      return fmt::format("{} has a regex that Envoy refuses: {}", service, problem.detail);
    case ProblemKind::kClaimWithoutPattern:
      return fmt::format("{} asks for the claim {} without a pattern, which Envoy refuses", service, problem.detail);
    case ProblemKind::kHostTaken:
      return fmt::format("{} has no say about {}: for sidecars an older VirtualService has that host", service,
                         problem.detail);
    case ProblemKind::kSubsetTaken:
      return fmt::format("subset {} of {} is not used: an older DestinationRule for the host has one of that name",
                         problem.detail, problem.resource);
    case ProblemKind::kPolicyTaken:
      return fmt::format("the traffic policy of {} is not used: an older DestinationRule for {} has one",
                         problem.resource, problem.detail);
    case ProblemKind::kSameChainTwice:
      return fmt::format("two filter chains of port {} have the same condition, which Envoy refuses", problem.port);
  }
  return "";
}

std::vector<Remark> remarks(const DecisionReport& report) {
  std::vector<Remark> found;
  const route::Decision& decision = report.decision;
  if (!decision.note.empty()) found.push_back({std::string(decision.note)});
  for (const rules::WeightedDestination& destination : decision.destinations)
    if (destination.cluster->existence == rules::Existence::kMissing)
      found.push_back(
          {fmt::format("{} has no cluster: {}", cluster_title(*destination.cluster), destination.cluster->reason),
           &destination.span});
  if (decision.refused_config) add_problems(report, refuses_config, found);
  if (is_lost(decision)) {
    const route::LookupName host(report.request.authority);
    add_problems(
        report, [&](const rules::Problem& p) { return explains_loss(p, host.view(), report.request.port); }, found);
  }
  return found;
}

double probability(const route::Decision& decision, const rules::WeightedDestination& destination) {
  double total = 0;
  for (const rules::WeightedDestination& each : decision.destinations) total += each.weight;
  return total == 0 ? 0 : destination.weight / total;
}

std::string_view gateway_of(const route::Decision& decision) {
  if (decision.rule() != nullptr) return decision.rule()->gateway;
  if (decision.virtual_host != nullptr) return decision.virtual_host->gateway;
  if (decision.chain == nullptr) return "";
  const auto& servers = decision.chain->servers;
  const std::string_view first = servers.front().gateway;
  return std::ranges::all_of(servers, [first](const auto& server) { return server.gateway == first; }) ? first : "";
}

}  // namespace wicket::report
