// One record for each finished request, and the forms in which it is written.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace wicket::proxy {

/// What there is to say about one exchange. Views are valid while the record is being written.
struct LogRecord {
  std::chrono::system_clock::time_point start{};
  std::string_view method{};  // empty: no request was understood
  std::string_view path{};    // as the client sent it, with query
  std::string_view protocol = "HTTP/1.1";
  std::uint32_t status = 0;  // 0: the client left before
  std::string_view flags{};  // comma-separated; empty: none
  std::string_view details{};
  std::string_view upstream_failure{};  // what the transport said
  std::uint64_t bytes_received = 0;     // of the body
  std::uint64_t bytes_sent = 0;         // of the body
  std::chrono::milliseconds duration{};
  std::optional<std::chrono::milliseconds> service_time{};
  std::string_view forwarded_for{};
  std::string_view user_agent{};
  std::string_view request_id{};
  std::string_view authority{};
  std::string_view upstream_host{};
  std::string_view cluster{};
  std::string_view upstream_local{};
  std::string_view downstream_local{};
  std::string_view downstream_remote{};
  std::string_view sni{};
  std::string_view route_name{};
  std::string_view note{};  // for human readers: what answered
};

enum class LogForm : std::uint8_t {
  kBrief,  // one short line for a terminal
  kText,   // Istio's default text
  kJson    // Istio's JSON
};

/// One line with its line end. Times are UTC, but for kBrief, which has local time.
/// Source: Istio pilot/pkg/model/telemetry_logging.go (R-LOG-2, R-LOG-3).
[[nodiscard]] std::string log_line(const LogRecord& record, LogForm form, bool color);

}  // namespace wicket::proxy
