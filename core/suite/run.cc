#include "suite/run.h"

#include <algorithm>

#include "base/parallel.h"
#include "route/decide.h"

namespace wicket::suite {
namespace {

constexpr std::size_t kChunk = 64;  // cases that a thread takes at once

}  // namespace

route::RequestView view(const Case& test, std::vector<route::HeaderView>& lines) {
  route::RequestView request = test.request.view(lines);
  request.peer_address = test.client_address;
  return request;
}

std::vector<CaseResult> run(std::span<const Case* const> cases, const route::RouteTable& table, std::size_t threads) {
  std::vector<CaseResult> results(cases.size());
  const std::size_t chunks = (cases.size() + kChunk - 1) / kChunk;
  parallel_for(chunks, std::min(thread_count(threads), chunks == 0 ? 1 : chunks), [&](std::size_t chunk) {
    std::vector<route::HeaderView> lines;
    for (std::size_t i = chunk * kChunk; i < std::min(cases.size(), (chunk + 1) * kChunk); ++i) {
      CaseResult& result = results[i];
      result.test = cases[i];
      const route::RequestView request = view(*cases[i], lines);
      result.decision = route::decide(table, request, cases[i]->draw);
      result.verdict = judge(*cases[i], request, result.decision);
    }
  });
  return results;
}

}  // namespace wicket::suite
