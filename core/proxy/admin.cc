#include "proxy/admin.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "proxy/buffer.h"
#include "proxy/http1_codec.h"
#include "proxy/limits.h"
#include "route/matcher.h"

namespace wicket::proxy {
namespace {

// Host without its port.
std::string_view name_in(std::string_view authority) {
  const std::size_t behind = authority.starts_with('[') ? authority.find(']') : 0;
  return authority.substr(0, authority.find(':', std::min(behind, authority.size())));
}

// The names that lead to this machine whoever looks them up, and addresses, which nobody has to look up.
bool is_own_name(std::string_view authority) {
  const std::string_view host = name_in(authority);
  return route::same_name(host, "localhost") || host.starts_with('[') ||
         (!host.empty() && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

std::string_view header_in(const MessageHead& head, std::string_view name) {
  const auto found = std::ranges::find_if(
      head.headers, [name](const route::HeaderView& line) { return route::same_name(line.name, name); });
  return found == head.headers.end() ? std::string_view() : found->value;
}

// Whether a page of another site sends it. Source: RFC 6454 section 7.
bool is_foreign(const MessageHead& head) {
  const std::string_view origin = header_in(head, "origin");
  return !is_own_name(head.authority) || (!origin.empty() && origin != "http://" + std::string(head.authority));
}

}  // namespace

/// One connection.
class AdminSide final : public SocketEvents, public std::enable_shared_from_this<AdminSide> {
 public:
  AdminSide(AdminServer& server, int descriptor) : server_(server), socket_(server.loop_, descriptor, *this) {}

  void start() {
    deadline_.start(server_.loop_, limits::kAdminTimeout, [this] { end(); });
    socket_.wait_readable();
  }

  void on_readable() override {
    const IoResult result = socket_.read(in_.writable(limits::kReadBytes));
    if (result.status == IoStatus::kDone) in_.commit(result.bytes);
    if (result.status == IoStatus::kEnd || result.status == IoStatus::kError) return end();
    if (is_answered_) {
      in_.clear();  // until the client closes, or the deadline is there
    } else {
      process();
    }
    socket_.wait_readable();
  }

  void on_writable() override { write(); }

 private:
  void process() {
    while (!is_answered_) {
      const Http1Step step = reader_.next(in_.readable());
      switch (step.event) {
        case Http1Event::kNeedMore:
          return in_.consume(step.consumed);
        case Http1Event::kHead:
          if (!begin(reader_.head())) return;
          break;
        case Http1Event::kBody:
          request_.body.append(step.body);
          if (request_.body.size() > limits::kAdminBodyBytes) return answer({.status = 413, .body = "too large\n"});
          break;
        case Http1Event::kEnd:
          return answer(server_.handler_(request_));
        case Http1Event::kFault:
          return answer({.status = reader_.fault().status, .body = "no request that makes sense\n"});
      }
      in_.consume(step.consumed);
    }
  }

  // False: there is an answer already.
  bool begin(const MessageHead& head) {
    request_.method = head.method;
    request_.path = head.target.substr(0, head.target.find('?'));
    if (is_foreign(head)) {
      answer({.status = 403, .body = "only under localhost or an address, and not for pages of other sites\n"});
    } else if (head.body == BodyKind::kLength && head.length > limits::kAdminBodyBytes) {
      answer({.status = 413, .body = "too large\n"});
    } else if (!header_in(head, "expect").empty()) {
      out_.append("HTTP/1.1 100 Continue\r\n\r\n");
      write();
    }
    return !is_answered_;
  }

  void answer(const AdminAnswer& answer) {
    is_answered_ = true;
    route::HeaderList headers = {{"content-length", std::to_string(answer.body.size())},
                                 {"content-type", answer.content_type},
                                 {"cache-control", "no-store"},
                                 {"x-content-type-options", "nosniff"}};
    if (!answer.allow.empty()) headers.emplace_back("allow", answer.allow);
    (void)write_response_head({.status = answer.status,
                               .headers = headers,
                               .body = BodyKind::kLength,
                               .length = answer.body.size(),
                               .to_head = request_.method == "HEAD"},
                              /*close=*/true, out_);
    if (request_.method != "HEAD") out_.append(answer.body);
    write();
  }

  void write() {
    while (!out_.empty()) {
      const IoResult result = socket_.write(out_.readable());
      if (result.status == IoStatus::kAgain) return socket_.wait_writable();
      if (result.status != IoStatus::kDone) return end();
      out_.consume(result.bytes);
    }
    if (is_answered_) socket_.shutdown_write();  // the client closes, or the deadline does
  }

  void end() {
    deadline_.cancel();
    socket_.close();
    const std::shared_ptr<AdminSide> self = shared_from_this();
    server_.clients_.erase(self);
    server_.loop_.bury(self);
  }

  AdminServer& server_;
  Socket socket_;
  Timer deadline_;
  Http1Reader reader_{Http1Role::kRequests};
  Buffer in_, out_;
  AdminRequest request_;
  bool is_answered_ = false;
};

AdminServer::~AdminServer() {
  if (!thread_.joinable()) return;
  loop_.stop();
  thread_.join();
}

Result<void> AdminServer::start(const Endpoint& at) {
  if (const Result<void> free = probe(at); !free) return free;
  Result<std::unique_ptr<Acceptor>> acceptor = Acceptor::open(at);
  if (!acceptor) return tl::unexpected<Error>(acceptor.error());
  acceptor_ = *std::move(acceptor);
  local_ = acceptor_->local();
  acceptor_->start(loop_, [this](int descriptor) { accept(descriptor); });
  thread_ = std::thread([this] { loop_.run(); });
  return {};
}

void AdminServer::accept(int descriptor) {
  if (clients_.size() >= limits::kMaxAdminClients) {
    ::close(descriptor);
    return;
  }
  const auto client = std::make_shared<AdminSide>(*this, descriptor);
  clients_.insert(client);
  client->start();
}

}  // namespace wicket::proxy
