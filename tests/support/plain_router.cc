// Read it from the bottom: plain_route() is the whole of it, and each function above it is one rule of Istio or Envoy.

#include "support/plain_router.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "route/regex.h"

namespace wicket::test {
namespace {

constexpr std::string_view kWorkloadNs = "istio-system";
const std::map<std::string_view, std::string_view> kWorkloadLabels = {{"app", "istio-ingressgateway"},
                                                                      {"istio", "ingressgateway"}};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool ends_with_any(std::string_view name, std::string_view wildcard) { return name.ends_with(wildcard.substr(1)); }

// ---- resources and their order ----

template <class Spec>
struct Object {
  const model::Resource* resource = nullptr;
  const Spec* spec = nullptr;
  std::string ns;
  std::string name;  // namespace/name
};

// By creation time, then name, then namespace.
template <class Spec>
std::vector<Object<Spec>> in_order(const model::Workspace& workspace, model::Kind kind) {
  std::vector<Object<Spec>> objects;
  for (const model::Resource* resource : workspace.all(kind)) {
    const std::string ns(workspace.ns_of(*resource));
    objects.push_back({resource, &std::get<Spec>(resource->spec), ns, fmt::format("{}/{}", ns, resource->name())});
  }
  std::ranges::stable_sort(objects, {}, [](const Object<Spec>& o) {
    return std::tuple(*o.resource->metadata.creation_timestamp, o.resource->name(), std::string_view(o.ns));
  });
  return objects;
}

using GatewayObject = Object<model::Gateway>;
using ServiceObject = Object<model::VirtualService>;

bool has_labels(const model::TextMap& wanted) {
  return std::ranges::all_of(wanted, [](const auto& label) {
    const auto found = kWorkloadLabels.find(label.key);
    return found != kWorkloadLabels.end() && found->second == *label.value;
  });
}

// ---- servers ----

struct PlainServer {
  const GatewayObject* gateway = nullptr;
  const model::Server* spec = nullptr;
  std::vector<std::pair<std::string, std::string>> hosts;  // namespace, "" for any; name

