// What gRPC clients get in place of HTTP statuses.
#pragma once

#include <cstdint>

#include "route/request.h"

namespace wicket::route {

/// Whether the client speaks gRPC, and wants answers of the proxy's own as such.
/// Source: Envoy source/common/grpc/common.cc, hasGrpcContentType (R-DIR-3).
[[nodiscard]] bool is_grpc_request(const RequestView& request);

/// Source: Envoy source/common/grpc/status.cc, httpToGrpcStatus (R-DIR-3).
[[nodiscard]] std::uint32_t grpc_status_of(std::uint32_t http_status);

/// Source: Envoy source/common/grpc/status.cc, grpcToHttpStatus (R-FLT-4).
[[nodiscard]] std::uint32_t http_status_of(std::uint32_t grpc_status);

}  // namespace wicket::route
