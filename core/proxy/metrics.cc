#include "proxy/metrics.h"

#include <algorithm>
#include <utility>

namespace wicket::proxy {
namespace {

template <class Key>
std::size_t hash_of(const Key& key) {
  std::size_t hash = std::hash<std::string_view>()(key.flags) ^ std::hash<const void*>()(key.service);
  hash = hash * 31 + key.status;
  hash = hash * 31 + static_cast<std::size_t>(key.grpc_status.value_or(-2) + 2);
  return hash * 2 + (key.is_grpc ? 1 : 0);
}

template <class A, class B>
bool are_same(const A& a, const B& b) {
  return a.service == b.service && a.is_grpc == b.is_grpc && a.status == b.status && a.grpc_status == b.grpc_status &&
         a.flags == b.flags;
}

}  // namespace

void Histogram::add(std::uint64_t value) {
  const auto* const end = std::ranges::lower_bound(kBucketEnds, static_cast<double>(value));
  counts[static_cast<std::size_t>(end - kBucketEnds.begin())].add(1);
  sum.add(value);
}

std::size_t Metrics::Hash::operator()(const RequestSample& sample) const { return hash_of(sample); }
std::size_t Metrics::Hash::operator()(const SeriesKey& key) const { return hash_of(key); }
bool Metrics::Same::operator()(const SeriesKey& a, const RequestSample& b) const { return are_same(a, b); }
bool Metrics::Same::operator()(const SeriesKey& a, const SeriesKey& b) const { return are_same(a, b); }

void Metrics::count(const RequestSample& sample) {
  auto found = known_.find(sample);
  if (found == known_.end()) {
    const SeriesKey key{.service = sample.service,
                        .is_grpc = sample.is_grpc,
                        .status = sample.status,
                        .grpc_status = sample.grpc_status,
                        .flags = std::string(sample.flags)};
    const std::scoped_lock lock(mutex_);
    found = known_.emplace(key, &series_.emplace_back(key)).first;
  }
  Series& series = *found->second;
  series.requests.add(1);
  series.duration.add(sample.duration_ms);
  series.received.add(sample.bytes_received);
  series.sent.add(sample.bytes_sent);
}

void Metrics::visit(const std::function<void(const Series&)>& show) const {
  const std::scoped_lock lock(mutex_);
  for (const Series& series : series_) show(series);
}

}  // namespace wicket::proxy
