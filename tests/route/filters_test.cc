// Faults, CORS and the weighted choice.
#include "route/weighted.h"

#include "router.h"
#include "support/catch.h"

namespace wicket::route {
namespace {

using test::rules_router;

TEST_CASE("R-WT-4 the draw falls into a share, in the order of the list") {
  const test::Router ask = rules_router(
      "[{route: [{destination: {host: a}, weight: 3}, {destination: {host: z}, weight: 0}, {destination: {host: b}, "
      "weight: 1}]}]");
  CHECK(ask("http://a.io/").to() == "-");
  CHECK(ask("http://a.io/").decision.destinations.size() == 2);
  const std::vector<std::string> want = {"a", "a", "a", "b", "a"};
  for (std::uint64_t draw = 0; draw < want.size(); ++draw)
    CHECK(ask("http://a.io/", {.draw = Draw::all(draw)}).to() == want[draw]);
  CHECK(pick({}, 7) == nullptr);
}

TEST_CASE("R-FLT-1 chances are drawn in steps of 0.0001 percent, each by itself") {
  CHECK(fires(100, std::nullopt));
  CHECK(!fires(99.9999, std::nullopt));
  CHECK(!fires(0, 0));
  CHECK(fires(0.0001, 0));
  CHECK(!fires(0.0001, 1));
  CHECK(fires(50, 499'999));
  CHECK(!fires(50, 500'000));
  CHECK(fires(50, 1'499'999));
}

TEST_CASE("R-FLT-3 R-FLT-4 R-LR-11 delays go on, aborts end") {
  const auto ask = [](std::string_view fault, const test::Ask& how = {}) {
    return rules_router(fmt::format("[{{fault: {}, route: [{{destination: {{host: a}}}}]}}]", fault))("http://a.io/",
                                                                                                      how);
  };
  const test::Answer delayed = ask("{delay: {fixedDelay: 2s, percentage: {value: 100}}}");
  CHECK(delayed.text() == "to a");
  CHECK(delayed.decision.delay == std::chrono::seconds(2));
  CHECK(delayed.decision.response_flag == "DI");

  const test::Answer aborted = ask("{abort: {httpStatus: 555, percentage: {value: 100}}}");
  CHECK(aborted.text() == "555 filter");
  CHECK(aborted.decision.response_flag == "FI");
  CHECK(aborted.decision.body == "fault filter abort");

  CHECK(ask("{abort: {grpcStatus: NOT_FOUND, percentage: {value: 100}}}").decision.status == 404);
  const test::Answer grpc = ask("{abort: {grpcStatus: NOT_FOUND, percentage: {value: 100}}}",
                                {.headers = {{"content-type", "application/grpc"}}});
  CHECK(grpc.decision.status == 200);
  CHECK(grpc.local("grpc-status") == "5");

  CHECK(ask("{abort: {httpStatus: 500}}").text() == "to a");
  CHECK(ask("{abort: {httpStatus: 500, percentage: {value: 10}}}").text() == "to a");
  CHECK(ask("{abort: {httpStatus: 500, percentage: {value: 10}}}", {.draw = Draw::all(99'999)}).text() == "500 filter");
}

const test::Ask kPreflight{.method = "OPTIONS",
                           .headers = {{"origin", "https://ok.io"}, {"access-control-request-method", "POST"}}};

test::Answer cors(std::string_view policy, const test::Ask& how, std::string_view more = "") {
  return rules_router(fmt::format("[{{{}corsPolicy: {}, route: [{{destination: {{host: a}}}}]}}]", more, policy))(
      "http://a.io/", how);
}

test::Ask from(std::string origin) {
  return {.method = "OPTIONS", .headers = {{"origin", std::move(origin)}, {"access-control-request-method", "POST"}}};
}

TEST_CASE("R-CORS-2 R-CORS-3 R-CORS-7 which preflights are answered here") {
  struct Case {
    const char* policy;
    const char* origin;
    const char* want;
  };
  constexpr Case kCases[] = {
      {"{allowOrigins: [{exact: https://ok.io}]}", "https://ok.io", "200 filter"},
      {"{allowOrigins: [{exact: https://ok.io}]}", "https://no.io", "to a"},
      {"{allowOrigins: [{exact: https://ok.io}]}", "https://OK.io", "to a"},
      {"{allowOrigins: [{prefix: https://}]}", "https://ok.io", "200 filter"},
      {"{allowOrigins: [{regex: 'https://.*[.]io'}]}", "https://ok.io", "200 filter"},
      {"{allowOrigins: [{exact: '*'}]}", "https://any.io", "200 filter"},
      {"{allowOrigins: [{regex: '.*'}]}", "https://any.io", "200 filter"},
      {"{allowOrigins: [{prefix: '*'}]}", "https://any.io", "200 filter"},
      {"{allowOrigins: [{exact: https://ok.io}], unmatchedPreflights: IGNORE}", "https://no.io", "200 filter"},
      {"{allowOrigins: [{exact: https://ok.io}], unmatchedPreflights: FORWARD}", "https://no.io", "to a"},
  };
  for (const Case& c : kCases) {
    INFO(c.policy << " from " << c.origin);
    CHECK(cors(c.policy, from(c.origin)).text() == c.want);
  }
  CHECK(cors("{allowOrigins: [{exact: '*'}]}", kPreflight).decision.details == "cors_response");
}

TEST_CASE("R-CORS-4 headers of a preflight's answer") {
  const test::Answer answer = cors(
      "{allowOrigins: [{exact: https://ok.io}], allowMethods: [GET, POST], allowHeaders: [x, z], exposeHeaders: [e], "
      "allowCredentials: true, maxAge: 24h}",
      kPreflight);
  CHECK(answer.local("access-control-allow-origin") == "https://ok.io");
  CHECK(answer.local("access-control-allow-methods") == "GET,POST");
  CHECK(answer.local("access-control-allow-headers") == "x,z");
  CHECK(answer.local("access-control-allow-credentials") == "true");
  CHECK(answer.local("access-control-max-age") == "86400");
  CHECK(answer.local("access-control-expose-headers") == "-");
  const test::Answer echo = cors("{allowOrigins: [{exact: '*'}], allowMethods: ['*']}", kPreflight);
  CHECK(echo.local("access-control-allow-methods") == "POST");
  CHECK(echo.local("access-control-allow-headers") == "-");
  const test::Answer ignored =
      cors("{allowOrigins: [{exact: https://ok.io}], allowMethods: [GET], unmatchedPreflights: IGNORE}",
           from("https://no.io"));
  CHECK(ignored.local("access-control-allow-origin") == "-");
  CHECK(ignored.local("access-control-allow-methods") == "GET");
}

TEST_CASE("R-CORS-1 R-CORS-5 other requests go on; the answer gets headers for an allowed origin") {
  const auto edits = [](const test::Ask& how) {
    const test::Answer answer =
        cors("{allowOrigins: [{exact: https://ok.io}], exposeHeaders: [e], allowCredentials: true}", how);
    CHECK(answer.text() == "to a");
    std::vector<HeaderView> lines;
    std::string text;
    for (const rules::HeaderOp& op : response_edits(answer.request.view(lines), answer.decision))
      text += fmt::format("{}={} ", op.name, op.value);
    return text;
  };
  CHECK(edits({.headers = {{"origin", "https://ok.io"}}}) ==
        "access-control-allow-origin=https://ok.io access-control-allow-credentials=true "
        "access-control-expose-headers=e ");
  CHECK(edits({.headers = {{"origin", "https://no.io"}}}).empty());
  CHECK(edits({}).empty());
  CHECK(edits({.method = "OPTIONS", .headers = {{"origin", "https://ok.io"}}}) != "");
}

TEST_CASE("R-CORS-6 a preflight has to match the rule itself") {
  CHECK(cors("{allowOrigins: [{exact: '*'}]}", kPreflight, "match: [{method: {exact: POST}}], ").text() == "404 route");
}

TEST_CASE("R-FLT-5 an abort comes before CORS") {
  const test::Answer answer = cors("{allowOrigins: [{exact: '*'}]}", kPreflight,
                                   "fault: {abort: {httpStatus: 500, percentage: {value: 100}}}, ");
  CHECK(answer.text() == "500 filter");
  CHECK(answer.local("access-control-allow-origin") == "-");
}

TEST_CASE("R-DIR-4 neither CORS nor faults touch a direct response") {
  const test::Router ask = rules_router(
      "[{directResponse: {status: 204}, corsPolicy: {allowOrigins: [{exact: '*'}]}, fault: "
      "{abort: {httpStatus: 500, percentage: {value: 100}}}}]");
  CHECK(ask("http://a.io/", kPreflight).text() == "204 route");
}

TEST_CASE("R-HOP-7 response operations apply to what is answered behind the route, and not to a 404") {
  const test::Router ask = rules_router(
      "[{match: [{uri: {prefix: /abort}}], headers: {response: {set: {r: '1'}}}, fault: {abort: {httpStatus: 500, "
      "percentage: {value: 100}}}, route: [{destination: {host: a}}]}, "
      "{match: [{uri: {prefix: /either}}], fault: {abort: {httpStatus: 500, percentage: {value: 100}}}, route: "
      "[{destination: {host: a}, weight: 1, headers: {response: {set: {r: '2'}}}}, {destination: {host: b}, weight: "
      "1}]}]");
  CHECK(ask("http://a.io/abort").local("r") == "1");
  CHECK(ask("http://a.io/either", {.draw = Draw::all(0)}).local("r") == "2");
  CHECK(ask("http://a.io/either", {.draw = Draw::all(1)}).local("r") == "-");
  CHECK(ask("http://a.io/none").local("r") == "-");
}

}  // namespace
}  // namespace wicket::route
