#include "proxy/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "proxy/client_side.h"
#include "proxy/limits.h"
#include "proxy/served_hosts.h"
#include "proxy/tls_context.h"

namespace wicket::proxy {
namespace {

constexpr std::uint16_t kFirstFreePort = 1024;
constexpr std::uint16_t kMovedBy = 8000;

Error cannot_listen(const Error& error, const Endpoint& at, std::uint32_t gateway_port) {
  return {error.code,
          fmt::format("cannot listen on {} for the gateway's port {}: {}", at.text(), gateway_port, error.message)};
}

// The address to listen on, moved when the port is for root and may move.
Result<Endpoint> find_place(const std::string& address, const WantedPort& wanted) {
  Endpoint at{address, wanted.port};
  Result<void> free = probe(at);
  if (!free && free.error().code == ErrorCode::kPermission && wanted.may_move && wanted.port < kFirstFreePort) {
    at.port = static_cast<std::uint16_t>(at.port + kMovedBy);
    free = probe(at);
  }
  if (!free) return tl::unexpected<Error>(cannot_listen(free.error(), at, wanted.gateway_port));
  return at;
}

ServedPort served(const WantedPort& wanted, std::uint16_t bound_port) {
  return {.gateway_port = wanted.gateway_port,
          .bound_port = bound_port,
          .is_tls = wanted.is_tls,
          .is_plain_too = wanted.is_plain_too,
          .bind = wanted.bind};
}

}  // namespace

/// One change under way.
struct Server::Changing {
  std::shared_ptr<const ServingSet> set;
  std::vector<WantedPort> wanted;
  std::function<void(Change)> done;
  Change change;
};

Server::Server(TableSlot& slot, Services services, ServerOptions options)
    : slot_(slot), services_(std::move(services)), options_(std::move(options)) {
  settings_.maps_headers = options_.maps_headers;
  for (std::size_t i = 0; i < std::max<std::size_t>(options_.loops, 1); ++i)
    workers_.push_back(std::make_unique<Worker>(slot, settings_, services_));
}

Server::~Server() { patience_.cancel(); }

// ---- ports ----

Result<ServedPort> Server::open(const WantedPort& wanted, std::vector<OpenPort>& by_worker) const {
  Result<Endpoint> at = find_place(options_.address, wanted);
  if (!at) return tl::unexpected<Error>(at.error());
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    Result<std::unique_ptr<Acceptor>> acceptor = Acceptor::open(*at);
    if (!acceptor) return tl::unexpected<Error>(cannot_listen(acceptor.error(), *at, wanted.gateway_port));
    at->port = (*acceptor)->local().port;  // the others take what the first one got
    by_worker.push_back({.port = {}, .tls = {}, .acceptor = *std::move(acceptor)});
  }
  const auto port = std::make_shared<const ServedPort>(served(wanted, at->port));
  const std::shared_ptr<TlsContext> tls = wanted.is_tls ? tls_of(wanted) : nullptr;
  for (OpenPort& open : by_worker) {
    open.port = port;
    open.tls = tls;
  }
  return *port;
}

Result<void> Server::listen(const std::vector<WantedPort>& wanted) {
  for (const WantedPort& port : wanted) {
    std::vector<OpenPort> by_worker;
    Result<ServedPort> opened = open(port, by_worker);
    if (!opened) return tl::unexpected<Error>(opened.error());
    ports_.push_back(*std::move(opened));
    for (std::size_t i = 0; i < workers_.size(); ++i) workers_[i]->open(std::move(by_worker[i]));
  }
  for (const std::unique_ptr<Worker>& worker : workers_) worker->ports = ports_;
  catch_signals();
  return {};
}

// The certificate is that of the filter chain which the table of the moment has for the name.
std::shared_ptr<TlsContext> Server::tls_of(const WantedPort& port) const {
  const bool maps_names = options_.maps_headers;
  return TlsContext::choosing([&slot = slot_, number = port.gateway_port, bind = port.bind,
                               maps_names](const std::string& sni) -> std::shared_ptr<TlsContext> {
    const std::shared_ptr<const ServingSet> set = slot.load();
    const route::Listener* listener = set->table->find(number, bind);
    if (listener == nullptr) return nullptr;
    const std::string name = maps_names ? gateway_server_name(*set->table, sni) : sni;
    route::RequestView connection;
    connection.tls = true;
    connection.sni = name;
    const rules::FilterChain* chain = listener->find(connection);
    const auto found = set->tls.find(chain);
    return found == set->tls.end() ? nullptr : found->second;
  });
}

// ---- change ----

void Server::change(std::shared_ptr<const ServingSet> set, std::vector<WantedPort> wanted,
                    std::function<void(Change)> done) {
  const auto changing = std::make_shared<Changing>();
  changing->set = std::move(set);
  changing->wanted = std::move(wanted);
  changing->done = std::move(done);
  workers_.front()->loop.post([this, changing] {
    if (!draining_) close_unwanted(changing);
  });
}

