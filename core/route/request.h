// What a decision is asked about.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wicket::route {

/// One header line. Views of the request's bytes.
struct HeaderView {
  std::string_view name;
  std::string_view value;
};

enum class HttpVersion : std::uint8_t { kHttp10, kHttp11, kHttp2 };

/// One request head, and the connection that it came on. Views of bytes that the caller keeps; pseudo headers are
/// fields here and never among `headers`, and HTTP/1's Host is `authority`.
struct RequestView {
  std::string_view method = "GET";
  std::string_view scheme;        // of an absolute target or HTTP/2; empty: that of the connection
  std::string_view authority;     // as sent
  std::string_view target = "/";  // path with query, as sent
  std::span<const HeaderView> headers;
  HttpVersion version = HttpVersion::kHttp11;
  std::uint32_t port = 0;          // that the client connected to
  std::string_view local_address;  // that the client connected to; empty: not known
  bool tls = false;
  std::string_view sni;           // empty: none was sent
  std::string_view peer_address;  // empty: not known
  std::string_view request_id;    // that the gateway gives it; empty: not known
};

using Header = std::pair<std::string, std::string>;

/// A request that owns its bytes.
struct Request {
  std::string method = "GET";
  std::string scheme;  // empty: that of the connection
  std::string authority;
  std::string target = "/";
  std::vector<Header> headers;
  HttpVersion version = HttpVersion::kHttp11;
  std::uint32_t port = 0;
  bool tls = false;
  std::string sni;

  /// Takes an HTTP/1 request target. One in absolute form says scheme and authority as well; the Host header then has
  /// no say. Source: Envoy source/common/http/http1/codec_impl.cc, handlePath (R-PRE-7).
  void set_target(std::string_view target);

  /// Views of this request, with `lines` as their storage; valid while both stay as they are.
  [[nodiscard]] RequestView view(std::vector<HeaderView>& lines) const;
};

}  // namespace wicket::route