  [[nodiscard]] bool is_plaintext() const { return *spec->port->protocol == "HTTP"; }
  [[nodiscard]] bool redirects() const { return spec->tls && *spec->tls->https_redirect; }
};

std::vector<std::pair<std::string, std::string>> hosts_of(const model::Server& server, const std::string& gateway_ns) {
  std::vector<std::pair<std::string, std::string>> hosts;
  for (const model::Text& written : server.hosts) {
    const std::string text(*written);
    if (text == "*/*") return {{"", "*"}};
    const std::size_t slash = text.find('/');
    std::string ns = slash == std::string::npos ? "*" : text.substr(0, slash);
    if (ns == ".") ns = gateway_ns;
    hosts.emplace_back(ns == "*" ? "" : ns, slash == std::string::npos ? text : text.substr(slash + 1));
  }
  return hosts;
}

// The servers that get the port. An earlier server with a tls block keeps its hosts to itself; where there is a
// plaintext server, only plaintext ones may follow.
std::vector<PlainServer> servers_of(const std::vector<GatewayObject>& gateways, std::uint32_t port) {
  std::vector<PlainServer> servers;
  std::set<std::pair<std::string, std::string>> tls_hosts;
  bool has_plaintext = false;
  for (const GatewayObject& gateway : gateways) {
    if (!has_labels(gateway.spec->selector)) continue;
    for (const model::Server& spec : gateway.spec->servers) {
      if (*spec.port->number != port) continue;
      PlainServer server{&gateway, &spec, hosts_of(spec, gateway.ns)};
      if (spec.tls) {
        if (std::ranges::any_of(server.hosts, [&](const auto& host) { return tls_hosts.contains(host); })) continue;
        tls_hosts.insert(server.hosts.begin(), server.hosts.end());
      }
      if (has_plaintext && !server.is_plaintext()) continue;
      has_plaintext = has_plaintext || server.is_plaintext();
      servers.push_back(std::move(server));
    }
  }
  return servers;
}

// How well a server fits an SNI: 0 not at all, 1 by having no condition, more the longer the name that matches.
std::size_t fit(const PlainServer& server, const std::string& sni) {
  std::size_t best = 0;
  for (const auto& [ns, name] : server.hosts) {
    if (name == "*") return 1;
    if (sni.empty()) continue;
    if (name == sni) best = std::max<std::size_t>(best, 1000);
    if (name.starts_with("*.") && ends_with_any(sni, name)) best = std::max(best, 1 + name.size());
  }
  return best;
}

// ---- virtual services ----

enum class Seen { kPrivate, kByName, kPublic, kHidden };

Seen seen(const ServiceObject& service) {
  if (service.spec->export_to.empty()) return Seen::kPublic;
  Seen best = Seen::kHidden;
  for (const model::Text& written : service.spec->export_to) {
    const std::string_view ns = *written == "." ? std::string_view(service.ns) : *written;
    if (ns == "*") return Seen::kPublic;
    if (ns == kWorkloadNs) best = service.ns == kWorkloadNs ? Seen::kPrivate : Seen::kByName;
  }
  return best;
}

std::string gateway_called(std::string_view written, const std::string& ns) {
  return written == "mesh" || written.find('/') != std::string_view::npos ? std::string(written)
                                                                          : fmt::format("{}/{}", ns, written);
}

bool lists(const model::List<model::Text>& gateways, const std::string& ns, const std::string& gateway) {
  return std::ranges::any_of(gateways, [&](const model::Text& g) { return gateway_called(*g, ns) == gateway; });
}

std::string full_host(std::string_view written, const std::string& ns) {
  return written == "*" || written.find('.') != std::string_view::npos
             ? std::string(written)
             : fmt::format("{}.{}.svc.cluster.local", written, ns);
}

bool is_subset(std::string_view name, std::string_view of) {
  if (!of.starts_with('*')) return name == of;
  if (!name.starts_with('*')) return ends_with_any(name, of);
  return name.size() >= of.size() && ends_with_any(name, of);
}

// The narrower name of each pair in which one holds the other.
std::vector<std::string> common_hosts(const PlainServer& server, const ServiceObject& service) {
  std::vector<std::string> common;
  const auto add = [&common](const std::string& name) {
    if (std::ranges::find(common, name) == common.end()) common.push_back(name);
  };
  for (const auto& [ns, name] : server.hosts) {
    if (!ns.empty() && ns != service.ns) continue;
    for (const model::Text& written : service.spec->hosts) {
      const std::string host = full_host(*written, service.ns);
      if (is_subset(name, host)) {
        add(name);
      } else if (is_subset(host, name)) {
        add(host);
      }
    }
  }
  return common;
}

// ---- rules ----

struct PlainRule {
  const ServiceObject* service = nullptr;
  const model::HTTPRoute* route = nullptr;
  const model::HTTPMatchRequest* match = nullptr;  // nullptr: everything
  std::size_t index = 0;
  int match_index = -1;
};

bool exists_at(const model::HTTPMatchRequest& match, const PlainServer& server, const ServiceObject& service) {
  if (*match.port != 0 && *match.port != *server.spec->port->number) return false;
  if (!match.gateways.empty()) return lists(match.gateways, service.ns, server.gateway->name);
  return has_labels(match.source_labels) && (match.source_namespace->empty() || *match.source_namespace == kWorkloadNs);
}

bool is_catch_all(const PlainRule& rule) {
  const model::HTTPMatchRequest* m = rule.match;
  if (m == nullptr) return true;
  if (m->method || m->authority || m->scheme) return false;
  if (!m->headers.empty() || !m->without_headers.empty() || !m->query_params.empty()) return false;
  if (!m->uri) return true;
  if (m->uri->exact) return false;
  if (m->uri->prefix) return *m->uri->prefix == "/";
  return !m->uri->regex || *m->uri->regex == ".*";
}

// The rules of a VirtualService at a server; what stands behind its first catch-all is not emitted.
std::vector<PlainRule> rules_of(const ServiceObject& service, const PlainServer& server) {
  std::vector<PlainRule> rules;
  for (std::size_t i = 0; i < service.spec->http.size(); ++i) {
    const model::HTTPRoute& route = service.spec->http[i];
    std::vector<PlainRule> made;
    if (route.match.empty()) made.push_back({&service, &route, nullptr, i, -1});
    for (std::size_t m = 0; m < route.match.size(); ++m)
      if (exists_at(route.match[m], server, service))
        made.push_back({&service, &route, &route.match[m], i, static_cast<int>(m)});
    for (const PlainRule& rule : made) {
      rules.push_back(rule);
      if (is_catch_all(rule)) return rules;
    }
  }
  return rules;
}

// ---- virtual hosts ----

struct PlainHost {
  std::vector<PlainRule> rules;
  bool require_tls = false;
};

// All virtual hosts of one table: rules of one domain are joined, and catch-alls come last.
std::map<std::string, PlainHost> hosts_of(const std::vector<PlainServer>& servers,
                                          const std::vector<ServiceObject>& services) {
  std::map<std::string, PlainHost> hosts;
  for (const PlainServer& server : servers) {
    for (const Seen group : {Seen::kPrivate, Seen::kByName, Seen::kPublic}) {
      for (const ServiceObject& service : services) {
        if (seen(service) != group || !lists(service.spec->gateways, service.ns, server.gateway->name)) continue;
        const std::vector<PlainRule> rules = rules_of(service, server);
        if (rules.empty()) continue;
        for (const std::string& name : common_hosts(server, service)) {
          PlainHost& host = hosts[lower(name)];
          host.rules.insert(host.rules.end(), rules.begin(), rules.end());
          host.require_tls = host.require_tls || server.redirects();
        }
      }
    }
    if (!server.redirects()) continue;
    for (const auto& [ns, name] : server.hosts) hosts[lower(ns.empty() ? name : ns + "/" + name)].require_tls = true;
  }
  if (hosts.empty()) hosts["*"];
  for (auto& [domain, host] : hosts)
    std::ranges::stable_partition(host.rules, [](const auto& r) { return !is_catch_all(r); });
  return hosts;
}

// The exact name, else the longest wildcard, else "*".
const std::pair<const std::string, PlainHost>* find(const std::map<std::string, PlainHost>& hosts,
                                                    std::string_view authority) {
  const std::string name = lower(authority.substr(0, authority.rfind(':')));
  if (const auto exact = hosts.find(name); exact != hosts.end()) return &*exact;
  const std::pair<const std::string, PlainHost>* best = nullptr;
  for (const auto& host : hosts) {
    const bool fits = host.first == "*" || (host.first.starts_with('*') && ends_with_any(name, host.first) &&
                                            name.size() >= host.first.size());
    if (fits && (best == nullptr || host.first.size() > best->first.size())) best = &host;
  }
  return best;
}

// ---- conditions ----

bool matches_regex(std::string_view pattern, std::string_view value) {
  static std::map<std::string, std::optional<route::Regex>, std::less<>> known;
  auto entry = known.find(pattern);
  if (entry == known.end()) entry = known.emplace(std::string(pattern), route::Regex::compile(pattern)).first;
  return entry->second && entry->second->full_match(value);
}

bool asks_presence(const model::StringMatch& wanted) {
  return !wanted.exact && !wanted.prefix && (!wanted.regex || *wanted.regex == "*");
}

bool matches(const model::StringMatch& wanted, std::string_view value) {
  if (wanted.exact) return value == *wanted.exact;
  if (wanted.prefix) return value.substr(0, wanted.prefix->size()) == *wanted.prefix;
  return asks_presence(wanted) || matches_regex(*wanted.regex, value);
}

bool matches_path(const model::HTTPMatchRequest& match, std::string_view path) {
  const model::StringMatch& uri = *match.uri;
  if (uri.regex) return matches_regex(*uri.regex, path);  // "*" is no pattern, and means nothing special here
  if (!*match.ignore_uri_case) return matches(uri, path);
  const std::string small = lower(path);
  if (uri.exact) return small == lower(*uri.exact);
  return !uri.prefix || small.substr(0, uri.prefix->size()) == lower(*uri.prefix);
}

std::vector<std::string_view> lines_of(const route::RequestView& request, std::string_view name) {
  std::vector<std::string_view> lines;
  for (const route::HeaderView& line : request.headers)
    if (lower(line.name) == lower(name)) lines.push_back(line.value);
  return lines;
}

// Each line of a header counts alone, one is enough.
bool matches_header(const route::RequestView& request, std::string_view name, const model::StringMatch& wanted) {
  return std::ranges::any_of(lines_of(request, name), [&](std::string_view line) { return matches(wanted, line); });
}

// A header that is not there counts as empty, but where the question is whether it is there.
bool matches_without(const route::RequestView& request, std::string_view name, const model::StringMatch& unwanted) {
  if (lines_of(request, name).empty()) return asks_presence(unwanted) || !matches(unwanted, "");
  return !matches_header(request, name, unwanted);
}

bool matches_parameter(std::string_view query, std::string_view name, const model::StringMatch& wanted) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (pair.substr(0, equals) == name) return matches(wanted, equals == pair.size() ? "" : pair.substr(equals + 1));
    query = pair.size() == query.size() ? "" : query.substr(pair.size() + 1);
  }
  return false;
}

