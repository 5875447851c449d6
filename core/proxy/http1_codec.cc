// The parser is Beast's; in front of it stands the guard, which sees each head, each chunk line and the trailers before
// Beast does, and finds where they end. So Beast is given whole pieces, one structure a call, and never has to wait in
// the middle of one.

#include "proxy/http1_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/http/basic_parser.hpp>
#include <charconv>
#include <optional>
#include <variant>

#include "proxy/limits.h"
#include "route/matcher.h"

namespace wicket::proxy {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// Hands what Beast recognises on to a head, and pieces of a body to `piece`.
template <bool kIsRequest>
class Recorder final : public http::basic_parser<kIsRequest> {
 public:
  explicit Recorder(MessageHead& head) : head_(head) {
    this->header_limit(2 * limits::kMaxHeadBytes);  // the guard counts
    this->body_limit(boost::none);
    this->eager(false);
  }

  std::string_view piece;
  bool in_trailers = false;

 private:
  using Code = beast::error_code;

  void on_request_impl(http::verb /*verb*/, beast::string_view method, beast::string_view target, int version,
                       Code& /*error*/) override {
    head_.method = view(method);
    head_.target = view(target);
    head_.version = version == 10 ? route::HttpVersion::kHttp10 : route::HttpVersion::kHttp11;
  }
  void on_response_impl(int status, beast::string_view /*reason*/, int version, Code& /*error*/) override {
    head_.status = static_cast<std::uint32_t>(status);
    head_.version = version == 10 ? route::HttpVersion::kHttp10 : route::HttpVersion::kHttp11;
  }
  void on_field_impl(http::field field, beast::string_view name, beast::string_view value, Code& /*error*/) override {
    if (in_trailers) return;
    if (field == http::field::host) {
      head_.authority = view(value);
      head_.has_authority = true;
    } else {
      head_.headers.push_back({view(name), view(value)});
    }
  }
  void on_header_impl(Code& /*error*/) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/, Code& /*error*/) override {}
  std::size_t on_body_impl(beast::string_view body, Code& /*error*/) override {
    piece = view(body);
    return body.size();
  }
  void on_chunk_header_impl(std::uint64_t /*size*/, beast::string_view /*extensions*/, Code& /*error*/) override {}
  std::size_t on_chunk_body_impl(std::uint64_t /*remaining*/, beast::string_view body, Code& /*error*/) override {
    piece = view(body);
    return body.size();
  }
  void on_finish_impl(Code& /*error*/) override {}

  MessageHead& head_;
};

}  // namespace

struct Http1Reader::Parser {
  std::variant<std::monostate, Recorder<true>, Recorder<false>> recorder;

  void begin(Http1Role role, MessageHead& head, bool no_body) {
    if (role == Http1Role::kRequests) {
      recorder.emplace<Recorder<true>>(head);
    } else {
      recorder.emplace<Recorder<false>>(head).skip(no_body);
    }
  }

  template <class Visitor>
  auto with(Visitor visitor) {
    return std::holds_alternative<Recorder<true>>(recorder) ? visitor(std::get<Recorder<true>>(recorder))
                                                            : visitor(std::get<Recorder<false>>(recorder));
  }

  // Whether Beast takes all of it.
  bool put(std::string_view bytes) {
    return with([bytes](auto& parser) {
      beast::error_code error;
      const std::size_t taken = parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
      return !error && taken == bytes.size();
    });
  }
};

Http1Reader::Http1Reader(Http1Role role) : role_(role), parser_(std::make_unique<Parser>()) {}
Http1Reader::~Http1Reader() = default;

Http1Step Http1Reader::fail(const Fault& fault) {
  stage_ = Stage::kFault;
  fault_ = fault;
  return {.event = Http1Event::kFault};
}

void Http1Reader::finish_message() {
  stage_ = Stage::kHead;
  scanned_ = 0;
  no_body_ = false;
}

Http1Step Http1Reader::next(std::string_view input) {
  switch (stage_) {
    case Stage::kHead:
      return read_head(input);
    case Stage::kLength:
    case Stage::kChunkData:
      return read_body(input);
    case Stage::kChunkLine:
      return read_chunk_line(input);
    case Stage::kTrailers:
      return read_trailers(input);
    case Stage::kUntilClose:
    case Stage::kTunnel:
      if (input.empty()) return {};
      return {.event = Http1Event::kBody, .consumed = input.size(), .body = input};
    case Stage::kEnd:
      finish_message();
      return {.event = Http1Event::kEnd};
    case Stage::kFault:
      return {.event = Http1Event::kFault};
  }
  return {};
}

