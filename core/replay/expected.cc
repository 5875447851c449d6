#include "replay/expected.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <variant>

#include "route/matcher.h"

namespace wicket::replay {
namespace {

using Destinations = std::span<const rules::WeightedDestination>;

Destinations destinations_of(const route::Decision& decision) {
  if (!decision.destinations.empty()) return decision.destinations;
  const rules::Forward* forward = decision.forward();
  return forward != nullptr ? Destinations(forward->destinations) : Destinations();
}

// "users" stands for "users.shop.svc.cluster.local".
bool is_host(std::string_view written, std::string_view full) {
  return written == full || (full.starts_with(written) && full.substr(written.size()).starts_with('.') &&
                             written.find(".svc.") == std::string_view::npos);
}

bool is_destination(const ExpectedDestination& wanted, const rules::WeightedDestination& found, std::size_t count) {
  const rules::Cluster& cluster = *found.cluster;
  if (!is_host(wanted.host, cluster.host) || wanted.subset != cluster.subset) return false;
  if (wanted.port && *wanted.port != cluster.port) return false;
  return count == 1 || wanted.weight == 0 || wanted.weight == found.weight;
}

bool has_all(const std::vector<ExpectedDestination>& wanted, Destinations found) {
  if (wanted.size() != found.size()) return false;
  return std::ranges::all_of(wanted, [&](const ExpectedDestination& one) {
    return std::ranges::any_of(found, [&](const auto& d) { return is_destination(one, d, wanted.size()); });
  });
}

std::string cluster_text(const route::Decision& decision) {
  const Destinations destinations = destinations_of(decision);
  if (decision.picked != nullptr) return decision.picked->cluster->name;
  std::string text;
  for (const rules::WeightedDestination& one : destinations) text += (text.empty() ? "" : " | ") + one.cluster->name;
  return text;
}

bool has_cluster(const route::Decision& decision, std::string_view name) {
  if (decision.outcome != route::Outcome::kForward && decision.outcome != route::Outcome::kTcpForward)
    return name.empty();
  if (decision.picked != nullptr) return decision.picked->cluster->name == name;
  return std::ranges::any_of(destinations_of(decision), [&](const auto& d) { return d.cluster->name == name; });
}

const rules::Redirect* redirect_of(const route::Decision& decision) {
  return decision.rule() != nullptr ? std::get_if<rules::Redirect>(&decision.rule()->action) : nullptr;
}

// One check: what is wanted, what is there, and what it is.
struct Check {
  std::string_view what;
  const std::optional<std::string>& wanted;
  std::string found;
};

std::string compare_texts(const Expected& expected, const route::RequestView& request,
                          const route::Decision& decision) {
  const rules::Forward* forward = decision.forward();
  const rules::Redirect* redirect = redirect_of(decision);
  const Check checks[] = {
      {"virtual host", expected.virtual_host, decision.virtual_host != nullptr ? decision.virtual_host->name : ""},
      {"path", expected.path, decision.target.value_or(std::string(request.target))},
      {"host", expected.authority, std::string(decision.authority.value_or(request.authority))},
      {"location", expected.location, decision.location},
      {"rewrite.uri", expected.rewrite_uri, forward != nullptr ? forward->rewrite.uri.value_or("") : ""},
      {"rewrite.authority", expected.rewrite_authority,
       forward != nullptr ? forward->rewrite.authority.value_or("") : ""},
      {"redirect.uri", expected.redirect_uri, redirect != nullptr ? redirect->uri.value_or("") : ""},
      {"redirect.authority", expected.redirect_authority, redirect != nullptr ? redirect->authority.value_or("") : ""},
      {"delegate", expected.delegate,
       decision.rule() != nullptr && !decision.rule()->from.root.empty() ? decision.rule()->from.virtual_service.str()
                                                                         : ""},
  };
  for (const Check& check : checks)
    if (check.wanted && *check.wanted != check.found)
      return fmt::format("{} is {}", check.what, check.found.empty() ? "none" : check.found);
  return {};
}

std::string compare_all(const Expected& expected, const route::RequestView& request, const route::Decision& decision) {
  if (expected.destinations) {
    const bool is_sent = decision.outcome == route::Outcome::kForward || decision.forward() != nullptr;
    if (!is_sent) return expected.destinations->empty() ? "" : "it is not sent on";
    if (!has_all(*expected.destinations, destinations_of(decision))) return "another destination";
  }
  if (expected.cluster && !has_cluster(decision, *expected.cluster))
    return fmt::format("cluster is {}", cluster_text(decision).empty() ? "none" : cluster_text(decision));
  if (std::string text = compare_texts(expected, request, decision); !text.empty()) return text;
  const rules::Forward* forward = decision.forward();
  if (expected.abort_status &&
      (forward == nullptr || !forward->fault.abort || forward->fault.abort->http_status != *expected.abort_status))
    return "no such fault";
  for (const std::pair<std::string, std::string>& wanted : expected.request_set) {
    const rules::Rule* rule = decision.rule();
    const bool is_set = rule != nullptr && std::ranges::any_of(rule->headers.request, [&](const rules::HeaderOp& op) {
                          return op.type == rules::HeaderOpType::kSet && route::same_name(op.name, wanted.first) &&
                                 op.value == wanted.second;
                        });
    if (!is_set) return fmt::format("header {} is not set to {}", wanted.first, wanted.second);
  }
  return {};
}

}  // namespace

std::string mismatch(const Expected& expected, const route::RequestView& request, const route::Decision& decision) {
  std::string text = compare_all(expected, request, decision);
  if (!expected.is_negated) return text;
  return text.empty() ? "it is so, and should not be" : "";
}

std::string words_of(const Expected& expected) {
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  if (expected.destinations) {
    for (const ExpectedDestination& one : *expected.destinations) {
      std::string part = one.host;
      if (one.port) part += fmt::format(":{}", *one.port);
      if (!one.subset.empty()) part += fmt::format(" (subset {})", one.subset);
      if (one.weight > 0 && expected.destinations->size() > 1) part += fmt::format(" weight {}", one.weight);
      add(part);
    }
  }
  const auto add_text = [&](std::string_view what, const std::optional<std::string>& value) {
    if (value) add(fmt::format("{} {}", what, value->empty() ? "none" : *value));
  };
  add_text("cluster", expected.cluster);
  add_text("virtual host", expected.virtual_host);
  add_text("path", expected.path);
  add_text("host", expected.authority);
  add_text("location", expected.location);
  add_text("rewrite.uri", expected.rewrite_uri);
  add_text("rewrite.authority", expected.rewrite_authority);
  add_text("redirect.uri", expected.redirect_uri);
  add_text("redirect.authority", expected.redirect_authority);
  add_text("delegate", expected.delegate);
  if (expected.abort_status) add(fmt::format("abort {}", *expected.abort_status));
  for (const auto& [name, value] : expected.request_set) add(fmt::format("header {}: {}", name, value));
  return (expected.is_negated ? "not: " : "") + (text.empty() ? "nothing" : text);
}

}  // namespace wicket::replay
