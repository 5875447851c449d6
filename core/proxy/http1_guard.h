// The framing guard: what is not HTTP/1.1 to the letter does not reach the parser.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wicket::proxy {

/// Why a message is refused. `status` and `details` are what the client is told and the log says; of an upstream's
/// answer only the details matter.
struct Fault {
  std::uint32_t status = 400;
  std::string_view details;
};

/// How far the end of a head has been looked for.
struct HeadEnd {
  std::size_t size = 0;  // of the head with its empty line; 0: not all there
  std::optional<Fault> fault;
};

/// Looks for the empty line. Units: `from` is the number of bytes looked at before, and is moved on.
/// Errors: a bare CR or LF, or more than limits::kMaxHeadBytes without an end.
/// Source: RFC 9112 section 2.2 (bare LF is not taken for an end of line, as recipients may refuse to).
[[nodiscard]] HeadEnd find_head_end(std::string_view input, std::size_t& from);

/// Whether a request may begin with this byte: what is no HTTP at all, TLS for example, is refused at its first one.
[[nodiscard]] bool can_begin_request(char first);

/// Judges a whole head. What it lets through has one meaning: one request line, no folded line, no blank in front of a
/// colon, at most one Host and one framing header, plain digits in Content-Length.
/// Source: RFC 9112 sections 2.2, 3, 5.1, 5.2, 6.1, 6.3; RFC 9110 section 5.6.2.
[[nodiscard]] std::optional<Fault> check_request_head(std::string_view head);
/// The same of an answer's head. Repeated equal Content-Lengths are refused as well.
[[nodiscard]] std::optional<Fault> check_response_head(std::string_view head);
/// Judges field lines, the last one with its line end.
[[nodiscard]] std::optional<Fault> check_trailers(std::string_view lines);
/// Judges the line in front of a chunk, without its line end.
/// Source: RFC 9112 section 7.1; at most 16 hexadecimal digits, extensions without control characters.
[[nodiscard]] std::optional<Fault> check_chunk_line(std::string_view line);

}  // namespace wicket::proxy
