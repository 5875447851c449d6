// What a place in a log line holds, whatever the format that the place is in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "replay/record.h"

namespace wicket::replay {

enum class Field : std::uint8_t {
  kIgnored,
  kNumber,  // ignored, but a number
  kWord,    // ignored, but without blanks and quotes
  kMethod,
  kPath,
  kProtocol,
  kScheme,
  kAuthority,
  kRequestLine,  // "GET /x HTTP/1.1"
  kHeader,
  kStatus,
  kFlags,
  kDetails,
  kCluster,
  kRouteName,
  kTime,
  kLocalAddress,
  kLocalPort,
  kRemoteAddress,
  kServerName,
  kRequestId,
  kLocation,
};

/// One place.
struct FieldSpec {
  Field field = Field::kIgnored;
  std::string name{};     // of a header, in lower case
  std::size_t limit = 0;  // bytes after which the value is cut; 0: never
};

/// Takes a value into the record; "-" and an empty one are none. False when the place cannot hold such a value.
[[nodiscard]] bool put(const FieldSpec& spec, std::string_view value, Record& record);

/// Whether it could hold it, without taking it.
[[nodiscard]] bool is_plausible(Field field, std::string_view value);

/// What the places tell of every request.
[[nodiscard]] Telling telling_of(const std::vector<FieldSpec>& specs);

/// Once all places are taken: what kind of record it is, and what follows from what was told.
void settle(Record& record);

/// An operator of Envoy's access logs, without its percent signs: "REQ(X-A?:PATH):20". Those that say nothing about
/// routing are kIgnored. Errors: kInvalid.
/// Source: Envoy configuration/observability/access_log, command operators.
[[nodiscard]] Result<FieldSpec> field_of_operator(std::string_view text);

}  // namespace wicket::replay
