// Format strings turned round: lines ▸ records.
#include "replay/log_format.h"

#include <string>

#include "replay/text_formats.h"
#include "support/catch.h"

namespace wicket::replay {
namespace {

TEST_CASE("values are found between the literal text of a format") {
  struct Case {
    const char* name;
    const char* format;
    const char* line;
    const char* method;
    const char* target;
    const char* authority;
  };
  const Case cases[] = {
      {"plain", "%REQ(:METHOD)% %REQ(:PATH)% %REQ(:AUTHORITY)%", "GET /a b.com", "GET", "/a", "b.com"},
      {"an alternative", "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %REQ(HOST?:AUTHORITY)%", "PUT /a b.com",
       "PUT", "/a", "b.com"},
      {"percent signs", "100%% %REQ(:METHOD)% %REQ(:PATH)% %REQ(:AUTHORITY)%", "100% GET /%41 b.com", "GET", "/%41",
       "b.com"},
      {"a time in a form of its own", "%START_TIME(%Y/%m/%d)% %REQ(:METHOD)% %REQ(:PATH)% %REQ(:AUTHORITY)%",
       "2026/03/01 GET /a b.com", "GET", "/a", "b.com"},
      {"quotes inside quotes", R"("%REQ(USER-AGENT)%" "%REQ(:PATH)%" "%REQ(:AUTHORITY)%")", R"("a" "b" "/x" "b.com")",
       "GET", "/x", "b.com"},
      {"a line end in the format", "%REQ(:METHOD)% %REQ(:PATH)% %REQ(:AUTHORITY)%\n", "GET /a b.com", "GET", "/a",
       "b.com"},
      {"operators that say nothing of routes",
       "%FILTER_STATE(x:PLAIN):9% %ENVIRONMENT(A):B% %REQ(:METHOD)% %REQ(:PATH)% %REQ(:AUTHORITY)%", "- - GET /a b.com",
       "GET", "/a", "b.com"},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const Result<LogFormat> format = LogFormat::envoy(c.format);
    REQUIRE(format);
    Record record;
    CHECK(format->read(c.line, record) == "");
    CHECK(record.request.method == c.method);
    CHECK(record.request.target == c.target);
    CHECK(record.request.authority == c.authority);
  }
}

// The rest of an Istio line behind the user agent.
std::string istio(const std::string& request, const std::string& agent, const std::string& addresses) {
  return "[2026-03-01T08:00:00.123Z] \"" + request + "\" 200 - via_upstream - \"-\" 0 5 1 1 \"192.0.2.7\" \"" + agent +
         "\" \"9b2f\" \"a.example\" \"10.1.2.3:80\" outbound|80||a.b.svc.cluster.local 10.0.0.9:1 " + addresses +
         " a.example r";
}

TEST_CASE("the lines of Istio") {
  const LogFormat& format = text_formats().front().format;
  Record record;
  CHECK(format.read(istio("GET /x HTTP/2", "a \"b\" c", "10.0.0.9:8443 192.0.2.7:4000"), record) == "");
  CHECK(record.request.port == 8443);
  CHECK(record.request.tls);
  CHECK(record.request.sni == "a.example");
  CHECK(record.request.version == route::HttpVersion::kHttp2);
  CHECK(record.peer_address == "192.0.2.7");
  CHECK(record.request_id == "9b2f");
  CHECK(record.recorded.cluster.text == "outbound|80||a.b.svc.cluster.local");
  CHECK(record.recorded.status == 200);
  CHECK(record.recorded.flags.known);
  CHECK(record.recorded.flags.text.empty());

  CHECK(format.read(istio("GET /x HTTP/2", "odd\" \"agent", "[2001:db8::1]:443 [2001:db8::7]:4000"), record) == "");
  CHECK(record.request.authority == "a.example");
  CHECK(record.local_address == "2001:db8::1");
  CHECK(record.request.port == 443);
  CHECK(record.peer_address == "2001:db8::7");

  CHECK(format.read("GET /x", record) == "does not fit the format at the time");
}

TEST_CASE("nginx escapes what could be taken for the end of a value") {
  const LogFormat format = LogFormat::nginx(R"("$request" "$http_user_agent" $status)");
  Record record;
  CHECK(format.read(R"("GET /a\x22b HTTP/1.1" "say \"x\" \\" 200)", record) == "");
  CHECK(record.request.target == "/a\"b");
  REQUIRE(record.request.headers.size() == 1);
  CHECK(record.request.headers.front().second == "say \"x\" \\");
  CHECK(format.read(R"("\x16\x03\x01" "-" 400)", record) == "");
  CHECK(record.kind == RecordKind::kBroken);
}

TEST_CASE("a line that was made to keep the reader busy is given up soon") {
  const LogFormat& format = text_formats().front().format;
  std::string agent;
  for (int i = 0; i < 5000; ++i) agent += "\" \"";
  Record record;
  CHECK(format.read(istio("GET /x HTTP/2", agent, "bad") + " more of it", record) != "");
}

}  // namespace
}  // namespace wicket::replay
