// The codec, on every corpus of testdata/http1: what is read does not depend on how the bytes are cut.
//
// A corpus is cases, each with a name, the bytes with C escapes, and the events:
//   # a name
//   > GET / HTTP/1.1\r\nHost: a\r\n\r\n
//   = GET / host=a none | end
#include "proxy/http1_codec.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "proxy/limits.h"
#include "support/catch.h"
#include "support/golden.h"

namespace wicket::proxy {
namespace {

struct CorpusCase {
  std::string name;
  std::string bytes;
  std::string written;  // as it stands in the corpus
};

int hex_digit(char c) { return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; }

std::string unescaped(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      bytes += text[i];
      continue;
    }
    switch (text.at(++i)) {
      case 'r':
        bytes += '\r';
        break;
      case 'n':
        bytes += '\n';
        break;
      case 't':
        bytes += '\t';
        break;
      case 'x':
        bytes += static_cast<char>(hex_digit(text.at(i + 1)) * 16 + hex_digit(text.at(i + 2)));
        i += 2;
        break;
      default:
        bytes += text[i];
    }
  }
  return bytes;
}

std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    if (c == '\r') {
      text += "\\r";
    } else if (c == '\n') {
      text += "\\n";
    } else if (c >= ' ' && c < '\x7f') {
      text += c;
    } else {
      text += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return text;
}

std::vector<CorpusCase> corpus(const std::string& name) {
  std::ifstream file(std::string(WICKET_SOURCE_DIR "/testdata/http1/") + name);
  std::vector<CorpusCase> cases;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("# ")) cases.push_back({line.substr(2), "", ""});
    if (!line.starts_with("> ")) continue;
    cases.back().bytes += unescaped(std::string_view(line).substr(2));
    cases.back().written += line + '\n';
  }
  return cases;
}

std::string body_text(const MessageHead& head) {
  switch (head.body) {
    case BodyKind::kNone:
      return "none";
    case BodyKind::kLength:
      return fmt::format("length {}", head.length);
    case BodyKind::kOpenEnded:
      return "chunked";
    case BodyKind::kUntilClose:
      return "until close";
  }
  return "";
}

std::string head_text(const MessageHead& head, Http1Role role) {
  std::string text =
      role == Http1Role::kRequests ? fmt::format("{} {}", head.method, head.target) : std::to_string(head.status);
  if (head.version == route::HttpVersion::kHttp10) text += " 1.0";
  if (head.has_authority) text += fmt::format(" host={}", head.authority);
  for (const route::HeaderView& line : head.headers) text += fmt::format(" {}={}", line.name, line.value);
  return text + " " + body_text(head) + (head.keep_alive ? "" : " close") + (head.is_upgrade ? " upgrade" : "");
}

// Feeds the pieces one by one, as a connection does, and tells what came out.
std::string events(Http1Role role, const std::vector<std::string_view>& pieces) {
  Http1Reader reader(role);
  std::string text, body;
  const auto add = [&](const std::string& event) {
    if (!body.empty()) text += (text.empty() ? "" : " | ") + std::string("body ") + std::exchange(body, "");
    text += (text.empty() ? "" : " | ") + event;
  };
  std::string input;
  for (const std::string_view piece : pieces) {
    input += piece;
    for (bool goes_on = true; goes_on;) {
      const Http1Step step = reader.next(input);
      REQUIRE(step.consumed <= input.size());
      if (step.event == Http1Event::kBody) body += step.body;
      input.erase(0, step.consumed);
      switch (step.event) {
        case Http1Event::kNeedMore:
          goes_on = false;
          break;
        case Http1Event::kHead:
          add(head_text(reader.head(), role));
          break;
        case Http1Event::kBody:
          break;
        case Http1Event::kEnd:
          add("end");
          break;
        case Http1Event::kFault:
          add(fmt::format("{} {}", reader.fault().status, reader.fault().details));
          return text;
      }
    }
  }
  switch (reader.end_of_input()) {
    case Http1Event::kEnd:
      add("end");
      break;
    case Http1Event::kFault:
      add(fmt::format("then {}", reader.fault().details));
      break;
    case Http1Event::kNeedMore:
    case Http1Event::kHead:
    case Http1Event::kBody:
      break;
  }
  return text;
}

std::vector<std::string_view> one_by_one(std::string_view bytes) {
  std::vector<std::string_view> pieces;
  for (std::size_t i = 0; i < bytes.size(); ++i) pieces.push_back(bytes.substr(i, 1));
  return pieces;
}