bool takes(const PlainRule& rule, const route::RequestView& request) {
  if (rule.match == nullptr) return true;
  const model::HTTPMatchRequest& m = *rule.match;
  const std::string_view path = request.target.substr(0, request.target.find('?'));
  const std::string_view query = path.size() < request.target.size() ? request.target.substr(path.size() + 1) : "";
  if (m.uri && !matches_path(m, path)) return false;
  if (m.method && !matches(*m.method, request.method)) return false;
  if (m.authority && !matches(*m.authority, request.authority)) return false;
  if (m.scheme && !matches(*m.scheme, request.tls ? "https" : "http")) return false;
  for (const auto& header : m.headers)
    if (!matches_header(request, header.key, header.value)) return false;
  for (const auto& header : m.without_headers)
    if (!matches_without(request, header.key, header.value)) return false;
  for (const auto& parameter : m.query_params)
    if (!matches_parameter(query, parameter.key, parameter.value)) return false;
  return true;
}

// ---- destinations ----

// One takes everything; of several the one into whose share the draw falls.
const model::HTTPRouteDestination* pick(const model::HTTPRoute& route, std::uint64_t draw) {
  if (route.route.size() == 1) return &route.route[0];
  std::vector<const model::HTTPRouteDestination*> tickets;
  for (const model::HTTPRouteDestination& destination : route.route)
    for (int i = 0; i < *destination.weight; ++i) tickets.push_back(&destination);
  return tickets.empty() ? nullptr : tickets[draw % tickets.size()];
}

