#include "proxy/access_log.h"

#include <fmt/chrono.h>

#include <iterator>
#include <nlohmann/json.hpp>

namespace wicket::proxy {
namespace {

std::string_view or_dash(std::string_view text) { return text.empty() ? "-" : text; }

std::string start_time(std::chrono::system_clock::time_point start) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(start.time_since_epoch()).count() % 1000;
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(start)), ms);
}

std::string service_time(const LogRecord& record) {
  return record.service_time ? std::to_string(record.service_time->count()) : std::string("-");
}

// What a client sent may hold control characters of the terminal, or quotes. Envoy leaves quotes as they are.
std::string printable(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return result;
}

std::string text_line(const LogRecord& r) {
  std::string line;
  const auto out = std::back_inserter(line);
  fmt::format_to(out, "[{}] \"{} {} {}\" {} {} {} - \"{}\" {} {} {} {} ", start_time(r.start), or_dash(r.method),
                 or_dash(r.path), r.method.empty() ? "-" : r.protocol, r.status, or_dash(r.flags), or_dash(r.details),
                 or_dash(r.upstream_failure), r.bytes_received, r.bytes_sent, r.duration.count(), service_time(r));
  fmt::format_to(out, "\"{}\" \"{}\" \"{}\" \"{}\" \"{}\" ", or_dash(r.forwarded_for), or_dash(r.user_agent),
                 or_dash(r.request_id), or_dash(r.authority), or_dash(r.upstream_host));
  fmt::format_to(out, "{} {} {} {} {} {}", or_dash(r.cluster), or_dash(r.upstream_local), or_dash(r.downstream_local),
                 or_dash(r.downstream_remote), or_dash(r.sni), or_dash(r.route_name));
  return printable(line) + '\n';
}

nlohmann::json or_null(std::string_view text) { return text.empty() ? nlohmann::json(nullptr) : nlohmann::json(text); }

std::string json_line(const LogRecord& r) {
  const nlohmann::json json = {
      {"start_time", start_time(r.start)},
      {"route_name", or_null(r.route_name)},
      {"method", or_null(r.method)},
      {"path", or_null(r.path)},
      {"protocol", or_null(r.method.empty() ? std::string_view() : r.protocol)},
      {"response_code", r.status},
      {"response_flags", or_dash(r.flags)},
      {"response_code_details", or_null(r.details)},
      {"connection_termination_details", nullptr},
      {"bytes_received", r.bytes_received},
      {"bytes_sent", r.bytes_sent},
      {"duration", r.duration.count()},
      {"upstream_service_time", r.service_time ? nlohmann::json(service_time(r)) : nlohmann::json(nullptr)},
      {"x_forwarded_for", or_null(r.forwarded_for)},
      {"user_agent", or_null(r.user_agent)},
      {"request_id", or_null(r.request_id)},
      {"authority", or_null(r.authority)},
      {"upstream_host", or_null(r.upstream_host)},
      {"upstream_cluster", or_null(r.cluster)},
      {"upstream_local_address", or_null(r.upstream_local)},
      {"downstream_local_address", or_null(r.downstream_local)},
      {"downstream_remote_address", or_null(r.downstream_remote)},
      {"requested_server_name", or_null(r.sni)},
      {"upstream_transport_failure_reason", or_null(r.upstream_failure)},
  };
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

// "outbound|80|v1|hello.default.svc.cluster.local" → "hello.default:80 (v1)"
std::string short_cluster(std::string_view cluster) {
  std::string_view rest = cluster.substr(std::min(cluster.size(), cluster.find('|') + 1));
  const std::string_view port = rest.substr(0, rest.find('|'));
  rest.remove_prefix(std::min(rest.size(), port.size() + 1));
  const std::string_view subset = rest.substr(0, rest.find('|'));
  rest.remove_prefix(std::min(rest.size(), subset.size() + 1));
  const std::string_view host = rest.substr(0, rest.find(".svc."));
  return fmt::format("{}:{}{}", host, port, subset.empty() ? "" : fmt::format(" ({})", subset));
}

std::string_view status_color(std::uint32_t status) {
  if (status == 0 || status >= 500) return "\x1b[31m";
  if (status >= 400) return "\x1b[33m";
  return status >= 300 ? "\x1b[36m" : "\x1b[32m";
}

std::string brief_line(const LogRecord& r, bool color) {
  std::string line = fmt::format("{:%H:%M:%S} ", fmt::localtime(std::chrono::system_clock::to_time_t(r.start)));
  line += r.status == 0 ? "---" : std::to_string(r.status);
  const std::size_t status_end = line.size();
  line += r.method.empty() ? " (no request)" : fmt::format(" {} {}{}", r.method, r.authority, r.path);
  if (!r.cluster.empty()) line += " -> " + short_cluster(r.cluster);
  if (!r.upstream_host.empty()) line += fmt::format(" [{}]", r.upstream_host);
  if (!r.note.empty()) line += fmt::format(" -> {}", r.note);
  if (!r.flags.empty()) line += fmt::format(" {}", r.flags);
  if (r.cluster.empty() || !r.flags.empty()) line += fmt::format(" {}", or_dash(r.details));
  line += fmt::format(" {} ms", r.duration.count());
  line = printable(line);
  if (color) line.insert(status_end, "\x1b[0m").insert(status_end - 3, status_color(r.status));
  return line + '\n';
}

}  // namespace

std::string log_line(const LogRecord& record, LogForm form, bool color) {
  switch (form) {
    case LogForm::kBrief:
      return brief_line(record, color);
    case LogForm::kText:
      return text_line(record);
    case LogForm::kJson:
      return json_line(record);
  }
  return {};
}

}  // namespace wicket::proxy
