#include "support/random_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>

namespace wicket::test {
namespace {

constexpr std::string_view kNamespaces[] = {"default", "istio-system", "other"};
constexpr std::string_view kHosts[] = {"a.io", "b.a.io", "*.a.io", "*.io", "*", "B.io", "web", "c.b.a.io", "*.b.a.io"};
constexpr std::string_view kHostPrefixes[] = {"", "", "", "./", "*/", "default/", "other/"};
constexpr std::string_view kTimes[] = {"2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"};
constexpr std::uint32_t kPorts[] = {80, 80, 80, 80, 80, 80, 443, 443, 8080};

constexpr std::string_view kPaths[] = {"exact: /",
                                       "exact: /a",
                                       "exact: /A",
                                       "exact: /a/b",
                                       "exact: /ab",
                                       "exact: ''",
                                       "prefix: ''",
                                       "prefix: /",
                                       "prefix: /a",
                                       "prefix: /a/",
                                       "prefix: /A",
                                       "prefix: /b",
                                       "prefix: /ab",
                                       "prefix: /a/b/",
                                       "prefix: '/a?'",
                                       "regex: '.*'",
                                       "regex: '/.*'",
                                       "regex: '/a.*'",
                                       "regex: '/(a|b).*'",
                                       "regex: '(?i)/A'",
                                       "regex: '/a|/b'",
                                       "regex: '/a(b|/b)?'",
                                       "regex: '.*b'",
                                       "regex: '^/a$'",
                                       "regex: '/[ab]/?'",
                                       "regex: '('",
                                       "regex: ''",
                                       "regex: '/a?b*'",
                                       "regex: '\\Q/a\\E.?.?'",
                                       "regex: '/ab+'",
                                       "regex: '*'",
                                       "",
                                       "regex: '\\b?/a'",
                                       "regex: '(/a|/ab)'",
                                       "regex: '(?-s)/a.*'"};
constexpr std::string_view kValues[] = {
    "", "exact: ''", "exact: a", "exact: b", "prefix: a", "regex: 'a.*'", "regex: '.*'", "regex: '*'", "exact: 'a,b'"};

constexpr std::string_view kAskedHosts[] = {"a.io", "A.io:8080", "b.a.io", "x.b.a.io", "io",   "b.io",
                                            "q.io", "a.io:80",   "B.A.IO", ".a.io",    "a.io."};
constexpr std::string_view kAskedPaths[] = {"/",   "/a",   "/A",   "/ab",    "/a/b", "/b",
                                            "/a/", "/abb", "/B/x", "/a/b/c", "/b/"};
constexpr std::string_view kAskedValues[] = {"", "a", "b", "ab", "a,b"};
constexpr std::string_view kAskedNames[] = {"a.io", "b.a.io", "c.b.a.io", "q.io", "b.io", "io"};
constexpr std::string_view kAskedQueries[] = {"", "", "?v=a", "?v=b&w=a", "?w", "?v=&v=a", "?vv=a"};

class Maker {
 public:
  explicit Maker(std::mt19937& random) : random_(random) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <class T, std::size_t N>
  const T& one_of(const T (&list)[N]) {
    return list[below(N)];
  }

  Piece table() {
    Piece table;
    const std::size_t gateways = 1 + below(3);
    for (std::size_t i = 0; i < gateways; ++i) table.members.push_back(gateway());
    const std::size_t services = 1 + below(4);
    for (std::size_t i = 0; i < services; ++i) table.members.push_back(service());
    return table;
  }

 private:
  // A name that is still free in its namespace.
  std::string metadata() {
    for (;;) {
      const std::string_view ns = one_of(kNamespaces);
      std::string name(1, static_cast<char>('a' + below(4)));
      if (!names_.insert(fmt::format("{}/{}", ns, name)).second) continue;
      const std::string created = chance(25) ? fmt::format(", creationTimestamp: '{}'", one_of(kTimes)) : std::string();
      return fmt::format("metadata: {{name: {}, namespace: {}{}}}\n", name, ns, created);
    }
  }

  static Piece leaf(std::string text) { return {.head = std::move(text)}; }

