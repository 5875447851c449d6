#include "route/local_reply.h"

#include <algorithm>
#include <array>
#include <vector>

namespace wicket::route {
namespace {

using enum UpstreamFailure;

constexpr rules::IstioVersion kFirstWithQuietBody{.major = 1, .minor = 31};   // Envoy 1.39
constexpr rules::IstioVersion kFirstWithFlagsAsSet{.major = 1, .minor = 22};  // Envoy 1.30
constexpr std::string_view kResetText = "upstream connect error or disconnect/reset before headers. ";

constexpr std::string_view kTimeoutBody = "upstream request timeout";

constexpr std::array kReplies = {
    FailureReply{kNoCluster, 503, "NC", "", "", "cluster_not_found"},
    FailureReply{kNoHealthyHost, 503, "UH", "", "no healthy upstream", "no_healthy_upstream"},
    FailureReply{kLocalConnectFailure, 503, "UF", "local connection failure", "", ""},
    FailureReply{kRemoteConnectFailure, 503, "UF", "remote connection failure", "", ""},
    FailureReply{kConnectTimeout, 503, "UF", "connection timeout", "", ""},
    FailureReply{kConnectionTermination, 503, "UC", "connection termination", "", ""},
    FailureReply{kLocalReset, 503, "LR", "local reset", "", ""},
    FailureReply{kLocalRefusedStream, 503, "LR", "local refused stream reset", "", ""},
    FailureReply{kRemoteReset, 503, "UR", "remote reset", "", ""},
    FailureReply{kRemoteRefusedStream, 503, "UR", "remote refused stream reset", "", ""},
    FailureReply{kProtocolError, 502, "UPE", "protocol error", "", ""},
    FailureReply{kOverflow, 503, "UO", "overflow", "", ""},
    FailureReply{kRouteTimeout, 504, "UT", "", kTimeoutBody, "response_timeout"},
    FailureReply{kPerTryTimeout, 504, "UT", "", kTimeoutBody, "upstream_per_try_timeout"},
};

// The order of flags while each was a bit.
constexpr std::array<std::string_view, 15> kFormerOrder = {"UH", "UT", "LR", "UR",  "UF",  "UC", "UO", "NR",
                                                           "DI", "FI", "DC", "URX", "DPE", "NC", "UPE"};

std::string with_underscores(std::string_view text) {
  std::string joined(text);
  std::ranges::replace(joined, ' ', '_');
  return joined;
}

}  // namespace

std::span<const FailureReply> failure_replies() { return kReplies; }

const FailureReply& failure_reply(UpstreamFailure failure) {
  return *std::ranges::find(kReplies, failure, &FailureReply::failure);
}

std::string failure_body(UpstreamFailure failure, const FailureContext& context) {
  const FailureReply& reply = failure_reply(failure);
  if (reply.reason.empty()) return std::string(reply.body);
  std::string body(kResetText);
  body.append(context.is_retried ? "retried and the latest reset reason: " : "reset reason: ").append(reply.reason);
  if (!context.transport_failure.empty() && context.version < kFirstWithQuietBody)
    body.append(", transport failure reason: ").append(context.transport_failure);
  return body;
}

std::string failure_details(UpstreamFailure failure, const FailureContext& context) {
  const FailureReply& reply = failure_reply(failure);
  if (reply.reason.empty()) return std::string(reply.details);
  std::string details =
      context.has_started ? "upstream_reset_after_response_started{" : "upstream_reset_before_response_started{";
  details.append(with_underscores(reply.reason));
  if (!context.transport_failure.empty()) details.append("|").append(with_underscores(context.transport_failure));
  return details.append("}");
}

std::string joined_flags(std::span<const std::string_view> flags, rules::IstioVersion version) {
  std::vector<std::string_view> ordered(flags.begin(), flags.end());
  if (version < kFirstWithFlagsAsSet)
    std::ranges::stable_sort(ordered, {}, [](std::string_view flag) { return std::ranges::find(kFormerOrder, flag); });
  std::string joined;
  for (const std::string_view flag : ordered) joined.append(joined.empty() ? "" : ",").append(flag);
  return joined.empty() ? "-" : joined;
}

}  // namespace wicket::route