void check_corpus(const std::string& name, Http1Role role, std::size_t at_least) {
  const std::vector<CorpusCase> cases = corpus(name);
  REQUIRE(cases.size() >= at_least);
  std::string text;
  for (const CorpusCase& c : cases) {
    INFO(c.name);
    const std::string whole = events(role, {c.bytes});
    CHECK(events(role, one_by_one(c.bytes)) == whole);
    for (std::size_t i = 1; i < c.bytes.size(); ++i) {
      const std::string_view bytes = c.bytes;
      if (const std::string split = events(role, {bytes.substr(0, i), bytes.substr(i)}); split != whole) {
        CHECK(fmt::format("split at {}: {}", i, split) == whole);
        break;
      }
    }
    text += fmt::format("# {}\n{}= {}\n\n", c.name, c.written, escaped(whole));
  }
  test::check_golden("testdata/http1/" + name, text);
}

TEST_CASE("R-PRE-3 requests of the corpus") { check_corpus("requests.txt", Http1Role::kRequests, 100); }
TEST_CASE("answers of the corpus") { check_corpus("answers.txt", Http1Role::kResponses, 20); }

TEST_CASE("R-PRE-8 limits: one below is taken, one above is refused") {
  const auto head_of = [](std::size_t size) {
    const std::string frame = "GET / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n";
    std::string head = frame;
    return head.insert(head.size() - 4, size - frame.size(), 'x');
  };
  CHECK(events(Http1Role::kRequests, {head_of(limits::kMaxHeadBytes)}).ends_with("| end"));
  CHECK(events(Http1Role::kRequests, {head_of(limits::kMaxHeadBytes + 1)}) == "431 http1.headers_too_large");

  const auto lines_of = [](std::size_t count) {
    std::string head = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (std::size_t i = 1; i < count; ++i) head += "X: y\r\n";
    return head + "\r\n";
  };
  CHECK(events(Http1Role::kRequests, {lines_of(limits::kMaxHeaders)}).ends_with("| end"));
  CHECK(events(Http1Role::kRequests, {lines_of(limits::kMaxHeaders + 1)}) == "431 http1.too_many_headers");

  const auto chunk_of = [](std::size_t size) {
    return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(size - 3, 'x') +
           "\r\na\r\n0\r\n\r\n";
  };
  CHECK(events(Http1Role::kRequests, {chunk_of(limits::kMaxChunkLineBytes)}).ends_with("| body a | end"));
  CHECK(events(Http1Role::kRequests, {chunk_of(limits::kMaxChunkLineBytes + 1)})
            .ends_with("| 400 http1.chunk_line_too_long"));
}

TEST_CASE("an answer to HEAD has no body, whatever its head says") {
  Http1Reader reader(Http1Role::kResponses);
  reader.expect_no_body();
  const std::string bytes = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n";
  std::string_view input = bytes;
  for (const Http1Event want : {Http1Event::kHead, Http1Event::kEnd, Http1Event::kHead, Http1Event::kEnd}) {
    const Http1Step step = reader.next(input);
    CHECK(step.event == want);
    input.remove_prefix(step.consumed);
  }
  CHECK(reader.head().status == 204);
}

TEST_CASE("after an upgrade everything is bytes") {
  Http1Reader reader(Http1Role::kRequests);
  const std::string head = "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
  CHECK(reader.next(head).event == Http1Event::kHead);
  CHECK(reader.next({}).event == Http1Event::kEnd);
  reader.become_tunnel();
  CHECK(reader.next("\r\n\x16GET").body == "\r\n\x16GET");
  CHECK(reader.end_of_input() == Http1Event::kEnd);
}

TEST_CASE("a head stays valid when it is moved") {
  Http1Reader reader(Http1Role::kRequests);
  CHECK(reader.next("GET /a HTTP/1.1\r\nHost: b\r\n\r\n").event == Http1Event::kHead);
  const MessageHead moved = std::move(reader.head());
  CHECK(reader.next({}).event == Http1Event::kEnd);
  CHECK(reader.next("GET /cccccc HTTP/1.1\r\nHost: dddd\r\n\r\n").event == Http1Event::kHead);
  CHECK(moved.target == "/a");
  CHECK(moved.authority == "b");
}

