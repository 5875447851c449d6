#include "proxy/metrics.h"

#include <fmt/format.h>

#include <string>
#include <thread>

#include "support/catch.h"

namespace wicket::proxy {
namespace {

const ServiceName kWeb{.host = "web.app.svc.cluster.local", .name = "web", .ns = "app"};
const ProcessFacts kFacts{.version = "1.2.3", .generation = 4, .refused_reloads = 2};

std::size_t lines_with(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

TEST_CASE("R-MET-1 the buckets of a histogram") {
  struct Case {
    std::uint64_t value;
    const char* first;   // bucket that it is in
    const char* before;  // the one in front of it; nullptr: there is none
  };
  constexpr Case kCases[] = {
      {0, "0.5", nullptr},
      {1, "1", "0.5"},
      {5, "5", "1"},
      {6, "10", "5"},
      {1000, "1000", "500"},
      {1001, "2500", "1000"},
      {3600000, "3600000", "1800000"},
      {3600001, "+Inf", "3600000"},
  };
  for (const Case& c : kCases) {
    INFO(c.value);
    Metrics loop;
    loop.count({.service = &kWeb, .status = 200, .duration_ms = c.value});
    const std::string text = prometheus_text({&loop}, kFacts);
    const auto bucket = [&](const char* end) {
      const std::size_t at = text.find(fmt::format("le=\"{}\"}}", end), text.find("istio_request_duration"));
      REQUIRE(at != std::string::npos);
      return text.substr(text.find("} ", at) + 2, 1);
    };
    CHECK(bucket(c.first) == "1");
    if (c.before != nullptr) CHECK(bucket(c.before) == "0");
    CHECK(lines_with(text, "istio_request_duration_milliseconds_bucket{") == kBucketEnds.size() + 1);
  }
}

TEST_CASE("R-MET-2 R-MET-3 R-MET-6 labels in Istio's order: the gateway's own, the service's, and unknown ones") {
  Metrics loop;
  loop.count({.service = &kWeb, .status = 503, .flags = "URX,UF"});
  const std::string text = prometheus_text({&loop}, kFacts);
  CHECK(text.find("istio_requests_total{reporter=\"source\",source_workload=\"istio-ingressgateway\","
                  "source_canonical_service=\"istio-ingressgateway\",source_canonical_revision=\"latest\","
                  "source_workload_namespace=\"istio-system\",source_principal=\"unknown\","
                  "source_app=\"istio-ingressgateway\",source_version=\"unknown\",source_cluster=\"Kubernetes\","
                  "destination_workload=\"unknown\",destination_workload_namespace=\"unknown\","
                  "destination_principal=\"unknown\",destination_app=\"unknown\",destination_version=\"unknown\","
                  "destination_service=\"web.app.svc.cluster.local\",destination_canonical_service=\"unknown\","
                  "destination_canonical_revision=\"latest\",destination_service_name=\"web\","
                  "destination_service_namespace=\"app\",destination_cluster=\"unknown\",request_protocol=\"http\","
                  "response_code=\"503\",grpc_response_status=\"\",response_flags=\"URX,UF\","
                  "connection_security_policy=\"unknown\"} 1\n") != std::string::npos);
}

TEST_CASE("R-MET-4 nothing is known of a destination without a cluster") {
  Metrics loop;
  loop.count({.status = 404, .flags = "NR"});
  const std::string text = prometheus_text({&loop}, kFacts);
  CHECK(text.find("destination_service=\"unknown\"") != std::string::npos);
  CHECK(text.find("destination_service_name=\"unknown\",destination_service_namespace=\"unknown\"") !=
        std::string::npos);
}

TEST_CASE("R-MET-5 protocol, status and flags") {
  Metrics loop;
  loop.count({.service = &kWeb, .is_grpc = true, .status = 200, .grpc_status = 14});
  loop.count({.service = &kWeb, .status = 0, .flags = "DC"});
  const std::string text = prometheus_text({&loop}, kFacts);
  CHECK(text.find("request_protocol=\"grpc\",response_code=\"200\",grpc_response_status=\"14\",response_flags=\"-\"") !=
        std::string::npos);
  CHECK(text.find("request_protocol=\"http\",response_code=\"0\",grpc_response_status=\"\",response_flags=\"DC\"") !=
        std::string::npos);
}

TEST_CASE("loops and subsets of one service come together") {
  const ServiceName same = kWeb;  // of another cluster
  Metrics first, second;
  first.count({.service = &kWeb, .status = 200, .bytes_received = 100, .bytes_sent = 7});
  first.count({.service = &same, .status = 200, .bytes_received = 10, .bytes_sent = 7});
  second.count({.service = &kWeb, .status = 200, .bytes_received = 1, .bytes_sent = 7});
  const std::string text = prometheus_text({&first, &second}, kFacts);
  CHECK(lines_with(text, "istio_requests_total{") == 1);
  CHECK(text.find("connection_security_policy=\"unknown\"} 3\n") != std::string::npos);
  const std::size_t sum = text.find("istio_request_bytes_sum{");
  REQUIRE(sum != std::string::npos);
  CHECK(text.substr(text.find("} ", sum) + 2, 4) == "111\n");
}

TEST_CASE("what is told of the process, before any request") {
  const Metrics loop;
  const std::string text = prometheus_text({&loop}, kFacts);
  CHECK(text.find("istio_build{component=\"proxy\",tag=\"1.2.3\"} 1\n") != std::string::npos);
  CHECK(text.find("wicket_table_generation 4\n") != std::string::npos);
  CHECK(text.find("wicket_refused_reloads_total 2\n") != std::string::npos);
  CHECK(text.find("istio_requests_total") == std::string::npos);
}

TEST_CASE("series are read while they are counted and added") {
  constexpr std::uint32_t kSeries = 400;
  Metrics loop;
  std::thread counting([&loop] {
    for (std::uint32_t round = 0; round < 20; ++round)
      for (std::uint32_t status = 0; status < kSeries; ++status) loop.count({.service = &kWeb, .status = status});
  });
  std::size_t most = 0;
  for (int i = 0; i < 200; ++i) {
    std::size_t seen = 0;
    loop.visit([&seen](const Series& series) { seen += series.requests.value() <= 20 ? 1 : 0; });
    CHECK(seen >= most);
    most = seen;
  }
  counting.join();
  std::size_t complete = 0;
  loop.visit([&complete](const Series& series) { complete += series.requests.value() == 20 ? 1 : 0; });
  CHECK(complete == kSeries);
}

}  // namespace
}  // namespace wicket::proxy
