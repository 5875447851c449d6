// Series of all loops, and of all subsets of a service, that have the same labels are one.
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "proxy/metrics.h"

namespace wicket::proxy {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

constexpr const char* kUnknown = "unknown";

/// Added up.
struct Sums {
  struct Of {
    std::array<std::uint64_t, kBucketEnds.size() + 1> counts{};
    std::uint64_t sum = 0;
    void add(const Histogram& histogram) {
      for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += histogram.counts[i].value();
      sum += histogram.sum.value();
    }
  };
  std::uint64_t requests = 0;
  Of duration, received, sent;
};

/// What tells series apart once loops and subsets do not.
using Key = std::tuple<std::string, std::string, std::string, bool, std::uint32_t, std::string, std::string>;

Key key_of(const SeriesKey& key) {
  const auto or_unknown = [](const std::string& text) { return text.empty() ? std::string(kUnknown) : text; };
  const ServiceName nobody;
  const ServiceName& service = key.service == nullptr ? nobody : *key.service;
  return {or_unknown(service.host),
          or_unknown(service.name),
          or_unknown(service.ns),
          key.is_grpc,
          key.status,
          key.grpc_status ? std::to_string(*key.grpc_status) : std::string(),
          key.flags.empty() ? std::string("-") : key.flags};
}

// A gateway reports as the source, and describes itself (R-MET-3, R-MET-6). Nothing here knows the pods behind a
// service.
Labels labels_of(const Key& key) {
  const auto& [host, name, ns, is_grpc, status, grpc_status, flags] = key;
  return {{"reporter", "source"},
          {"source_workload", "istio-ingressgateway"},
          {"source_canonical_service", "istio-ingressgateway"},
          {"source_canonical_revision", "latest"},
          {"source_workload_namespace", "istio-system"},
          {"source_principal", kUnknown},
          {"source_app", "istio-ingressgateway"},
          {"source_version", kUnknown},
          {"source_cluster", "Kubernetes"},
          {"destination_workload", kUnknown},
          {"destination_workload_namespace", kUnknown},
          {"destination_principal", kUnknown},
          {"destination_app", kUnknown},
          {"destination_version", kUnknown},
          {"destination_service", host},
          {"destination_canonical_service", kUnknown},
          {"destination_canonical_revision", "latest"},
          {"destination_service_name", name},
          {"destination_service_namespace", ns},
          {"destination_cluster", kUnknown},
          {"request_protocol", is_grpc ? "grpc" : "http"},
          {"response_code", std::to_string(status)},
          {"grpc_response_status", grpc_status},
          {"response_flags", flags},
          {"connection_security_policy", kUnknown}};
}

ClientMetric histogram_of(const Labels& labels, const Sums::Of& sums) {
  ClientMetric metric;
  metric.label = labels;
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < sums.counts.size(); ++i) {
    total += sums.counts[i];
    const double end = i < kBucketEnds.size() ? kBucketEnds[i] : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({total, end});
  }
  metric.histogram.sample_count = total;
  metric.histogram.sample_sum = static_cast<double>(sums.sum);
  return metric;
}

MetricFamily family(const char* name, const char* help, MetricType type) {
  MetricFamily made;
  made.name = name;
  made.help = help;
  made.type = type;
  return made;
}

MetricFamily gauge(const char* name, const char* help, Labels labels, std::uint64_t value) {
  MetricFamily made = family(name, help, MetricType::Gauge);
  ClientMetric metric;
  metric.label = std::move(labels);
  metric.gauge.value = static_cast<double>(value);
  made.metric.push_back(std::move(metric));
  return made;
}

MetricFamily counter(const char* name, const char* help, std::uint64_t value) {
  MetricFamily made = family(name, help, MetricType::Counter);
  ClientMetric metric;
  metric.counter.value = static_cast<double>(value);
  made.metric.push_back(std::move(metric));
  return made;
}

}  // namespace

std::string prometheus_text(const std::vector<const Metrics*>& loops, const ProcessFacts& facts) {
  std::map<Key, Sums> sums;
  for (const Metrics* loop : loops)
    loop->visit([&sums](const Series& series) {
      Sums& sum = sums[key_of(series.key)];
      sum.requests += series.requests.value();
      sum.duration.add(series.duration);
      sum.received.add(series.received);
      sum.sent.add(series.sent);
    });

  std::vector<MetricFamily> families;
  if (!sums.empty()) {
    families = {family("istio_requests_total", "Requests that have ended", MetricType::Counter),
                family("istio_request_duration_milliseconds", "From the first byte in to the last byte out",
                       MetricType::Histogram),
                family("istio_request_bytes", "Bytes of requests on the wire", MetricType::Histogram),
                family("istio_response_bytes", "Bytes of answers on the wire", MetricType::Histogram)};
  }
  for (const auto& [key, sum] : sums) {
    const Labels labels = labels_of(key);
    ClientMetric requests;
    requests.label = labels;
    requests.counter.value = static_cast<double>(sum.requests);
    families[0].metric.push_back(std::move(requests));
    families[1].metric.push_back(histogram_of(labels, sum.duration));
    families[2].metric.push_back(histogram_of(labels, sum.received));
    families[3].metric.push_back(histogram_of(labels, sum.sent));
  }
  families.push_back(
      gauge("istio_build", "What is running", {{"component", "proxy"}, {"tag", std::string(facts.version)}}, 1));
  families.push_back(gauge("wicket_table_generation",
                           "Of the routes that are served: 1 at the start, one more at each "
                           "reload",
                           {}, facts.generation));
  families.push_back(
      counter("wicket_refused_reloads_total", "Changes of manifests that were not served", facts.refused_reloads));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace wicket::proxy
