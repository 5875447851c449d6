// Bytes ▸ every reader of recorded requests ▸ decisions and verdicts. The first byte chooses what is read.
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include "replay/document.h"
#include "replay/json_log.h"
#include "replay/line_source.h"
#include "replay/log_format.h"
#include "replay/read_log.h"
#include "replay/replay.h"
#include "replay/summary.h"
#include "replay/text_formats.h"
#include "world.h"

namespace {

using namespace wicket;

constexpr std::string_view kRoutes = R"(
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: istio-system}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, credentialName: c}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs, namespace: default}
spec:
  hosts: ["*"]
  gateways: [istio-system/gw]
  http:
  - name: a
    match: [{uri: {prefix: /a}, headers: {x-user: {regex: "[a-z]+"}, cookie: {exact: "b=c"}}, queryParams: {q: {exact: "1"}}}]
    rewrite: {uri: /b, authority: inside}
    route: [{destination: {host: a, port: {number: 80}}}]
  - name: old
    match: [{uri: {exact: /old}}]
    redirect: {uri: /new}
  - name: rest
    route:
    - {destination: {host: a, port: {number: 80}}, weight: 1}
    - {destination: {host: b, port: {number: 80}}, weight: 1}
)";

// A format string on the first line, lines behind it.
void read_format(std::string_view text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view lines = text.substr(std::min(end + 1, text.size()));
  replay::Record record;
  if (const Result<replay::LogFormat> format = replay::LogFormat::envoy(text.substr(0, end)))
    replay::each_line(lines, 1, [&](std::string_view line, std::size_t) { (void)format->read(line, record); });
  if (const auto format = replay::JsonLog::envoy(text.substr(0, end)))
    replay::each_line(lines, 1, [&](std::string_view line, std::size_t) { (void)(*format)->read(line, record); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const fuzz::World kWorld = fuzz::World::make(kRoutes);
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const int choice = data[0] % 10;
  if (choice == 9) {
    read_format(text);
    return 0;
  }
  replay::Replay replay(kWorld.table);
  replay::Summary summary;
  std::istringstream stream(text);
  const replay::ReadOptions options{.format = static_cast<replay::InputFormat>(choice),
                                    .lines = nullptr,
                                    .host = "a.example",
                                    .port = {},
                                    .threads = 1};
  (void)replay::read_log(replay::file_of(stream), options, [&](const replay::Record& record) {
    if (record.kind == replay::RecordKind::kBroken || record.kind == replay::RecordKind::kElsewhere)
      return summary.add_undecided(record);
    summary.add("fuzz", record, replay.take(record));
  });
  return 0;
}