  Piece gateway() {
    Piece gateway{.head = fmt::format("apiVersion: networking.istio.io/v1\nkind: Gateway\n{}spec: {{selector: {{istio: "
                                      "{}}}, servers: [",
                                      metadata(), chance(90) ? "ingressgateway" : "egressgateway"),
                  .tail = "]}\n---\n"};
    const std::size_t servers = 1 + below(3);
    for (std::size_t i = 0; i < servers; ++i) gateway.members.push_back(server(i));
    return gateway;
  }

  Piece server(std::size_t number) {
    const std::uint32_t port = one_of(kPorts);
    const bool is_secure = port == 443 || chance(10);
    Piece server{.head = fmt::format("{{port: {{number: {}, name: p{}, protocol: {}}}, hosts: [", port, number,
                                     is_secure ? "HTTPS" : "HTTP"),
                 .tail = "]"};
    if (is_secure) server.tail += ", tls: {mode: SIMPLE, credentialName: c}";
    if (!is_secure && chance(15)) server.tail += ", tls: {httpsRedirect: true}";
    server.tail += "}";
    const std::size_t hosts = 1 + below(3);
    for (std::size_t i = 0; i < hosts; ++i)
      server.members.push_back(leaf(fmt::format("'{}{}'", one_of(kHostPrefixes), chance(40) ? "*" : one_of(kHosts))));
    return server;
  }

  std::string gateway_name() {
    return fmt::format("{}{}", chance(80) ? std::string(one_of(kNamespaces)) + "/" : "",
                       static_cast<char>('a' + below(4)));
  }

  Piece list_of_gateways(std::string_view field) {
    Piece list{.head = fmt::format("{}: [", field), .tail = "]"};
    const std::size_t count = 1 + below(4);
    for (std::size_t i = 0; i < count; ++i) list.members.push_back(leaf(chance(5) ? "mesh" : gateway_name()));
    return list;
  }

  Piece service() {
    Piece service{
        .head = fmt::format("apiVersion: networking.istio.io/v1\nkind: VirtualService\n{}spec: {{", metadata()),
        .tail = "}\n---\n"};
    Piece hosts{.head = "hosts: [", .tail = "]"};
    for (std::size_t i = 1 + below(2); i > 0; --i) hosts.members.push_back(leaf(fmt::format("'{}'", one_of(kHosts))));
    // Most of what is written binds to most of what is there, else few requests would get anywhere.
    Piece gateways{.head = "gateways: [", .tail = "]"};
    for (const std::string& name : names_)
      if (chance(85)) gateways.members.push_back(leaf(name));
    Piece http{.head = "http: [", .tail = "]"};
    for (std::size_t i = 1 + below(5); i > 0; --i) http.members.push_back(rule());
    service.members = {std::move(hosts), chance(85) ? std::move(gateways) : list_of_gateways("gateways"),
                       std::move(http)};
    if (chance(15)) service.members.push_back(leaf(fmt::format("exportTo: ['{}']", chance(50) ? "." : "istio-system")));
    return service;
  }

  Piece rule() {
    Piece rule{.head = "{", .tail = "}"};
    if (chance(85)) {
      Piece match{.head = "match: [", .tail = "]"};
      for (std::size_t i = 1 + below(2); i > 0; --i) match.members.push_back(block());
      rule.members.push_back(std::move(match));
    }
    if (chance(10)) {
      rule.tail = ", directResponse: {status: 200}}";
    } else {
      rule.tail = fmt::format(", route: [{}]}}", destinations());
    }
    if (rule.members.empty()) rule.tail.erase(0, 2);
    return rule;
  }

  std::string destinations() {
    constexpr std::string_view kTargets[] = {"web", "s", "t.default.svc.cluster.local"};
    if (chance(70)) return fmt::format("{{destination: {{host: {}}}}}", one_of(kTargets));
    std::string text;
    const std::size_t count = 2 + below(2);
    for (std::size_t i = 0; i < count; ++i)
      text += fmt::format("{}{{destination: {{host: {}, subset: v{}, port: {{number: 80}}}}, weight: {}}}",
                          i == 0 ? "" : ", ", one_of(kTargets), i, i == 0 ? 1 + below(3) : below(4));
    return text;
  }

