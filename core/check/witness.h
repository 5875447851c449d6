// Requests that show what a rule does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "check/diagnostic.h"
#include "route/request.h"
#include "route/table.h"
#include "rules/rule_set.h"

namespace wicket::check {

/// Where a request comes in.
struct Entrance {
  std::string_view domain;  // of the virtual host; a wildcard stands for some name
  std::uint32_t port = 0;   // that clients connect to
  bool tls = false;
};

/// A request that fulfils the conditions of a rule, made from their texts; with `path` one for that path. Nothing where
/// none can be made so (a pattern that is hard to fulfil, a token). Nobody has asked yet whether it reaches the rule.
[[nodiscard]] std::optional<route::Request> sample_request(const rules::Rule& rule, const Entrance& entrance,
                                                           const std::string* path = nullptr);

/// Some name that a domain stands for: itself unless it is a wildcard.
[[nodiscard]] std::string name_within(std::string_view domain);

/// The request as a report shows it.
[[nodiscard]] Witness witness_of(const route::Request& request);

}  // namespace wicket::check
