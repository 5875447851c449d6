// Protocols of ports, by the names that Istio knows.
#pragma once

#include <cstdint>
#include <string_view>

namespace wicket::model {

enum class Protocol : std::uint8_t {
  kTcp,
  kUdp,
  kGrpc,
  kGrpcWeb,
  kHttp,
  kHttpProxy,
  kHttp2,
  kHttps,
  kTls,
  kMongo,
  kRedis,
  kMySql,
  kUnsupported,
};

/// The protocol of this name, whatever its letter case; kUnsupported for all others and for none.
/// Source: Istio pkg/config/protocol, Parse.
[[nodiscard]] Protocol protocol_of(std::string_view name);

/// HTTP, HTTP2, HTTP_PROXY, GRPC and GRPC-Web. Source: Istio pkg/config/protocol, IsHTTP.
[[nodiscard]] bool is_http(Protocol protocol);
/// HTTPS and TLS. Source: Istio pkg/config/protocol, IsTLS.
[[nodiscard]] bool is_tls(Protocol protocol);
/// TCP, HTTPS, TLS, MONGO, REDIS and MYSQL. Source: Istio pkg/config/protocol, IsTCP.
[[nodiscard]] bool is_tcp(Protocol protocol);

}  // namespace wicket::model
