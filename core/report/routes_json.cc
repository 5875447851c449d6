// The machine format of `wicket routes`, version 1: keys are only ever added. The page carries the same object.

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "report/decision_words.h"
#include "report/policy_json.h"
#include "report/routes.h"
#include "report/rule_words.h"

namespace wicket::report {
namespace {

using Json = nlohmann::ordered_json;

class Writer {
 public:
  explicit Writer(const RoutesReport& report) : report_(report) {}

  Json all() const {
    const rules::RuleSet& rules = report_.rules;
    Json json = {{"schemaVersion", 1}, {"tool", {{"name", "wicket"}, {"version", report_.tool_version}}}};
    json["istioVersion"] = fmt::format("{}.{}", rules.mesh.version.major, rules.mesh.version.minor);
    json["filtered"] = report_.filtered;
    json["workload"] = {{"namespace", rules.workload.ns}, {"labels", Json::object()}};
    for (const auto& [key, value] : rules.workload.labels) json["workload"]["labels"][key] = value;
    json["trustedProxies"] = rules.mesh.trusted_proxies;
    json["listeners"] = listeners();
    json["dns"] = Json::array();
    for (const DnsName& name : report_.exposure.dns)
      json["dns"].push_back({{"name", name.name}, {"ports", name.ports}});
    json["anyName"] = report_.exposure.any_name;
    json["problems"] = Json::array();
    for (const rules::Problem* problem : report_.exposure.problems) json["problems"].push_back(problem_json(*problem));
    return json;
  }

 private:
  void add_place(Json& json, const Span& span) const {
    json["file"] = report_.sources.name(span.file);
    json["line"] = report_.sources.position(span.file, span.begin).line;
  }

  Json problem_json(const rules::Problem& problem) const {
    Json json = {{"message", problem_text(problem)}, {"resource", problem.resource}};
    add_place(json, problem.span);
    json["hosts"] = problem.hosts;
    return json;
  }

  // ---- listeners ----

  Json listeners() const {
    Json list = Json::array();
    const rules::Listener* last = nullptr;
    for (const ExposedChain& exposed : report_.exposure.chains) {
      if (exposed.listener != last) list.push_back(listener_json(*exposed.listener));
      last = exposed.listener;
      list.back()["chains"].push_back(chain_json(exposed));
    }
    return list;
  }

  static Json listener_json(const rules::Listener& listener) {
    Json json = {{"name", listener.name}, {"port", listener.port}, {"serverPorts", listener.server_ports}};
    if (!listener.bind.empty()) json["bind"] = listener.bind;
    json["chains"] = Json::array();
    return json;
  }

  static std::string_view kind_word(rules::ChainKind kind) {
    switch (kind) {
      case rules::ChainKind::kHttp:
        return "http";
      case rules::ChainKind::kHttps:
        return "https";
      case rules::ChainKind::kTcp:
        return "tcp";
      case rules::ChainKind::kTerminatedTls:
        return "tls_terminated";
      case rules::ChainKind::kPassthrough:
        return "tls_passthrough";
      case rules::ChainKind::kAutoPassthrough:
        return "tls_auto_passthrough";
    }
    return "";
  }

  Json server_json(const rules::ServerRef& server) const {
    Json json = {{"gateway", server.gateway},   {"index", server.index}, {"port", server.port},
                 {"protocol", server.protocol}, {"hosts", server.hosts}, {"httpsRedirect", server.https_redirect}};
    add_place(json, server.span);
    return json;
  }

  Json chain_json(const ExposedChain& exposed) const {
    const rules::FilterChain& chain = *exposed.chain;
    Json json = {{"kind", kind_word(chain.kind)}, {"sni", chain.sni_hosts}, {"nack", exposed.refused}};
    json["servers"] = Json::array();
    for (const rules::ServerRef& server : chain.servers) json["servers"].push_back(server_json(server));
    if (chain.kind != rules::ChainKind::kHttp && chain.kind != rules::ChainKind::kHttps) {
      json["connection"] = from_json(chain.tcp.from);
      json["connection"]["destinations"] = destinations_json(chain.tcp.destinations);
      return json;
    }
    json["routeTable"] = report_.rules.tables[chain.table].name;
    json["hosts"] = Json::array();
    for (const HostGroup& group : exposed.groups) json["hosts"].push_back(group_json(group));
    return json;
  }

  Json group_json(const HostGroup& group) const {
    const rules::VirtualHost& first = *group.hosts.front();
    Json json = {{"domains", Json::array()}, {"gateway", first.gateway}};
    for (const rules::VirtualHost* host : group.hosts)
      json["domains"].push_back(host->blackhole ? host->name : host->domain);
    json["httpsRedirect"] = first.require_tls;
    json["blackhole"] = first.blackhole;
    json["routes"] = Json::array();
    for (const rules::Rule* rule : group.rules) json["routes"].push_back(rule_json(*rule));
    json["hidden"] = group.hidden;
    return json;
  }

  // ---- rules ----

