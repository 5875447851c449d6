// The backend that is built in: it shows what the service would have got.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "proxy/net.h"
#include "proxy/upstream.h"

namespace wicket::proxy {

/// Answers 200 with what `render` makes of the request's body, when the request is complete.
class EchoStream final : public UpstreamStream, public std::enable_shared_from_this<EchoStream> {
 public:
  /// Units: render(body, size) gets the first limits::kEchoBodyBytes of the body, and the size of all of it.
  using Render = std::function<std::string(std::string_view body, std::uint64_t size)>;

  EchoStream(Loop& loop, UpstreamEvents& events, Render render)
      : loop_(loop), events_(&events), render_(std::move(render)) {}

  void send_head(const UpstreamHead& head) override;
  void send_body(std::string_view piece) override;
  void send_end() override;
  [[nodiscard]] bool has_room() const override { return true; }
  void pause(bool paused) override;
  void cancel() override { events_ = nullptr; }
  void become_tunnel() override {}
  [[nodiscard]] std::string upstream_address() const override { return "echo"; }
  [[nodiscard]] std::string local_address() const override { return {}; }

 private:
  void answer();

  Loop& loop_;
  UpstreamEvents* events_;
  Render render_;
  bool is_head_ = false;
  bool paused_ = false;
  bool body_due_ = false;
  std::string body_;
  std::uint64_t size_ = 0;
  std::string answer_;
};

}  // namespace wicket::proxy
