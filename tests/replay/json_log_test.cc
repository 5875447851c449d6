// Lines of JSON: what keys and values mean, whatever their order, and what collectors wrap around them.
#include "replay/json_log.h"

#include <fmt/format.h>

#include <string>

#include "support/catch.h"

namespace wicket::replay {
namespace {

// "GET a.com /x 200 cluster route [name: value]", or "! why".
std::string told(const LineReader& reader, std::string_view line) {
  Record record;
  // What stood there before is gone.
  (void)reader.read(R"({"path":"/before","user_agent":"before","route_name":"before","response_code":500})", record);
  if (const std::string why = reader.read(line, record); !why.empty()) return "! " + why;
  std::string text =
      fmt::format("{} {} {} {} {} {}", record.request.method, record.request.authority, record.request.target,
                  record.recorded.status, record.recorded.cluster.text, record.recorded.route.text);
  for (const auto& [name, value] : record.request.headers) text += fmt::format(" [{}: {}]", name, value);
  return text;
}

std::string told(std::string_view line) {
  static const JsonLog kLog;
  return told(kLog, line);
}

TEST_CASE("keys of a line mean what they say") {
  struct Case {
    const char* name;
    std::string_view line;
    std::string_view want;
  };
  const Case cases[] = {
      {"Istio's keys",
       R"({"method":"GET","authority":"a.com","path":"/x","response_code":200,"upstream_cluster":"outbound|80||s","route_name":"r"})",
       "GET a.com /x 200 outbound|80||s r"},
      {"escapes of keys and values",
       R"({"\u006dethod":"PUT","authority":"a.com","path":"\/a\u00e9\ud83d\ude00\\","user_agent":"a \"b\"\t"})",
       "PUT a.com /a\xc3\xa9\xf0\x9f\x98\x80\\ 0   [user-agent: a \"b\"\t]"},
      {"numbers as texts, and texts as numbers",
       R"({"path":"/","response_code":"404","request_id":7,"duration":1.5e3})", "GET  / 404   [x-request-id: 7]"},
      {"what is null or a dash is not there", R"({"path":"/","method":null,"route_name":"-","response_code":null})",
       "GET  / 0  "},
      {"the last of two equal keys counts", R"({"path":"/a","path":"/b","response_code":200,"response_code":503})",
       "GET  /b 503  "},
      {"an original path beside the path", R"({"x_envoy_original_path":"/a","path":"-"})", "GET  /a 0  "},
      {"keys inside other objects and lists are others'",
       R"({"path":"/","labels":{"path":"/no","deep":{"method":"PUT"}},"list":[{"path":"/no"},"x",["/y"]],"method":"GET"})",
       "GET  / 0  "},
      {"an object in the place of a text", R"({"path":{"path":"/no"},"response_code":200,"method":["PUT"]})",
       "   200  "},
      {"behind what a collector put in front", R"(2026-03-01T00:00:00Z pod-1 {"path":"/x"})", "GET  /x 0  "},
      {"the object of an entry of Google Cloud",
       R"({"insertId":"1","jsonPayload":{"path":"/x","method":"PUT"},"severity":"INFO"})", "PUT  /x 0  "},
      {"a line in Docker's envelope", R"({"log":"{\"path\":\"/x\",\"method\":\"PUT\"}\n","stream":"stdout"})",
       "PUT  /x 0  "},
      {"envelopes in each other", R"({"line":"{\"log\":\"{\\\"path\\\":\\\"/x\\\"}\\r\\n\"}"})", "GET  /x 0  "},
      {"too many of them", R"({"log":"{\"log\":\"{\\\"log\\\":\\\"{\\\\\\\"log\\\\\\\":\\\\\\\"{}\\\\\\\"}\\\"}\"}"})",
       "! is wrapped too often"},
      {"no key that is known", R"({"level":"info","msg":""})", "! has none of the keys of an access log"},
      {"a status that is none", R"({"path":"/","response_code":"many"})", "! has a \"response_code\" that is none"},
      {"a line that was cut off", R"({"path":"/x","meth)", "! is cut off: its JSON does not end"},
      {"no JSON", R"({"path":"/x" "method"})", "! is no JSON from its column 21 on"},
      {"something behind the object", R"({"path":"/x"} {"path":"/y"})", "! is no JSON from its column 15 on"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(told(c.line) == c.want);
  }
}

TEST_CASE("lines of sidecars are not of gateways") {
  static const JsonLog kLog;
  for (const char* cluster : {"inbound|80||", "InboundPassthroughCluster", "PassthroughCluster", "BlackHoleCluster"}) {
    Record record;
    CHECK(kLog.read(fmt::format(R"({{"path":"/x","upstream_cluster":"{}"}})", cluster), record).empty());
    CHECK(record.kind == RecordKind::kElsewhere);
  }
}

TEST_CASE("a json_format of the user's own") {
  const auto log =
      JsonLog::envoy(R"({"http":{"what":"%REQ(:METHOD)% %REQ(:PATH)%"},"host":"%REQ(:AUTHORITY)%","log":"x"})");
  REQUIRE(log);
  CHECK(told(**log, R"({"host":"a.com","http":{"what":"PUT /x"}})") == "PUT a.com /x 0  ");
  CHECK(told(**log, R"({"path":"/no","jsonPayload":{"http":{"what":"PUT /x"}}})") ==
        "! has none of the keys of an access log");
  CHECK(told(**log, R"({"http":{"what":"PUT"}})") == "! has a \"http.what\" that is none");
}

}  // namespace
}  // namespace wicket::replay
