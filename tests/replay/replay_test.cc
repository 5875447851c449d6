// Records against routes: what agrees, what could be explained, and what contradicts.
#include "replay/replay.h"

#include <memory>
#include <string>

#include "replay/text_formats.h"
#include "route/compile.h"
#include "rules/lower.h"
#include "support/catch.h"
#include "support/workspace.h"

namespace wicket::replay {
namespace {

const std::string kRoutes = test::http_gateway("['*']") + R"(
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs, namespace: default}
spec:
  hosts: [a.com]
  gateways: [istio-system/gw]
  http:
  - name: beta
    match: [{headers: {x-beta: {exact: "1"}}, uri: {prefix: /beta}}]
    route: [{destination: {host: beta, port: {number: 80}}}]
  - name: curl
    match: [{headers: {user-agent: {prefix: special}}}]
    route: [{destination: {host: special, port: {number: 80}}}]
  - name: old
    match: [{uri: {exact: /old}}]
    redirect: {uri: /new}
  - name: inside
    match: [{uri: {prefix: /inside}}]
    rewrite: {authority: inside.local}
    route: [{destination: {host: inside, port: {number: 80}}}]
  - name: main
    match: [{uri: {prefix: /m}}]
    route:
    - {destination: {host: one, port: {number: 80}}, weight: 50}
    - {destination: {host: two, port: {number: 80}}, weight: 50}
)";

struct Played {
  load::Loaded loaded = test::load_yaml(kRoutes);
  route::RouteTable table = route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*loaded.workspace)));
  Replay replay{table};
};

// A line of Istio's: "METHOD PATH HOST STATUS FLAGS DETAILS CLUSTER ROUTE", the cluster by its service's name.
struct Line {
  std::string path = "/m";
  std::string host = "a.com";
  std::string status = "200";
  std::string flags = "-";
  std::string details = "via_upstream";
  std::string service = "one";
  std::string route = "main";
  std::string agent = "curl";
  std::string port = "80";

  [[nodiscard]] std::string text() const {
    const std::string cluster = service == "-" ? "-" : "outbound|80||" + service + ".default.svc.cluster.local";
    return "[2026-03-01T08:00:00.123Z] \"GET " + path + " HTTP/1.1\" " + status + " " + flags + " " + details +
           " - \"-\" 0 5 1 1 \"192.0.2.7\" \"" + agent + "\" \"9b2f\" \"" + host + "\" \"-\" " + cluster +
           " - 10.0.0.9:" + port + " 192.0.2.7:4000 - " + route;
  }
};

Judgement judge(Played& played, const Line& line) {
  Record record;
  const std::string why = text_formats().front().format.read(line.text(), record);
  REQUIRE(why == "");
  return *played.replay.take(record).judgement;
}

TEST_CASE("verdicts") {
  struct Case {
    const char* name;
    Line line;
    Verdict want;
    const char* words;  // of the explanation, else of the difference
  };
  const Case cases[] = {
      {"one of the destinations", {}, Verdict::kAgrees, ""},
      {"the other one, from a gateway behind a Service", {.service = "two", .port = "8080"}, Verdict::kAgrees, ""},
      {"a name with a semicolon", {.service = "two", .route = "main"}, Verdict::kAgrees, ""},
      {"whatever the service answered", {.status = "503", .flags = "UF"}, Verdict::kAgrees, ""},
      {"another destination", {.service = "three"}, Verdict::kContradicts, "another destination"},
      {"another route", {.route = "other"}, Verdict::kContradicts, "another route"},
      {"a header that the log does not have",
       {.path = "/beta", .service = "beta", .route = "beta"},
       Verdict::kConsistent,
       "header \"x-beta\" is not in the log, and http[0] of VirtualService default/vs asks for it"},
      {"a header that the log has",
       {.service = "special", .route = "curl", .agent = "special/2"},
       Verdict::kAgrees,
       ""},
      {"a header that the log has otherwise", {.service = "special", .route = "curl"}, Verdict::kContradicts, ""},
      {"a host that was rewritten before it was logged",
       {.path = "/inside", .host = "inside.local", .service = "inside", .route = "inside"},
       Verdict::kConsistent,
       "the log has the host as http[3] of VirtualService default/vs rewrites it"},
      {"a redirect",
       {.path = "/old", .status = "301", .details = "direct_response", .service = "-", .route = "old"},
       Verdict::kAgrees,
       ""},
      {"a redirect with another status",
       {.path = "/old", .status = "302", .details = "direct_response", .service = "-", .route = "old"},
       Verdict::kContradicts,
       "status 301"},
      {"no route",
       {.path = "/x", .status = "404", .flags = "NR", .details = "route_not_found", .service = "-", .route = "-"},
       Verdict::kAgrees,
       ""},
      {"no route, where there is one",
       {.status = "404", .flags = "NR", .details = "route_not_found", .service = "-", .route = "-"},
       Verdict::kContradicts,
       "it is sent on"},
      {"a route, where there is none", {.path = "/x"}, Verdict::kContradicts, "no route takes it"},
      {"an answer that routes have no part in",
       {.status = "400", .flags = "DPE", .details = "http1.codec_error", .service = "-", .route = "-"},
       Verdict::kConsistent,
       "flag DPE is not of routes"},
      {"a client that left",
       {.status = "0", .flags = "DC", .details = "-", .service = "-", .route = "-"},
       Verdict::kUntold,
       ""},
      {"a service that was not there",
       {.status = "503", .flags = "NC", .details = "cluster_not_found", .service = "-"},
       Verdict::kConsistent,
       "the destination was missing in the cluster"},
  };
  Played played;
  for (const Case& c : cases) {
    INFO(c.name);
    const Judgement judgement = judge(played, c.line);
    INFO(judgement.difference << "; " << judgement.explanation);
    CHECK(verdict_word(judgement.verdict) == verdict_word(c.want));
    CHECK((judgement.explanation.empty() ? judgement.difference : judgement.explanation).find(c.words) == 0);
  }
}

TEST_CASE("requests of one class are decided once") {
  Played played;
  Line line;
  for (int i = 0; i < 10; ++i) {
    line.path = "/m?id=" + std::to_string(i);  // no rule looks at it
    CHECK(judge(played, line).verdict == Verdict::kAgrees);
  }
  CHECK(played.replay.decided() == 1);
  line.agent = "special/1";  // a rule does look at that
  (void)judge(played, line);
  CHECK(played.replay.decided() == 2);
}

TEST_CASE("the memory of a replay is bounded, and what was forgotten is decided again") {
  Played played;
  Line line;
  for (int i = 0; i < 50'000; ++i) {
    line.path = "/m/" + std::to_string(i);
    (void)judge(played, line);
  }
  CHECK(played.replay.decided() == 50'000);
  line.path = "/m/0";
  CHECK(judge(played, line).verdict == Verdict::kAgrees);
  CHECK(played.replay.decided() == 50'001);
}

}  // namespace
}  // namespace wicket::replay
