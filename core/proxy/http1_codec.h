// HTTP/1 without I/O: bytes ↔ heads and body pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "proxy/buffer.h"
#include "proxy/http1_guard.h"
#include "proxy/message.h"

namespace wicket::proxy {

enum class Http1Role : std::uint8_t { kRequests, kResponses };

enum class Http1Event : std::uint8_t {
  kNeedMore,  // give more bytes behind what was not consumed
  kHead,      // head() is there
  kBody,      // a piece of the body
  kEnd,       // the message is complete; the next call begins with another one
  kFault,     // fault() says why; nothing can be read any more
};

/// One step of reading. `body` views the input, without chunk framing.
struct Http1Step {
  Http1Event event = Http1Event::kNeedMore;
  std::size_t consumed = 0;
  std::string_view body{};
};

/// Reads the messages of one direction of a connection, one step a call. How the bytes are cut into calls makes no
/// difference to what is read. Trailers are checked and dropped.
/// Source: RFC 9112; what is refused: http1_guard.h. Envoy drops trailers of HTTP/1 unless told otherwise
/// (Http1ProtocolOptions.enable_trailers).
class Http1Reader {
 public:
  explicit Http1Reader(Http1Role role);
  ~Http1Reader();
  Http1Reader(const Http1Reader&) = delete;
  Http1Reader& operator=(const Http1Reader&) = delete;

  /// Takes what it can from the front of `input`: everything that was not consumed before, and what came since.
  [[nodiscard]] Http1Step next(std::string_view input);
  /// The peer sends nothing more: kEnd when that ends the message, kNeedMore between messages, else kFault.
  [[nodiscard]] Http1Event end_of_input();

  /// The head of the last kHead; may be moved from.
  [[nodiscard]] MessageHead& head() { return head_; }
  [[nodiscard]] const Fault& fault() const { return fault_; }
  /// Whether no byte of a message has been taken or looked at.
  [[nodiscard]] bool is_between_messages() const { return stage_ == Stage::kHead && scanned_ == 0; }

  /// The next answer is to a HEAD request: it has no body, whatever its head says.
  void expect_no_body() { no_body_ = true; }
  /// Everything from here on is the body of a tunnel.
  void become_tunnel() { stage_ = Stage::kTunnel; }

 private:
  enum class Stage : std::uint8_t {
    kHead,
    kLength,
    kChunkLine,
    kChunkData,
    kTrailers,
    kUntilClose,
    kTunnel,
    kEnd,
    kFault
  };
  struct Parser;  // Beast's

  Http1Step read_head(std::string_view input);
  Http1Step read_body(std::string_view input);
  Http1Step read_chunk_line(std::string_view input);
  Http1Step read_trailers(std::string_view input);
  Http1Step fail(const Fault& fault);
  void finish_message();

  Http1Role role_;
  Stage stage_ = Stage::kHead;
  bool no_body_ = false;
  bool behind_chunk_ = false;    // the line end of a chunk's data comes first
  std::size_t scanned_ = 0;      // bytes looked at for the end of a head or of trailers
  std::uint64_t remaining_ = 0;  // of the body or of the chunk
  std::size_t last_chunk_ = 0;   // size of the last chunk's line, kept for the parser until the trailers are there
  MessageHead head_;
  Fault fault_;
  std::unique_ptr<Parser> parser_;
};

// ---- writing ----

/// Source: RFC 9110 section 15; the phrases that Envoy writes (source/common/http/codes.cc).
[[nodiscard]] std::string_view reason_phrase(std::uint32_t status);

/// Appends a request head, and says how its body is framed. Whatever routes make of headers, a body has one end:
/// headers that frame messages or concern one connection are left out, and what is true is written; a body whose
/// content-length is gone goes in chunks. Names are written as they are: Envoy has them in lower case (R-EDGE-11).
/// Source: Envoy http1/codec_impl.cc, encodeHeadersBase.
[[nodiscard]] BodyKind write_request_head(const UpstreamHead& head, Buffer& out);
/// The same for an answer. `close`: the connection ends behind it.
[[nodiscard]] BodyKind write_response_head(const ResponseHead& head, bool close, Buffer& out);
/// Appends a piece of a body, as one chunk when it is open-ended.
void write_body(std::string_view piece, BodyKind kind, Buffer& out);
/// What stands around a piece that is not empty.
void write_piece_begin(std::size_t size, BodyKind kind, Buffer& out);
void write_piece_end(BodyKind kind, Buffer& out);
/// Appends the end of a body.
void write_end(BodyKind kind, Buffer& out);

}  // namespace wicket::proxy
