#include "cli/interpret_serve.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "cli/common_values.h"
#include "cli/interpret_routing.h"

namespace wicket::cli {
namespace {

std::optional<std::uint16_t> port_number(std::string_view text, std::uint32_t least) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(number);
}

// "9000", "localhost:9000", "[::1]:9000".
bool read_address(std::string_view text, BackendArgument& backend) {
  const std::size_t colon = text.rfind(':');
  const std::optional<std::uint16_t> port = port_number(text.substr(colon + 1), 1);  // npos + 1 is 0
  if (!port) return false;
  std::string_view host = colon == std::string_view::npos || colon == 0 ? "127.0.0.1" : text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  backend.address = host;
  backend.address_port = *port;
  return !host.empty();
}

BackendArgument backend(ValueReader& in, const std::string& text) {
  BackendArgument backend{.text = text, .host = {}, .port = {}, .subset = {}, .address = {}, .address_port = 0};
  const std::size_t equals = text.find('=');
  std::string_view key = std::string_view(text).substr(0, equals);
  bool is_sound = equals != std::string::npos && read_address(std::string_view(text).substr(equals + 1), backend);
  backend.host = key.substr(0, key.find(':'));
  key.remove_prefix(backend.host.size());
  if (key.starts_with(':')) {
    key.remove_prefix(1);
    const std::string_view number = key.substr(0, key.find(':'));
    backend.port = port_number(number, 1);
    is_sound = is_sound && backend.port;
    key.remove_prefix(number.size());
    if (key.starts_with(':')) backend.subset = std::string(key.substr(1));
  }
  std::string_view name = backend.host;
  if (name.starts_with("*.")) name.remove_prefix(2);
  if (!is_sound || !is_object_name(name) || backend.subset == "")
    in.fail(
        fmt::format("--backend '{}' is not HOST[:PORT[:SUBSET]]=ADDRESS, where ADDRESS is PORT or HOST:PORT", text));
  return backend;
}

PortArgument port_map(ValueReader& in, const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::optional<std::uint16_t> gateway = port_number(std::string_view(text).substr(0, equals), 1);
  const std::optional<std::uint16_t> port =
      equals == std::string::npos ? std::nullopt : port_number(std::string_view(text).substr(equals + 1), 0);
  if (!gateway || !port) in.fail(fmt::format("--port '{}' is not NUMBER=PORT, as in 80=9080", text));
  return {gateway.value_or(0), port.value_or(0)};
}

void admin_port(ValueReader& in, ServeOptions& options) {
  options.names_admin_port = in.has(OptionId::kAdminPort);
  if (!options.names_admin_port) return;
  const std::string text = in.text(OptionId::kAdminPort, "");
  options.admin_port = text == "off" ? std::nullopt : port_number(text, 0);
  if (!options.admin_port && text != "off") in.fail(fmt::format("--admin-port '{}' is neither a port nor off", text));
}

void access_log(ValueReader& in, ServeOptions& options) {
  const std::string form = in.text(OptionId::kAccessLog, std::string(kAccessLogWords[0]));
  const auto* const word = std::ranges::find(kAccessLogWords, form);
  if (word != std::end(kAccessLogWords)) {
    options.access_log = static_cast<AccessLog>(word - std::begin(kAccessLogWords));
  } else {
    options.access_log = AccessLog::kText;
    options.access_log_file = form;
  }
}

}  // namespace

ServeOptions interpret_serve(ValueReader& in) {
  ServeOptions options;
  options.common = common(in);
  options.paths = paths(in, 0);
  for (const std::string& text : in.given().all(OptionId::kBackend)) options.backends.push_back(backend(in, text));
  options.unmapped = in.choice(OptionId::kUnmapped, Unmapped::kEcho);
  options.address = in.text(OptionId::kAddress, options.address);
  for (const std::string& text : in.given().all(OptionId::kPortMap)) options.ports.push_back(port_map(in, text));
  options.trust = in.has(OptionId::kTrust);
  options.maps_headers = !in.has(OptionId::kNoPortMapping);
  options.watches = !in.has(OptionId::kNoWatch);
  admin_port(in, options);
  access_log(in, options);
  interpret_routing(in, options);
  return options;
}

}  // namespace wicket::cli
