// The port for whoever looks after the proxy. It has a thread of its own, so that nothing that is asked here makes a
// request wait.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <unordered_set>

#include "base/result.h"
#include "proxy/net.h"

namespace wicket::proxy {

struct AdminRequest {
  std::string method;
  std::string path;  // without query
  std::string body;  // at most limits::kAdminBodyBytes
};

struct AdminAnswer {
  std::uint32_t status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body{};
  std::string allow{};  // methods, of a 405
};

/// Answers; runs on the admin thread.
using AdminHandler = std::function<AdminAnswer(const AdminRequest&)>;

class AdminSide;

/// One request a connection, answered at once. A request under a name that is not this machine's is refused with 403: a
/// page in a browser may have had a name of its own lead here. So is one that a page of another origin sends.
class AdminServer {
 public:
  explicit AdminServer(AdminHandler handler) : handler_(std::move(handler)) {}
  ~AdminServer();
  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

  /// Listens and begins to answer; port 0 takes any. Errors: kIo (taken, or no such address), kPermission.
  [[nodiscard]] Result<void> start(const Endpoint& at);
  [[nodiscard]] const Endpoint& local() const { return local_; }

 private:
  friend class AdminSide;
  void accept(int descriptor);

  Loop loop_;  // first: sockets must not outlive it
  AdminHandler handler_;
  std::unordered_set<std::shared_ptr<AdminSide>> clients_;
  std::unique_ptr<Acceptor> acceptor_;
  Endpoint local_;
  std::thread thread_;
};

}  // namespace wicket::proxy
