// What VirtualServices refer to: which names are found, which are missing, and which are nobody's business.
#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reference_manifests.h"
#include "support/catch.h"

namespace wicket::check {
namespace {

using namespace manifests;

std::string at(std::string_view hosts, std::string_view gateways, std::string_view more = "") {
  return fmt::format("hosts: [{}], gateways: [{}], {}{}", hosts, gateways, to("host: a"), more);
}
std::string in_mesh(std::string_view destination) { return "hosts: [x.example.com], " + to(destination); }

const std::string kOther =
    "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: other, namespace: shop}\nspec: "
    "{gatewayClassName: istio, listeners: [";

TEST_CASE("R-RES-4 of two Gateways with one name the last is asked") {
  const std::string bound = routes("a", "shop", "hosts: [a.example.com], gateways: [edge/g], " + to("host: a"));
  const std::string serves = gateway("g", "edge", "a.example.com");
  const std::string serves_another = gateway("g", "edge", "b.example.com");
  CHECK(told({serves, serves_another, bound}).find("WK404") != std::string::npos);
  CHECK(told({serves_another, serves, bound}).find("WK404") == std::string::npos);
}

TEST_CASE("references: Gateways of the Kubernetes Gateway API are there") {
  check({
      {"its host",
       {kOther + "{name: web, port: 80, protocol: HTTP, hostname: '*.example.com'}]}\n",
        routes("v", "shop", at("a.example.com", "other"))},
       ""},
      {"any host",
       {kOther + "{name: web, port: 80, protocol: HTTP}]}\n", routes("v", "shop", at("a.example.com", "other"))},
       ""},
      {"another host",
       {kOther + "{name: web, port: 80, protocol: HTTP, hostname: b.example.com}]}\n",
        routes("v", "shop", at("a.example.com", "other"))},
       "warning WK432 spec.hosts[0], warning WK404 spec.gateways[0]"},
      {"none of its kind",
       {kOther + "{name: web, port: 80, protocol: HTTP}]}\n", routes("v", "shop", at("a.example.com", "nosuch"))},
       "error WK401 spec.gateways[0]"},
  });
}

TEST_CASE("references: hosts that a Gateway serves") {
  const auto one = [](const char* name, const char* served, const char* hosts, std::string want) {
    return Case{name, {gateway("g", "edge", served), routes("v", "shop", at(hosts, "edge/g"))}, std::move(want)};
  };
  const std::string none = "warning WK432 spec.hosts[0], warning WK404 spec.gateways[0]";
  check({
      one("same", "a.example.com", "a.example.com", ""),
      one("below a wildcard", "'*.example.com'", "a.example.com", ""),
      one("a wildcard over it", "a.example.com", "'*.example.com'", ""),
      one("two wildcards", "'*.example.com'", "'*.b.example.com'", ""),
      one("two wildcards apart", "'*.example.com'", "'*.example.org'", none),
      one("not below itself", "'*.example.com'", "example.com", none),
      one("any", "'*'", "a.example.com", ""),
      one("any for all namespaces", "'*/*'", "a.example.com", ""),
      one("for this namespace", "shop/a.example.com", "a.example.com", ""),
      one("for another namespace", "other/a.example.com", "a.example.com", none),
      one("for its own namespace", "./a.example.com", "a.example.com", none),
      one("other letters", "A.example.com", "a.example.com", none),
      one("one of two", "a.example.com", "'a.example.com', 'b.example.com'", "warning WK432 spec.hosts[1]"),
      {"the other Gateway serves it",
       {gateway("g", "edge", "a.example.com"), gateway("h", "edge", "b.example.com"),
        routes("v", "shop", at("a.example.com", "edge/g, edge/h"))},
       ""},
      {"the other Gateway may serve it",
       {gateway("g", "edge", "a.example.com"), routes("v", "shop", at("b.example.com", "edge/g, far/h"))},
       ""},
      {"named twice",
       {gateway("g", "edge", "a.example.com"), routes("v", "shop", at("b.example.com", "edge/g, edge/g"))},
       none},
      {"also for the mesh, and maybe a service",
       {gateway("g", "edge", "a.example.com"), routes("v", "shop", at("'a.example.com', s", "edge/g, mesh"))},
       ""},
      {"also for the mesh, and no service",
       {kClosed + gateway("g", "edge", "a.example.com"), service("a", "shop"),
        routes("v", "shop", at("'a.example.com', s", "edge/g, mesh"))},
       "error WK413 spec.selector.istio, warning WK432 spec.hosts[1]"},
      {"not the Gateway of a delegate",
       {gateway("g", "edge", "a.example.com"), routes("v", "shop", to("host: a"))},
       ""},
  });
}

TEST_CASE("references: exportTo and the gateway's namespace") {
  const auto one = [](const char* name, const char* ns, const char* export_to, std::string want) {
    return Case{
        name,
        {gateway("g", ns, "a.example.com"),
         routes("v", "shop", at("a.example.com", fmt::format("{}/g", ns), fmt::format(", exportTo: [{}]", export_to)))},
        std::move(want)};
  };
  check({
      one("own namespace only", "edge", "'.'", "warning WK429 spec.exportTo"),
      one("own namespace by name", "edge", "shop", "warning WK429 spec.exportTo"),
      one("everybody", "edge", "'*'", ""),
      one("where the default gateway is", "edge", "istio-system", ""),
      one("perhaps where the gateway is", "edge", "'.', ingress", ""),
      one("certainly elsewhere", "istio-system", "'.', ingress", "warning WK429 spec.exportTo"),
  });
}

TEST_CASE("references: one host in two VirtualServices") {
  const std::string public_a = "hosts: [a.example.com], " + to("host: a");
  const std::string own_a = "hosts: [a.example.com], exportTo: ['.'], " + to("host: a");
  const std::string own_b = "hosts: [a.example.com], exportTo: [two], " + to("host: a");
  const std::string conflict = "error WK420 spec.hosts[0]";
  check({
      {"in the mesh", {routes("v", "one", public_a), routes("w", "two", public_a)}, conflict},
      {"of their own namespaces", {routes("v", "one", own_a), routes("w", "two", own_a)}, ""},
      {"one of all namespaces", {routes("v", "one", public_a), routes("w", "two", own_a)}, conflict},
      {"the earlier one of its own namespace", {routes("v", "one", own_a), routes("w", "two", public_a)}, conflict},
      {"exported to the other's", {routes("v", "one", own_b), routes("w", "two", own_a)}, conflict},
      {"a short name and the full one",
       {routes("v", "one", "hosts: [a], " + to("host: a")),
        routes("w", "two", "hosts: [a.one.svc.cluster.local], " + to("host: a"))},
       conflict},
      {"the same short name",
       {routes("v", "one", "hosts: [a], " + to("host: a")), routes("w", "two", "hosts: [a], " + to("host: a"))},
       ""},
      {"a wildcard of all namespaces over one's own",
       {routes("v", "one", "hosts: ['*.example.com'], " + to("host: a")), routes("w", "two", own_a)},
       conflict},
      {"a wildcard of all namespaces",
       {routes("v", "one", "hosts: ['*.example.com'], " + to("host: a")), routes("w", "two", public_a)},
       ""},
      {"itself",
       {routes("v", "one", "hosts: [a, a.one.svc.cluster.local], " + to("host: a"))},
       "warning WK307 spec.hosts[1]"},
      {"mesh by name", {routes("v", "one", at("a.example.com", "mesh")), routes("w", "two", public_a)}, conflict},
      {"at a Gateway and in the mesh",
       {routes("v", "one", at("a.example.com", "g")), routes("w", "one", public_a)},
       ""},
      {"at two Gateways",
       {routes("v", "one", at("a.example.com", "x/g")), routes("w", "one", at("a.example.com", "x/h"))},
       ""},
      {"at one Gateway",
       {routes("v", "one",
               "hosts: [a.example.com], gateways: [x/g], http: [{match: [{uri: {prefix: /a}}], route: "
               "[{destination: {host: a}}]}]"),
        routes("w", "two",
               "hosts: [a.example.com], gateways: [x/g], tls: [{match: [{sniHosts: [a.example.com]}], route: "
               "[{destination: {host: a}}]}]")},
       ""},
  });
}

TEST_CASE("references: destinations") {
  const std::string where = "spec.http[0].route[0].destination.";
  const std::string missing = "error WK406 " + where + "host";
  const std::string ports = "ports: [{name: http, port: 80, targetPort: 8080}, {name: dns, port: 53, protocol: UDP}]";
  const std::string two = "ports: [{name: http, port: 80}, {name: http-b, port: 81}]";
  check({
      {"nothing is known", {routes("v", "shop", in_mesh("host: a"))}, ""},
      {"nothing else is there", {kClosed + routes("v", "shop", in_mesh("host: a"))}, missing},
      {"found", {service("a", "shop"), routes("v", "shop", in_mesh("host: a"))}, ""},
      {"found by its full name", {service("a", "b"), routes("v", "shop", in_mesh("host: a.b.svc.cluster.local"))}, ""},
      {"of another namespace", {service("a", "b"), routes("v", "shop", in_mesh("host: a"))}, missing},
      {"not a full name", {service("a", "b"), routes("v", "shop", in_mesh("host: a.b.svc"))}, missing},
      {"others are there", {service("x", "shop"), routes("v", "shop", in_mesh("host: quite-another"))}, missing},
      {"others are elsewhere", {service("x", "b"), routes("v", "shop", in_mesh("host: quite-another"))}, ""},
      {"a ServiceEntry",
       {entry("e", "b", "hosts: [a.example.org]"), routes("v", "shop", in_mesh("host: a.example.org"))},
       ""},
      {"a wildcard ServiceEntry",
       {object("networking.istio.io/v1", "ServiceEntry", "e", "shop",
               "spec: {hosts: ['*.example.org'], ports: [{number: 443, name: tls, protocol: TLS}]}"),
        routes("v", "shop", in_mesh("host: a.example.org"))},
       ""},
      {"a ServiceEntry for others",
       {entry("e", "b", "hosts: [a.example.org], exportTo: ['.']"),
        routes("v", "shop", in_mesh("host: a.example.org"))},
       missing},
      {"a ServiceEntry for this namespace",
       {entry("e", "b", "hosts: [a.example.org], exportTo: [shop]"),
        routes("v", "shop", in_mesh("host: a.example.org"))},
       ""},
      {"a ServiceEntry for nobody",
       {entry("e", "shop", "hosts: [a.example.org], exportTo: ['~']"),
        routes("v", "shop", in_mesh("host: a.example.org"))},
       missing},
      {"one for others, and a wildcard for all",
       {entry("e", "b", "hosts: [a.example.org], exportTo: ['.']"),
        object("networking.istio.io/v1", "ServiceEntry", "w", "b",
               "spec: {hosts: ['*.org'], ports: [{number: 443, name: tls, protocol: TLS}]}"),
        object("networking.istio.io/v1", "ServiceEntry", "narrow", "b",
               "spec: {hosts: ['*.example.org'], exportTo: ['.'], ports: [{number: 443, name: tls, protocol: TLS}]}"),
        routes("v", "shop", in_mesh("host: a.example.org"))},
       ""},
      {"a ServiceEntry for the gateway",
       {entry("e", "b", "hosts: [a.example.org], exportTo: [istio-system]"), gateway("g", "shop", "x.example.com"),
        routes("v", "shop", "hosts: [x.example.com], gateways: [g], " + to("host: a.example.org"))},
       ""},
      {"a ServiceEntry for the VirtualService, but not for its gateway",
       {entry("e", "b", "hosts: [a.example.org], exportTo: [shop]"), gateway("g", "shop", "x.example.com"),
        routes("v", "shop", "hosts: [x.example.com], gateways: [g], " + to("host: a.example.org"))},
       "warning WK429 spec.exportTo"},
      {"a ServiceEntry for where the gateway may be",
       {entry("e", "b", "hosts: [a.example.org], exportTo: [shop, ingress]"), gateway("g", "shop", "x.example.com"),
        routes("v", "shop", "hosts: [x.example.com], gateways: [g], " + to("host: a.example.org"))},
       ""},
      {"a Service for its own namespace",
       {"apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b, annotations: {networking.istio.io/exportTo: "
        "'., c'}}\nspec: {ports: [{name: http, port: 80}]}\n",
        routes("v", "shop", in_mesh("host: a.b.svc.cluster.local"))},
       missing},
      {"a port it has", {service("a", "shop", ports), routes("v", "shop", in_mesh("host: a, port: {number: 80}"))}, ""},
      {"its targetPort",
       {service("a", "shop", ports), routes("v", "shop", in_mesh("host: a, port: {number: 8080}"))},
       "error WK409 " + where + "port.number"},
      {"a UDP port",
       {service("a", "shop", ports), routes("v", "shop", in_mesh("host: a, port: {number: 53}"))},
       "error WK409 " + where + "port.number"},
      {"one TCP port is enough", {service("a", "shop", ports), routes("v", "shop", in_mesh("host: a"))}, ""},
      {"which of two",
       {service("a", "shop", two), routes("v", "shop", in_mesh("host: a"))},
       "error WK408 " + where + "host"},
      {"an alias of something outside",
       {service("a", "shop", "type: ExternalName, externalName: a.example.org"),
        routes("v", "shop", in_mesh("host: a, port: {number: 8080}"))},
       ""},
      {"an alias of a service",
       {service("b", "shop"), service("a", "shop", "type: ExternalName, externalName: b.shop.svc.cluster.local"),
        routes("v", "shop", in_mesh("host: a, port: {number: 8080}"))},
       "error WK409 " + where + "port.number"},
      {"no port at all",
       {service("a", "shop", "clusterIP: None"), routes("v", "shop", in_mesh("host: a, port: {number: 80}"))},
       "error WK409 " + where + "port.number"},
      {"of tls and tcp rules",
       {service("x", "shop"),
        routes("v", "shop",
               "hosts: [x.example.com], tls: [{match: [{sniHosts: [x.example.com]}], route: [{destination: {host: "
               "elsewhere}}]}], tcp: [{route: [{destination: {host: elsewhere}}]}]")},
       "error WK406 spec.tls[0].route[0].destination.host, error WK406 spec.tcp[0].route[0].destination.host"},
      {"of mirrors",
       {service("x", "shop"),
        routes("v", "shop",
               "hosts: [x.example.com], http: [{route: [{destination: {host: x}}], mirrors: [{destination: {host: "
               "elsewhere}}, {destination: {host: x, port: {number: 81}}}]}]")},
       "error WK407 spec.http[0].mirrors[0].destination.host, error WK409 "
       "spec.http[0].mirrors[1].destination.port.number"},
  });
}

TEST_CASE("references: subsets") {
  const std::string where = "spec.http[0].route[0].destination.subset";
  const std::string missing = "error WK410 " + where;
  const std::string unseen = "warning WK410 " + where;
  const std::string v1 = "subsets: [{name: v1, labels: {version: v1}}]";
  const std::string v2 = "subsets: [{name: v2, labels: {version: v2}}]";
  const auto at_gateway = [](std::string_view destination) {
    return routes("v", "shop", "hosts: [x.example.com], gateways: [g], " + to(destination));
  };
  const std::string g = gateway("g", "shop", "x.example.com");
  const std::string full = "a.b.svc.cluster.local";
  check({
      {"nothing is known", {routes("v", "shop", in_mesh("host: a, subset: v1"))}, ""},
      {"other rules are there",
       {rule("r", "shop", "host: b, " + v1), routes("v", "shop", in_mesh("host: a, subset: v1"))},
       missing},
      {"other rules are elsewhere",
       {rule("r", "b", "host: b, " + v1), routes("v", "shop", in_mesh("host: a, subset: v1"))},
       ""},
      {"no rule", {kClosed + service("a", "shop"), routes("v", "shop", in_mesh("host: a, subset: v1"))}, missing},
      {"defined", {rule("r", "shop", "host: a, " + v1), routes("v", "shop", in_mesh("host: a, subset: v1"))}, ""},
      {"without subsets",
       {rule("r", "shop", "host: a, trafficPolicy: {loadBalancer: {simple: RANDOM}}"),
        routes("v", "shop", in_mesh("host: a, subset: v1"))},
       missing},
      {"split over two rules",
       {rule("r", "shop", "host: a, " + v1), rule("s", "shop", "host: a, " + v2),
        routes("v", "shop", in_mesh("host: a, subset: v2"))},
       ""},
      {"by a wildcard",
       {rule("r", "shop", "host: '*.shop.svc.cluster.local', " + v1),
        routes("v", "shop", in_mesh("host: a, subset: v1"))},
       ""},
      {"by the service's namespace",
       {rule("r", "b", "host: a, " + v1), g, at_gateway("host: " + full + ", subset: v1")},
       ""},
      {"by the root namespace",
       {rule("r", "istio-system", "host: " + full + ", " + v1), g, at_gateway("host: " + full + ", subset: v1")},
       ""},
      {"by a namespace where a gateway does not look",
       {rule("r", "shop", "host: " + full + ", " + v1), g, at_gateway("host: " + full + ", subset: v1")},
       unseen},
      {"not exported to the gateway",
       {rule("r", "b", "host: a, exportTo: ['.'], " + v1), g, at_gateway("host: " + full + ", subset: v1")},
       ""},
      {"not exported to the gateway, in the same namespace",
       {rule("r", "shop", "host: a, exportTo: ['.'], " + v1), g, at_gateway("host: a, subset: v1")},
       unseen},
      {"in the mesh it is found",
       {rule("r", "shop", "host: " + full + ", " + v1), routes("v", "shop", in_mesh("host: " + full + ", subset: v1"))},
       ""},
  });
}

TEST_CASE("references: subsets for the mesh, and requests that enter through a Gateway") {
  const std::string g = gateway("g", "shop", "x.example.com");
  const std::string r = rule("r", "shop", "host: a, subsets: [{name: v1, labels: {version: v1}}]");
  const std::string inner = routes("inner", "shop", "hosts: [a], " + to("host: a, subset: v1"));
  const std::string entry_a = routes("entry", "shop", "hosts: [x.example.com], gateways: [g], " + to("host: a"));
  const std::string found = "warning WK412 spec.http[0].route[0].destination.host";
  check({
      {"different", {g, r, inner, entry_a}, found},
      {"the subset is named",
       {g, r, inner, routes("entry", "shop", "hosts: [x.example.com], gateways: [g], " + to("host: a, subset: v1"))},
       ""},
      {"the full name",
       {g, r, inner,
        routes("entry", "shop", "hosts: [x.example.com], gateways: [g], " + to("host: a.shop.svc.cluster.local"))},
       found},
      {"the Gateway is not here", {r, inner, entry_a}, ""},
      {"the mesh rules are bound to it as well",
       {g, r,
        routes("inner", "shop",
               "hosts: [a, x.example.com], gateways: [g, mesh], http: [{match: [{uri: {prefix: /v1}}], route: "
               "[{destination: {host: a, subset: v1}}]}]"),
        routes("entry", "shop",
               "hosts: [x.example.com], gateways: [g], http: [{match: [{uri: {prefix: /x}}], route: [{destination: "
               "{host: a}}]}]")},
       "info WK427 spec.hosts[0]"},
  });
}

TEST_CASE("references: delegates") {
  const auto root = [](std::string_view delegate, std::string_view match = "") {
    return routes(
        "root", "edge",
        fmt::format("hosts: [x.example.com], gateways: [g], http: [{{{}delegate: {{{}}}}}]", match, delegate));
  };
  const auto leaf = [](std::string_view match) {
    return routes("leaf", "shop", fmt::format("http: [{{{}route: [{{destination: {{host: a}}}}]}}]", match));
  };
  const auto conflict = [&](const char* name, std::string_view of_root, std::string_view of_leaf, bool does) {
    return Case{name,
                {root("name: leaf, namespace: shop", fmt::format("match: [{{{}}}], ", of_root)),
                 leaf(fmt::format("match: [{{{}}}], ", of_leaf))},
                does ? "error WK424 spec.http[0].match[0]" : ""};
  };
  check({
      {"not at hand", {root("name: leaf, namespace: shop")}, ""},
      {"not there",
       {kClosed + root("name: leaf, namespace: shop")},
       "error WK401 spec.gateways[0], error WK421 spec.http[0].delegate.name"},
      {"there", {root("name: leaf, namespace: shop"), leaf("")}, ""},
      {"in the root's own namespace", {root("name: leaf"), leaf("")}, "error WK421 spec.http[0].delegate.name"},
      {"exported to the root",
       {root("name: leaf, namespace: shop"), routes("leaf", "shop", "exportTo: [edge], " + to("host: a"))},
       ""},
      {"not exported to the root",
       {root("name: leaf, namespace: shop"), routes("leaf", "shop", "exportTo: ['.'], " + to("host: a"))},
       "error WK422 spec.http[0].delegate.name"},
      conflict("a longer prefix", "uri: {prefix: /a}", "uri: {prefix: /a/b}", false),
      conflict("the same prefix", "uri: {prefix: /a}", "uri: {prefix: /a}", false),
      conflict("an exact path below it", "uri: {prefix: /a}", "uri: {exact: /a/b}", false),
      conflict("a shorter prefix", "uri: {prefix: /a/b}", "uri: {prefix: /a}", true),
      conflict("a prefix below an exact path", "uri: {exact: /a}", "uri: {prefix: /a}", true),
      conflict("another exact path", "uri: {exact: /a}", "uri: {exact: /b}", true),
      conflict("a regex", "uri: {regex: '/a.*'}", "uri: {regex: '/a.*'}", true),
      conflict("a regex below a prefix", "uri: {prefix: /a}", "uri: {regex: '/a.*'}", true),
      conflict("another method", "method: {exact: GET}", "method: {exact: PUT}", true),
      conflict("another header", "headers: {x-a: {exact: a}}", "headers: {x-b: {exact: b}}", false),
      conflict("another value", "headers: {x-a: {exact: a}}", "headers: {x-a: {exact: b}}", true),
      conflict("another port", "port: 80", "port: 81", true),
      conflict("letter case", "uri: {prefix: /a}, ignoreUriCase: true", "uri: {prefix: /a}", true),
      {"it fits another rule of the root",
       {routes("root", "edge",
               "hosts: [x.example.com], gateways: [g], http: [{match: [{uri: {prefix: /a}}], delegate: {name: leaf, "
               "namespace: shop}}, {match: [{uri: {prefix: /b}}], delegate: {name: leaf, namespace: shop}}]"),
        leaf("match: [{uri: {prefix: /b/c}}], ")},
       ""},
  });
}

TEST_CASE("references: namespaces in exportTo") {
  const auto ns = [](std::string_view name) {
    return fmt::format("apiVersion: v1\nkind: Namespace\nmetadata: {{name: {}}}\n", name);
  };
  const auto exported = [](std::string_view to_whom) {
    return routes("v", "shop", fmt::format("hosts: [a], exportTo: [{}], {}", to_whom, to("host: a")));
  };
  check({
      {"no Namespace is listed", {kClosed + service("a", "shop"), exported("nosuch")}, ""},
      {"some are listed", {ns("shop"), exported("quite-another")}, ""},
      {"all are listed",
       {kClosed + ns("shop"), service("a", "shop"), exported("quite-another")},
       "error WK426 spec.exportTo[0]"},
      {"nearly the name", {ns("payments"), exported("payment")}, "error WK426 spec.exportTo[0]"},
      {"everybody and oneself", {kClosed + ns("shop"), service("a", "shop"), exported("'.'")}, ""},
      {"a namespace with objects in it",
       {kClosed + ns("shop"), service("a", "shop"), service("b", "other"), exported("other")},
       ""},
      {"the root namespace", {kClosed + ns("shop"), service("a", "shop"), exported("istio-system")}, ""},
  });
}

}  // namespace
}  // namespace wicket::check
