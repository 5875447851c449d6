// What to say about a host name that Istio does not take.
#pragma once

#include <string>
#include <string_view>

namespace wicket::check {

/// What was probably meant.
struct HostAdvice {
  std::string help;
  std::string_view meant;  // the host inside the text; empty when that is not sure
};

/// Where the host stands: the advice about ports and slashes differs.
enum class HostUse { kHost, kSni, kDestination };

[[nodiscard]] HostAdvice advise_on_host(std::string_view text, HostUse use);

}  // namespace wicket::check
