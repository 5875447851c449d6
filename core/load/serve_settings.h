// `serve` in wicket.yaml, and the words for backends and ports that it shares with the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wicket::yaml {
enum class NodeId : std::uint32_t;
}

namespace wicket::load {

class SettingsReader;

/// A destination of routes: `HOST[:PORT[:SUBSET]]`.
struct BackendName {
  std::string host;                     // a wildcard begins with "*."
  std::optional<std::uint16_t> port{};  // nothing: every port
  std::optional<std::string> subset{};  // nothing: every subset
  friend bool operator==(const BackendName&, const BackendName&) = default;
};

/// Where it is served: `PORT` of this machine, or `HOST:PORT`.
struct BackendAddress {
  std::string host;
  std::uint16_t port = 0;
};

/// A port of the gateway, and where it is served.
struct PortPlace {
  std::uint16_t gateway_port = 0;
  std::uint16_t port = 0;  // 0: any that is free
  friend bool operator==(const PortPlace&, const PortPlace&) = default;
};

/// Nothing when the text means something else. An IPv6 address stands in brackets.
[[nodiscard]] std::optional<BackendName> parse_backend_name(std::string_view text);
[[nodiscard]] std::optional<BackendAddress> parse_backend_address(std::string_view text);
/// A port number that is not less than `least`.
[[nodiscard]] std::optional<std::uint16_t> parse_port(std::string_view text, std::uint16_t least);

/// An item of `serve.backends`, or of `--backend`.
struct BackendChoice {
  std::string text;  // what messages call it
  BackendName name;
  BackendAddress address;
};

/// `serve`. Nothing: as without the file.
struct ServeChoice {
  std::vector<BackendChoice> backends;
  std::optional<std::string> unmapped;  // one of kUnmappedChoices
  std::optional<std::string> address;
  std::vector<PortPlace> ports;
  std::optional<bool> port_mapping_in_headers;
  std::optional<std::string> admin_port;  // a port, or kServeOff
  std::optional<bool> watch;
  std::optional<std::string> access_log;  // one of kAccessLogChoices, or a file
};
inline constexpr std::string_view kServeOff = "off";
inline constexpr std::string_view kUnmappedChoices[] = {"echo", "503"};
inline constexpr std::string_view kAccessLogChoices[] = {"brief", "text", "json", kServeOff};

/// Reads the value of `serve`. Schema: schemas/settings.schema.json.
void read_serve(SettingsReader& in, yaml::NodeId node, ServeChoice& out);

}  // namespace wicket::load
