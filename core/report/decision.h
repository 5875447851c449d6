// Decisions in words and as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/source_set.h"
#include "route/decision.h"
#include "route/request.h"
#include "route/table.h"
#include "route/trace.h"

namespace wicket::report {

/// A decision and what it was made from; nothing is owned.
struct DecisionReport {
  std::string_view url;  // as asked
  const route::RequestView& request;
  const route::Decision& decision;
  const route::RouteTable& table;
  const SourceSet& sources;
  const route::Trace* trace = nullptr;  // makes answers about what was not found better
};

enum class JsonLayout : std::uint8_t { kOneLine, kIndented };

/// One object, as schemas/decision.schema.json says, with a line break at its end. Bytes that are not UTF-8 are
/// replaced.
[[nodiscard]] std::string decision_json(const DecisionReport& report, JsonLayout layout);

/// The answer alone, in one line.
[[nodiscard]] std::string decision_line(const DecisionReport& report);

/// The answer in one line, then what one wants to know next.
[[nodiscard]] std::string decision_text(const DecisionReport& report);

/// Every stage, and every rule with the first of its conditions that did not hold. Needs a trace.
[[nodiscard]] std::string decision_explanation(const DecisionReport& report);

}  // namespace wicket::report