std::string describe(const std::string& domain, const PlainRule& rule, std::uint32_t port, std::uint64_t draw) {
  std::string text = fmt::format("{}: {}[{}].{}", domain, rule.service->name, rule.index, rule.match_index);
  if (const auto* picked = pick(*rule.route, draw)) {
    const model::Destination& to = *picked->destination;
    text += fmt::format(" to outbound|{}|{}|{}", to.port ? *to.port->number : port, *to.subset,
                        full_host(*to.host, rule.service->ns));
  }
  return text;
}

}  // namespace

std::string plain_route(const model::Workspace& workspace, const route::RequestView& request, std::uint64_t draw) {
  const std::vector<GatewayObject> gateways = in_order<model::Gateway>(workspace, model::Kind::kGateway);
  const std::vector<ServiceObject> services = in_order<model::VirtualService>(workspace, model::Kind::kVirtualService);

  const std::vector<PlainServer> servers = servers_of(gateways, request.port);
  if (servers.empty()) return "no listener";
  std::vector<PlainServer> plaintext;
  std::vector<PlainServer> secured;  // the one that the SNI leads to
  std::size_t best = 0;
  for (const PlainServer& server : servers) {
    if (server.is_plaintext()) {
      plaintext.push_back(server);
    } else if (const std::size_t fits = fit(server, std::string(request.sni)); fits > best) {
      best = fits;
      secured = {server};
    }
  }
  if (request.tls && secured.empty()) return plaintext.empty() ? "no chain" : "not HTTP";
  if (!request.tls && plaintext.empty()) return "no chain";

  const std::map<std::string, PlainHost> hosts = hosts_of(request.tls ? secured : plaintext, services);
  const auto* host = find(hosts, request.authority);
  if (host == nullptr) return "no host";
  if (host->second.require_tls && !request.tls) return host->first + ": https redirect";
  for (const PlainRule& rule : host->second.rules)
    if (takes(rule, request)) return describe(host->first, rule, request.port, draw);
  return host->first + ": no route";
}

std::string in_plain_words(const route::Decision& decision) {
  if (decision.listener == nullptr) return "no listener";
  if (decision.chain == nullptr) return "no chain";
  if (decision.stage == route::Stage::kCodec) return "not HTTP";
  if (decision.virtual_host == nullptr) return "no host";
  const std::string& domain = decision.virtual_host->domain;
  if (decision.outcome == route::Outcome::kHttpsRedirect) return domain + ": https redirect";
  if (decision.rule() == nullptr) return domain + ": no route";
  const rules::Provenance& from = decision.rule()->from;
  std::string text = fmt::format("{}: {}[{}].{}", domain, from.virtual_service, from.index, from.match);
  if (decision.picked != nullptr) text += " to " + decision.picked->cluster->name;
  return text;
}

}  // namespace wicket::test
