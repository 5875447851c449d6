// Heads of messages, whatever the protocol that carries them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "route/headers.h"
#include "route/request.h"

namespace wicket::proxy {

enum class BodyKind : std::uint8_t {
  kNone,
  kLength,      // as many bytes as content-length says
  kOpenEnded,   // in chunks or frames, with an end of its own
  kUntilClose,  // ends with the connection; answers only
};

/// A head as it was received. The views are of `bytes`, which is never short enough to be stored in place: moving a
/// head keeps them valid.
struct MessageHead {
  route::HttpVersion version = route::HttpVersion::kHttp11;
  std::string_view method{};     // of requests
  std::string_view target{};     // of requests
  std::string_view authority{};  // Host
  bool has_authority = false;
  std::uint32_t status = 0;                  // of answers
  std::vector<route::HeaderView> headers{};  // all but Host
  BodyKind body = BodyKind::kNone;
  std::uint64_t length = 0;  // of kLength
  bool keep_alive = true;    // the connection may carry another message
  bool is_upgrade = false;   // the connection is to become something else
  std::string bytes{};
};

/// A request head that goes upstream. Nothing is owned.
struct UpstreamHead {
  std::string_view method;
  std::string_view target;
  std::string_view authority;
  const route::HeaderList& headers;
  BodyKind body = BodyKind::kNone;
  std::uint64_t length = 0;    // of kLength
  std::string_view upgrade{};  // protocol that the connection is to change to; empty: none
};

/// The head of an answer to the client. Nothing is owned.
struct ResponseHead {
  std::uint32_t status = 200;
  const route::HeaderList& headers;
  BodyKind body = BodyKind::kNone;
  std::uint64_t length = 0;    // of kLength
  std::string_view upgrade{};  // of a 101
  bool to_head = false;        // the request's method was HEAD
  bool is_last = false;        // the connection ends behind the answer
};

}  // namespace wicket::proxy