Http1Step Http1Reader::read_head(std::string_view input) {
  // Empty lines in front of a request are passed over (RFC 9112 section 2.2).
  std::size_t skipped = 0;
  if (role_ == Http1Role::kRequests && scanned_ == 0) {
    while (input.size() - skipped >= 2 && input.substr(skipped, 2) == "\r\n") skipped += 2;
    if (input.substr(skipped) == "\r") return {.consumed = skipped};
    input.remove_prefix(skipped);
    if (!input.empty() && !can_begin_request(input.front())) return fail({400, "http1.codec_error"});
  }
  const HeadEnd end = find_head_end(input, scanned_);
  if (end.fault) return fail(*end.fault);
  if (end.size == 0) return {.consumed = skipped};

  const std::string_view head = input.substr(0, end.size);
  const auto fault = role_ == Http1Role::kRequests ? check_request_head(head) : check_response_head(head);
  if (fault) return fail(*fault);

  head_ = MessageHead{};
  head_.bytes.reserve(std::max<std::size_t>(head.size(), 64));  // never in place: see MessageHead
  head_.bytes.assign(head);
  head_.headers.reserve(16);
  parser_->begin(role_, head_, no_body_);
  if (!parser_->put(head_.bytes)) return fail({400, "http1.codec_error"});

  const auto facts = [this](const auto& parser) {
    head_.keep_alive = parser.keep_alive();
    head_.is_upgrade = parser.upgrade();
    if (parser.is_done()) {
      head_.body = BodyKind::kNone;
      stage_ = Stage::kEnd;
    } else if (parser.chunked()) {
      head_.body = BodyKind::kOpenEnded;
      stage_ = Stage::kChunkLine;
      behind_chunk_ = false;
    } else if (parser.content_length()) {
      head_.body = BodyKind::kLength;
      head_.length = *parser.content_length();
      remaining_ = head_.length;
      stage_ = Stage::kLength;
    } else {
      head_.body = BodyKind::kUntilClose;
      head_.keep_alive = false;
      stage_ = Stage::kUntilClose;
    }
  };
  parser_->with(facts);
  scanned_ = 0;
  return {.event = Http1Event::kHead, .consumed = skipped + end.size};
}

Http1Step Http1Reader::read_body(std::string_view input) {
  if (input.empty()) return {};
  const std::string_view piece = input.substr(0, std::min<std::uint64_t>(remaining_, input.size()));
  if (!parser_->put(piece)) return fail({400, "http1.codec_error"});
  remaining_ -= piece.size();
  if (remaining_ == 0) {
    behind_chunk_ = stage_ == Stage::kChunkData;
    stage_ = stage_ == Stage::kChunkData ? Stage::kChunkLine : Stage::kEnd;
  }
  return {.event = Http1Event::kBody, .consumed = piece.size(), .body = piece};
}

Http1Step Http1Reader::read_chunk_line(std::string_view input) {
  const std::size_t before = behind_chunk_ ? 2 : 0;
  constexpr std::string_view kLineEnd = "\r\n";
  if (const std::string_view front = input.substr(0, before); front != kLineEnd.substr(0, front.size()))
    return fail({400, "http1.invalid_chunk_end"});
  if (input.size() <= before) return {};

  const std::string_view rest = input.substr(before);
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) {
    if (rest.size() > limits::kMaxChunkLineBytes) return fail({400, "http1.chunk_line_too_long"});
    return {};
  }
  if (end > limits::kMaxChunkLineBytes) return fail({400, "http1.chunk_line_too_long"});
  if (end == 0 || rest[end - 1] != '\r') return fail({400, "http1.bare_line_feed"});
  const std::string_view line = rest.substr(0, end - 1);
  if (const std::optional<Fault> fault = check_chunk_line(line)) return fail(*fault);

  remaining_ = 0;
  const std::size_t digits = std::min(line.size(), line.find(';'));
  std::from_chars(line.data(), line.data() + digits, remaining_, 16);
  const std::size_t size = before + end + 1;
  if (remaining_ == 0) {  // the last one: the parser wants it together with the trailers
    last_chunk_ = size;
    scanned_ = 0;
    stage_ = Stage::kTrailers;
    return read_trailers(input);
  }
  if (!parser_->put(input.substr(0, size))) return fail({400, "http1.codec_error"});
  stage_ = Stage::kChunkData;
  Http1Step step = read_body(input.substr(size));
  step.consumed += size;
  return step;
}

