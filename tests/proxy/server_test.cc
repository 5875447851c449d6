// A server that is its own upstream, over TLS, while its tables change: for the thread sanitizer above all.
#include "proxy/server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>
#include <mutex>
#include <thread>

#include "proxy/local_ca.h"
#include "proxy/table_slot.h"
#include "proxy/tls_context.h"
#include "route/compile.h"
#include "rules/lower.h"
#include "support/catch.h"
#include "support/workspace.h"

namespace wicket::proxy {
namespace {

// What comes in plain goes on to the port with TLS, which answers; both say which table they have.
std::string manifests(int table) {
  return fmt::format(
      "{0}{1}{2}{3}", test::http_gateway(),
      test::gateway("[{port: {number: 443, name: https, protocol: HTTPS}, hosts: [tls.io], tls: {mode: SIMPLE, "
                    "credentialName: c}}]",
                    {"tls", "istio-system"}),
      test::http_rules(fmt::format("[{{headers: {{response: {{set: {{x-table: '{}'}}}}}}, rewrite: {{authority: "
                                   "tls.io}}, route: [{{destination: {{host: self, port: {{number: 443}}}}}}]}}]",
                                   table)),
      test::virtual_service(fmt::format("hosts: [tls.io], gateways: [istio-system/tls], http: [{{directResponse: "
                                        "{{status: 200, body: {{string: '{}'}}}}}}]",
                                        table),
                            {"t", "default"}));
}

struct TlsParts {
  std::shared_ptr<TlsContext> server;
  std::shared_ptr<const UpstreamTls> client;
};

TlsParts tls_parts(const std::string& folder) {
  const Result<LocalCa> ca = LocalCa::open(folder);
  REQUIRE(ca.has_value());
  const Result<IssuedCertificate> issued = ca->issue({"tls.io"});
  REQUIRE(issued.has_value());
  ServerTls settings{.identities = {{issued->certificate, issued->key}}, .client_ca = {}, .ciphers = {}};
  auto server = TlsContext::server(settings);
  auto client =
      TlsContext::client({.certificate = {}, .key = {}, .ca = ca->certificate(), .crl = {}, .subject_alt_names = {}});
  REQUIRE((server.has_value() && client.has_value()));
  return {*server, std::make_shared<const UpstreamTls>(UpstreamTls{
                       .context = *client, .sni = {}, .sni_is_authority = true, .name_is_authority = true})};
}

std::shared_ptr<const ServingSet> make_set(int table, const TlsParts& tls, std::uint16_t own_port,
                                           ClusterStates& states) {
  ServingSet set;
  const load::Loaded loaded = test::load_yaml(manifests(table));
  set.table = std::make_shared<const route::RouteTable>(
      route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*loaded.workspace, {}))));
  set.generation = static_cast<std::uint64_t>(table);
  for (const rules::HostTable& hosts : set.table->rules().tables)
    for (const rules::VirtualHost& host : hosts.hosts)
      for (const rules::RuleRef& rule : host.rules)
        if (const auto* forward = std::get_if<rules::Forward>(&rule->action))
          for (const rules::WeightedDestination& destination : forward->destinations)
            set.backends.emplace(destination.cluster.get(),
                                 Backend{.kind = BackendKind::kEndpoints,
                                         .endpoints = {{"127.0.0.1", own_port}},
                                         .tls = tls.client,
                                         .state = states.find(destination.cluster->name, {})});
  for (const route::Listener& listener : set.table->listeners())
    for (const rules::FilterChain& chain : listener.source->chains)
      if (chain.kind == rules::ChainKind::kHttps) set.tls.emplace(&chain, tls.server);
  return std::make_shared<const ServingSet>(std::move(set));
}

/// A connection that blocks.
class Client {
 public:
  explicit Client(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval limit{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    is_open_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~Client() { ::close(fd_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Head and body of the answer; empty when there is none.
  std::string ask() {
    static constexpr std::string_view kRequest = "GET / HTTP/1.1\r\nHost: a.io\r\n\r\n";
    if (!is_open_ || ::send(fd_, kRequest.data(), kRequest.size(), MSG_NOSIGNAL) < 0) return {};
    std::string answer;
    while (!is_whole(answer)) {
      char piece[4096];
      const ssize_t count = ::recv(fd_, piece, sizeof(piece), 0);
      if (count <= 0) return {};
      answer.append(piece, static_cast<std::size_t>(count));
    }
    return answer;
  }

 private:
  static bool is_whole(const std::string& answer) {
    const std::size_t end = answer.find("\r\n\r\n"), length = answer.find("content-length: ");
    return end != std::string::npos && length < end &&
           answer.size() >= end + 4 + static_cast<std::size_t>(std::stoi(answer.substr(length + 16)));
  }
  int fd_;
  bool is_open_ = false;
};

struct Load {
  std::atomic<int> served = 1, written = 1;
  std::atomic<bool> is_over = false;
  std::atomic<std::size_t> count = 0;
  std::mutex mutex;
  std::vector<std::string> wrong;

  void judge(int least, const std::string& answer) {
    ++count;
    const std::size_t header = answer.find("x-table: "), body = answer.rfind("\r\n\r\n");
    if (answer.starts_with("HTTP/1.1 200") && header != std::string::npos) {
      const int first = std::stoi(answer.substr(header + 9)), second = std::stoi(answer.substr(body + 4));
      if (first >= least && first <= written && second >= least && second <= written) return;
    }
    const std::scoped_lock lock(mutex);
    wrong.push_back(answer);
  }

  void run(std::uint16_t port) {
    constexpr int kOfConnection = 25;
    while (!is_over) {
      Client client(port);
      for (int i = 0; i < kOfConnection && !is_over; ++i) {
        const int least = served;
        judge(least, client.ask());
      }
    }
  }
};

TEST_CASE("tables change under load, in plain and under TLS, and every answer is of one that was served") {
  constexpr int kTables = 40;
  char folder[] = "/tmp/wicket-test-XXXXXX";
  REQUIRE(::mkdtemp(folder) != nullptr);
  const TlsParts tls = tls_parts(folder);
  std::filesystem::remove_all(folder);

  ClusterStates states;
  TableSlot slot;
  Server server(slot, Services{.render_echo = {}, .log = {}}, {.loops = 2});
  const std::vector<WantedPort> wanted = {{.gateway_port = 80}, {.gateway_port = 443, .is_tls = true}};
  REQUIRE(server.listen(wanted).has_value());
  const std::uint16_t plain = server.ports()[0].bound_port, own = server.ports()[1].bound_port;
  slot.publish(make_set(1, tls, own, states));
  std::thread serving([&server] { server.run({}); });

  Load load;
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) clients.emplace_back([&load, plain] { load.run(plain); });
  for (int table = 2; table <= kTables; ++table) {
    load.written = table;
    std::promise<void> changed;
    server.change(make_set(table, tls, own, states), wanted, [&changed](const Change&) { changed.set_value(); });
    changed.get_future().wait();
    load.served = table;
    const std::size_t enough = load.count + 10;
    while (load.count < enough && load.wrong.empty()) std::this_thread::yield();
    for (const Metrics* metrics : server.metrics()) metrics->visit([](const Series&) {});
  }
  load.is_over = true;
  for (std::thread& client : clients) client.join();
  server.stop();
  serving.join();
  CHECK(load.count >= 10 * (kTables - 1));
  CHECK(load.wrong.size() == 0);
  if (!load.wrong.empty()) FAIL(load.wrong.front());
}

}  // namespace
}  // namespace wicket::proxy
