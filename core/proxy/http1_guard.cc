// A request may pass through several recipients, and each has to see the same one: where the grammar leaves room, or
// Beast's parser is lenient (folded lines, Transfer-Encoding: gzip taken for no body, Content-Length repeated, raw
// bytes in targets), the message is refused here. One pass over the bytes of the head.

#include "proxy/http1_guard.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text_list.h"
#include "proxy/limits.h"
#include "route/matcher.h"

namespace wicket::proxy {
namespace {

constexpr std::uint32_t kBadRequest = 400;
constexpr std::uint32_t kTooLarge = 431;
constexpr std::uint32_t kNotImplemented = 501;

// Classes of bytes, looked up in one table.
enum : std::uint8_t { kToken = 1, kTarget = 2, kValue = 4, kHex = 8 };

constexpr std::array<std::uint8_t, 256> classes() {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < 256; ++c) {
    const bool digit = c >= '0' && c <= '9';
    const bool alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (digit || alpha || std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos)
      table[c] |= kToken;
    if (c > 0x20 && c < 0x7f) table[c] |= kTarget;
    if ((c >= 0x20 && c != 0x7f) || c == '\t') table[c] |= kValue;
    if (digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) table[c] |= kHex;
  }
  return table;
}
constexpr std::array<std::uint8_t, 256> kClasses = classes();

bool is(char c, std::uint8_t wanted) { return (kClasses[static_cast<unsigned char>(c)] & wanted) != 0; }
bool all(std::string_view text, std::uint8_t wanted) {
  return std::ranges::all_of(text, [wanted](char c) { return is(c, wanted); });
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

Fault bad(std::string_view details) { return {kBadRequest, details}; }

// The next line without its line end, taken off the front; every LF is known to follow a CR.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end - 1);
  text.remove_prefix(end + 1);
  return line;
}

struct Framing {
  bool is_request = false;
  bool has_length = false;
  bool has_encoding = false;
  bool has_host = false;
  bool has_body = false;  // of a length that is not zero
  std::size_t count = 0;
  std::size_t nominated = 0;  // headers that Connection names
};

std::optional<Fault> check_framing(std::string_view name, std::string_view value, Framing& seen) {
  if (route::same_name(name, "content-length")) {
    if (seen.has_length) return bad("http1.repeated_content_length");
    if (seen.has_encoding) return bad("http1.content_length_and_chunked_not_allowed");
    constexpr std::size_t kMaxDigits = 18;  // fits 63 bits
    if (value.empty() || value.size() > kMaxDigits || !std::ranges::all_of(value, is_digit))
      return bad("http1.invalid_content_length");
    seen.has_length = true;
    seen.has_body = value.find_first_not_of('0') != std::string_view::npos;
  } else if (route::same_name(name, "transfer-encoding")) {
    if (seen.has_encoding) return bad("http1.repeated_transfer_encoding");
    if (seen.has_length) return bad("http1.content_length_and_chunked_not_allowed");
    // Source: Envoy http1/codec_impl.cc, onHeadersCompleteBase: any other coding is 501
    if (!route::same_name(value, "chunked")) return Fault{kNotImplemented, "http1.invalid_transfer_encoding"};
    seen.has_encoding = true;
  } else if (route::same_name(name, "host")) {
    if (seen.has_host) return bad("http1.repeated_host");
    seen.has_host = true;
  }
  return std::nullopt;
}

// Headers that Connection names are for us alone. Some must not be hidden from the service, and there is a limit.
// Source: Envoy source/common/http/utility.cc, sanitizeConnectionHeader.
std::optional<Fault> check_nominated(std::string_view list, Framing& seen) {
  constexpr std::size_t kMaxNominated = 9;
  while (!list.empty()) {
    const std::string_view piece = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), piece.size() + 1));
    const std::string_view name = without_blanks(piece);
    if (!piece.empty()) ++seen.nominated;
    const bool is_refused = name.starts_with(':') || route::same_name(name, "x-forwarded-for") ||
                            route::same_name(name, "x-forwarded-host") || route::same_name(name, "x-forwarded-proto");
    if (is_refused || seen.nominated > kMaxNominated) return bad("http1.connection_header_rejected");
  }
  return std::nullopt;
}

std::optional<Fault> check_field(std::string_view line, Framing& seen) {
  if (line.front() == ' ' || line.front() == '\t') return bad("http1.folded_line");
  if (++seen.count > limits::kMaxHeaders) return Fault{kTooLarge, "http1.too_many_headers"};
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0 || !all(line.substr(0, colon), kToken))
    return bad("http1.invalid_header_name");
  const std::string_view value = line.substr(colon + 1);
  if (!all(value, kValue)) return bad("http1.invalid_header_value");
  const std::string_view name = line.substr(0, colon);
  if (seen.is_request && route::same_name(name, "connection")) return check_nominated(value, seen);
  return check_framing(name, without_blanks(value), seen);
}

