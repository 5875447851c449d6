// Durations as Go writes them: 1h30m, 1.5s, 500ms.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wicket::model {

using Duration = std::chrono::nanoseconds;

/// Reads a duration: a sign, then numbers each with its unit (ns us µs μs ms s m h), in any order and repeated.
/// "0" is the one number without a unit. Nothing for anything else and beyond 2562047h47m16.854775807s.
/// Source: Go time.ParseDuration, which the API server's CEL and protobuf's JSON reader use.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);

/// The shortest Go spelling: 1h30m0s is "1h30m", 1500000ns is "1.5ms".
[[nodiscard]] std::string format_duration(Duration duration);

}  // namespace wicket::model
