// Pieces of a body on their way to a socket.
#pragma once

#include <cstddef>
#include <string_view>

#include "proxy/buffer.h"
#include "proxy/message.h"
#include "proxy/net.h"

namespace wicket::proxy {

/// Sends a piece, framed as the kind of body asks for: behind what waits in `out`, where the rest of it waits as well.
/// Long ones are not copied, as far as the socket takes them. The socket has to be connected, and is not waited for:
/// the caller flushes. Units: bytes that this adds to the message.
std::size_t send_piece(std::string_view piece, BodyKind kind, Socket& socket, Buffer& out);

}  // namespace wicket::proxy
