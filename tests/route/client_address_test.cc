// Who the client is, and what routes and upstreams hear of it.
#include "route/client_address.h"

#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using test::match_router;

TEST_CASE("R-EDGE-1 the client is the peer, or so many entries from the right of x-forwarded-for") {
  struct Case {
    const char* name;
    std::uint32_t trusted;
    std::vector<HeaderView> headers;
    const char* want;
  };
  const Case cases[] = {
      {"nobody is trusted", 0, {{"x-forwarded-for", "10.0.0.1"}}, "192.0.2.7"},
      {"the last entry", 1, {{"X-Forwarded-For", "10.0.0.1, 10.0.0.2"}}, "10.0.0.2"},
      {"the last but one", 2, {{"x-forwarded-for", "10.0.0.1,10.0.0.2"}}, "10.0.0.1"},
      {"not so many", 3, {{"x-forwarded-for", "10.0.0.1,10.0.0.2"}}, "192.0.2.7"},
      {"none", 1, {}, "192.0.2.7"},
      {"several lines", 2, {{"x-forwarded-for", "10.0.0.1"}, {"x-forwarded-for", "10.0.0.2"}}, "10.0.0.1"},
      {"no address", 1, {{"x-forwarded-for", "10.0.0.1,unknown"}}, "192.0.2.7"},
      {"IPv6", 1, {{"x-forwarded-for", "2001:db8::1"}}, "2001:db8::1"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    RequestView request;
    request.headers = c.headers;
    request.peer_address = "192.0.2.7";
    CHECK(client_address(request, c.trusted) == c.want);
  }
}

// Whether a request of 192.0.2.7 is taken under a match block.
bool takes(std::string_view match, std::vector<HeaderView> headers, std::uint32_t trusted = 0,
           rules::Viewpoint viewpoint = rules::Viewpoint::kGateway) {
  rules::LowerOptions options;
  options.mesh.trusted_proxies = trusted;
  options.viewpoint = viewpoint;
  const std::string gateways = viewpoint == rules::Viewpoint::kMesh ? "gateways: [mesh], " : "";
  const test::Router router(
      test::http_gateway() +
          test::virtual_service(fmt::format("{}hosts: [a.io], http: [{{match: [{}], directResponse: {{status: 204}}}}]",
                                            gateways, match)),
      options);
  RequestView request;
  request.authority = "a.io";
  request.port = 80;
  request.headers = headers;
  request.peer_address = "192.0.2.7";
  request.request_id = "11111111-2222-4333-8444-555555555555";
  return decide(router.table(), request, {}).status == 204;
}

TEST_CASE("R-HDR-7 R-EDGE-2 routes see x-forwarded-for with the client's address behind what was sent") {
  CHECK(takes("{headers: {x-forwarded-for: {exact: '192.0.2.7'}}}", {}));
  CHECK(takes("{headers: {x-forwarded-for: {exact: '10.0.0.1,192.0.2.7'}}}", {{"X-Forwarded-For", "10.0.0.1"}}));
  CHECK_FALSE(takes("{headers: {x-forwarded-for: {exact: '10.0.0.1'}}}", {{"x-forwarded-for", "10.0.0.1"}}));
  CHECK(takes("{headers: {x-forwarded-for: {prefix: '10.'}}}", {{"x-forwarded-for", "10.0.0.1"}}));
  CHECK(takes("{headers: {x-forwarded-for: {}}}", {}));
  CHECK_FALSE(takes("{withoutHeaders: {x-forwarded-for: {}}}", {}));
  CHECK(takes("{headers: {x-envoy-external-address: {exact: '192.0.2.7'}}}", {}));
  CHECK(takes("{headers: {x-envoy-external-address: {exact: '10.0.0.1'}}}", {{"x-forwarded-for", "10.0.0.1"}}, 1));
}

TEST_CASE("R-HDR-7 R-EDGE-4 routes see the gateway's request id, not the client's") {
  CHECK_FALSE(takes("{headers: {x-request-id: {exact: mine}}}", {{"x-request-id", "mine"}}));
  CHECK(takes("{headers: {x-request-id: {regex: '[0-9a-f-]{36}'}}}", {{"x-request-id", "mine"}}));
  CHECK(takes("{headers: {x-request-id: {}}}", {}));
  CHECK_FALSE(
      match_router("{headers: {x-request-id: {exact: mine}}}")("http://a.io/", {.headers = {{"x-request-id", "mine"}}})
          .to() == "a");
  CHECK(match_router("{headers: {x-request-id: {regex: '[0-9a-f-]{36}'}}}")("http://a.io/").to() == "a");
}

TEST_CASE("R-MESH-1 a sidecar leaves request ids and addresses as they are") {
  constexpr auto kMesh = rules::Viewpoint::kMesh;
  CHECK(takes("{headers: {x-request-id: {exact: mine}}}", {{"x-request-id", "mine"}}, 0, kMesh));
  CHECK(takes("{headers: {x-forwarded-for: {exact: '10.0.0.1'}}}", {{"x-forwarded-for", "10.0.0.1"}}, 0, kMesh));
}

TEST_CASE("R-EDGE-1 behind a trusted proxy upstreams and format strings hear of the client, not of the proxy") {
  rules::LowerOptions options;
  options.mesh.trusted_proxies = 1;
  const test::Answer answer = test::rules_router(
      "[{headers: {request: {set: {x: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%'}}}, "
      "route: [{destination: {host: a}}]}]",
      options)("http://a.io/", {.headers = {{"x-forwarded-for", "10.0.0.1"}, {"x-forwarded-for", "10.0.0.2"}}});
  std::vector<HeaderView> lines;
  RequestView request = answer.request.view(lines);
  request.peer_address = "192.0.2.7";
  const HeaderList headers = upstream_headers(request, answer.decision);
  CHECK(std::ranges::find(headers, Header("x-forwarded-for", "10.0.0.1,10.0.0.2,192.0.2.7")) != headers.end());
  CHECK(std::ranges::find(headers, Header("x-envoy-external-address", "10.0.0.2")) != headers.end());
  CHECK(std::ranges::find(headers, Header("x", "10.0.0.2")) != headers.end());
}

}  // namespace
}  // namespace wicket::route
