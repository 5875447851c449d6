// The HTTP/1 codec: how bytes are cut makes no difference, and what was understood can be written and read again.
//
// The first byte of the input chooses requests or answers and where the rest is cut.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/ensure.h"
#include "proxy/http1_codec.h"
#include "route/headers.h"

using namespace wicket;
using proxy::BodyKind;
using proxy::Http1Event;
using proxy::Http1Role;

namespace {

// What a reader made of bytes: heads in full, bodies joined, and how it ended.
struct Reading {
  std::string text;
  std::string body;
  std::string written;  // the requests, as they would go on

  void add(std::string_view event) {
    if (!body.empty()) text.append("body ").append(std::exchange(body, {})).append("\n");
    text.append(event).append("\n");
  }
};

std::string head_text(const proxy::MessageHead& head) {
  std::string text = std::string(head.method) + " " + std::string(head.target) + " " + std::to_string(head.status) +
                     " host " + std::string(head.authority) + " body " + std::to_string(static_cast<int>(head.body)) +
                     " " + std::to_string(head.length) + (head.keep_alive ? "" : " close") +
                     (head.is_upgrade ? " upgrade" : "");
  for (const route::HeaderView& line : head.headers)
    text.append("\n ").append(line.name).append(": ").append(line.value);
  return text;
}

BodyKind write_on(const proxy::MessageHead& head, proxy::Buffer& out) {
  route::HeaderList headers;
  for (const route::HeaderView& line : head.headers) headers.emplace_back(line.name, line.value);
  return proxy::write_request_head({.method = head.method,
                                    .target = head.target,
                                    .authority = head.authority,
                                    .headers = headers,
                                    .body = head.body,
                                    .length = head.length},
                                   out);
}

Reading read(Http1Role role, std::string_view bytes, std::size_t piece) {
  proxy::Http1Reader reader(role);
  Reading reading;
  proxy::Buffer out;
  BodyKind sending = BodyKind::kNone;
  std::string input;
  bool failed = false;
  for (std::size_t at = 0; at < bytes.size() && !failed; at += piece) {
    input.append(bytes.substr(at, piece));
    for (bool goes_on = true; goes_on;) {
      const proxy::Http1Step step = reader.next(input);
      ENSURE(step.consumed <= input.size(), "more is consumed than there is");
      switch (step.event) {
        case Http1Event::kNeedMore:
          goes_on = false;
          break;
        case Http1Event::kHead:
          reading.add(head_text(reader.head()));
          sending = write_on(reader.head(), out);
          break;
        case Http1Event::kBody:
          reading.body.append(step.body);
          proxy::write_body(step.body, sending, out);
          break;
        case Http1Event::kEnd:
          reading.add("end");
          proxy::write_end(sending, out);
          reading.written.append(out.readable());
          out.clear();
          break;
        case Http1Event::kFault:
          reading.add(std::to_string(reader.fault().status) + " " + std::string(reader.fault().details));
          ENSURE(reader.fault().status >= 400, "a fault has a status");
          failed = true;
          goes_on = false;
          break;
      }
      input.erase(0, step.consumed);
    }
  }
  if (!failed) reading.add(reader.end_of_input() == Http1Event::kFault ? "broken off" : "over");
  return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Http1Role role = (data[0] & 1U) != 0 ? Http1Role::kResponses : Http1Role::kRequests;
  const std::size_t piece = 1 + (data[0] >> 1U) % 61;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Reading whole = read(role, bytes, bytes.size() + 1);
  ENSURE(read(role, bytes, piece).text == whole.text, "how bytes are cut makes a difference");
  if (role == Http1Role::kRequests && !whole.written.empty()) {
    const Reading again = read(role, whole.written, whole.written.size());
    // a line was added to as many as there may be
    if (again.text.starts_with("431 ") || again.text.find("\n431 ") != std::string::npos) return 0;
    ENSURE(again.text.ends_with("\nover\n"), "what is sent on is not understood");
    ENSURE(again.written == whole.written, "what is sent on changes on its way");
  }
  return 0;
}
