// Where the checks of VirtualServices begin and end: the last good and the first bad value of every limit, and what is
// not told because something else was.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

/// Without route logic and good practice, which have their own tests and would speak of many a short manifest.
test::Linted lint(std::string text) {
  return test::lint_text(std::move(text),
                         *Selection::from({.select = {}, .extend_select = {}, .ignore = {"WK5", "WK7"}}));
}

test::Linted lint_spec(std::string_view spec, std::string_view kind = "VirtualService") {
  return lint(fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: {}\nmetadata: {{name: a, namespace: shop}}\nspec: {}\n", kind, spec));
}

/// The findings on one line: "WK305 spec.hosts[0], WK308 spec".
std::string told(std::string_view spec, std::string_view kind = "VirtualService") {
  return fmt::format("{}", fmt::join(lint_spec(spec, kind).findings(), ", "));
}

/// A field of an http entry that forwards to a.
std::string in_route(std::string_view field) {
  return fmt::format("{{hosts: [a], http: [{{{}, route: [{{destination: {{host: a}}}}]}}]}}", field);
}
/// A match of an http entry that forwards to a.
std::string in_match(std::string_view match) { return in_route(fmt::format("match: [{}]", match)); }
/// An http entry of its own.
std::string entry(std::string_view fields) { return fmt::format("{{hosts: [a], http: [{{{}}}]}}", fields); }
/// A destination.
std::string to(std::string_view destination) {
  return fmt::format("{{hosts: [a], http: [{{route: [{{destination: {}}}]}}]}}", destination);
}

/// A text and what it stands for: each is put into a place of its own.
struct Value {
  std::string text;
  bool is_sound;
};

TEST_CASE("hosts") {
  const std::string label(63, 'a');
  const std::string name = label + "." + label + "." + label + "." + std::string(61, 'b') + ".c";  // 255 bytes
  REQUIRE(name.size() == 255);
  for (const Value& c : {Value{"a", true},
                         {"A.Example.com", true},
                         {"a.example.com.", true},
                         {"*.example.com", true},
                         {"\"*foo.com\"", true},
                         {"\"*-eu.foo.com\"", true},
                         {"10.0.0.1", true},
                         {"\"2001:db8::1\"", true},
                         {"\"fe80::1%eth0\"", true},
                         {"\"10\"", true},
                         {"a.b1", true},
                         {label, true},
                         {label + "a", false},
                         {name, true},
                         {name + "d", false},
                         {"a.10", false},
                         {"a..b", false},
                         {"-a", false},
                         {"a-", false},
                         {"a_b", false},
                         {"a.*", false},
                         {"\"*.*.com\"", false},
                         {"\"**.com\"", false},
                         {"\"https://a.com\"", false},
                         {"\"a.com:80\"", false},
                         {"shop/a.com", false},
                         {"\"a b\"", false},
                         {"\"\"", false},
                         {"\".\"", false},
                         {"\"[::1]\"", false}}) {
    INFO(c.text);
    const std::string spec =
        fmt::format("{{hosts: [{}], gateways: [public], http: [{{route: [{{destination: {{host: a}}}}]}}]}}",
                    c.text.starts_with('*') ? '"' + c.text + '"' : c.text);
    CHECK(told(spec) == (c.is_sound ? "" : "WK305 spec.hosts[0]"));
  }
}

TEST_CASE("hosts of generated SNI names") {
  const auto spec = [](std::string_view host, std::string_view gateways, std::string_view sni) {
    return fmt::format(
        "{{hosts: [\"{}\"], gateways: [{}], tls: [{{match: [{{sniHosts: [\"{}\"]}}], route: [{{destination: {{host: "
        "a}}}}]}}]}}",
        host, gateways, sni);
  };
  const std::string outbound = "outbound_.80_._.e2e.foobar.mesh";
  CHECK(told(spec(outbound, "public", outbound)) == "");
  CHECK(told(spec(outbound, "mesh", outbound)) == "WK305 spec.hosts[0], WK375 spec.tls[0].match[0].sniHosts[0]");
  CHECK(told(spec("outbound_.80_.x", "public", "outbound_.80_.x")) ==
        "WK305 spec.hosts[0], WK375 spec.tls[0].match[0].sniHosts[0]");
  CHECK(told(spec("outbound_.x_._.a.b", "public", "outbound_.x_._.a.b")) ==
        "WK305 spec.hosts[0], WK375 spec.tls[0].match[0].sniHosts[0]");
  CHECK(told(spec("outbound_.80_._.1.2", "public", "outbound_.80_._.1.2")) ==
        "WK305 spec.hosts[0], WK375 spec.tls[0].match[0].sniHosts[0]");
  // Without SNI hosts the form is none.
  CHECK(told("{hosts: [outbound_.80_._.a.b], gateways: [g], http: [{route: [{destination: {host: a}}]}]}") ==
        "WK305 spec.hosts[0]");
}

TEST_CASE("overlapping hosts") {
  struct Case {
    const char* hosts;
    const char* want;
  };
  for (const Case& c :
       {Case{"a.com, b.com", ""},
        {"a.com, a.com", "WK307 spec.hosts[1]"},
        {"a.com, A.com", ""},
        {"'*.com', a.com", "WK307 spec.hosts[1]"},
        {"a.com, '*.com'", "WK307 spec.hosts[1]"},
        {"a.com, '*.a.com'", ""},
        {"'*.a.com', '*.com'", "WK307 spec.hosts[1]"},
        {"'*a.com', a.com", "WK307 spec.hosts[1]"},
        {"'*a.com', ba.com", "WK307 spec.hosts[1]"},
        {"'*-a.com', a.com", ""},
        {"'*', a.com, b.com", "WK307 spec.hosts[1], WK307 spec.hosts[2]"},
        {"a.com, b.com, '*'", "WK307 spec.hosts[2]"},
        {"a.com, '*.com', b.com", "WK307 spec.hosts[1], WK307 spec.hosts[2]"},
        {"b.a.com, '*.a.com', '*.com', c.com", "WK307 spec.hosts[1], WK307 spec.hosts[2], WK307 spec.hosts[3]"},
        {"10.0.0.1, 10.0.0.1", "WK307 spec.hosts[1]"},
        {"'https://a.com', a.com, a.com", "WK305 spec.hosts[0]"},
        {"cart, cart.shop.svc.cluster.local", "WK307 spec.hosts[1]"},
        {"cart, cart.other.svc.cluster.local", ""}}) {
    INFO(c.hosts);
    CHECK(told(fmt::format("{{hosts: [{}], gateways: [g], http: [{{route: [{{destination: {{host: a}}}}]}}]}}",
                           c.hosts)) == c.want);
  }
}

TEST_CASE("overlaps are those of comparing each with each") {
  // Names over a tiny alphabet, so that there are many of them.
  std::vector<std::string> names;
  for (const char* suffix : {"a", "b", "a.a", "b.a", "a.b", "aa.b"})
    for (const char* front : {"", "*.", "*", "*-", "x."}) names.push_back(std::string(front) + suffix);
  const auto matches = [](std::string_view a, std::string_view b) {
    const bool wild_a = a.starts_with('*');
    const bool wild_b = b.starts_with('*');
    if (wild_a && wild_b) return a.size() < b.size() ? b.ends_with(a.substr(1)) : a.ends_with(b.substr(1));
    if (wild_a) return b.ends_with(a.substr(1));
    return wild_b ? a.ends_with(b.substr(1)) : a == b;
  };
  std::uint32_t seed = 1;
  for (int round = 0; round < 60; ++round) {
    std::vector<std::string> hosts;
    for (int i = 0; i < 6; ++i) {
      seed = seed * 1664525U + 1013904223U;
      hosts.push_back(names[(seed >> 8U) % names.size()]);
    }
    std::string want;
    for (std::size_t j = 1; j < hosts.size(); ++j)
      for (std::size_t i = 0; i < j; ++i)
        if (matches(hosts[i], hosts[j])) {
          want += fmt::format("{}WK307 spec.hosts[{}]", want.empty() ? "" : ", ", j);
          break;
        }
    const std::string spec =
        fmt::format("{{hosts: ['{}'], gateways: [g], http: [{{route: [{{destination: {{host: a}}}}]}}]}}",
                    fmt::join(hosts, "', '"));
    INFO(spec);
    CHECK(told(spec) == want);
  }
}

TEST_CASE("delegates and the mesh") {
  struct Case {
    const char* spec;
    const char* want;
  };
  for (const Case& c :
       {Case{"{http: [{route: [{destination: {host: a}}]}]}", ""},
        {"{hosts: [], gateways: [g], http: [{route: [{destination: {host: a}}]}]}", "WK301 spec.gateways"},
        {"{gateways: [], http: [{route: [{destination: {host: a}}]}]}", ""},
        // The key that is told may be the hosts.
        {"{host: [a], gateways: [g], http: [{route: [{destination: {host: a}}]}]}", "WK111 spec.host"},
        {"{hosts: a, gateways: [g], http: [{route: [{destination: {host: a}}]}]}", "WK114 spec.hosts"},
        {"{tls: [{match: [{sniHosts: [b]}], route: [{destination: {host: a}}]}]}", "WK302 spec.tls"},
        {"{http: [{delegate: {name: b}}]}", "WK316 spec.http[0].delegate"},
        {"{hosts: ['*'], gateways: [g, mesh], http: [{route: [{destination: {host: a}}]}]}", "WK306 spec.hosts[0]"},
        {"{hosts: ['*'], gateways: [g], http: [{route: [{destination: {host: a}}]}]}", ""},
        {"{hosts: ['*'], gateway: [g], http: [{route: [{destination: {host: a}}]}]}", "WK111 spec.gateway"},
        {"{hosts: [a]}", "WK308 spec"},
        {"{hosts: [a], http: [], tls: [], tcp: []}", "WK308 spec"},
        {"{hosts: [a], htp: []}", "WK111 spec.htp"}}) {
    INFO(c.spec);
    CHECK(told(c.spec) == c.want);
  }
}

TEST_CASE("claims") {
  const auto spec = [](std::string_view head) {
    return fmt::format(
        "{{{}http: [{{match: [{{withoutHeaders: {{'@request.auth.claims[sub]': {{exact: x}}}}}}], route: "
        "[{{destination: {{host: a}}}}]}}]}}",
        head);
  };
  const std::string want = "WK304 spec.http[0].match[0].withoutHeaders[\"@request.auth.claims[sub]\"]";
  CHECK(told(spec("hosts: [a], gateways: [g], ")) == "");
  CHECK(told(spec("hosts: [a], ")) == want);
  CHECK(told(spec("hosts: [a], gateways: [g, mesh], ")) == want);
  CHECK(told(spec("")) == want);
}

TEST_CASE("exportTo") {
  struct Case {
    const char* entries;
    const char* want;
    const char* want_of_entry;  // in a ServiceEntry
  };
  for (const Case& c : {Case{".", "", ""},
                        {"'*'", "", ""},
                        {"a, b, B", "", ""},
                        {"~", "WK109 spec.exportTo[0]", "WK109 spec.exportTo[0]"},
                        {"'~'", "WK311 spec.exportTo[0]", ""},
                        {"'~', a", "WK311 spec.exportTo[0]", "WK312 spec.exportTo[0]"},
                        {"a, a", "WK310 spec.exportTo[1]", "WK310 spec.exportTo[1]"},
                        {"., .", "WK310 spec.exportTo[1]", "WK310 spec.exportTo[1]"},
                        {"shop, .", "WK310 spec.exportTo[1]", "WK310 spec.exportTo[1]"},
                        {"'*', '*'", "WK310 spec.exportTo[1]", "WK310 spec.exportTo[1]"},
                        {"a, '*'", "WK312 spec.exportTo[1]", "WK312 spec.exportTo[1]"},
                        {"'a*'", "WK311 spec.exportTo[0]", "WK311 spec.exportTo[0]"},
                        {"''", "WK311 spec.exportTo[0]", "WK311 spec.exportTo[0]"},
                        {"a.b", "WK311 spec.exportTo[0]", "WK311 spec.exportTo[0]"}}) {
    if (std::string_view(c.entries) == "~") continue;  // a null: the schema's
    INFO(c.entries);
    CHECK(told(fmt::format("{{hosts: [a], exportTo: [{}], http: [{{route: [{{destination: {{host: a}}}}]}}]}}",
                           c.entries)) == c.want);
    CHECK(told(fmt::format("{{host: a, exportTo: [{}]}}", c.entries), "DestinationRule") == c.want);
    CHECK(told(fmt::format("{{hosts: [a.example.com], location: MESH_EXTERNAL, resolution: DNS, ports: [{{number: 80, "
                           "name: http, protocol: HTTP}}], exportTo: [{}]}}",
                           c.entries),
               "ServiceEntry") == c.want_of_entry);
  }
}

TEST_CASE("references to gateways") {
  const std::string label(63, 'g');
  struct Case {
    std::string gateways;
    const char* want;
  };
  for (const Case& c : {Case{"g", ""},
                        {"mesh", ""},
                        {"shop/g", ""},
                        {"Shop/G", ""},
                        {label + "/" + label, ""},
                        {label + "g/g", "WK314 spec.gateways[0]"},
                        {"shop/" + label + "g", "WK314 spec.gateways[0]"},
                        {label + "g", "WK314 spec.gateways[0]"},
                        {"g.shop", "WK313 spec.gateways[0]"},
                        {"g.shop.svc.cluster.local", "WK313 spec.gateways[0]"},
                        {"g.1", "WK314 spec.gateways[0]"},
                        {"'1'", "WK314 spec.gateways[0]"},
                        {"g_1", "WK314 spec.gateways[0]"},
                        {"''", "WK314 spec.gateways[0]"},
                        {"./g", "WK314 spec.gateways[0]"},
                        {"/g", "WK314 spec.gateways[0]"},
                        {"shop/", "WK314 spec.gateways[0]"},
                        {"shop/g.x", "WK314 spec.gateways[0]"},
                        {"a/b/c", "WK314 spec.gateways[0]"},
                        {"shop/mesh", "WK314 spec.gateways[0]"},
                        {"a/b/c, d/e/f", "WK314 spec.gateways[0], WK314 spec.gateways[1]"},
                        {"g, a/b/c", "WK314 spec.gateways[1]"}}) {
    INFO(c.gateways);
    CHECK(told(fmt::format("{{hosts: [a], gateways: [{}], http: [{{route: [{{destination: {{host: a}}}}]}}]}}",
                           c.gateways)) == c.want);
  }
  CHECK(told("{hosts: [a], gateways: [shop/g], http: [{match: [{gateways: [g.shop, a/b/c]}], route: [{destination: "
             "{host: a}}]}]}") == "WK313 spec.http[0].match[0].gateways[0], WK314 spec.http[0].match[0].gateways[1]");
}

TEST_CASE("actions exclude each other") {
  struct Case {
    const char* fields;
    const char* want;
  };
  for (const Case& c :
       {Case{"redirect: {uri: /x}", ""},
        {"redirect: {uri: /x}, route: []", ""},
        {"redirect: {uri: /x}, headers: {}, timeout: 1s", ""},
        {"redirect: {uri: /x}, directResponse: {status: 200}", "WK317 spec.http[0].directResponse"},
        {"directResponse: {status: 200}, redirect: {uri: /x}", "WK317 spec.http[0].redirect"},
        {"redirect: {uri: /x}, fault: {delay: {}}, rewrite: {uri: /y}",
         "WK317 spec.http[0].fault, WK317 spec.http[0].rewrite"},
        {"fault: {delay: {}}, rewrite: {uri: /y}, redirect: {uri: /x}", "WK317 spec.http[0].redirect"},
        {"directResponse: {status: 200}, route: [{destination: {host: a}}]", "WK318 spec.http[0].route"},
        {"directResponse: {status: 200}, fault: {delay: {}}", "WK318 spec.http[0].fault"},
        {"delegate: {name: b}", ""},
        {"delegate: {name: b}, route: []", ""},
        {"delegate: {name: b}, directResponse: {status: 200}, rewrite: {uri: /y}", ""},
        {"delegate: {name: b}, redirect: {uri: /x}, route: [{destination: {host: a}}]",
         "WK315 spec.http[0].redirect, WK315 spec.http[0].route"},
        {"delegate: {name: b}, mirror: {host: b}, mirrors: [{destination: {host: c}}]", ""},
        {"name: x", "WK319 spec.http[0]"},
        {"route: []", "WK319 spec.http[0]"},
        {"rout: []", "WK111 spec.http[0].rout"},
        {"route: {destination: {host: a}}", "WK114 spec.http[0].route"},
        {"route: [{destination: {host: a}}], mirror: {host: b}, mirrors: []", ""}}) {
    INFO(c.fields);
    CHECK(told(entry(c.fields)) == c.want);
  }
}

TEST_CASE("conditions on texts") {
  struct Case {
    std::string match;
    std::string want;
  };
  const std::string at = "spec.http[0].match[0].";
  const std::string long_regex(1024, 'a');
  for (const Case& c :
       {Case{"{uri: {prefix: ''}}", ""},
        {"{uri: {exact: ''}}", ""},
        {"{uri: {}}", ""},
        {"{scheme: {prefix: ''}}", "WK323 " + at + "scheme.prefix"},
        {"{authority: {prefix: ''}}", "WK323 " + at + "authority.prefix"},
        {"{headers: {x: {prefix: ''}}}", "WK323 " + at + "headers.x.prefix"},
        {"{withoutHeaders: {x: {prefix: ''}}}", "WK323 " + at + "withoutHeaders.x.prefix"},
        {"{queryParams: {x: {prefix: ''}}}", "WK323 " + at + "queryParams.x.prefix"},
        {"{headers: {x: {exact: ''}}}", ""},
        {"{headers: {x: {}}}", ""},
        {"{headers: {x: null}}", "WK322 " + at + "headers.x"},
        {"{queryParams: {x: null}}", "WK322 " + at + "queryParams.x"},
        {"{method: {regex: ''}}", "WK324 " + at + "method.regex"},
        {"{withoutHeaders: {x: {regex: '*'}}}", ""},
        {"{withoutHeaders: {x: {regex: '?'}}}", "WK325 " + at + "withoutHeaders.x.regex"},
        {"{headers: {x: {regex: '*'}}}", "WK325 " + at + "headers.x.regex"},
        {"{queryParams: {x: {regex: '*'}}}", "WK325 " + at + "queryParams.x.regex"},
        {"{uri: {regex: '" + long_regex + "'}}", ""},
        {"{uri: {regex: '" + long_regex + "a'}}", "WK326 " + at + "uri.regex"},
        {"{uri: {regex: '" + std::string(1023, 'a') + "é'}}", "WK326 " + at + "uri.regex"},
        {"{uri: {regex: '" + long_regex + "('}}", "WK326 " + at + "uri.regex"},
        {"{port: 0}", ""},
        {"{port: 65535}", ""},
        {"{port: 65536}", "WK327 " + at + "port"},
        {"{headers: {'': {exact: x}}}", "WK321 " + at + "headers[\"\"]"},
        {"{headers: {':method': {exact: x}}}", ""},
        {"{headers: {':protocol': {exact: x}}}", "WK321 " + at + "headers[\":protocol\"]"},
        {"{withoutHeaders: {'a b': {exact: x}}}", "WK321 " + at + "withoutHeaders[\"a b\"]"},
        {"{queryParams: {'a b': {exact: x}}}", ""},
        {"{headers: {'@request.auth.claims': {exact: x}}}", "WK321 " + at + "headers[\"@request.auth.claims\"]"}}) {
    INFO(c.match);
    CHECK(told(in_match(c.match)) == c.want);
  }
}

TEST_CASE("what is said about the caller") {
  const std::string at = "spec.http[0].match[0].";
  const std::string name(63, 'n');
  CHECK(told(in_match("{sourceLabels: {app: a, Example.COM/" + name + ": '', v: A_b.c-1}}")) == "");
  CHECK(told(in_match("{sourceLabels: {" + name + "n: a}}")) == "WK328 " + at + "sourceLabels." + name + "n");
  CHECK(told(in_match("{sourceLabels: {a/b/c: a}}")) == "WK328 " + at + "sourceLabels[\"a/b/c\"]");
  CHECK(told(in_match("{sourceLabels: {'': a}}")) == "WK328 " + at + "sourceLabels[\"\"]");
  CHECK(told(in_match("{sourceLabels: {a: -b}}")) == "WK328 " + at + "sourceLabels.a");
  CHECK(told(in_match("{sourceNamespace: " + name + "}")) == "");
  CHECK(told(in_match("{sourceNamespace: " + name + "n}")) == "WK329 " + at + "sourceNamespace");
  CHECK(told(in_match("{sourceNamespace: ''}")) == "");
  CHECK(told("{hosts: [a], gateways: [g], tcp: [{match: [{sourceNamespace: a.b}], route: [{destination: {host: "
             "a}}]}]}") == "WK329 spec.tcp[0].match[0].sourceNamespace");
}

TEST_CASE("header operations") {
  struct Case {
    const char* headers;
    std::string want;
  };
  const std::string at = "spec.http[0].headers.";
  for (const Case& c : {Case{"{request: {set: {Host: a}}}", ""},
                        {"{request: {add: {':authority': a}}}", ""},
                        {"{request: {set: {':path': /a}}}", "WK331 " + at + "request.set[\":path\"]"},
                        {"{request: {remove: [':path']}}", "WK331 " + at + "request.remove[0]"},
                        {"{request: {remove: [HOST]}}", "WK332 " + at + "request.remove[0]"},
                        {"{request: {remove: [':authority']}}", "WK331 " + at + "request.remove[0]"},
                        {"{response: {add: {host: a}}}", "WK332 " + at + "response.add.host"},
                        {"{response: {remove: [host]}}", "WK332 " + at + "response.remove[0]"},
                        {"{response: {set: {':authority': a}}}", "WK331 " + at + "response.set[\":authority\"]"},
                        {"{request: {add: {'': a}}}", "WK330 " + at + "request.add[\"\"]"},
                        {"{request: {set: {x: \"a\\tb\"}}}", ""},
                        {"{request: {set: {x: \"a\\x7f\"}}}", "WK333 " + at + "request.set.x"},
                        {"{response: {add: {x: \"%REQ()%\"}}}", "WK334 " + at + "response.add.x"},
                        {"{request: {set: {x: ''}}}", ""}}) {
    INFO(c.headers);
    CHECK(told(in_route(fmt::format("headers: {}", c.headers))) == c.want);
  }
  CHECK(told("{hosts: [a], http: [{route: [{destination: {host: a}, headers: {response: {remove: ['']}}}]}]}") ==
        "WK330 spec.http[0].route[0].headers.response.remove[0]");
}

TEST_CASE("places that set the authority") {
  struct Case {
    const char* fields;
    std::string want;
  };
  for (const Case& c :
       {Case{"rewrite: {authority: x}", ""},
        {"rewrite: {uri: /, authority: ''}, headers: {request: {set: {host: x}}}", ""},
        {"rewrite: {authority: x}, headers: {request: {set: {host: z}}}",
         "WK335 spec.http[0].headers.request.set.host"},
        {"headers: {request: {set: {host: z}}}, rewrite: {authority: x}", "WK335 spec.http[0].rewrite.authority"},
        {"headers: {request: {set: {host: z}, add: {':authority': x}}}",
         "WK335 spec.http[0].headers.request.add[\":authority\"]"},
        // Empty values count once one that is not has been met.
        {"headers: {request: {set: {host: ''}, add: {':authority': x}}}", ""},
        {"headers: {request: {set: {host: x}, add: {':authority': ''}}}",
         "WK335 spec.http[0].headers.request.add[\":authority\"]"},
        {"headers: {request: {set: {host: '', Host: ''}}}", ""}}) {
    INFO(c.fields);
    CHECK(told(in_route(c.fields)) == c.want);
  }
  const test::Linted linted = lint_spec(
      "{hosts: [a], http: [{rewrite: {authority: x}, route: [{destination: {host: a}, headers: {request: {set: {host: "
      "z}}}}]}]}");
  REQUIRE(linted.findings() == std::vector<std::string>{"WK335 spec.http[0].route[0].headers.request.set.host"});
  CHECK(linted.result.diagnostics.front().severity == Severity::kWarning);
}

TEST_CASE("CORS") {
  struct Case {
    const char* cors;
    std::string want;
  };
  const std::string at = "spec.http[0].corsPolicy.";
  for (const Case& c :
       {Case{"{allowOrigins: [{exact: a}, {prefix: a}, {regex: a}]}", ""},
        {"{allowOrigins: [{}]}", "WK336 " + at + "allowOrigins[0]"},
        {"{allowOrigins: [{prefix: ''}]}", "WK336 " + at + "allowOrigins[0]"},
        {"{allowOrigins: [{regex: ''}]}", "WK324 " + at + "allowOrigins[0].regex"},
        {"{allowOrigins: [{regex: '*'}]}", "WK325 " + at + "allowOrigins[0].regex"},
        {"{allowMethods: [GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE, '*']}", ""},
        {"{allowMethods: [Get]}", "WK337 " + at + "allowMethods[0]"},
        {"{allowMethods: ['GET,POST']}", "WK337 " + at + "allowMethods[0]"},
        {"{allowMethods: ['']}", "WK337 " + at + "allowMethods[0]"},
        {"{allowHeaders: ['*', x-a], exposeHeaders: [x-b]}", ""},
        {"{exposeHeaders: ['x b', '']}", "WK338 " + at + "exposeHeaders[0], WK338 " + at + "exposeHeaders[1]"},
        {"{maxAge: 1s}", ""},
        {"{maxAge: 24h}", ""},
        {"{maxAge: 1ms}", "WK339 " + at + "maxAge"},
        {"{maxAge: 1.5s}", "WK339 " + at + "maxAge"},
        {"{allowOrigin: []}", ""},
        {"{allowOrigin: [a]}", "WK383 " + at + "allowOrigin"}}) {
    INFO(c.cors);
    CHECK(told(in_route(fmt::format("corsPolicy: {}", c.cors))) == c.want);
  }
}

TEST_CASE("faults and mirrors") {
  struct Case {
    const char* fields;
    std::string want;
  };
  const std::string at = "spec.http[0].";
  for (const Case& c :
       {Case{"fault: {abort: {httpStatus: 200, percentage: {value: 0}}}", ""},
        {"fault: {abort: {httpStatus: 199}}", "WK343 " + at + "fault.abort.httpStatus"},
        {"fault: {abort: {httpStatus: 599, percentage: {value: 0.0001}}}", ""},
        {"fault: {abort: {httpStatus: 601}}", "WK343 " + at + "fault.abort.httpStatus"},
        {"fault: {abort: {httpStatus: 500, percentage: {value: 0.00009}}}",
         "WK341 " + at + "fault.abort.percentage.value"},
        {"fault: {abort: {httpStatus: 500, percentage: {value: 100}}}", ""},
        {"fault: {abort: {httpStatus: 500, percentage: {value: 100.0001}}}",
         "WK341 " + at + "fault.abort.percentage.value"},
        {"fault: {delay: {fixedDelay: 1s, percentage: {value: -0.5}}}", "WK341 " + at + "fault.delay.percentage.value"},
        {"fault: {delay: {fixedDelay: 1s, percent: 200}}",
         "WK382 " + at + "fault.delay.percent, WK341 " + at + "fault.delay.percent"},
        {"fault: {delay: {fixedDelay: 1s, percent: 0}}", ""},
        {"fault: {abort: {grpcStatus: unavailable}}", "WK344 " + at + "fault.abort.grpcStatus"},
        {"fault: {abort: {grpcStatus: CANCELED}}", "WK344 " + at + "fault.abort.grpcStatus"},
        {"fault: {abort: {grpcStatus: CANCELLED}}", ""},
        {"fault: {abort: {}}", "WK345 " + at + "fault.abort"},
        {"fault: {abrt: {}}", "WK111 " + at + "fault.abrt"},
        {"mirror: {host: b}, mirrorPercent: 100", "WK348 " + at + "mirrorPercent"},
        {"mirror: {host: b}, mirror_percent: 101", "WK348 " + at + "mirror_percent, WK347 " + at + "mirror_percent"},
        {"mirror: {host: b}, mirrorPercentage: {value: 0}", ""},
        {"mirror: {host: b}, mirrorPercentage: {value: 100}", ""},
        {"mirror: {host: b}, mirrorPercentage: {value: 100.1}", "WK349 " + at + "mirrorPercentage.value"},
        {"mirrors: [{destination: {host: b}, percentage: {value: -1}}]", "WK349 " + at + "mirrors[0].percentage.value"},
        {"mirror: {host: '*'}", "WK351 " + at + "mirror.host"},
        {"mirrors: [{destination: {host: b/c}}]", "WK351 " + at + "mirrors[0].destination.host"}}) {
    INFO(c.fields);
    CHECK(told(in_route(c.fields)) == c.want);
  }
}

TEST_CASE("destinations and weights") {
  const std::string at = "spec.http[0].route[0].destination.";
  const std::string label(63, 's');
  CHECK(told(to("{host: '*.a.com'}")) == "");
  CHECK(told(to("{host: 10.0.0.1}")) == "WK351 " + at + "host");
  CHECK(told(to("{host: ''}")) == "WK351 " + at + "host");
  CHECK(told(to("{host: 'a:80'}")) == "WK351 " + at + "host");
  CHECK(told(to("{host: a, subset: " + label + "}")) == "");
  CHECK(told(to("{host: a, subset: " + label + "s}")) == "WK352 " + at + "subset");
  CHECK(told(to("{host: a, subset: ''}")) == "");
  CHECK(told(to("{host: a, port: {number: 1}}")) == "");
  CHECK(told(to("{host: a, port: {number: 65535}}")) == "");
  CHECK(told(to("{host: a, port: {number: 65536}}")) == "WK353 " + at + "port.number");
  CHECK(told(to("{host: a, port: {}}")) == "WK353 " + at + "port");
  CHECK(told(to("{host: a, port: {nmber: 80}}")) == "WK111 " + at + "port.nmber");

  struct Case {
    const char* weights[2];
    const char* want;
  };
  for (const Case& c : {Case{{"", ", weight: 1"}, ""},
                        {{"", ""}, "WK355 spec.http[0].route"},
                        {{", weight: 0", ", weight: 0"}, "WK355 spec.http[0].route"},
                        {{", weight: 150", ", weight: 7"}, ""},
                        {{", weight: -1", ", weight: 1"}, "WK354 spec.http[0].route[0].weight"},
                        {{", weight: x", ""}, "WK108 spec.http[0].route[0].weight"},
                        {{", wieght: 1", ""}, "WK111 spec.http[0].route[0].wieght"}}) {
    const std::string spec = fmt::format(
        "{{hosts: [a], http: [{{route: [{{destination: {{host: a}}{}}}, {{destination: {{host: b}}{}}}]}}]}}",
        c.weights[0], c.weights[1]);
    INFO(spec);
    CHECK(told(spec) == c.want);
  }
}

TEST_CASE("retries") {
  struct Case {
    const char* retries;
    std::string want;
  };
  const std::string at = "spec.http[0].retries";
  for (const Case& c :
       {Case{"{}", ""},
        {"{attempts: 0}", ""},
        {"{attempts: 0, retryOn: ''}", ""},
        {"{attempts: 0, retryOn: 5xx}", "WK357 " + at + ".attempts"},
        {"{retryRemoteLocalities: false}", "WK357 " + at},
        {"{backoff: 1s}", "WK357 " + at},
        {"{attempts: -1, perTryTimeout: 1s}", "WK356 " + at + ".attempts"},
        {"{attempts: x, perTryTimeout: 1s}", "WK108 " + at + ".attempts"},
        {"{attemps: 1, perTryTimeout: 1s}", "WK111 " + at + ".attemps"},
        {"{attempts: 1, retryOn: '5xx,503,reset'}", ""},
        {"{attempts: 1, retryOn: '5xx,,reset,'}", "WK358 " + at + ".retryOn"},
        {"{attempts: 1, retryOn: '5xx, 499,rset'}", "WK358 " + at + ".retryOn, WK358 " + at + ".retryOn"}}) {
    INFO(c.retries);
    CHECK(told(in_route(fmt::format("retries: {}", c.retries))) == c.want);
  }
}

TEST_CASE("redirects") {
  struct Case {
    const char* redirect;
    std::string want;
  };
  const std::string at = "spec.http[0].redirect";
  for (const Case& c : {Case{"{uri: ''}", "WK362 " + at},
                        {"{}", "WK362 " + at},
                        {"{url: /x}", "WK111 " + at + ".url"},
                        {"{port: 0}", ""},
                        {"{port: 65535}", ""},
                        {"{port: 65536}", "WK365 " + at + ".port"},
                        {"{derivePort: FROM_REQUEST_PORT}", ""},
                        {"{scheme: ftp}", "WK364 " + at + ".scheme"},
                        {"{scheme: https}", ""},
                        {"{uri: /x, redirectCode: 0}", ""},
                        {"{uri: /x, redirectCode: 299}", "WK363 " + at + ".redirectCode"},
                        {"{uri: /x, redirectCode: 300}", ""},
                        {"{uri: /x, redirectCode: 399}", ""},
                        {"{uri: /x, redirectCode: 400}", "WK363 " + at + ".redirectCode"},
                        {"{uri: '', prefixRewrite: /y}", ""},
                        {"{uri: /x, prefixRewrite: /y}", "WK360 " + at + ".prefixRewrite"}}) {
    INFO(c.redirect);
    CHECK(told(entry(fmt::format("redirect: {}", c.redirect))) == c.want);
  }
  const auto with = [](std::string_view uri) {
    return entry(fmt::format("match: [{{uri: {{prefix: /a}}}}, {}], redirect: {{prefixRewrite: /b}}", uri));
  };
  CHECK(told(with("{method: {exact: GET}}")) == "");
  CHECK(told(with("{uri: {prefix: ''}}")) == "");
  CHECK(told(with("{uri: {regex: a}}")) == "WK361 " + at + ".prefixRewrite");
  CHECK(told(with("{uri: {}}")) == "WK361 " + at + ".prefixRewrite");
}

TEST_CASE("direct responses and rewrites") {
  struct Case {
    const char* fields;
    std::string want;
  };
  const std::string at = "spec.http[0].";
  for (const Case& c : {Case{"directResponse: {status: 200}", ""},
                        {"directResponse: {status: 199}", "WK366 " + at + "directResponse.status"},
                        {"directResponse: {status: 599}", ""},
                        {"directResponse: {status: 600}", "WK366 " + at + "directResponse.status"},
                        {"directResponse: {status: 601}", "WK366 " + at + "directResponse.status"}}) {
    INFO(c.fields);
    CHECK(told(entry(c.fields)) == c.want);
  }
  for (const Case& c :
       {Case{"rewrite: {authority: x}", ""},
        {"rewrite: {}", "WK370 " + at + "rewrite"},
        {"rewrite: {url: /}", "WK111 " + at + "rewrite.url"},
        {"rewrite: {uri: '', uriRegexRewrite: {match: a, rewrite: b}}", ""},
        {"rewrite: {uri: /, uriRegexRewrite: {match: a, rewrite: b}}", "WK369 " + at + "rewrite.uriRegexRewrite"},
        {"rewrite: {uriRegexRewrite: {}}", "WK371 " + at + "rewrite.uriRegexRewrite"},
        {"rewrite: {uriRegexRewrite: {match: a, rewrite: ''}}", "WK371 " + at + "rewrite.uriRegexRewrite"},
        {"rewrite: {uriRegexRewrite: {match: '(', rewrite: b}}", "WK325 " + at + "rewrite.uriRegexRewrite.match"}}) {
    INFO(c.fields);
    CHECK(told(in_route(c.fields)) == c.want);
  }
}

TEST_CASE("bodies of direct responses") {
  const auto body = [](std::size_t size) {
    return entry(fmt::format("directResponse: {{status: 200, body: {{string: {}}}}}", std::string(size, 'x')));
  };
  const std::string at = " spec.http[0].directResponse.body.string";
  CHECK(told(body(102400)) == "");
  CHECK(told(body(102401)) == "WK368" + at);
  CHECK(told(body(1048576)) == "WK368" + at);
  CHECK(told(body(1048577)) == "WK367" + at);
  // 4 characters of base64 are 3 bytes.
  const auto bytes = [](std::size_t size) {
    return entry(
        fmt::format("directResponse: {{status: 200, body: {{bytes: \"{}\"}}}}", std::string(size / 3 * 4, 'A')));
  };
  CHECK(told(bytes(102399)) == "");
  CHECK(told(bytes(102402)) == "WK368 spec.http[0].directResponse.body.bytes");
}

TEST_CASE("tls and tcp routes") {
  struct Case {
    const char* route;
    std::string want;
  };
  const std::string at = "spec.tls[0]";
  for (const Case& c :
       {Case{"match: [{sniHosts: [a.com]}], route: [{destination: {host: a}}]", ""},
        {"match: [{sniHosts: ['*.b.com', c.b.com]}], route: [{destination: {host: a}}]", ""},
        {"match: [{sniHosts: ['*.com']}], route: [{destination: {host: a}}]", "WK376 " + at + ".match[0].sniHosts[0]"},
        {"match: [{sniHosts: [b.com]}], route: [{destination: {host: a}}]", "WK376 " + at + ".match[0].sniHosts[0]"},
        {"match: [{sniHosts: ['']}], route: [{destination: {host: a}}]", "WK375 " + at + ".match[0].sniHosts[0]"},
        {"match: [{sniHosts: ['::1']}], route: [{destination: {host: a}}]", "WK377 " + at + ".match[0].sniHosts[0]"},
        {"match: [], route: []", "WK372 " + at + ", WK379 " + at},
        {"route: [{destination: {host: a}}]", "WK121 " + at},
        {"match: [{}], route: [{destination: {host: a}}]", "WK121 " + at + ".match[0]"},
        {"match: [{sniHosts: [a.com], port: 65536}], route: [{destination: {host: a}}]",
         "WK327 " + at + ".match[0].port"},
        {"match: [{sniHosts: [a.com]}], route: [{destination: {host: a}}, {destination: {host: b}}]",
         "WK355 " + at + ".route"},
        {"match: [{sniHosts: [a.com]}], route: [{destination: {host: a}, weight: -5}]",
         "WK354 " + at + ".route[0].weight"}}) {
    INFO(c.route);
    CHECK(told(fmt::format("{{hosts: [a.com, '*.b.com'], gateways: [g], tls: [{{{}}}]}}", c.route)) == c.want);
  }
  CHECK(told("{hosts: [a.com], gateways: [g], tcp: [{}]}") == "WK380 spec.tcp[0]");
  CHECK(told("{hosts: [a.com], gateways: [g], tcp: [{route: []}]}") == "WK380 spec.tcp[0]");
  const test::Linted linted = lint_spec(
      "{hosts: [a.com], gateways: [g], tcp: [{match: [{sourceSubnet: 10.0.0.0/8}], route: [{destination: {host: "
      "a}}]}]}");
  REQUIRE(linted.findings() == std::vector<std::string>{"WK378 spec.tcp[0].match[0].sourceSubnet"});
  CHECK(linted.result.diagnostics.front().severity == Severity::kWarning);
}

TEST_CASE("subnets") {
  for (const Value& c : {Value{"10.0.0.1", true},
                         {"10.0.0.1/8", true},
                         {"10.0.0.0/0", true},
                         {"10.0.0.0/32", true},
                         {"10.0.0.0/33", false},
                         {"2001:db8::/128", true},
                         {"2001:db8::/129", false},
                         {"2001:db8::1", true},
                         {"10.0.0.0/", false},
                         {"10.0.0.0/08", false},
                         {"10.0.0.0/-1", false},
                         {"10.0.0", false},
                         {"010.0.0.1", false},
                         {"10.0.0.0/8/8", false},
                         {"a.com", false},
                         {"", false}}) {
    INFO(c.text);
    CHECK(told(fmt::format("{{hosts: [a.com], gateways: [g], tcp: [{{match: [{{destinationSubnets: ['{}']}}], route: "
                           "[{{destination: {{host: a}}}}]}}]}}",
                           c.text)) == (c.is_sound ? "" : "WK378 spec.tcp[0].match[0].destinationSubnets[0]"));
  }
}

TEST_CASE("levels of what the webhook lets pass") {
  struct Case {
    std::string spec;
    Origin origin;
  };
  for (const Case& c :
       {Case{entry("directResponse: {status: 600}"), Origin::kOwn},
        {in_route("fault: {abort: {httpStatus: 600}}"), Origin::kOwn},
        {in_route("retries: {backoff: 1s}"), Origin::kOwn},
        {in_match("{uri: {regex: '\\pL{1000}'}}"), Origin::kPilot},
        {"{hosts: [a], gateways: [x/mesh], http: [{route: [{destination: {host: a}}]}]}", Origin::kOwn},
        {"{hosts: [a, a.shop.svc.cluster.local], http: [{route: [{destination: {host: a}}]}]}", Origin::kPilot}}) {
    INFO(c.spec);
    const test::Linted linted = lint_spec(c.spec);
    REQUIRE(linted.result.diagnostics.size() == 1);
    CHECK(linted.result.diagnostics.front().severity == Severity::kWarning);
    CHECK(linted.result.diagnostics.front().origin == c.origin);
  }
}

TEST_CASE("names generated for the Kubernetes Gateway API follow other rules") {
  const std::string head =
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: a\n  namespace: "
      "shop\n  annotations: {internal.istio.io/route-semantics: gateway}\nspec: ";
  const auto findings = [&](std::string_view spec) {
    return fmt::format("{}", fmt::join(test::lint_text(head + std::string(spec) + "\n").findings(), ", "));
  };
  const std::string annotation = "WK134 metadata.annotations[\"internal.istio.io/route-semantics\"]";
  CHECK(findings("{hosts: [a.com], gateways: [shop/a~b], http: [{route: [{destination: {host: a_b}}]}]}") ==
        annotation);
  CHECK(findings("{hosts: [a.com], gateways: [s_p/a], http: [{route: [{destination: {host: a}}]}]}") ==
        annotation + ", WK314 spec.gateways[0]");
}

TEST_CASE("ten faults are ten findings, in the order of the file") {
  const test::Linted linted = lint(R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: shop, namespace: shop}
spec:
  hosts: ["http://shop.example.com"]
  gateways: [edge/public/http]
  http:
  - match:
    - uri: {regex: "/(a"}
      port: 70000
    fault: {abort: {httpStatus: 5}}
    retries: {attempts: -2}
    corsPolicy: {allowMethods: [post]}
    headers: {response: {remove: [host]}}
    route:
    - destination: {host: "cart:80"}
    - destination: {host: basket, port: {number: 0}}
)");
  CHECK(linted.findings() ==
        std::vector<std::string>{
            "WK305 spec.hosts[0]", "WK314 spec.gateways[0]", "WK325 spec.http[0].match[0].uri.regex",
            "WK327 spec.http[0].match[0].port", "WK343 spec.http[0].fault.abort.httpStatus",
            "WK356 spec.http[0].retries.attempts", "WK337 spec.http[0].corsPolicy.allowMethods[0]",
            "WK332 spec.http[0].headers.response.remove[0]", "WK355 spec.http[0].route",
            "WK351 spec.http[0].route[0].destination.host", "WK353 spec.http[0].route[1].destination.port.number"});
}

}  // namespace
}  // namespace wicket::check
