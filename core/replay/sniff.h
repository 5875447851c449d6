// Which format a file is in.
#pragma once

#include <cstdint>
#include <string_view>

namespace wicket::replay {

/// What is read. Those from kHar on are read as a whole, the others line by line.
enum class InputFormat : std::uint8_t {
  kAuto,     // look at it
  kText,     // one of text_formats()
  kJson,     // access log lines as JSON, envelopes around lines of any kind
  kHar,      // HTTP Archive
  kEntries,  // entries of a log as one JSON document
  kCurl,
  kPowerShell,
  kHurl,
  kIcv,          // tests of istio-config-validator
  kRouterCheck,  // tests of Envoy's router check tool
};

/// What a file is, by its first bytes; kAuto when it is nothing that is known.
[[nodiscard]] InputFormat sniff(std::string_view bytes);

/// The text format that most of these lines are in, as an index into text_formats(); -1: none.
[[nodiscard]] int sniff_text(std::string_view bytes);

}  // namespace wicket::replay
