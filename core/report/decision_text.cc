// The answer first, in one line; then what belongs to it, one line each; then remarks.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/edit_distance.h"
#include "report/decision.h"
#include "report/decision_words.h"
#include "report/near_miss.h"
#include "report/rule_words.h"
#include "route/headers.h"
#include "route/host_index.h"
#include "rules/host_names.h"

namespace wicket::report {
namespace {

using route::Outcome;
using route::Stage;

constexpr std::size_t kMaxNames = 8;   // hosts or ports in one line
constexpr std::size_t kMaxRules = 5;   // rules that nearly matched
constexpr std::size_t kMaxShares = 3;  // destinations that are named in the answer itself

template <class... Args>
void line(std::string& out, std::string_view label, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(std::back_inserter(out), "  {:<12}{}\n", label, fmt::format(format, std::forward<Args>(args)...));
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kMaxNames); ++i) text.append(i == 0 ? "" : ", ").append(names[i]);
  if (names.size() > kMaxNames) text += fmt::format(" and {} more", names.size() - kMaxNames);
  return text;
}

// ---- the answer ----

std::string flag_suffix(const route::Decision& decision) {
  return decision.response_flag.empty() ? "" : fmt::format(" {}", decision.response_flag);
}

std::string share(const route::Decision& decision, const rules::WeightedDestination& destination) {
  return fmt::format("{:.4g}% {}", 100 * probability(decision, destination), cluster_title(*destination.cluster));
}

std::string destinations_answer(const route::Decision& decision) {
  if (decision.picked != nullptr) return cluster_title(*decision.picked->cluster);
  if (decision.destinations.size() > kMaxShares)
    return fmt::format("one of {} destinations", decision.destinations.size());
  std::string text;
  for (const rules::WeightedDestination& destination : decision.destinations)
    text.append(text.empty() ? "" : ", ").append(share(decision, destination));
  return text;
}

std::string lost_answer(const DecisionReport& report) {
  const route::Decision& decision = report.decision;
  std::string status = decision.status == 0 ? "" : std::to_string(decision.status) + flag_suffix(decision) + ": ";
  switch (decision.stage) {
    case Stage::kListener:
      return fmt::format("refused: nothing listens on port {}", report.request.port);
    case Stage::kFilterChain:
      if (!report.request.tls) return "refused: the port speaks TLS only";
      if (report.request.sni.empty()) return "refused: no server takes TLS without a server name";
      return fmt::format("refused: no server has the SNI \"{}\"", report.request.sni);
    case Stage::kCodec:
      return fmt::format("{}{}", status, decision.note.empty() ? decision.details : decision.note);
    case Stage::kVirtualHost:
      return fmt::format("{}no virtual host for \"{}\" on port {}", status, report.request.authority,
                         report.request.port);
    case Stage::kRoute:
      if (decision.virtual_host != nullptr && decision.virtual_host->blackhole)
        return fmt::format("{}no VirtualService applies on port {}", status, report.request.port);
      return fmt::format("{}no route of virtual host \"{}\" takes the request", status,
                         decision.virtual_host != nullptr ? decision.virtual_host->domain : "");
    case Stage::kFilter:
      return fmt::format("{}{}", status, decision.details);
  }
  return status;
}

std::string answer(const DecisionReport& report) {
  const route::Decision& decision = report.decision;
  switch (decision.outcome) {
    case Outcome::kForward:
      if (decision.status == 0) return destinations_answer(decision);
      return fmt::format("{}{}: no cluster for {}", decision.status, flag_suffix(decision),
                         destinations_answer(decision));
    case Outcome::kRedirect:
    case Outcome::kHttpsRedirect:
      return fmt::format("{} {}", decision.status, decision.location);
    case Outcome::kDirectResponse:
      return fmt::format("{} direct response, {} bytes", decision.status, decision.body.size());
    case Outcome::kCorsPreflight:
      return fmt::format("{} CORS preflight, origin {}", decision.status,
                         decision.cors == route::CorsVerdict::kAllowed ? "allowed" : "not allowed");
    case Outcome::kFaultAbort:
      return fmt::format("{}{}: aborted by fault injection", decision.status, flag_suffix(decision));
    case Outcome::kTcpForward:
      return fmt::format("{} (bytes, not HTTP)", destinations_answer(decision));
    case Outcome::kReset:
      return fmt::format("closed: no cluster for {}", destinations_answer(decision));
    case Outcome::kNotFound:
    case Outcome::kRefused:
      return lost_answer(report);
  }
  return "";
}

