// The whole proxy on loopback: a client and a service that send what the input says, over a table with everything that
// a route can say.
//
// The input: one byte for how the client cuts and ends, one for the service, then what the client sends, 0xff, and what
// the service answers each request with. Beyond not crashing: the connection of a client that has said all it has to
// say comes to an end, what the service gets is well-formed, and so is what the client gets.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "base/ensure.h"
#include "base/file_reader.h"
#include "load/load.h"
#include "proxy/http1_codec.h"
#include "proxy/server.h"
#include "route/compile.h"
#include "rules/lower.h"

using namespace wicket;
using std::chrono::steady_clock;

namespace {

constexpr std::string_view kManifests = R"(
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs}
spec:
  hosts: ["*"]
  gateways: [gw]
  http:
  - {match: [{uri: {prefix: /d}}], directResponse: {status: 418, body: {string: tea}}}
  - {match: [{uri: {prefix: /r}}], redirect: {uri: /x}}
  - {match: [{uri: {prefix: /e}}], route: [{destination: {host: echo}}]}
  - {match: [{uri: {prefix: /f}}], fault: {delay: {fixedDelay: 1ms, percentage: {value: 100}}}, route: [{destination: {host: echo}}]}
  - {match: [{uri: {prefix: /t}}], retries: {attempts: 2, retryOn: "5xx,reset", backoff: 1ms}, timeout: 0.3s, route: [{destination: {host: a}}]}
  - {match: [{uri: {prefix: /m}}], mirror: {host: a}, route: [{destination: {host: a}}]}
  - {match: [{uri: {prefix: /h}}], rewrite: {uri: /new}, headers: {request: {remove: [content-length], add: {transfer-encoding: gzip, x-a: "1"}},
      response: {remove: [content-length], add: {connection: close}}}, route: [{destination: {host: a}}]}
  - {route: [{destination: {host: a}}]}
)";

int check(int result) {
  ENSURE(result >= 0, "a system call of the harness fails");
  return result;
}

/// A service: its listening socket, and the proxy in front of it, in a thread of its own.
class Bench {
 public:
  Bench() {
    listener_ = check(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)));
    check(::listen(listener_, 128));
    socklen_t size = sizeof(address);
    check(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size));
    publish({"127.0.0.1", ntohs(address.sin_port)});

    proxy::Services services;
    services.render_echo = [](const proxy::EchoRequest& echo) { return std::string(echo.target); };
    services.log = [](const proxy::LogRecord& record) {
      (void)proxy::log_line(record, proxy::LogForm::kText, false);
      (void)proxy::log_line(record, proxy::LogForm::kJson, false);
      (void)proxy::log_line(record, proxy::LogForm::kBrief, true);
    };
    server_ = std::make_unique<proxy::Server>(slot_, std::move(services), proxy::ServerOptions{});
    ENSURE(server_->listen({{.gateway_port = 80}}).has_value(), "the proxy listens");
    std::thread([this] { server_->run({}); }).detach();
  }

  [[nodiscard]] int listener() const { return listener_; }
  [[nodiscard]] std::uint16_t port() const { return server_->ports().front().bound_port; }

 private:
  void publish(const proxy::Endpoint& service) {
    MemoryReader reader;
    reader.add("m.yaml", std::string(kManifests));
    std::istringstream input;
    const load::Loaded loaded = load::load({.paths = {"m.yaml"}, .threads = 1}, reader, input);
    auto set = std::make_shared<proxy::ServingSet>();
    set->table = std::make_shared<const route::RouteTable>(
        route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*loaded.workspace))));
    for (const rules::HostTable& hosts : set->table->rules().tables)
      for (const rules::VirtualHost& host : hosts.hosts)
        for (const rules::RuleRef& rule : host.rules)
          if (const auto* forward = std::get_if<rules::Forward>(&rule->action)) {
            for (const rules::WeightedDestination& destination : forward->destinations)
              add(*set, *destination.cluster, service);
            for (const rules::Mirror& mirror : forward->mirrors) add(*set, *mirror.cluster, service);
          }
    slot_.publish(std::move(set));
  }
  void add(proxy::ServingSet& set, const rules::Cluster& cluster, const proxy::Endpoint& service) {
    proxy::Backend backend;
    if (!cluster.host.starts_with("echo")) {
      backend.kind = proxy::BackendKind::kEndpoints;
      backend.endpoints = {service};
    }
    backend.state = states_.find(cluster.name, {});
    set.backends.emplace(&cluster, std::move(backend));
  }

  int listener_ = -1;
  proxy::ClusterStates states_;
  proxy::TableSlot slot_;
  std::unique_ptr<proxy::Server> server_;
};

int connect_to(std::uint16_t port) {
  const int fd = check(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  check(::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)));
  check(::fcntl(fd, F_SETFL, O_NONBLOCK));
  return fd;
}

// Closing with a reset leaves no port behind that has to wait.
void drop(int fd) {
  const linger at_once{1, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  ::close(fd);
}

// Reads what there is; false at the end.
bool read_into(int fd, std::string& text) {
  char bytes[16384];
  const ssize_t count = ::recv(fd, bytes, sizeof(bytes), 0);
  if (count > 0) text.append(bytes, static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && errno == EAGAIN);
}

struct ServiceSide {
  int fd;
  std::string got;
  std::size_t asked = 0;  // requests that were answered
};

// How many whole heads there are: each is answered, whatever its body.
std::size_t heads_of(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("\r\n\r\n"); at != std::string_view::npos; at = text.find("\r\n\r\n", at + 4))
    ++count;
  return count;
}

