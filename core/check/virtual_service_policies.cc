// Faults made on purpose, mirrors and retries.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/edit_distance.h"
#include "check/http_text.h"
#include "check/virtual_service.h"
#include "check/words.h"

namespace wicket::check::virtual_service {
namespace {

using model::Text;

/// The names of gRPC's status codes, by their numbers. Source: Istio pkg/config/validation via
/// grpc.SupportedGRPCStatus.
constexpr std::array<std::string_view, 17> kGrpcStatuses = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

void check_percentage(const Subject& subject, const model::Box<model::Percent>& percentage) {
  constexpr double kMost = 100;
  constexpr double kLeast = 0.0001;
  if (!percentage || !percentage->value) return;
  const double value = *percentage->value;
  if (value == 0 || (value >= kLeast && value <= kMost)) return;
  subject
      .report(wk("WK341"), subject.places.value(percentage->value.node),
              "percentage {} is neither 0 nor in 0.0001..100", subject.resource.document->text(percentage->value.node))
      .help("100 means every request, 0.5 one in two hundred");
}

void check_grpc_status(const Subject& subject, const Text& status) {
  if (!status || std::ranges::find(kGrpcStatuses, *status) != kGrpcStatuses.end()) return;
  auto finding =
      subject.report(wk("WK344"), subject.places.value(status.node), "{} is not a gRPC status name", quoted(*status));
  std::size_t number = kGrpcStatuses.size();
  std::from_chars(status->data(), status->data() + status->size(), number);
  const bool is_number = !status->empty() && status->find_first_not_of("0123456789") == std::string_view::npos;
  const auto similar = nearest(*status, kGrpcStatuses);
  const std::string_view meant = is_number && number < kGrpcStatuses.size() ? kGrpcStatuses[number]
                                 : similar                                  ? *similar
                                                                            : std::string_view();
  if (meant.empty()) {
    finding.help("for example UNAVAILABLE, NOT_FOUND or PERMISSION_DENIED");
    return;
  }
  finding.help(fmt::format("write {}", meant));
  if (subject.is_written_here(status.node))
    finding.fix("write the name of the status", {{subject.resource.span(status.node), std::string(meant)}});
}

void check_abort(const Subject& subject, const model::FaultAbort& abort) {
  constexpr std::int32_t kFirst = 200;
  constexpr std::int32_t kEnd = 600;
  if (const auto& status = abort.http_status) {
    if (*status < kFirst || *status > kEnd) {
      subject.report(wk("WK343"), subject.places.value(status.node), "status {} is not in 200..599", *status)
          .help("an abort answers with a final status, such as 503");
    } else if (*status == kEnd) {
      subject.report(wk("WK343"), subject.places.value(status.node), "status 600 is accepted, but is no HTTP status")
          .level(Severity::kWarning)
          .origin(Origin::kOwn)
          .help("use 200..599");
    }
  }
  check_grpc_status(subject, abort.grpc_status);
  if (abort.http2_error)
    subject.report(wk("WK342"), subject.places.key(abort.http2_error.node), "http2Error is not supported")
        .help("use httpStatus or grpcStatus");
  if (subject.surely_lacks(abort.node, "httpStatus") && subject.surely_lacks(abort.node, "grpcStatus") &&
      subject.surely_lacks(abort.node, "http2Error"))
    subject.report(wk("WK345"), subject.places.key(abort.node), "abort has no status and does nothing")
        .help("set httpStatus or grpcStatus");
  check_percentage(subject, abort.percentage);
}

void check_delay(const Subject& subject, const model::FaultDelay& delay) {
  if (delay.exponential_delay)
    subject.report(wk("WK346"), subject.places.key(delay.exponential_delay.node), "exponentialDelay is not supported")
        .help("use fixedDelay");
  check_percentage(subject, delay.percentage);
  if (!delay.percent) return;
  if (*delay.percent > 0)
    subject
        .report(wk("WK382"), subject.places.key(delay.percent.node),
                "delay.percent is deprecated; use percentage instead")
        .help(fmt::format("write percentage: {{value: {}}}", *delay.percent));
  constexpr std::int32_t kMost = 100;
  if (*delay.percent < 0 || *delay.percent > kMost)
    subject.report(wk("WK341"), subject.places.value(delay.percent.node), "percent {} is not in 0..100", *delay.percent)
        .level(Severity::kWarning)
        .origin(Origin::kOwn)
        .help("100 means every request");
}

void check_mirror_percentage(const Subject& subject, const model::Box<model::Percent>& percentage) {
  constexpr double kMost = 100;
  if (!percentage || !percentage->value || (*percentage->value >= 0 && *percentage->value <= kMost)) return;
  subject
      .report(wk("WK349"), subject.places.value(percentage->value.node), "mirror percentage {} is not in 0..100",
              subject.resource.document->text(percentage->value.node))
      .help("100 copies every request");
}

/// One condition of retryOn, as it stands between the commas.
void check_condition(const Subject& subject, const Text& retry_on, std::size_t offset, std::string_view condition) {
  if (is_retry_condition(condition)) return;
  const yaml::ScalarPart part{.offset = offset, .size = condition.size()};
  const std::size_t first = condition.find_first_not_of(" \t");
  if (first == std::string_view::npos) {
    subject
        .report(wk("WK358"),
                condition.empty() ? subject.places.value(retry_on.node) : subject.places.part(retry_on.node, part),
                "retryOn has an empty condition")
        .help("remove the comma that has nothing beside it");
    return;
  }
  const Place place = subject.places.part(retry_on.node, part);
  auto finding = subject.report(wk("WK358"), place, "{} is not a retry condition", quoted(condition));
  const std::string_view inner = condition.substr(first, condition.find_last_not_of(" \t") - first + 1);
  static constexpr std::string_view kNames[] = {"5xx",
                                                "gateway-error",
                                                "reset",
                                                "reset-before-request",
                                                "connect-failure",
                                                "retriable-4xx",
                                                "refused-stream",
                                                "retriable-status-codes",
                                                "retriable-headers",
                                                "envoy-ratelimited",
                                                "http3-post-connect-failure",
                                                "cancelled",
                                                "deadline-exceeded",
                                                "internal",
                                                "resource-exhausted",
                                                "unavailable"};
  const auto similar = is_retry_condition(inner) ? std::nullopt : nearest(inner, kNames);
  const std::string meant = similar ? fmt::format("did you mean {}?", *similar) : std::string();
  if (inner != condition) {
    finding.help("remove the blanks: conditions are separated by commas alone" + (similar ? "; " + meant : meant));
    if (is_retry_condition(inner) && place.span.end - place.span.begin == condition.size())
      finding.fix("remove the blanks", {{place.span, std::string(inner)}});
  } else {
    finding.help(similar ? meant
                         : "conditions are names such as 5xx and connect-failure, and registered statuses such as 503");
  }
}

}  // namespace

void check_faults(const Subject& subject, const model::HTTPFaultInjection& fault) {
  if (subject.surely_lacks(fault.node, "abort") && subject.surely_lacks(fault.node, "delay"))
    subject.report(wk("WK340"), subject.places.key(fault.node), "fault needs abort or delay")
        .help("set one of them, or remove fault");
  if (fault.abort) check_abort(subject, *fault.abort);
  if (fault.delay) check_delay(subject, *fault.delay);
}

void check_mirrors(const Subject& subject, const model::HTTPRoute& route) {
  constexpr std::uint32_t kMost = 100;
  if (const auto& percent = route.mirror_percent) {
    if (*percent > kMost)
      subject.report(wk("WK347"), subject.places.value(percent.node), "mirrorPercent {} is not in 0..100", *percent)
          .help("100 copies every request");
    auto finding = subject.report(wk("WK348"), subject.places.key(percent.node),
                                  "mirrorPercent is deprecated; use mirrorPercentage instead");
    finding.help(route.mirror_percentage ? "mirrorPercentage is set as well and wins: remove mirrorPercent"
                                         : fmt::format("write mirrorPercentage: {{value: {}}}", *percent));
  }
  check_mirror_percentage(subject, route.mirror_percentage);
  if (route.mirror) check_destination(subject, *route.mirror);
  for (const model::HTTPMirrorPolicy& mirror : route.mirrors) {
    check_mirror_percentage(subject, mirror.percentage);
    if (mirror.destination) {
      check_destination(subject, *mirror.destination);
    } else if (subject.places.lacks(mirror.node, "destination")) {
      subject.report(wk("WK350"), subject.places.lack(mirror.node), "a mirror needs a destination")
          .help("write destination: {host: …} in it");
    }
  }
}

void check_retries(const Subject& subject, const model::HTTPRetry& retries) {
  const auto& attempts = retries.attempts;
  if (attempts && *attempts < 0)
    subject.report(wk("WK356"), subject.places.value(attempts.node), "attempts {} is negative", *attempts)
        .help("0 turns retries off");
  const bool is_off = attempts ? *attempts == 0 : subject.surely_lacks(retries.node, "attempts");
  if (is_off) {
    const Place place = attempts ? subject.places.value(attempts.node) : subject.places.key(retries.node);
    const std::string_view off = attempts ? "attempts is 0" : "attempts is not set";
    const std::string_view refused = retries.per_try_timeout.present()                ? "perTryTimeout"
                                     : retries.retry_on && !retries.retry_on->empty() ? "retryOn"
                                     : retries.retry_remote_localities.present()      ? "retryRemoteLocalities"
                                                                                      : "";
    const std::string_view idle = retries.backoff.present()                       ? "backoff"
                                  : retries.retry_ignore_previous_hosts.present() ? "retryIgnorePreviousHosts"
                                                                                  : "";
    if (!refused.empty()) {
      subject.report(wk("WK357"), place, "{}, so retries are off and {} has no effect", off, refused)
          .help("set attempts to the number of retries, or remove the rest");
    } else if (!idle.empty()) {
      subject.report(wk("WK357"), place, "{}, so retries are off and {} has no effect", off, idle)
          .level(Severity::kWarning)
          .origin(Origin::kOwn)
          .help("set attempts to the number of retries, or remove the rest");
    }
  }
  if (!retries.retry_on || retries.retry_on->empty()) return;
  const std::string_view all = *retries.retry_on;
  for (std::size_t begin = 0;;) {
    const std::size_t end = std::min(all.find(',', begin), all.size());
    check_condition(subject, retries.retry_on, begin, all.substr(begin, end - begin));
    if (end == all.size()) break;
    begin = end + 1;
  }
}

}  // namespace wicket::check::virtual_service
