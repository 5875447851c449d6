// Istio's standard metrics, counted by each loop for itself.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wicket::proxy {

/// The service behind a cluster.
struct ServiceName {
  std::string host;  // in full
  std::string name;  // hello; of a ServiceEntry: its host
  std::string ns;    // empty: not known
};

/// Upper ends of the buckets of every histogram, of milliseconds and bytes alike; one more is open-ended.
/// Source: Envoy source/common/stats/histogram_impl.cc (R-MET-1).
inline constexpr std::array<double, 19> kBucketEnds = {
    0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 30000, 60000, 300000, 600000, 1800000, 3600000};

/// One finished request. Views are read while it is counted.
struct RequestSample {
  const ServiceName* service = nullptr;  // the same object each time; nullptr: there is no cluster
  bool is_grpc = false;
  std::uint32_t status = 0;                   // 0: the client left before
  std::optional<std::int32_t> grpc_status{};  // of gRPC alone; -1: none that is known
  std::string_view flags{};
  std::uint64_t duration_ms = 0;
  std::uint64_t bytes_received = 0;  // heads included
  std::uint64_t bytes_sent = 0;
};

/// A number that one thread counts up and others read.
class Counter {
 public:
  void add(std::uint64_t amount) {
    value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

struct Histogram {
  std::array<Counter, kBucketEnds.size() + 1> counts;
  Counter sum;
  void add(std::uint64_t value);
};

/// What sets one time series apart from another (R-MET-2, R-MET-4, R-MET-5).
struct SeriesKey {
  const ServiceName* service = nullptr;
  bool is_grpc = false;
  std::uint32_t status = 0;
  std::optional<std::int32_t> grpc_status;
  std::string flags;
};

struct Series {
  explicit Series(SeriesKey of) : key(std::move(of)) {}
  SeriesKey key;
  Counter requests;
  Histogram duration;  // milliseconds
  Histogram received;  // bytes of the request
  Histogram sent;      // bytes of the answer
};

/// The counts of one loop. That loop counts without a lock and, once a series is there, without allocating; others may
/// read at any time. There are as many series as clusters, statuses and flags meet, which is what bounds them.
class Metrics {
 public:
  void count(const RequestSample& sample);
  /// Shows every series.
  void visit(const std::function<void(const Series&)>& show) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const RequestSample& sample) const;
    std::size_t operator()(const SeriesKey& key) const;
  };
  struct Same {
    using is_transparent = void;
    bool operator()(const SeriesKey& a, const RequestSample& b) const;
    bool operator()(const RequestSample& a, const SeriesKey& b) const { return (*this)(b, a); }
    bool operator()(const SeriesKey& a, const SeriesKey& b) const;
  };

  mutable std::mutex mutex_;  // of `series_` as a list: taken to add to it, and by those who read
  std::deque<Series> series_;
  std::unordered_map<SeriesKey, Series*, Hash, Same> known_;  // the loop's alone
};

/// What is told of the process itself.
struct ProcessFacts {
  std::string_view version;
  std::uint64_t generation = 1;       // of the table that is served
  std::uint64_t refused_reloads = 0;  // changes that were not served
};

/// The counts of all loops in Prometheus' text format.
/// Source: istio/proxy source/extensions/filters/http/istio_stats/istio_stats.cc (R-MET-1 to R-MET-6).
[[nodiscard]] std::string prometheus_text(const std::vector<const Metrics*>& loops, const ProcessFacts& facts);

}  // namespace wicket::proxy
