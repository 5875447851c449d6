// The commands that Envoy fills in where a header value has %NAME% or %NAME(arguments)%.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace wicket::check {

/// A command in a header value.
struct FormatCommand {
  std::string_view name;
  std::size_t offset = 0;  // of the % in front, in bytes of the value
};

/// The commands of a value in which percent_fault finds nothing wrong.
[[nodiscard]] std::vector<FormatCommand> format_commands(std::string_view value);

/// Whether Envoy has such a command.
/// Source: Envoy source/common/formatter (stream_info_formatter.cc, http_specific_formatter.cc) and the commands of its
/// extensions that Istio's proxy is built with; older releases had some more for headers alone.
[[nodiscard]] bool is_format_command(std::string_view name);

/// The known command that is probably meant; empty where none is near.
[[nodiscard]] std::string_view nearest_format_command(std::string_view name);

}  // namespace wicket::check