// Calls on each loop's thread, then once on that of the first.
void Server::on_each(const std::function<void(Worker&)>& call, std::function<void()> then) {
  const auto left = std::make_shared<std::size_t>(workers_.size());
  const auto after = std::make_shared<std::function<void()>>(std::move(then));
  for (const std::unique_ptr<Worker>& worker : workers_) {
    worker->loop.post([this, &worker = *worker, call, left, after] {
      call(worker);
      workers_.front()->loop.post([left, after] {
        if (--*left == 0) (*after)();
      });
    });
  }
}

void Server::close_unwanted(const std::shared_ptr<Changing>& changing) {
  const auto is_wanted = [&changing](const ServedPort& port) {
    return std::ranges::any_of(changing->wanted, [&port](const WantedPort& wanted) {
      return wanted.gateway_port == port.gateway_port && wanted.bind == port.bind;
    });
  };
  for (const ServedPort& port : ports_)
    if (!is_wanted(port)) changing->change.closed.push_back(port);
  std::erase_if(ports_, [&](const ServedPort& port) { return !is_wanted(port); });
  if (changing->change.closed.empty()) return publish_and_open(changing);
  on_each(
      [changing](Worker& worker) {
        for (const ServedPort& port : changing->change.closed) worker.close(port);
      },
      [this, changing] {
        if (!draining_) publish_and_open(changing);
      });
}

void Server::publish_and_open(const std::shared_ptr<Changing>& changing) {
  slot_.publish(changing->set);
  const auto opened = std::make_shared<std::vector<std::vector<OpenPort>>>();  // by port, then worker
  const auto changed = std::make_shared<std::vector<OpenPort>>();              // without acceptors
  for (const WantedPort& wanted : changing->wanted) {
    const auto known = std::ranges::find_if(
        ports_, [&wanted](const ServedPort& port) { return is_same(port, served(wanted, port.bound_port)); });
    if (known != ports_.end()) {
      if (known->is_tls == wanted.is_tls && known->is_plain_too == wanted.is_plain_too) continue;
      *known = served(wanted, known->bound_port);
      changed->push_back({.port = std::make_shared<const ServedPort>(*known),
                          .tls = wanted.is_tls ? tls_of(wanted) : nullptr,
                          .acceptor = {}});
      continue;
    }
    std::vector<OpenPort> by_worker;
    Result<ServedPort> port = open(wanted, by_worker);
    if (!port) {
      changing->change.failures.push_back(port.error().message);
      continue;
    }
    ports_.push_back(*port);
    changing->change.opened.push_back(*port);
    opened->push_back(std::move(by_worker));
  }
  changing->change.ports = ports_;
  on_each(
      [this, opened, changed, changing](Worker& worker) {
        worker.ports = changing->change.ports;
        for (const OpenPort& port : *changed) worker.change(port.port, port.tls);
        const auto index = static_cast<std::size_t>(
            std::ranges::find(workers_, &worker, &std::unique_ptr<Worker>::get) - workers_.begin());
        for (std::vector<OpenPort>& port : *opened) worker.open(std::move(port[index]));
      },
      [changing] { changing->done(std::move(changing->change)); });
}

// ---- run and end ----

// From the moment on at which it can be said that the server is there; what comes before run() waits for it.
void Server::catch_signals() {
  workers_.front()->loop.on_signals({SIGTERM, SIGINT, SIGHUP}, [this](int signal) {
    if (signal != SIGHUP) return on_signal();
    if (events_.on_hangup) events_.on_hangup();
  });
}

void Server::run(ServerEvents events) {
  events_ = std::move(events);
  for (const std::unique_ptr<Worker>& worker : workers_) worker->start();
  for (std::size_t i = 1; i < workers_.size(); ++i) threads_.emplace_back([this, i] { workers_[i]->loop.run(); });
  workers_.front()->loop.run();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Server::stop() {
  workers_.front()->loop.post([this] { on_signal(); });
}

std::vector<const Metrics*> Server::metrics() const {
  std::vector<const Metrics*> all;
  for (const std::unique_ptr<Worker>& worker : workers_) all.push_back(&worker->metrics);
  return all;
}

void Server::on_signal() {
  if (draining_) return finish();
  draining_ = true;
  if (events_.on_drain) events_.on_drain();
  drain();
}

void Server::drain() {
  patience_.start(workers_.front()->loop, limits::kDrainTimeout, [this] { finish(); });
  for (const std::unique_ptr<Worker>& worker : workers_) {
    worker->loop.post([this, &worker = *worker] {
      worker.drain([this] {
        workers_.front()->loop.post([this] {
          if (++drained_ == workers_.size()) finish();
        });
      });
    });
  }
}

void Server::finish() {
  for (const std::unique_ptr<Worker>& worker : workers_) worker->loop.stop();
}

}  // namespace wicket::proxy
