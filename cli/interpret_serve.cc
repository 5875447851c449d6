#include "cli/interpret_serve.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include "cli/common_values.h"
#include "cli/interpret_routing.h"

namespace wicket::cli {
namespace {

BackendArgument backend(ValueReader& in, const std::string& text) {
  const std::size_t equals = text.find('=');
  const auto name = load::parse_backend_name(std::string_view(text).substr(0, equals));
  const auto address = equals == std::string::npos
                           ? std::nullopt
                           : load::parse_backend_address(std::string_view(text).substr(equals + 1));
  if (name && address) return {.text = "--backend " + text, .name = *name, .address = *address};
  in.fail(fmt::format("--backend '{}' is not HOST[:PORT[:SUBSET]]=ADDRESS, where ADDRESS is PORT or HOST:PORT", text));
  return {.text = text, .name = {}, .address = {}};
}

PortArgument port_map(ValueReader& in, const std::string& text) {
  const std::size_t equals = text.find('=');
  const auto gateway = load::parse_port(std::string_view(text).substr(0, equals), 1);
  const auto port =
      equals == std::string::npos ? std::nullopt : load::parse_port(std::string_view(text).substr(equals + 1), 0);
  if (!gateway || !port) in.fail(fmt::format("--port '{}' is not NUMBER=PORT, as in 80=9080", text));
  return {gateway.value_or(0), port.value_or(0)};
}

void admin_port(ValueReader& in, ServeOptions& options) {
  options.names_admin_port = in.has(OptionId::kAdminPort);
  if (!options.names_admin_port) return;
  const std::string text = in.text(OptionId::kAdminPort, "");
  options.admin_port = text == load::kServeOff ? std::nullopt : load::parse_port(text, 0);
  if (!options.admin_port && text != load::kServeOff)
    in.fail(fmt::format("--admin-port '{}' is neither a port nor off", text));
}

}  // namespace

void set_access_log(ServeOptions& options, const std::string& form) {
  const auto* const word = std::ranges::find(kAccessLogWords, form);
  if (word != std::end(kAccessLogWords)) {
    options.access_log = static_cast<AccessLog>(word - std::begin(kAccessLogWords));
  } else {
    options.access_log = AccessLog::kText;
    options.access_log_file = form;
  }
}

ServeOptions interpret_serve(ValueReader& in) {
  ServeOptions options;
  options.common = common(in);
  options.paths = paths(in, 0);
  for (const std::string& text : in.given().all(OptionId::kBackend)) options.backends.push_back(backend(in, text));
  options.names_unmapped = in.has(OptionId::kUnmapped);
  options.unmapped = in.choice(OptionId::kUnmapped, Unmapped::kEcho);
  options.names_address = in.has(OptionId::kAddress);
  options.address = in.text(OptionId::kAddress, options.address);
  for (const std::string& text : in.given().all(OptionId::kPortMap)) options.ports.push_back(port_map(in, text));
  options.trust = in.has(OptionId::kTrust);
  options.maps_headers = !in.has(OptionId::kNoPortMapping);
  options.watches = !in.has(OptionId::kNoWatch);
  admin_port(in, options);
  options.names_access_log = in.has(OptionId::kAccessLog);
  if (options.names_access_log) set_access_log(options, in.text(OptionId::kAccessLog));
  interpret_routing(in, options);
  return options;
}

}  // namespace wicket::cli