std::optional<Fault> check_fields(std::string_view lines, Framing& seen) {
  while (!lines.empty()) {
    const std::string_view line = take_line(lines);
    if (line.empty()) return std::nullopt;
    if (std::optional<Fault> fault = check_field(line, seen)) return fault;
  }
  return std::nullopt;
}

bool is_version(std::string_view text) { return text == "HTTP/1.1" || text == "HTTP/1.0"; }

// Source: RFC 9112 section 3.2: origin, absolute, authority (CONNECT only) and asterisk form.
bool has_known_form(std::string_view method, std::string_view target) {
  if (method == "CONNECT") return target.find('/') == std::string_view::npos;
  if (target.front() == '/' || target == "*") return true;
  const std::size_t scheme = target.find("://");
  return scheme != std::string_view::npos && scheme > 0 && scheme + 3 < target.size() &&
         std::ranges::all_of(target.substr(0, scheme), [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
}

std::optional<Fault> check_request_line(std::string_view line, std::string_view& version) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return bad("http1.invalid_request_line");
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  version = line.substr(last + 1);
  if (method.empty() || !all(method, kToken)) return bad("http1.invalid_method");
  if (target.empty() || !all(target, kTarget) || !has_known_form(method, target)) return bad("http1.invalid_url");
  if (!is_version(version)) return bad("http1.invalid_version");
  return std::nullopt;
}

std::optional<Fault> check_status_line(std::string_view line) {
  if (line.size() < 12 || !is_version(line.substr(0, 8)) || line[8] != ' ' ||
      !std::ranges::all_of(line.substr(9, 3), is_digit) || line[9] == '0')
    return bad("http1.invalid_status_line");
  if (line.size() > 12 && (line[12] != ' ' || !all(line.substr(13), kValue))) return bad("http1.invalid_status_line");
  return std::nullopt;
}

}  // namespace

HeadEnd find_head_end(std::string_view input, std::size_t& from) {
  const std::size_t limit = std::min(input.size(), limits::kMaxHeadBytes);
  while (from < limit) {
    const void* found = std::memchr(input.data() + from, '\n', limit - from);
    if (found == nullptr) {
      from = limit;
      break;
    }
    const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - input.data());
    if (at == 0 || input[at - 1] != '\r') return {0, bad("http1.bare_line_feed")};
    from = at + 1;
    const bool is_empty_line = at == 1 || (at >= 3 && input[at - 2] == '\n');
    if (is_empty_line) return {at + 1, std::nullopt};
  }
  if (from >= limits::kMaxHeadBytes) return {0, Fault{kTooLarge, "http1.headers_too_large"}};
  return {};
}

bool can_begin_request(char first) { return is(first, kToken); }

std::optional<Fault> check_request_head(std::string_view head) {
  std::string_view version;
  if (std::optional<Fault> fault = check_request_line(take_line(head), version)) return fault;
  Framing seen{.is_request = true};
  if (std::optional<Fault> fault = check_fields(head, seen)) return fault;
  if (seen.has_encoding && version == "HTTP/1.0") return bad("http1.transfer_encoding_not_allowed");
  return std::nullopt;
}

std::optional<Fault> check_response_head(std::string_view head) {
  const std::string_view status_line = take_line(head);
  if (std::optional<Fault> fault = check_status_line(status_line)) return fault;
  Framing seen;
  if (std::optional<Fault> fault = check_fields(head, seen)) return fault;
  // Source: RFC 9112 section 6.3; Envoy http1/codec_impl.cc, onHeadersComplete of client connections
  const bool has_no_body = status_line[9] == '1' || status_line.substr(9, 3) == "204";
  if (has_no_body && seen.has_encoding) return bad("http1.transfer_encoding_not_allowed");
  if (has_no_body && seen.has_body) return bad("http1.content_length_not_allowed");
  return std::nullopt;
}

std::optional<Fault> check_trailers(std::string_view lines) {
  Framing seen;
  if (std::optional<Fault> fault = check_fields(lines, seen)) return fault;
  if (seen.has_length || seen.has_encoding || seen.has_host) return bad("http1.framing_in_trailers");
  return std::nullopt;
}

std::optional<Fault> check_chunk_line(std::string_view line) {
  constexpr std::size_t kMaxDigits = 15;  // fits 60 bits
  const std::size_t digits = std::min(line.size(), line.find_first_not_of("0123456789abcdefABCDEF"));
  if (digits == 0 || digits > kMaxDigits) return bad("http1.invalid_chunk_size");
  const std::string_view extensions = line.substr(digits);
  if (!extensions.empty() && (extensions.front() != ';' || !all(extensions, kValue)))
    return bad("http1.invalid_chunk_size");
  return std::nullopt;
}

}  // namespace wicket::proxy
