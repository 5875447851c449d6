// Repair and ask again: the first condition that failed is made to hold by changing the request, then decide() says
// which one fails next, until the rule takes the request or a condition cannot be met by a text that is known.

#include "report/near_miss.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/edit_distance.h"
#include "report/decision_words.h"
#include "route/decide.h"
#include "route/matcher.h"
#include "route/normalize.h"

namespace wicket::report {
namespace {

using rules::MatchType;

constexpr std::size_t kMaxCandidates = 12;  // rules that are looked into
constexpr std::size_t kMaxChanges = 6;      // of one rule
constexpr std::size_t kMaxCompared = 200;   // bytes of a path that similarity looks at

// How far the path is from the one that a rule wants.
std::size_t path_distance(const route::FailedPredicate& failed) {
  if (failed.field != route::Field::kPath) return 0;
  const std::string_view want = std::string_view(failed.wanted->text).substr(0, kMaxCompared);
  std::string_view have = std::string_view(failed.actual).substr(0, kMaxCompared);
  if (failed.wanted->type == MatchType::kPrefix) have = have.substr(0, want.size());
  return 1 + edit_distance(have, want);
}

// A value that a condition takes; nothing when it is not to be read off.
std::optional<std::string> value_for(const rules::StringPredicate& wanted) {
  switch (wanted.type) {
    case MatchType::kExact:
    case MatchType::kPrefix:
    case MatchType::kPathSegment:
      return wanted.text;
    case MatchType::kPresent:
      return "1";
    case MatchType::kRegex:
      break;
  }
  return std::nullopt;
}

void set_header(route::Request& request, std::string_view name, const std::string& value) {
  std::erase_if(request.headers, [name](const auto& line) { return route::same_name(line.first, name); });
  request.headers.emplace_back(name, value);
}

void set_parameter(route::Request& request, std::string_view name, std::string_view value) {
  std::string query;
  if (request.target.find('?') != std::string::npos) query.append("&").append(route::query_of(request.target));
  request.target =
      fmt::format("{}?{}={}{}", route::path_of(request.target), name, value, query);  // the first one counts
}

// Makes one condition hold; in words what was done, or nothing when it cannot be.
std::optional<std::string> repair(route::Request& request, const route::FailedPredicate& failed) {
  if (failed.named != nullptr && failed.named->inverted) {
    if (failed.is_absent || failed.field != route::Field::kHeader) return std::nullopt;
    std::erase_if(request.headers, [&](const auto& line) { return route::same_name(line.first, failed.named->name); });
    return fmt::format("no header {}", failed.named->name);
  }
  const std::optional<std::string> value = value_for(*failed.wanted);
  if (!value || (failed.named != nullptr && failed.named->is_claim)) return std::nullopt;
  switch (failed.field) {
    case route::Field::kPath: {
      const std::size_t mark = std::min(request.target.find('?'), request.target.size());
      request.target = *value + request.target.substr(mark);
      return "path " + *value;
    }
    case route::Field::kMethod:
      request.method = *value;
      return "method " + *value;
    case route::Field::kHeader:
      set_header(request, failed.named->name, *value);
      return fmt::format("header {}: {}", failed.named->name, *value);
    case route::Field::kQueryParam:
      set_parameter(request, failed.named->name, *value);
      return fmt::format("query {}={}", failed.named->name, *value);
    case route::Field::kAuthority:
    case route::Field::kScheme:
      break;
  }
  return std::nullopt;
}

route::Request owned(const route::RequestView& view) {
  route::Request request;
  request.method = view.method;
  request.scheme = view.scheme;
  request.authority = view.authority;
  request.target = view.target;
  for (const route::HeaderView& line : view.headers) request.headers.emplace_back(line.name, line.value);
  request.version = view.version;
  request.port = view.port;
  request.tls = view.tls;
  request.sni = view.sni;
  return request;
}

NearMiss look_into(const DecisionReport& report, const route::TriedRule& tried) {
  NearMiss miss{.tried = &tried, .failures = {failure_text(tried.failed)}, .changes = {}, .taken_by = {}};
  route::Request request = owned(report.request);
  std::vector<std::string> changes;
  route::FailedPredicate failed = tried.failed;
  std::vector<route::HeaderView> lines;
  while (changes.size() < kMaxChanges) {
    std::optional<std::string> change = repair(request, failed);
    if (!change) return miss;
    changes.push_back(*std::move(change));
    route::Trace trace;
    const route::Decision decision = route::decide(report.table, request.view(lines), {}, &trace);
    const auto next = std::ranges::find(trace.tried, tried.route, &route::TriedRule::route);
    if (next == trace.tried.end()) {  // an earlier one takes it now
      if (decision.rule() == nullptr) return miss;
      miss.taken_by = rule_title(decision.rule()->from);
      miss.changes = std::move(changes);
      return miss;
    }
    if (next->matched) {
      miss.changes = std::move(changes);
      return miss;
    }
    failed = std::move(next->failed);
    miss.failures.push_back(failure_text(failed));
  }
  return miss;
}

}  // namespace

std::vector<NearMiss> near_misses(const DecisionReport& report, std::size_t most) {
  std::vector<std::pair<std::size_t, const route::TriedRule*>> candidates;
  for (const route::TriedRule& each : report.trace->tried)
    if (!each.matched) candidates.emplace_back(path_distance(each.failed), &each);
  std::ranges::stable_sort(candidates, {}, &std::pair<std::size_t, const route::TriedRule*>::first);
  candidates.resize(std::min(candidates.size(), kMaxCandidates));
  std::vector<NearMiss> misses;
  for (const auto& [distance, tried] : candidates) misses.push_back(look_into(report, *tried));
  std::ranges::stable_sort(misses, {}, [](const NearMiss& miss) { return miss.failures.size(); });
  misses.resize(std::min(misses.size(), most));
  return misses;
}

}  // namespace wicket::report
