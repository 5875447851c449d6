#include "proxy/body_writer.h"

#include <algorithm>

#include "proxy/http1_codec.h"
#include "proxy/limits.h"

namespace wicket::proxy {
namespace {

// A failure is left to the next one who writes.
void send_long(std::string_view piece, Socket& socket, Buffer& out) {
  const IoResult result = socket.write(out.readable(), piece);
  const std::size_t sent = result.status == IoStatus::kDone ? result.bytes : 0;
  const std::size_t had_waited = std::min(sent, out.size());
  out.consume(had_waited);
  out.append(piece.substr(sent - had_waited));
}

// Under TLS each write is a record, which what waits would have of its own.
bool goes_at_once(std::string_view piece, const Socket& socket, const Buffer& out) {
  return piece.size() >= limits::kDirectBytes && !socket.is_waiting_to_write() && (!socket.is_tls() || out.empty());
}

}  // namespace

std::size_t send_piece(std::string_view piece, BodyKind kind, Socket& socket, Buffer& out) {
  if (piece.empty()) return 0;
  std::size_t before = out.size();
  write_piece_begin(piece.size(), kind, out);
  std::size_t added = out.size() - before + piece.size();
  if (goes_at_once(piece, socket, out)) {
    send_long(piece, socket, out);
  } else {
    out.append(piece);
  }
  before = out.size();
  write_piece_end(kind, out);
  return added + out.size() - before;
}

}  // namespace wicket::proxy
