#include "route/client_address.h"

#include <arpa/inet.h>

#include <array>
#include <string>

#include "base/text_list.h"
#include "route/matcher.h"

namespace wicket::route {
namespace {

bool is_ip_address(std::string_view text) {
  std::array<unsigned char, sizeof(in6_addr)> address{};
  const std::string terminated(text);
  return inet_pton(AF_INET, terminated.c_str(), address.data()) == 1 ||
         inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1;
}

// The n-th entry from the right, over all lines of the header as if they were one; empty when there are not so many.
std::string_view entry_from_right(const RequestView& request, std::uint32_t n) {
  for (std::size_t i = request.headers.size(); i > 0; --i) {
    const HeaderView& line = request.headers[i - 1];
    if (!same_name(line.name, "x-forwarded-for")) continue;
    std::string_view rest = line.value;
    while (true) {
      const std::size_t comma = rest.rfind(',');
      if (--n == 0) return without_blanks(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
      if (comma == std::string_view::npos) break;
      rest = rest.substr(0, comma);
    }
  }
  return {};
}

}  // namespace

std::string_view client_address(const RequestView& request, std::uint32_t trusted_proxies) {
  if (trusted_proxies == 0) return request.peer_address;
  const std::string_view told = entry_from_right(request, trusted_proxies);
  return is_ip_address(told) ? told : request.peer_address;
}

}  // namespace wicket::route