Http1Step Http1Reader::read_trailers(std::string_view input) {
  const std::string_view lines = input.substr(last_chunk_);
  const HeadEnd end = find_head_end(lines, scanned_);
  if (end.fault) return fail(*end.fault);
  if (end.size == 0) return {};
  if (const std::optional<Fault> fault = check_trailers(lines.substr(0, end.size))) return fail(*fault);
  parser_->with([](auto& parser) { parser.in_trailers = true; });
  if (!parser_->put(input.substr(0, last_chunk_ + end.size))) return fail({400, "http1.codec_error"});
  finish_message();
  return {.event = Http1Event::kEnd, .consumed = last_chunk_ + end.size};
}

Http1Event Http1Reader::end_of_input() {
  switch (stage_) {
    case Stage::kHead:
      if (scanned_ == 0) return Http1Event::kNeedMore;
      break;
    case Stage::kUntilClose:
    case Stage::kTunnel:
    case Stage::kEnd:
      finish_message();
      return Http1Event::kEnd;
    case Stage::kLength:
    case Stage::kChunkLine:
    case Stage::kChunkData:
    case Stage::kTrailers:
    case Stage::kFault:
      break;
  }
  return fail({400, "http1.incomplete_message"}).event;
}

// ---- writing ----

std::string_view reason_phrase(std::uint32_t status) {
  struct Phrase {
    std::uint32_t status;
    std::string_view text;
  };
  constexpr auto kPhrases = std::to_array<Phrase>({{100, "Continue"},
                                                   {101, "Switching Protocols"},
                                                   {102, "Processing"},
                                                   {103, "Early Hints"},
                                                   {200, "OK"},
                                                   {201, "Created"},
                                                   {202, "Accepted"},
                                                   {203, "Non-Authoritative Information"},
                                                   {204, "No Content"},
                                                   {205, "Reset Content"},
                                                   {206, "Partial Content"},
                                                   {207, "Multi-Status"},
                                                   {208, "Already Reported"},
                                                   {226, "IM Used"},
                                                   {300, "Multiple Choices"},
                                                   {301, "Moved Permanently"},
                                                   {302, "Found"},
                                                   {303, "See Other"},
                                                   {304, "Not Modified"},
                                                   {305, "Use Proxy"},
                                                   {307, "Temporary Redirect"},
                                                   {308, "Permanent Redirect"},
                                                   {400, "Bad Request"},
                                                   {401, "Unauthorized"},
                                                   {402, "Payment Required"},
                                                   {403, "Forbidden"},
                                                   {404, "Not Found"},
                                                   {405, "Method Not Allowed"},
                                                   {406, "Not Acceptable"},
                                                   {407, "Proxy Authentication Required"},
                                                   {408, "Request Timeout"},
                                                   {409, "Conflict"},
                                                   {410, "Gone"},
                                                   {411, "Length Required"},
                                                   {412, "Precondition Failed"},
                                                   {413, "Payload Too Large"},
                                                   {414, "URI Too Long"},
                                                   {415, "Unsupported Media Type"},
                                                   {416, "Range Not Satisfiable"},
                                                   {417, "Expectation Failed"},
                                                   {421, "Misdirected Request"},
                                                   {422, "Unprocessable Entity"},
                                                   {423, "Locked"},
                                                   {424, "Failed Dependency"},
                                                   {426, "Upgrade Required"},
                                                   {428, "Precondition Required"},
                                                   {429, "Too Many Requests"},
                                                   {431, "Request Header Fields Too Large"},
                                                   {500, "Internal Server Error"},
                                                   {501, "Not Implemented"},
                                                   {502, "Bad Gateway"},
                                                   {503, "Service Unavailable"},
                                                   {504, "Gateway Timeout"},
                                                   {505, "HTTP Version Not Supported"},
                                                   {506, "Variant Also Negotiates"},
                                                   {507, "Insufficient Storage"},
                                                   {508, "Loop Detected"},
                                                   {511, "Network Authentication Required"}});
  const auto found = std::ranges::lower_bound(kPhrases, status, {}, &Phrase::status);
  return found != kPhrases.end() && found->status == status ? found->text : "Unknown";
}

