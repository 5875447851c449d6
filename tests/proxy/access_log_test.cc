#include "proxy/access_log.h"

#include <nlohmann/json.hpp>
#include <string>

#include "support/catch.h"

namespace wicket::proxy {
namespace {

using namespace std::chrono_literals;

LogRecord full() {
  LogRecord record;
  record.start = std::chrono::system_clock::time_point(1'769'860'800'123ms);
  record.method = "GET";
  record.path = "/a?b";
  record.status = 200;
  record.details = "via_upstream";
  record.bytes_received = 3;
  record.bytes_sent = 5;
  record.duration = 12ms;
  record.service_time = 11ms;
  record.forwarded_for = "192.0.2.1";
  record.user_agent = "curl";
  record.request_id = "id";
  record.authority = "a.io";
  record.upstream_host = "10.0.0.7:8080";
  record.cluster = "outbound|80|v1|web.app.svc.cluster.local";
  record.upstream_local = "10.0.0.1:1";
  record.downstream_local = "10.0.0.2:80";
  record.downstream_remote = "192.0.2.1:2";
  record.route_name = "r";
  return record;
}

TEST_CASE("R-LOG-2 Istio's text has its fields in order, and a dash for what is not there") {
  CHECK(log_line(full(), LogForm::kText, false) ==
        "[2026-01-31T12:00:00.123Z] \"GET /a?b HTTP/1.1\" 200 - via_upstream - \"-\" 3 5 12 11 \"192.0.2.1\" \"curl\" "
        "\"id\" \"a.io\" \"10.0.0.7:8080\" outbound|80|v1|web.app.svc.cluster.local 10.0.0.1:1 10.0.0.2:80 "
        "192.0.2.1:2 - r\n");
  LogRecord empty;
  empty.start = full().start;
  empty.status = 400;
  empty.flags = "DPE";
  CHECK(log_line(empty, LogForm::kText, false) ==
        "[2026-01-31T12:00:00.123Z] \"- - -\" 400 DPE - - \"-\" 0 0 0 - \"-\" \"-\" \"-\" \"-\" \"-\" - - - - - -\n");
}

TEST_CASE("R-LOG-3 Istio's JSON has numbers for numbers, text for what headers say, and null for nothing") {
  const nlohmann::json json = nlohmann::json::parse(log_line(full(), LogForm::kJson, false));
  CHECK(json.size() == 24);
  CHECK(json["response_code"] == 200);
  CHECK(json["duration"] == 12);
  CHECK(json["bytes_sent"] == 5);
  CHECK(json["upstream_service_time"] == "11");
  CHECK(json["requested_server_name"].is_null());
  CHECK(json["path"] == "/a?b");
  LogRecord odd = full();
  odd.user_agent = "\xff\"\n";
  CHECK_FALSE(nlohmann::json::parse(log_line(odd, LogForm::kJson, false))["user_agent"].get<std::string>().empty());
}

TEST_CASE("a client cannot put control characters on the terminal, nor lines into the log") {
  LogRecord odd = full();
  odd.path = "/\x1b[2J";
  odd.user_agent = "a\nb";
  for (const LogForm form : {LogForm::kBrief, LogForm::kText, LogForm::kJson}) {
    const std::string line = log_line(odd, form, false);
    CHECK(line.find('\x1b') == std::string::npos);
    CHECK(line.find('\n') == line.size() - 1);
  }
}

TEST_CASE("the brief line says what happened") {
  const std::string line = log_line(full(), LogForm::kBrief, false);
  CHECK(line.substr(9) == "200 GET a.io/a?b -> web.app:80 (v1) [10.0.0.7:8080] 12 ms\n");
  LogRecord lost = full();
  lost.cluster = lost.upstream_host = "";
  lost.status = 404;
  lost.flags = "NR";
  lost.details = "route_not_found";
  CHECK(log_line(lost, LogForm::kBrief, false).substr(9) == "404 GET a.io/a?b NR route_not_found 12 ms\n");
  CHECK(log_line(lost, LogForm::kBrief, true).substr(9) ==
        "\x1b[33m404\x1b[0m GET a.io/a?b NR route_not_found 12 ms\n");
}

}  // namespace
}  // namespace wicket::proxy
