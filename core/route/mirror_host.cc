#include "route/mirror_host.h"

namespace wicket::route {
namespace {

constexpr rules::IstioVersion kFirstWithSameHost{.major = 1, .minor = 28};
constexpr std::string_view kSuffix = "-shadow";

}  // namespace

std::string mirror_authority(std::string_view authority, rules::IstioVersion version) {
  std::string mirrored(authority);
  if (version >= kFirstWithSameHost) return mirrored;
  // In front of every colon: an IPv6 address comes out as nobody would write it.
  std::size_t colon = mirrored.find(':');
  if (colon == std::string::npos) return mirrored.append(kSuffix);
  for (; colon != std::string::npos; colon = mirrored.find(':', colon + kSuffix.size() + 1))
    mirrored.insert(colon, kSuffix);
  return mirrored;
}

}  // namespace wicket::route