namespace {

void write_line(std::string_view name, std::string_view value, Buffer& out) {
  const std::size_t size = name.size() + value.size() + 4;
  char* at = out.writable(size).data();
  at = std::ranges::copy(name, at).out;
  at = std::ranges::copy(std::string_view(": "), at).out;
  at = std::ranges::copy(value, at).out;
  std::ranges::copy(std::string_view("\r\n"), at);
  out.commit(size);
}

// Headers that say how a message is framed, or are about one connection alone. Their lengths tell most others apart.
bool is_framing(std::string_view name) {
  switch (name.size()) {
    case 7:
      return route::same_name(name, "upgrade");
    case 10:
      return route::same_name(name, "connection") || route::same_name(name, "keep-alive");
    case 16:
      return route::same_name(name, "proxy-connection");
    case 17:
      return route::same_name(name, "transfer-encoding");
    default:
      return false;
  }
}

bool is_content_length(std::string_view name) { return name.size() == 14 && route::same_name(name, "content-length"); }

void write_number(std::string_view name, std::uint64_t number, Buffer& out) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  write_line(name, {digits.data(), static_cast<std::size_t>(end - digits.data())}, out);
}

// Writes the headers but for those that frame; tells whether a content-length was among them, and which.
std::optional<std::string_view> write_fields(const route::HeaderList& headers, Buffer& out) {
  std::optional<std::string_view> length;
  for (const auto& [name, value] : headers) {
    if (is_content_length(name)) {
      if (!length) length = value;
    } else if (!is_framing(name)) {
      write_line(name, value, out);
    }
  }
  return length;
}

// Writes what frames a body that is there, or changes the protocol.
BodyKind write_framing(BodyKind body, std::uint64_t length, bool may_have_length, std::string_view upgrade,
                       Buffer& out) {
  if (!upgrade.empty()) {
    write_line("connection", "upgrade", out);
    write_line("upgrade", upgrade, out);
  }
  if (body == BodyKind::kLength && may_have_length) {
    write_number("content-length", length, out);
    return BodyKind::kLength;
  }
  if (body == BodyKind::kLength || body == BodyKind::kOpenEnded) {
    write_line("transfer-encoding", "chunked", out);
    return BodyKind::kOpenEnded;
  }
  return body;
}

// Source: Envoy header_utility.cc, requestShouldHaveNoBody.
bool has_usually_no_body(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "DELETE" || method == "TRACE" || method == "CONNECT";
}

// Whether an answer without body says how long it is. Source: RFC 9110 section 8.6.
bool says_zero(const ResponseHead& head) {
  return !head.to_head && head.status >= 200 && head.status != 204 && head.status != 304;
}

}  // namespace

BodyKind write_request_head(const UpstreamHead& head, Buffer& out) {
  out.append(head.method);
  out.append(" ");
  out.append(head.target);
  out.append(" HTTP/1.1\r\n");
  write_line("host", head.authority, out);
  const bool has_length = write_fields(head.headers, out).has_value();
  const BodyKind body = write_framing(head.body, head.length, has_length, head.upgrade, out);
  if (body == BodyKind::kNone && (has_length || !has_usually_no_body(head.method)))
    write_line("content-length", "0", out);
  out.append("\r\n");
  return body;
}

BodyKind write_response_head(const ResponseHead& head, bool close, Buffer& out) {
  std::array<char, 64> line{};
  const auto written =
      fmt::format_to_n(line.data(), line.size(), "HTTP/1.1 {} {}\r\n", head.status, reason_phrase(head.status));
  out.append({line.data(), std::min(written.size, line.size())});
  const std::optional<std::string_view> length = write_fields(head.headers, out);
  const BodyKind body = write_framing(head.body, head.length, length.has_value(), head.upgrade, out);
  if (body == BodyKind::kNone) {
    if (says_zero(head)) {
      write_line("content-length", "0", out);
    } else if (length && (head.to_head || head.status == 304)) {
      write_line("content-length", *length, out);
    }
  }
  if (close && head.upgrade.empty()) write_line("connection", "close", out);
  out.append("\r\n");
  return body;
}

void write_piece_begin(std::size_t size, BodyKind kind, Buffer& out) {
  if (kind != BodyKind::kOpenEnded) return;
  std::array<char, 20> line{};
  const auto written = fmt::format_to_n(line.data(), line.size(), "{:x}\r\n", size);
  out.append({line.data(), written.size});
}

void write_piece_end(BodyKind kind, Buffer& out) {
  if (kind == BodyKind::kOpenEnded) out.append("\r\n");
}

void write_body(std::string_view piece, BodyKind kind, Buffer& out) {
  if (piece.empty()) return;
  write_piece_begin(piece.size(), kind, out);
  out.append(piece);
  write_piece_end(kind, out);
}

void write_end(BodyKind kind, Buffer& out) {
  if (kind == BodyKind::kOpenEnded) out.append("0\r\n\r\n");
}

}  // namespace wicket::proxy
