// Bytes ▸ a test file ▸ its requests ▸ decisions and verdicts.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "suite/format.h"
#include "suite/read.h"
#include "suite/run.h"
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
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: vs, namespace: default}
spec:
  hosts: [hello.com]
  gateways: [istio-system/gw]
  http:
  - name: a
    match: [{uri: {prefix: /a}}]
    rewrite: {uri: /b}
    headers: {request: {set: {x-a: b}}, response: {add: {x-c: d}}}
    fault: {abort: {httpStatus: 418, percentage: {value: 50}}}
    corsPolicy: {allowOrigins: [{exact: "https://a.com"}]}
    mirror: {host: m, port: {number: 80}}
    route: [{destination: {host: a, port: {number: 80}}}]
  - route: [{destination: {host: hello, port: {number: 80}}}]
)";

constexpr std::size_t kCases = 500;  // more of the same finds nothing new

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::World kWorld = fuzz::World::make(kRoutes);
  const suite::Suite suite =
      suite::read_suite("fuzz_test.yaml", std::string(reinterpret_cast<const char*>(data), size), {});
  std::vector<const suite::Case*> cases;
  for (const suite::Case& test : suite.cases)
    if (cases.size() < kCases) cases.push_back(&test);
  for (const suite::CaseResult& result : suite::run(cases, kWorld.table, 1))
    (void)suite::destinations_text(result.decision);
  return 0;
}
