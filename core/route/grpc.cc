#include "route/grpc.h"

#include <array>

#include "route/matcher.h"

namespace wicket::route {

bool is_grpc_request(const RequestView& request) {
  constexpr std::string_view kType = "application/grpc";
  const std::string_view type = find_header(request, "content-type").value_or("");
  return type.starts_with(kType) && (type.size() == kType.size() || type[kType.size()] == '+');
}

std::uint32_t grpc_status_of(std::uint32_t http_status) {
  switch (http_status) {
    case 400:
      return 13;
    case 401:
      return 16;
    case 403:
      return 7;
    case 404:
      return 12;
    case 429:
    case 502:
    case 503:
    case 504:
      return 14;
    default:
      return 2;
  }
}

std::uint32_t http_status_of(std::uint32_t grpc_status) {
  constexpr std::array<std::uint32_t, 17> kStatuses = {200, 499, 500, 400, 504, 404, 409, 403, 429,
                                                       400, 409, 400, 501, 500, 503, 500, 401};
  return grpc_status < kStatuses.size() ? kStatuses[grpc_status] : 500;
}

}  // namespace wicket::route