TEST_CASE("what is written can be read again") {
  const route::HeaderList headers = {{"x", "y"}};
  Buffer out;
  CHECK(write_request_head(
            {.method = "POST", .target = "/p", .authority = "a.io", .headers = headers, .body = BodyKind::kOpenEnded},
            out) == BodyKind::kOpenEnded);
  write_body("hello", BodyKind::kOpenEnded, out);
  write_body("", BodyKind::kOpenEnded, out);
  write_body(std::string(20, 'z'), BodyKind::kOpenEnded, out);
  write_end(BodyKind::kOpenEnded, out);
  CHECK(events(Http1Role::kRequests, {out.readable()}) ==
        "POST /p host=a.io x=y transfer-encoding=chunked chunked | body hello" + std::string(20, 'z') + " | end");

  Buffer answer;
  const route::HeaderList length = {{"content-length", "2"}};
  CHECK(write_response_head({.status = 404, .headers = length, .body = BodyKind::kLength, .length = 2},
                            /*close=*/true, answer) == BodyKind::kLength);
  write_body("no", BodyKind::kLength, answer);
  CHECK(events(Http1Role::kResponses, {answer.readable()}) ==
        "404 content-length=2 connection=close length 2 close | body no | end");
}

std::string request_text(const UpstreamHead& head) {
  Buffer out;
  (void)write_request_head(head, out);
  return std::string(out.readable());
}

TEST_CASE("a head that is written has the framing of its body, and no other") {
  struct Case {
    const char* name;
    route::HeaderList headers;
    const char* method;
    BodyKind body;
    const char* want;  // behind the host
  };
  const Case cases[] = {
      {"length", {{"content-length", "5"}, {"x", "y"}}, "POST", BodyKind::kLength, "x: y\r\ncontent-length: 5\r\n"},
      {"length is gone", {{"x", "y"}}, "POST", BodyKind::kLength, "x: y\r\ntransfer-encoding: chunked\r\n"},
      {"another length", {{"content-length", "7"}}, "POST", BodyKind::kLength, "content-length: 5\r\n"},
      {"two lengths",
       {{"content-length", "5"}, {"Content-Length", "7"}},
       "POST",
       BodyKind::kLength,
       "content-length: 5\r\n"},
      {"length and chunks", {{"content-length", "7"}}, "POST", BodyKind::kOpenEnded, "transfer-encoding: chunked\r\n"},
      {"coding", {{"transfer-encoding", "gzip"}}, "POST", BodyKind::kOpenEnded, "transfer-encoding: chunked\r\n"},
      {"coding without body", {{"transfer-encoding", "chunked"}}, "GET", BodyKind::kNone, ""},
      {"of the connection",
       {{"connection", "close"}, {"keep-alive", "1"}, {"upgrade", "x"}, {"proxy-connection", "x"}},
       "GET",
       BodyKind::kNone,
       ""},
      {"POST without body", {}, "POST", BodyKind::kNone, "content-length: 0\r\n"},
      {"GET without body", {}, "GET", BodyKind::kNone, ""},
      {"GET says zero", {{"content-length", "0"}}, "GET", BodyKind::kNone, "content-length: 0\r\n"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(
        request_text(
            {.method = c.method, .target = "/", .authority = "a", .headers = c.headers, .body = c.body, .length = 5}) ==
        fmt::format("{} / HTTP/1.1\r\nhost: a\r\n{}\r\n", c.method, c.want));
  }
}

TEST_CASE("an answer without body says so where it may") {
  const route::HeaderList length = {{"content-length", "5"}};
  const route::HeaderList none;
  struct Case {
    ResponseHead head;
    const char* want;
  };
  const Case cases[] = {
      {{.status = 200, .headers = none}, "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"},
      {{.status = 200, .headers = length, .to_head = true}, "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"},
      {{.status = 200, .headers = none, .to_head = true}, "HTTP/1.1 200 OK\r\n\r\n"},
      {{.status = 204, .headers = length}, "HTTP/1.1 204 No Content\r\n\r\n"},
      {{.status = 304, .headers = length}, "HTTP/1.1 304 Not Modified\r\ncontent-length: 5\r\n\r\n"},
      {{.status = 103, .headers = length}, "HTTP/1.1 103 Early Hints\r\n\r\n"},
  };
  for (const Case& c : cases) {
    Buffer out;
    CHECK(write_response_head(c.head, /*close=*/false, out) == BodyKind::kNone);
    CHECK(std::string(out.readable()) == c.want);
  }
}

}  // namespace
}  // namespace wicket::proxy
