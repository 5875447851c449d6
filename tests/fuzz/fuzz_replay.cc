// Bytes ▸ whatever they are taken for ▸ records ▸ decisions and verdicts. Readers by themselves: fuzz_reader.
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include "replay/line_source.h"
#include "replay/read_log.h"
#include "replay/replay.h"
#include "replay/summary.h"
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::World kWorld = fuzz::World::make(kRoutes);
  replay::Replay replay(kWorld.table);
  replay::Summary summary;
  std::istringstream stream(std::string(reinterpret_cast<const char*>(data), size));
  const replay::ReadOptions options{
      .format = replay::InputFormat::kAuto, .lines = nullptr, .host = "a.example", .port = {}, .threads = 1};
  (void)replay::read_log(replay::file_of(stream), options, [&](const replay::Record& record) {
    if (record.kind == replay::RecordKind::kBroken || record.kind == replay::RecordKind::kElsewhere)
      return summary.add_undecided(record);
    summary.add("fuzz", record, replay.take(record));
  });
  return 0;
}
