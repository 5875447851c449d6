// The machine format, version 1: keys are only ever added.

#include "report/decision.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

#include "report/decision_words.h"
#include "report/policy_json.h"
#include "route/headers.h"
#include "route/normalize.h"

namespace wicket::report {
namespace {

using Json = nlohmann::ordered_json;
using route::Outcome;

Json pairs(std::span<const route::Header> headers) {
  Json list = Json::array();
  for (const auto& [name, value] : headers) list.push_back({name, value});
  return list;
}

Json request_json(const route::RequestView& request) {
  Json json = {{"method", request.method}};
  json["scheme"] = !request.scheme.empty() ? request.scheme : request.tls ? "https" : "http";
  json["authority"] = request.authority;
  json["path"] = route::path_of(request.target);
  if (request.target.find('?') != std::string_view::npos) json["query"] = route::query_of(request.target);
  Json& headers = json["headers"] = Json::array();
  for (const route::HeaderView& line : request.headers) headers.push_back({line.name, line.value});
  json["port"] = request.port;
  if (!request.sni.empty()) json["sni"] = request.sni;
  return json;
}

const rules::ServerRef* server_of(const DecisionReport& report) {
  const route::Decision& decision = report.decision;
  if (decision.listener == nullptr) return nullptr;
  const rules::FilterChain& chain = decision.chain != nullptr ? *decision.chain : decision.listener->chains.front();
  for (const rules::ServerRef& server : chain.servers)
    if (server.port == report.request.port) return &server;
  return &chain.servers.front();
}

Json route_json(const rules::Provenance& from, std::string_view name, const SourceSet& sources) {
  Json json = Json::object();
  if (!name.empty()) json["name"] = name;
  if (!from.virtual_service.empty()) {
    json["virtualService"] = from.virtual_service;
    json["index"] = from.index;
    if (from.match >= 0) json["match"] = from.match;
  }
  if (from.span.end == 0) return json;  // written nowhere: what a sidecar does by itself
  json["file"] = sources.name(from.span.file);
  json["line"] = sources.position(from.span.file, from.span.begin).line;
  return json;
}

Json destinations_json(const route::Decision& decision) {
  Json list = Json::array();
  for (const rules::WeightedDestination& destination : decision.destinations)
    list.push_back(
        destination_json<Json>(destination, decision.destinations.size() == 1, probability(decision, destination)));
  return list;
}

Json effective_json(const DecisionReport& report) {
  const route::Decision& decision = report.decision;
  return {{"method", report.request.method},
          {"path", decision.target ? *decision.target : std::string(report.request.target)},
          {"authority", decision.authority.value_or(report.request.authority)},
          {"headers", pairs(route::upstream_headers(report.request, decision))}};
}

bool is_answered_here(const route::Decision& decision) { return decision.status != 0; }

void add_answer(const DecisionReport& report, Json& json) {
  const route::Decision& decision = report.decision;
  if (!is_answered_here(decision)) return;
  if (!decision.location.empty()) json["location"] = decision.location;
  json["body"] = report.request.method == "HEAD" || decision.grpc_status ? "" : decision.body;
  json["responseHeaders"] = pairs(route::local_headers(report.request, decision));
}

void add_policies(const DecisionReport& report, Json& json) {
  const rules::Forward* forward = report.decision.forward();
  if (forward == nullptr) return;
  if (Json ops = header_ops_json<Json>(route::response_edits(report.request, report.decision));
      !ops.empty() && !is_answered_here(report.decision))
    json["responseHeaderOps"] = std::move(ops);
  json["timeoutMs"] = milliseconds_json<Json>(forward->timeout);
  if (forward->retries) json["retries"] = retries_json<Json>(*forward->retries);
  if (!forward->mirrors.empty()) json["mirrors"] = mirrors_json<Json>(forward->mirrors);
  if (Json fault = fault_json<Json>(forward->fault); !fault.empty()) json["fault"] = std::move(fault);
  if (forward->cors) json["cors"] = cors_json<Json>(*forward->cors);
}

void add_where(const DecisionReport& report, Json& json) {
  const route::Decision& decision = report.decision;
  if (const rules::ServerRef* server = server_of(report))
    json["listener"] = {{"port", server->port}, {"protocol", server->protocol}};
  if (const std::string_view gateway = gateway_of(decision); !gateway.empty()) json["gateway"] = gateway;
  if (const rules::VirtualHost* host = decision.virtual_host)
    json["virtualHost"] = host->blackhole ? host->name : host->domain;
  if (const rules::Rule* rule = decision.rule()) {
    json["route"] = route_json(rule->from, rule->name, report.sources);
  } else if (decision.outcome == Outcome::kTcpForward || decision.outcome == Outcome::kReset) {
    json["route"] = route_json(decision.chain->tcp.from, "", report.sources);
  }
}

void add_destinations(const DecisionReport& report, Json& json) {
  const route::Decision& decision = report.decision;
  if (decision.destinations.empty()) return;
  json["cluster"] = decision.picked != nullptr ? Json(decision.picked->cluster->name) : Json(nullptr);
  json["destinations"] = destinations_json(decision);
  if (decision.outcome == Outcome::kForward) json["effective"] = effective_json(report);
}

void add_diagnostics(const DecisionReport& report, Json& json) {
  for (const Remark& remark : remarks(report)) {
    Json item = {{"message", remark.text}};
    if (remark.span != nullptr) {
      item["file"] = report.sources.name(remark.span->file);
      item["line"] = report.sources.position(remark.span->file, remark.span->begin).line;
    }
    json["diagnostics"].push_back(std::move(item));
  }
}

}  // namespace

std::string decision_json(const DecisionReport& report, JsonLayout layout) {
  const route::Decision& decision = report.decision;
  Json json = {{"request", request_json(report.request)},
               {"outcome", route::outcome_name(decision.outcome)},
               {"stage", route::stage_name(decision.stage)}};
  json["status"] = is_answered_here(decision) ? Json(decision.status) : Json(nullptr);
  if (!decision.response_flag.empty()) json["responseFlag"] = decision.response_flag;
  json["nack"] = decision.refused_config;
  add_where(report, json);
  add_destinations(report, json);
  add_answer(report, json);
  add_policies(report, json);
  add_diagnostics(report, json);
  return json.dump(layout == JsonLayout::kIndented ? 2 : -1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace wicket::report