// ---- what belongs to it ----

void add_shares(const route::Decision& decision, std::string& out) {
  const std::size_t count = decision.destinations.size();
  if (count < 2 || (decision.picked == nullptr && count <= kMaxShares)) return;  // the answer says it
  for (const rules::WeightedDestination& destination : decision.destinations)
    line(out, &destination == decision.picked ? "drawn" : "", "{}", share(decision, destination));
}

// The server whose httpsRedirect answered.
void add_redirecting_server(const DecisionReport& report, std::string& out) {
  for (const rules::ServerRef& server : report.decision.chain->servers) {
    if (!server.https_redirect) continue;
    line(out, "rule", "tls.httpsRedirect of server {} of Gateway {} ({})", server.index, server.gateway,
         place(report.sources, server.span));
    return;
  }
}

void add_rule(const DecisionReport& report, std::string& out) {
  const route::Decision& decision = report.decision;
  if (decision.outcome == Outcome::kHttpsRedirect) add_redirecting_server(report, out);
  const rules::Provenance* from = nullptr;
  std::string name;
  if (const rules::Rule* rule = decision.rule()) {
    from = &rule->from;
    if (!rule->name.empty()) name = fmt::format(", \"{}\"", rule->name);
  } else if (decision.outcome == Outcome::kTcpForward || decision.outcome == Outcome::kReset) {
    from = &decision.chain->tcp.from;
  }
  if (from != nullptr) line(out, "rule", "{}{} ({})", rule_title(*from), name, place(report.sources, from->span));
}

void add_gateway(const DecisionReport& report, std::string& out) {
  const std::string_view gateway = gateway_of(report.decision);
  if (gateway.empty()) return;
  std::string text(gateway);
  if (report.decision.virtual_host != nullptr && !report.decision.virtual_host->blackhole)
    text += fmt::format(", host {}", report.decision.virtual_host->domain);
  if (report.decision.listener->port != report.request.port)
    text += fmt::format(", bound to port {}", report.decision.listener->port);
  line(out, "gateway", "{}", text);
}

void add_edits(std::string_view label, std::span<const rules::HeaderOp> ops, std::string& out) {
  for (const rules::HeaderOp& op : ops) {
    if (op.type == rules::HeaderOpType::kRemove) {
      line(out, label, "- {}", op.name);
    } else {
      line(out, label, "{} {}: {}", op.type == rules::HeaderOpType::kSet ? "=" : "+", op.name, op.value);
    }
  }
}

// The request as the upstream sees it, where that differs from what was sent.
void add_effective(const DecisionReport& report, std::string& out) {
  const route::Decision& decision = report.decision;
  if (decision.outcome != Outcome::kForward || decision.status != 0) return;
  if (decision.target || decision.authority)
    line(out, "arrives as", "{} {}, Host {}", report.request.method,
         decision.target ? *decision.target : report.request.target,
         decision.authority.value_or(report.request.authority));
  const std::vector<const rules::HeaderEdits*> units = {
      decision.picked != nullptr ? &decision.picked->headers : nullptr, &decision.rule()->headers};
  for (const rules::HeaderEdits* unit : units)
    if (unit != nullptr) add_edits("header", unit->request, out);
  add_edits("response", route::response_edits(report.request, decision), out);
}

void add_policies(const DecisionReport& report, std::string& out) {
  const rules::Forward* forward = report.decision.forward();
  if (forward == nullptr || report.decision.outcome != Outcome::kForward || report.decision.status != 0) return;
  line(out, "timeout", "{}", forward->timeout ? duration_text(*forward->timeout) : "none");
  if (forward->retries) {
    std::string codes;
    for (const std::uint32_t code : forward->retries->status_codes) codes += fmt::format(" {}", code);
    line(out, "retries", "{} on {}{}", forward->retries->attempts, forward->retries->retry_on, codes);
  } else {
    line(out, "retries", "none");
  }
  for (const rules::Mirror& mirror : forward->mirrors)
    line(out, "mirror", "{:g}% to {}", mirror.percent, cluster_title(*mirror.cluster));
  if (forward->fault.delay)
    line(out, "delay", "{} for {:g}% of requests", duration_text(forward->fault.delay->duration),
         forward->fault.delay->percent);
  if (forward->fault.abort) line(out, "abort", "{:g}% of requests", forward->fault.abort->percent);
}

