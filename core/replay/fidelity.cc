#include "replay/fidelity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <variant>

#include "route/decide.h"
#include "route/matcher.h"

namespace wicket::replay {
namespace {

// Answers of the gateway that its routes have no part in: filters that manifests of routes do not tell of, and requests
// that the codec refused for what a log line does not hold.
// Source: Envoy source/common/stream_info/utility.h, response flags.
constexpr std::array<std::string_view, 14> kForeignFlags = {"RL", "UAEX", "RLSE",  "IH", "DPE", "OM",   "DO",
                                                            "SI", "DT",   "UMSDR", "LH", "DR",  "RFCF", "NFCF"};

bool has_flag(std::string_view flags, std::string_view wanted) {
  while (!flags.empty()) {
    const std::size_t comma = std::min(flags.find(','), flags.size());
    if (flags.substr(0, comma) == wanted) return true;
    flags.remove_prefix(std::min(comma + 1, flags.size()));
  }
  return false;
}

bool leads_to(std::span<const rules::WeightedDestination> destinations, std::string_view cluster) {
  return std::ranges::any_of(destinations, [cluster](const auto& d) { return d.cluster->name == cluster; });
}

bool leads_to(const route::Decision& decision, std::string_view cluster) {
  if (leads_to(decision.destinations, cluster)) return true;
  const rules::Forward* forward = decision.forward();  // an answer of a filter has no destinations
  return forward != nullptr && leads_to(forward->destinations, cluster);
}

bool goes_on(const route::Decision& decision) {
  return decision.outcome == route::Outcome::kForward || decision.outcome == route::Outcome::kTcpForward;
}

bool has_gone_missing(const route::Decision& decision) { return has_flag(decision.response_flag, "NC"); }

std::string_view other_answer(const route::Decision& decision) {
  switch (decision.outcome) {
    case route::Outcome::kNotFound:
      return "no route takes it";
    case route::Outcome::kRefused:
    case route::Outcome::kReset:
      return "it is refused";
    case route::Outcome::kForward:
    case route::Outcome::kTcpForward:
      return "it is sent on";
    case route::Outcome::kRedirect:
    case route::Outcome::kHttpsRedirect:
    case route::Outcome::kDirectResponse:
    case route::Outcome::kCorsPreflight:
    case route::Outcome::kFaultAbort:
      break;
  }
  return "the gateway answers by itself";
}

// A request that was sent on, or was meant to be.
Comparison compare_cluster(const Recorded& recorded, const route::Decision& decision) {
  const bool by_filter = decision.forward() != nullptr;
  if (!goes_on(decision) && !by_filter) return {true, std::string(other_answer(decision))};
  if (!leads_to(decision, recorded.cluster.text)) return {true, "another destination"};
  if (has_gone_missing(decision)) return {true, "the destination is not in the manifests"};
  return {true, std::nullopt};
}

// A request that got an answer of the gateway's own, as far as anybody knows.
Comparison compare_answer(const Recorded& recorded, const route::Decision& decision) {
  const std::string_view flags = recorded.flags.text;
  const bool is_lost = decision.outcome == route::Outcome::kNotFound || decision.outcome == route::Outcome::kRefused;
  if (has_flag(flags, "NR")) {
    if (is_lost && decision.response_flag == "NR") return {true, std::nullopt};
    return {true, std::string(other_answer(decision))};
  }
  if (has_flag(flags, "NC")) {
    if (has_gone_missing(decision)) return {true, std::nullopt};
    return {true, goes_on(decision) ? "the destination was not there" : std::string(other_answer(decision))};
  }
  const rules::Forward* forward = decision.forward();
  if (has_flag(flags, "FI") && forward != nullptr && forward->fault.abort) return {true, std::nullopt};
  if (recorded.details.text == "cors_response" && forward != nullptr && forward->cors) return {true, std::nullopt};
  if (!recorded.knows_status || recorded.status == 0) return {};  // nobody waited for an answer
  if (decision.status == 0) {
    if (!recorded.cluster.known) return {};  // the service has the say
    return {true, "it is sent on"};
  }
  if (decision.status == recorded.status) return {true, std::nullopt};
  if (is_lost) return {true, std::string(other_answer(decision))};
  return {true, fmt::format("status {}", decision.status)};
}

// Two URLs are one when a port is written that needs no writing.
bool is_same_location(std::string_view a, std::string_view b) {
  const auto plain = [](std::string_view url) {
    std::string text(url);
    const bool is_https = text.starts_with("https://");
    const std::size_t host = text.find("://");
    if (host == std::string::npos) return text;
    const std::size_t end = std::min(text.find_first_of("/?#", host + 3), text.size());
    const std::string_view usual = is_https ? ":443" : ":80";
    if (std::string_view(text).substr(0, end).ends_with(usual)) text.erase(end - usual.size(), usual.size());
    return text;
  };
  return plain(a) == plain(b);
}

}  // namespace

Comparison compare(const Recorded& recorded, const route::Decision& decision) {
  const bool has_cluster = recorded.cluster.known && !recorded.cluster.text.empty();
  Comparison result = has_cluster ? compare_cluster(recorded, decision) : compare_answer(recorded, decision);
  if (result.difference) return result;
  // A name that is not told may be one that nobody gave.
  if (recorded.route.known && !recorded.route.text.empty() && !has_flag(recorded.flags.text, "NR")) {
    const rules::Rule* rule = decision.rule();
    if (rule != nullptr || has_cluster) result.is_told = true;
    if (rule != nullptr && rule->name != recorded.route.text) result.difference = "another route";
  }
  if (recorded.location.known && !recorded.location.text.empty() && !decision.location.empty()) {
    result.is_told = true;
    if (!result.difference && !is_same_location(recorded.location.text, decision.location))
      result.difference = "another location";
  }
  return result;
}

bool fits(const Recorded& recorded, const rules::Rule& rule) {
  if (recorded.route.known && !recorded.route.text.empty() && rule.name != recorded.route.text) return false;
  const auto* forward = std::get_if<rules::Forward>(&rule.action);
  if (recorded.cluster.known && !recorded.cluster.text.empty())
    return forward != nullptr && leads_to(forward->destinations, recorded.cluster.text);
  if (has_flag(recorded.flags.text, "NR")) return false;
  if (const auto* redirect = std::get_if<rules::Redirect>(&rule.action)) return redirect->status == recorded.status;
  if (const auto* direct = std::get_if<rules::DirectResponse>(&rule.action)) return direct->status == recorded.status;
  if (forward == nullptr) return false;
  if (has_flag(recorded.flags.text, "FI")) return forward->fault.abort.has_value();
  if (recorded.details.text == "cors_response") return forward->cors.has_value();
  return !recorded.cluster.known || has_flag(recorded.flags.text, "NC");
}

// ---- what could explain a difference ----

namespace {

std::string rule_words(const rules::Rule& rule) {
  const std::string_view section = rule.from.section == rules::Section::kHttp ? "http" : "tcp";
  return fmt::format("{}[{}] of VirtualService {}", section, rule.from.index, rule.from.virtual_service);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return lower;
}

// The first header of a rule that nobody knows.
std::string unknown_header(const rules::Rule& rule, const Telling& telling) {
  for (const rules::NamedPredicate& header : rule.match.headers) {
    std::string name = lower_case(header.name);
    if (header.is_claim || (route::source_of(name) == route::Source::kHeader && !telling.header(name))) return name;
  }
  return {};
}

// Of a source that tells every header but a few: all that rules of this host ask for, without those.
std::vector<std::string> known_headers(const Telling& telling, const route::Decision& decision) {
  if (!telling.every_header) return telling.headers;
  std::vector<std::string> known;
  if (decision.virtual_host == nullptr) return known;
  for (const rules::RuleRef& rule : decision.virtual_host->rules)
    for (const rules::NamedPredicate& header : rule->match.headers)
      if (std::string name = lower_case(header.name); telling.header(name)) known.push_back(std::move(name));
  return known;
}

std::optional<std::string> by_headers(const Record& record, const route::RequestView& request,
                                      const route::Decision& decision, const route::RouteTable& table) {
  if (record.telling == nullptr || (record.telling->every_header && record.telling->lacks.empty())) return std::nullopt;
  const std::vector<std::string> known = known_headers(*record.telling, decision);
  route::Trace trace;
  trace.known_headers = &known;
  (void)route::decide(table, request, {}, &trace);
  const route::TriedRule* open = nullptr;
  bool is_certain = false;  // that some rule takes it
  for (const route::TriedRule& tried : trace.tried) {
    const rules::Rule& rule = *tried.route->rule;
    if (tried.is_open && open == nullptr) open = &tried;
    is_certain = is_certain || (tried.matched && !tried.is_open);
    if (tried.route == decision.route || (!tried.is_open && !tried.matched)) continue;
    if (!fits(record.recorded, rule) || open == nullptr) continue;
    const rules::Rule& asks = tried.is_open ? rule : *open->route->rule;
    return fmt::format("header \"{}\" is not in the log, and {} asks for it", unknown_header(asks, *record.telling),
                       rule_words(asks));
  }
  if (open != nullptr && !is_certain && has_flag(record.recorded.flags.text, "NR"))
    return fmt::format("header \"{}\" is not in the log, and {} asks for it",
                       unknown_header(*open->route->rule, *record.telling), rule_words(*open->route->rule));
  return std::nullopt;
}

std::optional<std::string> by_rewrite(const Record& record, const RewritesByHost& rewrites) {
  const auto found = rewrites.find(record.request.authority);
  if (found == rewrites.end()) return std::nullopt;
  for (const rules::Rule* rule : found->second)
    if (fits(record.recorded, *rule)) return fmt::format("the log has the host as {} rewrites it", rule_words(*rule));
  return std::nullopt;
}

bool agrees(const Recorded& recorded, const route::Decision& decision) {
  const Comparison comparison = compare(recorded, decision);
  return comparison.is_told && !comparison.difference;
}

std::optional<std::string> by_port(const Record& record, const route::RequestView& request,
                                   const route::RouteTable& table) {
  const bool is_moved = record.request.port == request.port + 8000;
  if (record.telling != nullptr && record.telling->port && (request.port == record.request.port || is_moved))
    return std::nullopt;
  for (const route::Listener& listener : table.listeners()) {
    for (const std::uint32_t port : listener.source->server_ports) {
      for (const bool tls : {false, true}) {
        if (tls == request.tls && port == request.port) continue;
        if (record.telling != nullptr && record.telling->server_name && tls != record.request.tls) continue;
        route::RequestView other = request;
        other.port = port;
        other.tls = tls;
        if (agrees(record.recorded, route::decide(table, other, {})))
          return fmt::format("the log does not tell the gateway's port; at {} it would be so", port);
      }
    }
  }
  return std::nullopt;
}

std::optional<std::string> by_foreign_answer(const Recorded& recorded, const route::Decision& decision) {
  if (has_flag(recorded.flags.text, "NC") && goes_on(decision))
    return "the destination was missing in the cluster, which the manifests do not tell";
  if (recorded.cluster.known && !recorded.cluster.text.empty()) return std::nullopt;
  for (const std::string_view flag : kForeignFlags)
    if (has_flag(recorded.flags.text, flag)) return fmt::format("flag {} is not of routes", flag);
  constexpr std::array<std::string_view, 5> kOfRoutes = {"direct_response", "route_not_found", "via_upstream",
                                                         "cluster_not_found", "filter_chain_not_found"};
  const std::string_view details = recorded.details.text;
  if (details.empty() || std::ranges::find(kOfRoutes, details) != kOfRoutes.end()) return std::nullopt;
  return fmt::format("{} is not an answer of routes", details);
}

}  // namespace

RewritesByHost rewrites_of(const rules::RuleSet& rules) {
  RewritesByHost rewrites;
  const auto add = [&rewrites](const std::string& host, const rules::Rule* rule) {
    std::vector<const rules::Rule*>& all = rewrites[host];
    if (std::ranges::find(all, rule) == all.end()) all.push_back(rule);
  };
  for (const rules::HostTable& table : rules.tables) {
    for (const rules::VirtualHost& host : table.hosts) {
      for (const rules::RuleRef& rule : host.rules) {
        const auto* forward = std::get_if<rules::Forward>(&rule->action);
        if (forward == nullptr) continue;
        if (forward->rewrite.authority) add(*forward->rewrite.authority, rule.get());
        for (const rules::WeightedDestination& destination : forward->destinations)
          if (destination.authority) add(*destination.authority, rule.get());
      }
    }
  }
  return rewrites;
}

std::optional<std::string> explanation(const Record& record, const route::RequestView& request,
                                       const route::Decision& decision, const route::RouteTable& table,
                                       const RewritesByHost& rewrites) {
  if (record.is_path_cut) return "the log cuts the path off";
  if (auto text = by_headers(record, request, decision, table)) return text;
  if (auto text = by_rewrite(record, rewrites)) return text;
  if (auto text = by_port(record, request, table)) return text;
  return by_foreign_answer(record.recorded, decision);
}

}  // namespace wicket::replay
