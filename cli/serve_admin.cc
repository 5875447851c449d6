#include "cli/serve_admin.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/locator.h"
#include "cli/asked.h"
#include "cli/serve_set.h"
#include "cli/version.h"
#include "proxy/metrics.h"
#include "report/decision.h"
#include "report/exposure.h"
#include "report/routes.h"
#include "route/decide.h"

namespace wicket::cli {
namespace {

using Json = nlohmann::ordered_json;
using proxy::AdminAnswer;

constexpr const char* kJsonType = "application/json";

std::string written(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n';
}

AdminAnswer bad_request(const std::string& message) {
  return {.status = 400, .content_type = kJsonType, .body = written(Json{{"error", message}}, -1)};
}

// ---- /ready ----

// Source: Envoy's /ready, which says LIVE, or DRAINING with 503.
AdminAnswer ready(const AdminSubject& subject) {
  if (subject.server.is_draining()) return {.status = 503, .body = "DRAINING\n"};
  return {.body = "LIVE\n"};
}

// ---- /stats/prometheus ----

AdminAnswer metrics(const AdminSubject& subject) {
  const std::shared_ptr<const Served> served = subject.now.load();
  return {.content_type = "text/plain; version=0.0.4; charset=utf-8",
          .body = proxy::prometheus_text(subject.server.metrics(), {.version = version(),
                                                                    .generation = served->set->generation,
                                                                    .refused_reloads = served->refused_reloads})};
}

// ---- /config_dump ----

Json ports_json(const Served& served, const ServeOptions& options) {
  Json list = Json::array();
  for (const proxy::ServedPort& port : served.ports)
    list.push_back({{"gatewayPort", port.gateway_port},
                    {"bind", port.bind},
                    {"address", proxy::Endpoint{options.address, port.bound_port}.text()},
                    {"tls", port.is_tls},
                    {"plaintext", !port.is_tls || port.is_plain_too}});
  return list;
}

// What was read; of Secrets no more than their names.
Json objects_json(const Served& served) {
  Json list = Json::array();
  Locator locator(*served.set->sources);
  for (const auto& file : served.workspace->files())
    for (const model::Resource& resource : file->resources) {
      const Span span = resource.span(resource.root);
      list.push_back({{"kind", std::string(*resource.kind_text)},
                      {"namespace", std::string(served.workspace->ns_of(resource))},
                      {"name", std::string(resource.name())},
                      {"file", served.set->sources->name(span.file)},
                      {"line", locator.position(span.file, span.begin).line}});
    }
  return list;
}

std::string_view kind_word(proxy::BackendKind kind) {
  switch (kind) {
    case proxy::BackendKind::kEndpoints:
      return "endpoints";
    case proxy::BackendKind::kEcho:
      return "echo";
    case proxy::BackendKind::kNone:
      return "none";
  }
  return {};
}

Json clusters_json(const proxy::ServingSet& set) {
  Json list = Json::array();
  for (const rules::Cluster* cluster : clusters_of(*set.table)) {
    const proxy::Backend* backend = set.find(*cluster);
    if (backend == nullptr) continue;
    Json endpoints = Json::array();
    for (const proxy::Endpoint& endpoint : backend->endpoints) endpoints.push_back(endpoint.text());
    list.push_back({{"name", cluster->name},
                    {"host", cluster->host},
                    {"port", cluster->port},
                    {"subset", cluster->subset},
                    {"destinationRule", cluster->destination_rule},
                    {"backend", kind_word(backend->kind)},
                    {"endpoints", std::move(endpoints)},
                    {"tls", backend->tls != nullptr},
                    {"activeRequests", backend->state->active_requests.load(std::memory_order_relaxed)}});
  }
  return list;
}

AdminAnswer config_dump(const AdminSubject& subject) {
  const std::shared_ptr<const Served> served = subject.now.load();
  const proxy::ServingSet& set = *served->set;
  const report::Exposure exposure = report::expose(set.table->rules(), set.table->problems(), {});
  const std::string routes = report::routes_json({.rules = set.table->rules(),
                                                  .exposure = exposure,
                                                  .sources = *set.sources,
                                                  .tool_version = version(),
                                                  .filtered = false},
                                                 report::JsonLayout::kOneLine);
  Json json;
  json["schemaVersion"] = 1;
  json["tool"] = {{"name", "wicket"}, {"version", version()}};
  json["generation"] = set.generation;
  json["refusedReloads"] = served->refused_reloads;
  json["refusal"] = served->refusal.empty() ? Json(nullptr) : Json(served->refusal);
  json["ports"] = ports_json(*served, subject.options);
  json["clusters"] = clusters_json(set);
  json["objects"] = objects_json(*served);
  json["notes"] = served->notes;
  json["routes"] = Json::parse(routes, nullptr, /*allow_exceptions=*/false);
  return {.content_type = kJsonType, .body = written(json, 2)};
}

// ---- /api/decide ----

AdminAnswer decide(const AdminSubject& subject, const std::string& body) {
  const Result<Asked> asked = asked_by_json(body);
  if (!asked) return bad_request("the request " + asked.error().message);
  const std::shared_ptr<const Served> served = subject.now.load();
  std::vector<route::HeaderView> lines;
  const route::RequestView request = asked->request.view(lines);
  const route::Decision decision = route::decide(*served->set->table, request, {});
  return {.content_type = kJsonType,
          .body = report::decision_json({.url = asked->url,
                                         .request = request,
                                         .decision = decision,
                                         .table = *served->set->table,
                                         .sources = *served->set->sources},
                                        report::JsonLayout::kIndented)};
}

// ---- which page ----

struct Page {
  std::string_view path;
  std::string_view method;  // GET stands for HEAD as well
  std::string_view help;
};

constexpr Page kPages[] = {
    {"/ready", "GET", "LIVE while requests are taken"},
    {"/stats/prometheus", "GET", "Istio's metrics for Prometheus"},
    {"/config_dump", "GET", "what is served, as JSON"},
    {"/api/decide", "POST", "where a request would go: {\"url\": \"http://a.io/\"}, as wicket route -o json"},
};

std::string index() {
  std::string text;
  for (const Page& page : kPages) text += fmt::format("{:4} {:17}  {}\n", page.method, page.path, page.help);
  return text;
}

}  // namespace

AdminAnswer admin_answer(const AdminSubject& subject, const proxy::AdminRequest& request) {
  const bool is_get = request.method == "GET" || request.method == "HEAD";
  if (request.path == "/") {
    return is_get ? AdminAnswer{.body = index()}
                  : AdminAnswer{.status = 405, .body = "GET only\n", .allow = "GET, HEAD"};
  }
  const auto* const page = std::ranges::find(kPages, request.path, &Page::path);
  if (page == std::end(kPages)) return {.status = 404, .body = "not here; / lists what is\n"};
  if (page->method == "POST" ? request.method != "POST" : !is_get)
    return {.status = 405,
            .body = fmt::format("{} only\n", page->method),
            .allow = page->method == "POST" ? "POST" : "GET, HEAD"};
  if (request.path == "/ready") return ready(subject);
  if (request.path == "/stats/prometheus") return metrics(subject);
  if (request.path == "/config_dump") return config_dump(subject);
  return decide(subject, request.body);
}

}  // namespace wicket::cli