  // A pattern, one key after the other each at most once.
  Piece block() {
    Piece block{.head = "{", .tail = "}"};
    const auto add = [&](std::string text) { block.members.push_back(leaf(std::move(text))); };
    if (chance(75)) add(fmt::format("uri: {{{}}}", one_of(kPaths)));
    if (chance(20)) add("ignoreUriCase: true");
    if (chance(12)) add(fmt::format("method: {{exact: {}}}", chance(70) ? "GET" : "POST"));
    if (chance(6)) add(fmt::format("authority: {{{}: a.io}}", chance(50) ? "exact" : "prefix"));
    if (chance(4)) add(fmt::format("scheme: {{exact: {}}}", chance(50) ? "https" : "http"));
    if (chance(15)) add(fmt::format("headers: {{{}: {{{}}}}}", chance(70) ? "x" : "X-Y", one_of(kValues)));
    if (chance(10)) add(fmt::format("withoutHeaders: {{x: {{{}}}}}", one_of(kValues)));
    if (chance(10)) add(fmt::format("queryParams: {{v: {{{}}}}}", one_of(kValues)));
    if (chance(5)) add(fmt::format("port: {}", one_of(kPorts)));
    if (chance(5)) block.members.push_back(list_of_gateways("gateways"));
    if (chance(4)) add(fmt::format("sourceLabels: {{istio: {}}}", chance(50) ? "ingressgateway" : "x"));
    if (chance(4)) add(fmt::format("sourceNamespace: {}", chance(50) ? "istio-system" : "default"));
    return block;
  }

  std::mt19937& random_;
  std::set<std::string> names_;  // "namespace/name", of Gateways and VirtualServices alike
};

void list_places(const Piece& piece, std::vector<std::size_t>& place, std::vector<std::vector<std::size_t>>& all) {
  for (std::size_t i = 0; i < piece.members.size(); ++i) {
    place.push_back(i);
    all.push_back(place);
    list_places(piece.members[i], place, all);
    place.pop_back();
  }
}

Piece without(Piece piece, std::span<const std::size_t> place) {
  Piece* parent = &piece;
  for (const std::size_t i : place.first(place.size() - 1)) parent = &parent->members[i];
  parent->members.erase(parent->members.begin() + static_cast<std::ptrdiff_t>(place.back()));
  return piece;
}

}  // namespace

std::string Piece::text() const {
  std::string all = head;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i != 0 && !members[i].tail.ends_with("---\n")) all += ", ";
    all += members[i].text();
  }
  // A rule that has lost its match begins with the comma in front of its action.
  return all + (members.empty() && tail.starts_with(", ") && head == "{" ? tail.substr(2) : tail);
}

Piece random_table(std::mt19937& random) { return Maker(random).table(); }

route::Request random_request(std::mt19937& random) {
  Maker maker(random);
  route::Request request;
  if (maker.chance(20)) request.method = "POST";
  request.authority = maker.one_of(kAskedHosts);
  request.target = std::string(maker.one_of(kAskedPaths)).append(maker.one_of(kAskedQueries));
  for (std::size_t i = maker.below(3); i > 0; --i)
    request.headers.emplace_back(maker.chance(70) ? "x" : "x-y", maker.one_of(kAskedValues));
  request.port = maker.one_of(kPorts);
  request.tls = request.port == 443 ? maker.chance(95) : maker.chance(5);
  if (request.tls && maker.chance(90)) request.sni = maker.one_of(kAskedNames);
  return request;
}

std::string describe(const route::Request& request) {
  std::string text = fmt::format("{} {}://{}{} port {}", request.method, request.tls ? "https" : "http",
                                 request.authority, request.target, request.port);
  if (!request.sni.empty()) text += ", SNI " + request.sni;
  for (const auto& [name, value] : request.headers) text += fmt::format(", {}: \"{}\"", name, value);
  return text;
}

Piece shrink(Piece table, const std::function<bool(const std::string&)>& fails, int budget) {
  for (bool progress = true; progress;) {
    progress = false;
    std::vector<std::size_t> place;
    std::vector<std::vector<std::size_t>> places;
    list_places(table, place, places);
    for (const std::vector<std::size_t>& candidate : places) {
      if (budget-- <= 0) return table;
      Piece smaller = without(table, candidate);
      if (!fails(smaller.text())) continue;
      table = std::move(smaller);
      progress = true;
      break;
    }
  }
  return table;
}

std::string small_service(std::string_view name, std::string_view host, std::string_view rules) {
  return fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: {}, namespace: default}}\n"
      "spec: {{hosts: ['{}'], gateways: [istio-system/gw], http: [{}]}}\n---\n",
      name, host, rules);
}

}  // namespace wicket::test
