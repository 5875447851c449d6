// What a test of another tool expects of a decision.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "route/decision.h"
#include "route/request.h"

namespace wicket::replay {

/// A destination as it is written in a VirtualService.
struct ExpectedDestination {
  std::string host{};
  std::optional<std::uint32_t> port{};
  std::string subset{};
  std::uint32_t weight = 0;  // 0: not written
};

/// What is named is compared; texts that are empty stand for "none".
struct Expected {
  bool is_negated = false;  // all of it together must not be so
  std::optional<std::vector<ExpectedDestination>> destinations{};
  std::optional<std::string> cluster{};
  std::optional<std::string> virtual_host{};
  std::optional<std::string> path{};       // with query, as the upstream sees it
  std::optional<std::string> authority{};  // as the upstream sees it
  std::optional<std::string> location{};
  std::optional<std::string> rewrite_uri{};        // as the rule has it
  std::optional<std::string> rewrite_authority{};  // as the rule has it
  std::optional<std::string> redirect_uri{};       // as the rule has it
  std::optional<std::string> redirect_authority{};
  std::optional<std::uint32_t> abort_status{};
  std::vector<std::pair<std::string, std::string>> request_set{};  // headers that the rule sets
  std::optional<std::string> delegate{};                           // namespace/name
};

/// The first thing that is not as expected, in words; empty where all is.
[[nodiscard]] std::string mismatch(const Expected& expected, const route::RequestView& request,
                                   const route::Decision& decision);

/// "outbound|80||a", "a:80 (subset v1) 90, b:80 10": what is expected, in words.
[[nodiscard]] std::string words_of(const Expected& expected);

}  // namespace wicket::replay
