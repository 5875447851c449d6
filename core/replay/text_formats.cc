#include "replay/text_formats.h"

#include <string>
#include <vector>

#include "base/ensure.h"

namespace wicket::replay {
namespace {

// Source: Istio pilot/pkg/model/telemetry_logging.go, EnvoyTextLogFormat (R-LOG-2).
constexpr std::string_view kIstio =
    R"([%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% )"
    R"(%RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS% "%UPSTREAM_TRANSPORT_FAILURE_REASON%" )"
    R"(%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" )"
    R"("%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%" %UPSTREAM_CLUSTER_RAW% )"
    R"(%UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME% )"
    R"(%ROUTE_NAME%)";

// Before Istio 1.9.
constexpr std::string_view kOldIstio =
    R"([%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% )"
    R"("%DYNAMIC_METADATA(istio.mixer:status)%" "%UPSTREAM_TRANSPORT_FAILURE_REASON%" %BYTES_RECEIVED% %BYTES_SENT% )"
    R"(%DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" )"
    R"("%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%" %UPSTREAM_CLUSTER% %UPSTREAM_LOCAL_ADDRESS% )"
    R"(%DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME% %ROUTE_NAME%)";

// Source: Envoy configuration/observability/access_log, default format string.
constexpr std::string_view kEnvoy =
    R"([%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% )"
    R"(%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" )"
    R"("%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%")";

constexpr std::string_view kCombined =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent")";

LogFormat envoy(std::string_view format) {
  Result<LogFormat> compiled = LogFormat::envoy(format);
  ENSURE(compiled.has_value(), "a format of ours is one");
  return *std::move(compiled);
}

std::vector<TextFormat> make_formats() {
  const std::string combined(kCombined);
  std::vector<TextFormat> formats;
  formats.push_back({"Istio text", envoy(kIstio)});
  formats.push_back({"Istio text, before 1.9", envoy(kOldIstio)});
  formats.push_back({"Envoy text", envoy(kEnvoy)});
  // Source: ingress-nginx, log-format-upstream.
  formats.push_back(
      {"ingress-nginx", LogFormat::nginx(combined + " $request_length $request_time [$proxy_upstream_name] "
                                                    "[$proxy_alternative_upstream_name] $upstream_addr "
                                                    "$upstream_response_length $upstream_response_time "
                                                    "$upstream_status $req_id")});
  // Apache's %v:%p in front.
  formats.push_back({"combined with host and port", LogFormat::nginx("$server_name:$server_port " + combined)});
  formats.push_back({"combined with host", LogFormat::nginx("$host " + combined)});
  formats.push_back({"nginx combined", LogFormat::nginx(combined)});
  return formats;
}

}  // namespace

std::span<const TextFormat> text_formats() {
  static const std::vector<TextFormat> kFormats = make_formats();
  return kFormats;
}

}  // namespace wicket::replay
