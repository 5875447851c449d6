// Parts of JSON that decisions and routes share. Templates over the JSON type: its library stays in sources. Internal
// to report/.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rules/rule_set.h"

namespace wicket::report {

inline std::string_view op_name(rules::HeaderOpType type) {
  switch (type) {
    case rules::HeaderOpType::kSet:
      return "set";
    case rules::HeaderOpType::kAdd:
      return "add";
    case rules::HeaderOpType::kRemove:
      return "remove";
  }
  return "";
}

inline std::string_view match_word(rules::MatchType type) {
  switch (type) {
    case rules::MatchType::kExact:
      return "exact";
    case rules::MatchType::kPrefix:
    case rules::MatchType::kPathSegment:
      return "prefix";
    case rules::MatchType::kRegex:
      return "regex";
    case rules::MatchType::kPresent:
      break;
  }
  return "present";
}

template <class Json>
Json header_ops_json(std::span<const rules::HeaderOp> ops) {
  Json list = Json::array();
  for (const rules::HeaderOp& op : ops) {
    Json json = {{"op", op_name(op.type)}, {"name", op.name}};
    if (op.type != rules::HeaderOpType::kRemove) json["value"] = op.value;
    list.push_back(std::move(json));
  }
  return list;
}

template <class Json>
Json milliseconds_json(const std::optional<std::chrono::milliseconds>& duration) {
  return duration ? Json(duration->count()) : Json(nullptr);
}

template <class Json>
Json retries_json(const rules::Retries& retries) {
  return {{"attempts", retries.attempts},
          {"perTryTimeoutMs", milliseconds_json<Json>(retries.per_try_timeout)},
          {"retryOn", retries.retry_on},
          {"statusCodes", retries.status_codes}};
}

template <class Json>
Json mirrors_json(std::span<const rules::Mirror> mirrors) {
  Json list = Json::array();
  for (const rules::Mirror& mirror : mirrors)
    list.push_back({{"cluster", mirror.cluster->name}, {"percent", mirror.percent}});
  return list;
}

/// An empty object when nothing is injected.
template <class Json>
Json fault_json(const rules::Fault& fault) {
  Json json = Json::object();
  if (fault.delay) json["delay"] = {{"ms", fault.delay->duration.count()}, {"percent", fault.delay->percent}};
  if (fault.abort) {
    Json& abort = json["abort"] = Json::object();
    if (fault.abort->grpc_status) {
      abort["grpcStatus"] = *fault.abort->grpc_status;
    } else {
      abort["status"] = fault.abort->http_status;
    }
    abort["percent"] = fault.abort->percent;
  }
  return json;
}

template <class Json>
Json cors_json(const rules::Cors& cors) {
  Json json = {{"allowOrigins", Json::array()}};
  for (const rules::StringPredicate& origin : cors.allow_origins)
    json["allowOrigins"].push_back({{match_word(origin.type), origin.text}});
  json["allowMethods"] = cors.allow_methods;
  json["allowHeaders"] = cors.allow_headers;
  json["exposeHeaders"] = cors.expose_headers;
  json["maxAgeSeconds"] = cors.max_age ? Json(cors.max_age->count()) : Json(nullptr);
  json["allowCredentials"] = cors.allow_credentials;
  json["unmatchedPreflights"] = cors.ignore_unmatched_preflights ? "IGNORE" : "FORWARD";
  return json;
}

/// `share`: of this destination among all that can be picked, 0 to 1.
template <class Json>
Json destination_json(const rules::WeightedDestination& destination, bool is_only, double share) {
  return {{"cluster", destination.cluster->name},
          {"host", destination.cluster->host},
          {"port", destination.cluster->port},
          {"subset", destination.cluster->subset},
          {"weight", is_only ? 100 : destination.weight},
          {"probability", share}};
}

}  // namespace wicket::report
