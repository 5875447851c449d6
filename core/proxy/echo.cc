#include "proxy/echo.h"

#include <utility>

#include "proxy/limits.h"

namespace wicket::proxy {

void EchoStream::send_head(const UpstreamHead& head) { is_head_ = head.method == "HEAD"; }

void EchoStream::send_body(std::string_view piece) {
  size_ += piece.size();
  body_.append(piece.substr(0, limits::kEchoBodyBytes - body_.size()));
}

void EchoStream::send_end() {
  loop_.post([self = shared_from_this()] { self->answer(); });
}

void EchoStream::answer() {
  if (events_ == nullptr) return;
  answer_ = render_(body_, size_);
  MessageHead head;
  head.status = 200;
  head.bytes = "content-type: application/json\r\ncontent-length: " + std::to_string(answer_.size());
  const std::string_view bytes = head.bytes;
  const std::string_view line_end = "\r\n";
  const std::size_t first_end = bytes.find(line_end);
  const auto field = [](std::string_view line) {
    const std::size_t colon = line.find(": ");
    return route::HeaderView{line.substr(0, colon), line.substr(colon + 2)};
  };
  head.headers = {field(bytes.substr(0, first_end)), field(bytes.substr(first_end + line_end.size()))};
  head.body = is_head_ ? BodyKind::kNone : BodyKind::kLength;
  head.length = answer_.size();
  events_->on_response_head(std::move(head));
  if (events_ == nullptr) return;
  body_due_ = true;
  pause(paused_);
}

void EchoStream::pause(bool paused) {
  paused_ = paused;
  if (paused || !std::exchange(body_due_, false) || events_ == nullptr) return;
  if (!is_head_) events_->on_response_body(answer_);
  if (UpstreamEvents* events = std::exchange(events_, nullptr); events != nullptr) events->on_response_end();
}

}  // namespace wicket::proxy
