// What a client gets when an upstream fails, and what a mirror is told.
#include "route/local_reply.h"

#include <set>
#include <vector>

#include "route/mirror_host.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using enum UpstreamFailure;

constexpr rules::IstioVersion kNow{.major = 1, .minor = 31};
constexpr rules::IstioVersion kBefore{.major = 1, .minor = 30};

TEST_CASE("R-LR-3 R-LR-6 R-LR-7 R-LR-8 R-LR-9 R-LR-10 R-LR-19 status, flag, body and details of each failure") {
  struct Case {
    UpstreamFailure failure;
    std::uint32_t status;
    const char* flag;
    const char* body;  // its end
    const char* details;
  };
  constexpr Case kCases[] = {
      {kNoCluster, 503, "NC", "", "cluster_not_found"},
      {kNoHealthyHost, 503, "UH", "no healthy upstream", "no_healthy_upstream"},
      {kLocalConnectFailure, 503, "UF", "reset reason: local connection failure",
       "upstream_reset_before_response_started{local_connection_failure}"},
      {kConnectTimeout, 503, "UF", "reset reason: connection timeout",
       "upstream_reset_before_response_started{connection_timeout}"},
      {kConnectionTermination, 503, "UC", "reset reason: connection termination",
       "upstream_reset_before_response_started{connection_termination}"},
      {kLocalReset, 503, "LR", "reset reason: local reset", "upstream_reset_before_response_started{local_reset}"},
      {kRemoteReset, 503, "UR", "reset reason: remote reset", "upstream_reset_before_response_started{remote_reset}"},
      {kRemoteRefusedStream, 503, "UR", "reset reason: remote refused stream reset",
       "upstream_reset_before_response_started{remote_refused_stream_reset}"},
      {kProtocolError, 502, "UPE", "reset reason: protocol error",
       "upstream_reset_before_response_started{protocol_error}"},
      {kOverflow, 503, "UO", "reset reason: overflow", "upstream_reset_before_response_started{overflow}"},
      {kRouteTimeout, 504, "UT", "upstream request timeout", "response_timeout"},
      {kPerTryTimeout, 504, "UT", "upstream request timeout", "upstream_per_try_timeout"},
  };
  for (const Case& c : kCases) {
    INFO(c.details);
    CHECK(failure_reply(c.failure).status == c.status);
    CHECK(failure_reply(c.failure).flag == c.flag);
    CHECK(failure_body(c.failure, {.version = kNow}).ends_with(c.body));
    CHECK(failure_body(c.failure, {.version = kNow}).empty() == std::string_view(c.body).empty());
    CHECK(failure_details(c.failure, {.version = kNow}) == c.details);
  }
  std::set<UpstreamFailure> rows;
  for (const FailureReply& reply : failure_replies()) rows.insert(reply.failure);
  CHECK(rows.size() == failure_replies().size());
}

TEST_CASE("R-LR-6 details tell whether the answer had begun") {
  CHECK(failure_details(kConnectionTermination, {.version = kNow, .has_started = true}) ==
        "upstream_reset_after_response_started{connection_termination}");
}

TEST_CASE("R-LR-4 R-LR-5 what the connection said is in the body up to Istio 1.30, in the details ever since") {
  const std::string start = "upstream connect error or disconnect/reset before headers. ";
  FailureContext context{.version = kNow, .transport_failure = "delayed connect error: Connection refused"};
  CHECK(failure_body(kRemoteConnectFailure, context) == start + "reset reason: remote connection failure");
  context.version = kBefore;
  CHECK(failure_body(kRemoteConnectFailure, context) ==
        start +
            "reset reason: remote connection failure, transport failure reason: delayed connect error: Connection "
            "refused");
  CHECK(failure_details(kRemoteConnectFailure, context) ==
        "upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused}");
  context = {.version = kNow, .is_retried = true};
  CHECK(failure_body(kRemoteConnectFailure, context) ==
        start + "retried and the latest reset reason: remote connection failure");
}

TEST_CASE("R-LR-18 flags are joined as they were set, up to Istio 1.21 in Envoy's order") {
  const std::vector<std::string_view> flags = {"URX", "UF"};
  CHECK(joined_flags(flags, kNow) == "URX,UF");
  CHECK(joined_flags(flags, {.major = 1, .minor = 22}) == "URX,UF");
  CHECK(joined_flags(flags, {.major = 1, .minor = 21}) == "UF,URX");
  CHECK(joined_flags({}, kNow) == "-");
}

TEST_CASE("R-MIR-2 a mirror gets the host of the request, up to Istio 1.27 with -shadow behind it") {
  CHECK(mirror_authority("a.io:8080", {.major = 1, .minor = 28}) == "a.io:8080");
  constexpr rules::IstioVersion kOld{.major = 1, .minor = 27};
  CHECK(mirror_authority("a.io", kOld) == "a.io-shadow");
  CHECK(mirror_authority("a.io:8080", kOld) == "a.io-shadow:8080");
}

}  // namespace
}  // namespace wicket::route
