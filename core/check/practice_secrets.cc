// WK726: private keys in manifests. What they are is never told.
#include <algorithm>
#include <cstdint>
#include <string>
#include <variant>

#include "check/practice.h"

namespace wicket::check::practice {
namespace {

bool is_private_key(std::string_view text) {
  return text.find("-----BEGIN ") != std::string_view::npos && text.find("PRIVATE KEY-----") != std::string_view::npos;
}

/// The text behind base64, line breaks passed over; what follows a wrong character is left out.
std::string decoded(std::string_view text) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr unsigned kDigitBits = 6;
  constexpr unsigned kByteBits = 8;
  constexpr std::uint32_t kByte = 0xFF;
  std::string bytes;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) break;
    held = held << kDigitBits | static_cast<std::uint32_t>(digit);
    bits += kDigitBits;
    if (bits < kByteBits) continue;
    bits -= kByteBits;
    bytes.push_back(static_cast<char>(held >> bits & kByte));
  }
  return bytes;
}

}  // namespace

void check_secrets(const Scope& scope) {
  if (!scope.out.wants(wk7("WK726"))) return;
  for (const model::Resource* resource : scope.in.workspace.all(model::Kind::kSecret)) {
    const auto* secret = std::get_if<model::Secret>(&resource->spec);
    if (secret == nullptr) continue;
    const Places places(*resource);
    const auto tell = [&](yaml::NodeId value) {
      scope.out.report(wk7("WK726"), places.key(value), "a private key is stored in this file")
          .help("keep it out of version control: let a secret store or cert-manager write the Secret")
          .secret();
    };
    for (const auto& entry : secret->string_data)
      if (entry.key == "tls.key" || entry.key == "key" || is_private_key(*entry.value)) tell(entry.value.node);
    for (const auto& entry : secret->data)
      if (is_private_key(decoded(*entry.value))) tell(entry.value.node);
  }
}

}  // namespace wicket::check::practice