void add_answer_details(const DecisionReport& report, std::string& out) {
  const route::Decision& decision = report.decision;
  if (decision.outcome != Outcome::kDirectResponse && decision.outcome != Outcome::kCorsPreflight) return;
  for (const auto& [name, value] : route::local_headers(report.request, decision))
    line(out, "answers", "{}: {}", name, value);
}

// ---- where the request got lost ----

std::vector<std::string> domains(const rules::HostTable& table) {
  std::vector<std::string> names;
  for (const rules::VirtualHost& host : table.hosts)
    if (!host.blackhole) names.push_back(host.domain);
  return names;
}

std::vector<std::string> ports(const rules::RuleSet& rules) {
  std::set<std::uint32_t> numbers;
  for (const rules::Listener& listener : rules.listeners)
    numbers.insert(listener.server_ports.begin(), listener.server_ports.end());
  std::vector<std::string> names;
  names.reserve(numbers.size());
  for (const std::uint32_t number : numbers) names.push_back(std::to_string(number));
  return names;
}

void add_nearest(std::string_view word, const std::vector<std::string>& names, std::string& out) {
  const std::vector<std::string_view> views(names.begin(), names.end());
  if (const std::optional<std::string_view> near = nearest(word, views)) line(out, "", "did you mean {}?", *near);
}

// Ports on which the host would have been found.
void add_other_ports(const DecisionReport& report, std::string& out) {
  const route::LookupName host(report.request.authority);
  std::vector<std::string> found;
  for (const route::Listener& listener : report.table.listeners()) {
    if (listener.source == report.decision.listener) continue;
    for (const rules::FilterChain& chain : listener.source->chains) {
      if (chain.kind != rules::ChainKind::kHttp && chain.kind != rules::ChainKind::kHttps) continue;
      const route::VirtualHost* served = report.table.host_table(chain).find(host.view());
      if (served == nullptr || served->source->blackhole) continue;
      found.push_back(fmt::format("{} ({})", listener.source->server_ports.front(), chain_title(chain.kind)));
    }
  }
  if (!found.empty()) line(out, "", "{} is served on port {}", host.view(), joined(found));
}

std::string together(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) text.append(text.empty() ? "" : separator).append(part);
  return text;
}

// The nearest rules, and for the nearest of all what would have to change.
void add_nearest_rules(const DecisionReport& report, std::string& out) {
  if (report.trace == nullptr) return;
  const std::vector<NearMiss> misses = near_misses(report, kMaxRules);
  for (const NearMiss& miss : misses) {
    const rules::Provenance& from = miss.tried->route->rule->from;
    line(out, "nearest", "{} ({}): {}", rule_title(from), place(report.sources, from.span),
         together(miss.failures, ", and "));
    if (&miss != &misses.front() || miss.changes.empty() || !miss.taken_by.empty()) continue;
    line(out, "", "it takes the request with {}", together(miss.changes, " and "));
  }
  const std::size_t tried = report.trace->tried.size();
  if (tried > misses.size()) line(out, "", "and {} more; --explain lists all", tried - misses.size());
}

// A host that a server takes and no VirtualService has.
void add_unrouted(const DecisionReport& report, std::string& out) {
  const route::LookupName host(report.request.authority);
  for (const rules::ServerRef& server : report.decision.chain->servers) {
    for (const std::string& written : server.hosts) {
      const std::string name = rules::lower_case(written.substr(written.find('/') + 1));
      if (!rules::is_subset_of(host.view(), name)) continue;
      line(out, "", "server {} of Gateway {} takes {}, but no VirtualService does ({})", server.index, server.gateway,
           written, place(report.sources, server.span));
      return;
    }
  }
}

void add_loss(const DecisionReport& report, std::string& out) {
  const route::Decision& decision = report.decision;
  if (decision.outcome != Outcome::kNotFound && decision.outcome != Outcome::kRefused) return;
  switch (decision.stage) {
    case Stage::kListener:
      line(out, "ports", "{}",
           report.table.listeners().empty() ? "none: no Gateway opens one" : joined(ports(report.table.rules())));
      break;
    case Stage::kFilterChain: {
      std::vector<std::string> names;
      for (const rules::FilterChain& chain : decision.listener->chains)
        names.insert(names.end(), chain.sni_hosts.begin(), chain.sni_hosts.end());
      line(out, "SNI hosts", "{}", joined(names));
      add_nearest(report.request.sni, names, out);
      break;
    }
    case Stage::kVirtualHost:
      line(out, "hosts", "{}", joined(domains(*decision.table)));
      add_nearest(route::LookupName(report.request.authority).view(), domains(*decision.table), out);
      add_unrouted(report, out);
      break;
    case Stage::kRoute:
      add_nearest_rules(report, out);
      break;
    case Stage::kCodec:
    case Stage::kFilter:
      return;
  }
  if (decision.stage != Stage::kRoute || (decision.virtual_host != nullptr && decision.virtual_host->blackhole))
    add_other_ports(report, out);
}

