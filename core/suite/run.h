// Cases × routes ▸ verdicts.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "route/decision.h"
#include "route/request.h"
#include "route/table.h"
#include "route/trace.h"
#include "suite/judge.h"
#include "suite/suite.h"

namespace wicket::suite {

/// What became of one case.
struct CaseResult {
  const Case* test = nullptr;
  Verdict verdict;
  route::Decision decision;
};

/// Asks the engine about every case. The order is that of the cases, whatever the number of threads. Units: `threads`
/// 0: one per core.
[[nodiscard]] std::vector<CaseResult> run(std::span<const Case* const> cases, const route::RouteTable& table,
                                          std::size_t threads);

/// The request of a case, with `lines` as storage of its headers.
[[nodiscard]] route::RequestView view(const Case& test, std::vector<route::HeaderView>& lines);

}  // namespace wicket::suite
