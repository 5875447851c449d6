#include "proxy/mirror.h"

#include <memory>
#include <utility>

#include "proxy/limits.h"
#include "proxy/upstream.h"
#include "proxy/worker.h"

namespace wicket::proxy {
namespace {

// The worker keeps it until the answer has ended, one way or another.
class Mirror final : public UpstreamEvents, public std::enable_shared_from_this<Mirror> {
 public:
  explicit Mirror(Worker& worker) : worker_(worker) {}

  void send(const Backend& backend, const UpstreamHead& head, const std::string& body) {
    worker_.detached.insert(shared_from_this());
    const std::uint64_t next = backend.state->next_endpoint.fetch_add(1, std::memory_order_relaxed);
    stream_ = worker_.pool.open({.endpoint = backend.endpoints[next % backend.endpoints.size()],
                                 .tls = backend.tls,
                                 .authority = head.authority},
                                *this);
    timeout_.start(worker_.loop, limits::kMirrorTimeout, [this] { end(); });
    stream_->send_head(head);
    if (!body.empty()) stream_->send_body(body);
    stream_->send_end();
  }

  void on_response_head(MessageHead /*head*/) override {}
  void on_response_body(std::string_view /*piece*/) override {}
  void on_response_end() override {
    stream_ = nullptr;
    end();
  }
  void on_reset(ResetReason /*reason*/, const std::string& /*detail*/) override {
    stream_ = nullptr;
    end();
  }
  void on_upstream_room() override {}

 private:
  void end() {
    timeout_.cancel();
    if (const auto stream = std::exchange(stream_, nullptr)) {
      stream->cancel();
      worker_.loop.bury(stream);
    }
    const std::shared_ptr<void> self = shared_from_this();
    worker_.detached.erase(self);
    worker_.loop.bury(self);
  }

  Worker& worker_;
  std::shared_ptr<UpstreamStream> stream_;
  Timer timeout_;
};

}  // namespace

void send_mirror(Worker& worker, const Backend& backend, const UpstreamHead& head, const std::string& body) {
  std::make_shared<Mirror>(worker)->send(backend, head, body);
}

}  // namespace wicket::proxy