void add_remarks(const DecisionReport& report, std::string& out) {
  if (report.decision.refused_config)
    line(out, "warning", "Envoy would refuse this configuration; the answer is what it would be without that");
  for (const Remark& remark : remarks(report)) {
    if (remark.text == report.decision.note) continue;  // part of the answer
    line(out, "note", "{}{}", remark.text,
         remark.span != nullptr ? fmt::format(" ({})", place(report.sources, *remark.span)) : std::string());
  }
}

// ---- explanation ----

void explain_connection(const DecisionReport& report, std::string& out) {
  const route::Decision& decision = report.decision;
  if (decision.listener == nullptr) {
    line(out, "listener", "none for port {}; there are ports {}", report.request.port,
         joined(ports(report.table.rules())));
    return;
  }
  line(out, "listener", "{}", decision.listener->name);
  if (decision.chain == nullptr) {
    line(out, "chain", "none of {} takes {}", decision.listener->chains.size(),
         report.request.tls ? fmt::format("SNI \"{}\"", report.request.sni) : "plaintext");
    return;
  }
  const rules::FilterChain& chain = *decision.chain;
  line(out, "chain", "{}{}", chain_title(chain.kind),
       chain.sni_hosts.empty() ? std::string() : fmt::format(", SNI {}", joined(chain.sni_hosts)));
  for (const rules::ServerRef& server : chain.servers)
    line(out, "", "server {} of Gateway {} ({})", server.index, server.gateway, place(report.sources, server.span));
}

void explain_host(const DecisionReport& report, std::string& out) {
  if (report.decision.table == nullptr) return;
  line(out, "table", "{}, {} virtual hosts", report.decision.table->name, report.decision.table->hosts.size());
  const rules::VirtualHost* host = report.decision.virtual_host;
  line(out, "host", "\"{}\" is looked up: {}", report.trace->host, host != nullptr ? host->name : "no virtual host");
  if (host != nullptr && host->require_tls) line(out, "", "plaintext requests are sent to https");
}

void explain_rules(const DecisionReport& report, std::string& out) {
  for (const route::TriedRule& tried : report.trace->tried) {
    const rules::Provenance& from = tried.route->rule->from;
    line(out, tried.matched ? "match" : "no match", "{} ({})", rule_title(from),
         exact_place(report.sources, from.span));
    if (tried.matched) continue;
    line(out, "", "  {} ({})", failure_text(tried.failed), exact_place(report.sources, tried.failed.wanted->span));
  }
  if (report.decision.virtual_host == nullptr) return;
  const std::size_t untried = report.decision.virtual_host->rules.size() - report.trace->tried.size();
  if (untried > 0) line(out, "", "{} more behind it", untried);
}

}  // namespace

std::string decision_line(const DecisionReport& report) {
  return fmt::format("{} -> {}\n", report.url, answer(report));
}

std::string decision_text(const DecisionReport& report) {
  std::string out = decision_line(report);
  add_shares(report.decision, out);
  add_rule(report, out);
  add_gateway(report, out);
  add_effective(report, out);
  add_policies(report, out);
  add_answer_details(report, out);
  add_loss(report, out);
  add_remarks(report, out);
  return out;
}

std::string decision_explanation(const DecisionReport& report) {
  std::string out = "\nhow it was decided\n";
  const rules::Workload& pods = report.table.rules().workload;
  std::string labels;
  for (const auto& [key, value] : pods.labels) labels += fmt::format(" {}={}", key, value);
  line(out, "pods", "namespace {},{}", pods.ns, labels);
  explain_connection(report, out);
  if (report.trace != nullptr) {
    explain_host(report, out);
    if (!report.trace->path.empty()) line(out, "path", "{}", report.trace->path);
    explain_rules(report, out);
  }
  return out;
}

}  // namespace wicket::report