  Json from_json(const rules::Provenance& from) const {
    Json json = Json::object();
    if (!from.virtual_service.empty()) {
      json["virtualService"] = from.virtual_service;
      if (!from.root.empty()) json["calledBy"] = from.root;
      json["index"] = from.index;
      if (from.match >= 0) json["match"] = from.match;
      json["title"] = short_title(from);
      add_place(json, from.span);
    }
    return json;
  }

  static Json predicate_json(std::string_view field, const rules::StringPredicate& wanted) {
    Json json = {{"field", field}};
    json["type"] = wanted.type == rules::MatchType::kPathSegment ? "segment" : match_word(wanted.type);
    json["value"] = wanted.text;
    if (wanted.ignore_case) json["ignoreCase"] = true;
    return json;
  }

  static Json predicate_json(std::string_view field, const rules::NamedPredicate& named) {
    Json json = predicate_json(named.is_claim ? "claim" : field, named.value);
    json["name"] = named.name;
    if (named.inverted) json["not"] = true;
    return json;
  }

  static Json conditions_json(const rules::Match& match) {
    Json list = Json::array();
    if (match.path) list.push_back(predicate_json("path", *match.path));
    if (match.method) list.push_back(predicate_json("method", *match.method));
    if (match.scheme) list.push_back(predicate_json("scheme", *match.scheme));
    if (match.authority) list.push_back(predicate_json("authority", *match.authority));
    for (const rules::NamedPredicate& header : match.headers) list.push_back(predicate_json("header", header));
    for (const rules::NamedPredicate& one : match.query_params) list.push_back(predicate_json("query", one));
    return list;
  }

  static Json destinations_json(const std::vector<rules::WeightedDestination>& destinations) {
    Json list = Json::array();
    for (const rules::WeightedDestination& each : destinations) {
      Json json = destination_json<Json>(each, destinations.size() == 1, percent_of(each, destinations) / 100);
      if (each.cluster->existence == rules::Existence::kMissing) json["missing"] = each.cluster->reason;
      if (!each.headers.request.empty() || !each.headers.response.empty()) json["headers"] = headers_json(each.headers);
      list.push_back(std::move(json));
    }
    return list;
  }

  static Json headers_json(const rules::HeaderEdits& edits) {
    Json json = Json::object();
    if (!edits.request.empty()) json["request"] = header_ops_json<Json>(edits.request);
    if (!edits.response.empty()) json["response"] = header_ops_json<Json>(edits.response);
    return json;
  }

  static Json rewrite_json(const rules::Rewrite& rewrite) {
    Json json = Json::object();
    if (rewrite.regex) {
      json["regex"] = {{"pattern", rewrite.regex->pattern}, {"substitution", rewrite.regex->substitution}};
    } else if (rewrite.uri) {
      json["path"] = *rewrite.uri;
    }
    if (rewrite.authority) json["authority"] = *rewrite.authority;
    return json;
  }

  static void add_action(const rules::Forward& forward, Json& json) {
    json["action"] = "forward";
    json["destinations"] = destinations_json(forward.destinations);
    if (Json rewrite = rewrite_json(forward.rewrite); !rewrite.empty()) json["rewrite"] = std::move(rewrite);
    json["timeoutMs"] = milliseconds_json<Json>(forward.timeout);
    if (forward.retries) json["retries"] = retries_json<Json>(*forward.retries);
    if (!forward.mirrors.empty()) json["mirrors"] = mirrors_json<Json>(forward.mirrors);
    if (Json fault = fault_json<Json>(forward.fault); !fault.empty()) json["fault"] = std::move(fault);
    if (forward.cors) json["cors"] = cors_json<Json>(*forward.cors);
  }

  static void add_action(const rules::Redirect& redirect, Json& json) {
    json["action"] = "redirect";
    Json& to = json["redirect"] = {{"status", redirect.status}};
    if (redirect.scheme) to["scheme"] = *redirect.scheme;
    if (redirect.authority) to["authority"] = *redirect.authority;
    if (redirect.port) to["port"] = *redirect.port;
    if (redirect.uri) to["path"] = *redirect.uri;
    if (redirect.prefix_rewrite) to["prefix"] = *redirect.prefix_rewrite;
    to["text"] = action_lines(redirect).front();
  }

  static void add_action(const rules::DirectResponse& response, Json& json) {
    json["action"] = "direct_response";
    json["directResponse"] = {{"status", response.status}, {"body", response.body}};
  }

  static void add_action(const rules::NoAction& /*none*/, Json& json) { json["action"] = "none"; }

  Json rule_json(const rules::Rule& rule) const {
    Json json = from_json(rule.from);
    if (!rule.name.empty()) json["name"] = rule.name;
    json["conditions"] = conditions_json(rule.match);
    json["text"] = conditions_text(rule.match);
    std::visit([&json](const auto& action) { add_action(action, json); }, rule.action);
    if (!rule.headers.request.empty() || !rule.headers.response.empty()) json["headers"] = headers_json(rule.headers);
    json["flags"] = flags(rule);
    return json;
  }

  const RoutesReport& report_;
};

}  // namespace

std::string routes_json(const RoutesReport& report, JsonLayout layout) {
  return Writer(report).all().dump(layout == JsonLayout::kIndented ? 2 : -1, ' ', false,
                                   Json::error_handler_t::replace) +
         "\n";
}

}  // namespace wicket::report