void expect_well_formed(proxy::Http1Role role, std::string_view bytes, const char* what) {
  proxy::Http1Reader reader(role);
  for (;;) {
    const proxy::Http1Step step = reader.next(bytes);
    bytes.remove_prefix(step.consumed);
    if (step.event == proxy::Http1Event::kNeedMore) return;
    ENSURE(step.event != proxy::Http1Event::kFault, what);
    if (step.event == proxy::Http1Event::kHead && reader.head().is_upgrade) return;  // a tunnel may follow
    if (step.event == proxy::Http1Event::kHead && reader.head().status == 101) return;
  }
}

class Scene {
 public:
  Scene(const Bench& bench, std::uint8_t client_mode, std::uint8_t service_mode)
      : bench_(bench), client_mode_(client_mode), service_mode_(service_mode), client_(connect_to(bench.port())) {}
  ~Scene() {
    drop(client_);
    for (const ServiceSide& side : services_) drop(side.fd);
  }

  void play(std::string_view sends, std::string_view answers) {
    const auto deadline = steady_clock::now() + std::chrono::seconds(8);
    const std::size_t piece = (client_mode_ & 0x3fU) == 0 ? sends.size() + 1 : client_mode_ & 0x3fU;
    while (true) {
      ENSURE(steady_clock::now() < deadline, "a connection does not come to its end");
      if (!sends.empty()) {
        const ssize_t count = ::send(client_, sends.data(), std::min(piece, sends.size()), MSG_NOSIGNAL);
        if (count > 0) sends.remove_prefix(static_cast<std::size_t>(count));
        if (count < 0 && errno != EAGAIN) sends = {};
      } else if ((client_mode_ & 0x40U) != 0) {
        return;  // hangs up
      } else if (!ended_) {
        ended_ = true;
        ::shutdown(client_, SHUT_WR);
      }
      if (!turn(answers, sends.empty() ? 20 : 0)) break;
    }
    for (const ServiceSide& side : services_)
      expect_well_formed(proxy::Http1Role::kRequests, side.got, "the service gets what is no request");
    // answers to HEAD cannot be told from others here
    if (sends_no_head_) expect_well_formed(proxy::Http1Role::kResponses, got_, "the client gets what is no answer");
  }
  void asks_for_heads() { sends_no_head_ = false; }

 private:
  // One round of everybody who can go on; false when the client's connection has ended.
  bool turn(std::string_view answers, int milliseconds) {
    std::vector<pollfd> waits = {{client_, POLLIN, 0}, {bench_.listener(), POLLIN, 0}};
    for (const ServiceSide& side : services_) waits.push_back({side.fd, POLLIN, 0});
    if (::poll(waits.data(), waits.size(), milliseconds) == 0 &&
        milliseconds > 0) {  // the service is waited for: it goes
      for (const ServiceSide& side : services_) drop(side.fd);
      services_.clear();
      return true;
    }
    if (waits[0].revents != 0 && !read_into(client_, got_)) return false;
    for (std::size_t i = services_.size(); i-- > 0;)
      if (waits[i + 2].revents != 0 && !serve(services_[i], answers)) {
        drop(services_[i].fd);
        expect_well_formed(proxy::Http1Role::kRequests, services_[i].got, "the service gets what is no request");
        services_.erase(services_.begin() + static_cast<std::ptrdiff_t>(i));
      }
    if (const int fd = ::accept4(bench_.listener(), nullptr, nullptr, SOCK_NONBLOCK); fd >= 0)
      services_.push_back({fd, {}, 0});
    return true;
  }

  bool serve(ServiceSide& side, std::string_view answers) const {
    if (!read_into(side.fd, side.got)) return false;
    for (const std::size_t heads = heads_of(side.got); side.asked < heads; ++side.asked) {
      const std::size_t piece = (service_mode_ & 0x3fU) == 0 ? answers.size() : service_mode_ & 0x3fU;
      for (std::string_view rest = answers; !rest.empty(); rest.remove_prefix(std::min(piece, rest.size())))
        if (::send(side.fd, rest.data(), std::min(piece, rest.size()), MSG_NOSIGNAL) < 0) return false;
      if ((service_mode_ & 0x40U) != 0) ::shutdown(side.fd, SHUT_WR);
      if ((service_mode_ & 0x80U) == 0) return false;  // one answer a connection
    }
    return true;
  }

  const Bench& bench_;
  std::uint8_t client_mode_, service_mode_;
  int client_;
  std::vector<ServiceSide> services_;
  std::string got_;
  bool ended_ = false;
  bool sends_no_head_ = true;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Bench& bench = *new Bench;  // serves until the process ends
  if (size < 2) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::string_view sends = rest.substr(0, rest.find('\xff'));
  const std::string_view answers = sends.size() < rest.size() ? rest.substr(sends.size() + 1) : std::string_view();
  // a service that waits for more would be waited for
  const auto service_mode = static_cast<std::uint8_t>(answers.empty() ? data[1] & 0x3fU : data[1]);
  Scene scene(bench, data[0], service_mode);
  if (sends.find("HEAD") != std::string_view::npos) scene.asks_for_heads();
  scene.play(sends, answers);
  return 0;
}
