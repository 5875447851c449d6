#include "proxy/server.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
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

}  // namespace

Server::Server(const TableSlot& slot, Services services, ServerOptions options)
    : slot_(slot), services_(std::move(services)), options_(std::move(options)) {
  settings_.maps_headers = options_.maps_headers;
  for (std::size_t i = 0; i < std::max<std::size_t>(options_.loops, 1); ++i)
    workers_.push_back(std::make_unique<Worker>(slot, settings_, services_));
  acceptors_.resize(workers_.size());
}

Server::~Server() {
  patience_.cancel();
  acceptors_.clear();  // before the loops that they belong to
}

Result<void> Server::listen(const std::vector<WantedPort>& wanted) {
  for (const WantedPort& port : wanted) {
    Result<Endpoint> at = find_place(options_.address, port);
    if (!at) return tl::unexpected<Error>(at.error());
    for (std::vector<std::unique_ptr<Acceptor>>& of_worker : acceptors_) {
      Result<std::unique_ptr<Acceptor>> acceptor = Acceptor::open(*at);
      if (!acceptor) return tl::unexpected<Error>(cannot_listen(acceptor.error(), *at, port.gateway_port));
      at->port = (*acceptor)->local().port;  // the others take what the first one got
      of_worker.push_back(*std::move(acceptor));
    }
    settings_.ports.push_back(
        {.gateway_port = port.gateway_port, .bound_port = at->port, .is_tls = port.is_tls, .bind = port.bind});
    contexts_.push_back(port.is_tls ? tls_of(port) : nullptr);
  }
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

void Server::run(const std::function<void()>& on_drain) {
  on_drain_ = on_drain;
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    Worker& worker = *workers_[i];
    worker.start();
    for (std::size_t p = 0; p < acceptors_[i].size(); ++p) {
      const ServedPort& port = settings_.ports[p];
      TlsContext* tls = contexts_[p].get();
      acceptors_[i][p]->start(worker.loop, [&worker, &port, tls](int descriptor) {
        if (worker.client_count() >= limits::kMaxClients) {
          ::close(descriptor);
          return;
        }
        const auto client = std::make_shared<ClientSide>(worker, port, descriptor, tls);
        worker.add(client);
        client->start();
      });
    }
  }
  workers_.front()->loop.on_signals([this] { on_signal(); });
  for (std::size_t i = 1; i < workers_.size(); ++i) threads_.emplace_back([this, i] { workers_[i]->loop.run(); });
  workers_.front()->loop.run();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Server::stop() {
  workers_.front()->loop.post([this] { on_signal(); });
}

void Server::on_signal() {
  if (draining_) return finish();
  draining_ = true;
  if (on_drain_) on_drain_();
  drain();
}

void Server::drain() {
  patience_.start(workers_.front()->loop, limits::kDrainTimeout, [this] { finish(); });
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    workers_[i]->loop.post([this, i] {
      for (const std::unique_ptr<Acceptor>& acceptor : acceptors_[i]) acceptor->close();
      workers_[i]->drain([this] {
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
