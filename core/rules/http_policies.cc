#include "rules/http_policies.h"

#include <algorithm>
#include <cmath>

#include "rules/http_action.h"
#include "rules/http_match.h"

namespace wicket::rules {
namespace {

// Missing is 100 %, an explicit zero switches the mirror off.
double mirror_percent(const HttpRule& rule) {
  if (const auto percentage = rule.pick(&model::HTTPRoute::mirror_percentage)) return *percentage->value;
  if (const auto percent = rule.pick(&model::HTTPRoute::mirror_percent)) return **percent.value;
  return 100;
}

struct GrpcStatus {
  std::string_view name;
  std::uint32_t code;
};
constexpr GrpcStatus kGrpcStatuses[] = {{"OK", 0},
                                        {"CANCELLED", 1},
                                        {"UNKNOWN", 2},
                                        {"INVALID_ARGUMENT", 3},
                                        {"NOT_FOUND", 5},
                                        {"DEADLINE_EXCEEDED", 4},
                                        {"ALREADY_EXISTS", 6},
                                        {"PERMISSION_DENIED", 7},
                                        {"ABORTED", 10},
                                        {"RESOURCE_EXHAUSTED", 8},
                                        {"FAILED_PRECONDITION", 9},
                                        {"OUT_OF_RANGE", 11},
                                        {"UNIMPLEMENTED", 12},
                                        {"INTERNAL", 13},
                                        {"UNAVAILABLE", 14},
                                        {"DATA_LOSS", 15},
                                        {"UNAUTHENTICATED", 16}};

std::optional<std::uint32_t> grpc_status(std::string_view name) {
  const auto* const found = std::ranges::find(kGrpcStatuses, name, &GrpcStatus::name);
  return found == std::end(kGrpcStatuses) ? std::nullopt : std::optional(found->code);
}

std::vector<std::string> strings(const model::List<model::Text>& list) {
  std::vector<std::string> values;
  values.reserve(list.size());
  for (const model::Text& text : list) values.emplace_back(*text);
  return values;
}

}  // namespace

BoxedList<Mirror> lower_mirrors(const HttpRule& rule, const ServerContext& server, const Lowering& lowering) {
  BoxedList<Mirror> mirrors;
  const auto add = [&](const model::Destination& destination, const BoundService& service, double percent) {
    if (percent > 0) mirrors.push_back({lower_destination(destination, service, server.port, lowering), percent});
  };
  if (const auto mirror = rule.pick(&model::HTTPRoute::mirror))
    add(*mirror.value, *mirror.service, mirror_percent(rule));
  if (const auto list = rule.pick(&model::HTTPRoute::mirrors))
    for (const model::HTTPMirrorPolicy& policy : *list.value)
      if (policy.destination)
        add(*policy.destination, *list.service, policy.percentage ? *policy.percentage->value : 100);
  return mirrors;
}

// A missing percentage is 0 %, the opposite of a mirror's.
Fault lower_fault(const model::HTTPFaultInjection& fault) {
  Fault lowered;
  if (fault.delay && fault.delay->fixed_delay)
    lowered.delay =
        Delay{.duration = std::chrono::duration_cast<std::chrono::milliseconds>(*fault.delay->fixed_delay),
              .percent = fault.delay->percentage ? *fault.delay->percentage->value : double(*fault.delay->percent)};
  if (fault.abort) {
    Abort abort{.percent = fault.abort->percentage ? *fault.abort->percentage->value : 0};
    if (fault.abort->http_status) abort.http_status = static_cast<std::uint32_t>(*fault.abort->http_status);
    if (fault.abort->grpc_status) abort.grpc_status = grpc_status(*fault.abort->grpc_status);
    if (abort.http_status != 0 || abort.grpc_status) lowered.abort = abort;
  }
  return lowered;
}

Cors lower_cors(const model::CorsPolicy& policy, const model::Resource& resource) {
  Cors cors;
  for (const model::StringMatch& origin : policy.allow_origins) {
    StringPredicate& lowered = cors.allow_origins.emplace_back(lower_string(origin, resource));
    if (origin.regex) lowered.type = MatchType::kRegex;  // "*" has no special meaning here
  }
  if (policy.allow_origins.empty())
    for (const model::Text& origin : policy.allow_origin)
      cors.allow_origins.push_back(
          {.type = MatchType::kExact, .span = resource.span(origin.node), .text = std::string(*origin)});
  cors.allow_methods = strings(policy.allow_methods);
  cors.allow_headers = strings(policy.allow_headers);
  cors.expose_headers = strings(policy.expose_headers);
  if (policy.max_age) cors.max_age = std::chrono::duration_cast<std::chrono::seconds>(*policy.max_age);
  cors.allow_credentials = *policy.allow_credentials;
  cors.ignore_unmatched_preflights = *policy.unmatched_preflights == model::UnmatchedPreflights::kIgnore;
  return cors;
}

}  // namespace wicket::rules
