// Typed values out of the texts of a test file. Each is a complaint where it is wrong. Internal to suite/.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "suite/scope.h"

namespace wicket::suite {

/// A decimal number from `min` to `max`.
[[nodiscard]] std::optional<std::uint64_t> number_value(Scope& scope, NodeId node, std::string_view where,
                                                        std::uint64_t min, std::uint64_t max);
/// A share or a percentage: a number of 0 or more, perhaps with a fraction, perhaps with a % behind it.
[[nodiscard]] std::optional<double> share_value(Scope& scope, NodeId node, std::string_view where);
/// One of `words`, with a suggestion.
[[nodiscard]] std::optional<std::string> word_value(Scope& scope, NodeId node, std::string_view where,
                                                    std::span<const std::string_view> words);
/// true or false.
[[nodiscard]] std::optional<bool> boolean_value(Scope& scope, NodeId node, std::string_view where);
/// A duration in its shortest spelling, or "none".
[[nodiscard]] std::optional<std::string> duration_value(Scope& scope, NodeId node, std::string_view where);
/// Source: RFC 9110 section 5.6.2, token.
[[nodiscard]] bool is_token(std::string_view text);

}  // namespace wicket::suite
