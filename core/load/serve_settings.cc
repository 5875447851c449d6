#include "load/serve_settings.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "load/settings_reader.h"
#include "model/object_name.h"

namespace wicket::load {
namespace {

constexpr std::uint32_t kMaxPort = 65535;

// A bare `off` is a boolean for YAML 1.1, and means what it says.
std::optional<std::string> text_or_off(SettingsReader& in, NodeId node, std::string_view where) {
  const yaml::Document& document = in.document();
  const bool plain = document[node].kind == yaml::NodeKind::kScalar;
  if (plain && document.scalar(node).type == yaml::ScalarType::kBoolean && !document.scalar(node).boolean)
    return std::string(kServeOff);
  return in.text(node, where);
}

void read_backend(SettingsReader& in, NodeId key, NodeId value, ServeChoice& out) {
  const std::string name_text(in.document().text(key));
  const std::optional<BackendName> name = parse_backend_name(name_text);
  if (!name) return in.fail(key, fmt::format("\"{}\" in backends is not HOST[:PORT[:SUBSET]]", name_text));
  const auto add = [&](NodeId item) {
    const auto text = in.text(item, fmt::format("the address of {}", name_text));
    if (!text) return;
    std::optional<BackendAddress> address = parse_backend_address(*text);
    if (!address) return in.fail(item, fmt::format("the address \"{}\" is neither PORT nor HOST:PORT", *text));
    out.backends.push_back({.text = fmt::format("serve.backends, {}: {}", name_text, *text),
                            .name = *name,
                            .address = *std::move(address)});
  };
  if (in.document()[value].kind != yaml::NodeKind::kSequence) return add(value);
  in.list(value, name_text, add);
}

void read_port(SettingsReader& in, NodeId key, NodeId value, ServeChoice& out) {
  const std::string_view text = in.document().text(key);
  const std::optional<std::uint16_t> gateway_port = parse_port(text, 1);
  if (!gateway_port) return in.fail(key, fmt::format("\"{}\" in ports is no port of a gateway", text));
  if (const auto port = in.number(value, fmt::format("port {}", text), kMaxPort))
    out.ports.push_back({.gateway_port = *gateway_port, .port = static_cast<std::uint16_t>(*port)});
}

std::optional<std::string> read_admin_port(SettingsReader& in, NodeId node) {
  std::optional<std::string> text = text_or_off(in, node, "admin-port");
  if (!text || *text == kServeOff || parse_port(*text, 0)) return text;
  in.fail(node, fmt::format("admin-port \"{}\" is neither a port nor off", *text));
  return std::nullopt;
}

}  // namespace

std::optional<std::uint16_t> parse_port(std::string_view text, std::uint16_t least) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > kMaxPort)
    return std::nullopt;
  return static_cast<std::uint16_t>(number);
}

std::optional<BackendName> parse_backend_name(std::string_view text) {
  BackendName name{.host = std::string(text.substr(0, text.find(':')))};
  std::string_view plain = name.host;
  if (plain.starts_with("*.")) plain.remove_prefix(2);
  if (!model::is_dns_subdomain(plain)) return std::nullopt;
  text.remove_prefix(name.host.size());
  if (text.empty()) return name;
  text.remove_prefix(1);
  const std::size_t colon = text.find(':');
  name.port = parse_port(text.substr(0, colon), 1);
  if (!name.port || colon + 1 == text.size()) return std::nullopt;
  if (colon != std::string_view::npos) name.subset = std::string(text.substr(colon + 1));
  return name;
}

std::optional<BackendAddress> parse_backend_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const std::optional<std::uint16_t> port = parse_port(text.substr(colon + 1), 1);  // npos + 1 is 0
  std::string_view host = colon == std::string_view::npos || colon == 0 ? "127.0.0.1" : text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (!port || host.empty()) return std::nullopt;
  return BackendAddress{.host = std::string(host), .port = *port};
}

void read_serve(SettingsReader& in, NodeId node, ServeChoice& out) {
  in.mapping(
      node, "serve",
      {{"backends",
        [&](NodeId v) {
          in.pairs(v, "backends", [&](NodeId key, NodeId value) { read_backend(in, key, value, out); });
        }},
       {"unmapped", [&](NodeId v) { out.unmapped = in.word(v, "unmapped", kUnmappedChoices); }},
       {"address", [&](NodeId v) { out.address = in.text(v, "address"); }},
       {"ports",
        [&](NodeId v) { in.pairs(v, "ports", [&](NodeId key, NodeId value) { read_port(in, key, value, out); }); }},
       {"port-mapping-in-headers",
        [&](NodeId v) { out.port_mapping_in_headers = in.boolean(v, "port-mapping-in-headers"); }},
       {"admin-port", [&](NodeId v) { out.admin_port = read_admin_port(in, v); }},
       {"watch", [&](NodeId v) { out.watch = in.boolean(v, "watch"); }},
       {"access-log", [&](NodeId v) { out.access_log = text_or_off(in, v, "access-log"); }}});
}

}  // namespace wicket::load
