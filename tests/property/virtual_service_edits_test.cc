// Faults put into a sound VirtualService at random: exactly they are found, at their places, in the order of the file.
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "support/catch.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

/// A place of the manifest: what stands there in the sound one, what in the broken one, and what is said about it.
struct Slot {
  const char* sound;
  const char* broken;
  const char* finding;
};

// Pieces of the manifest with a slot between each and the next, so that no fault hides or causes another.
struct Piece {
  const char* before;
  Slot slot;
};

constexpr Piece kPieces[] = {
    {"apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: fair\n  namespace: shop\nspec:\n  "
     "hosts:\n  - ",
     {"fair.example.com", "fair.example.com:80", "WK305 spec.hosts[0]"}},
    {"\n  gateways:\n  - ", {"edge/public", "edge/public/x", "WK314 spec.gateways[0]"}},
    {"\n  - ", {"edge/other", "other.edge", "WK313 spec.gateways[1]"}},
    {"\n  exportTo: [shop, ", {"edge", "shop", "WK310 spec.exportTo[1]"}},
    {", ", {"audit", "'a*'", "WK311 spec.exportTo[2]"}},
    {"]\n  http:\n  - match:\n    - uri:\n        regex: ",
     {"/a[0-9]+", "/a[0-9", "WK325 spec.http[0].match[0].uri.regex"}},
    {"\n      method: {prefix: ", {"P", "''", "WK323 spec.http[0].match[0].method.prefix"}},
    {"}\n      port: ", {"65535", "65536", "WK327 spec.http[0].match[0].port"}},
    {"\n      headers:\n        ", {"x-a", "x a", "WK321 spec.http[0].match[0].headers[\"x a\"]"}},
    {": {exact: b}\n      queryParams:\n        q: ", {"{}", "null", "WK322 spec.http[0].match[0].queryParams.q"}},
    {"\n    - sourceNamespace: ", {"shop", "shop.x", "WK329 spec.http[0].match[1].sourceNamespace"}},
    {"\n    corsPolicy:\n      allowOrigins:\n      - exact: ",
     {"https://a.example.com", "''", "WK336 spec.http[0].corsPolicy.allowOrigins[0]"}},
    {"\n      allowMethods: [GET, ", {"PUT", "put", "WK337 spec.http[0].corsPolicy.allowMethods[1]"}},
    {"]\n      exposeHeaders: [", {"x-a", "'x,y'", "WK338 spec.http[0].corsPolicy.exposeHeaders[0]"}},
    {"]\n      maxAge: ", {"90s", "1ms", "WK339 spec.http[0].corsPolicy.maxAge"}},
    {"\n    fault:\n      abort: {httpStatus: ", {"503", "99", "WK343 spec.http[0].fault.abort.httpStatus"}},
    {", percentage: {value: ", {"0", "100.5", "WK341 spec.http[0].fault.abort.percentage.value"}},
    {"}}\n    headers:\n      request:\n        set:\n          x-a: ",
     {"50%%", "50%", "WK334 spec.http[0].headers.request.set.x-a"}},
    {"\n          x-b: ", {"b", "\"b\\n\"", "WK333 spec.http[0].headers.request.set.x-b"}},
    {"\n        remove: [", {"x-c", "Host", "WK332 spec.http[0].headers.request.remove[0]"}},
    {"]\n      response:\n        add:\n          ",
     {"x-d", "':status'", "WK331 spec.http[0].headers.response.add[\":status\"]"}},
    {": d\n    mirrors:\n    - destination: {host: ", {"b", "'*'", "WK351 spec.http[0].mirrors[0].destination.host"}},
    {"}\n      percentage: {value: ", {"100", "101", "WK349 spec.http[0].mirrors[0].percentage.value"}},
    {"}\n    retries:\n      attempts: ", {"2", "-2", "WK356 spec.http[0].retries.attempts"}},
    {"\n      retryOn: ", {"5xx,503", "5xx,520", "WK358 spec.http[0].retries.retryOn"}},
    {"\n    rewrite:\n      uriRegexRewrite: {match: a, rewrite: ",
     {"b", "''", "WK371 spec.http[0].rewrite.uriRegexRewrite"}},
    {"}\n    route:\n    - destination:\n        host: ",
     {"fair", "http://fair", "WK351 spec.http[0].route[0].destination.host"}},
    {"\n        subset: ", {"v1", "v.1", "WK352 spec.http[0].route[0].destination.subset"}},
    {"\n        port: {number: ", {"80", "0", "WK353 spec.http[0].route[0].destination.port.number"}},
    {"}\n  - match:\n    - uri: {", {"prefix", "exact", "WK361 spec.http[1].redirect.prefixRewrite"}},
    {": /old}\n    redirect:\n      prefixRewrite: /new\n      redirectCode: ",
     {"302", "400", "WK363 spec.http[1].redirect.redirectCode"}},
    {"\n      scheme: ", {"https", "ftp", "WK364 spec.http[1].redirect.scheme"}},
    {"\n  - directResponse:\n      status: ", {"200", "601", "WK366 spec.http[2].directResponse.status"}},
    {"\n  tls:\n  - match:\n    - sniHosts: [",
     {"fair.example.com", "'a b'", "WK375 spec.tls[0].match[0].sniHosts[0]"}},
    {"]\n      destinationSubnets: [",
     {"10.0.0.0/8", "10.0.0.0/99", "WK378 spec.tls[0].match[0].destinationSubnets[0]"}},
    {"]\n    route:\n    - {destination: {host: a}, weight: 1}\n    - {destination: {host: b}, weight: ",
     {"0", "-1", "WK354 spec.tls[0].route[1].weight"}},
    {"}\n  tcp:\n  - match: [{port: ", {"1", "70000", "WK327 spec.tcp[0].match[0].port"}},
    {"}]\n    route:\n    - {destination: {host: a}", {", weight: 1", "", "WK355 spec.tcp[0].route"}},
    {"}\n    - {destination: {host: b}}\n", {"", "", nullptr}},
};

/// The findings are these, and stand in the order of the file.
void expect_exactly(const std::string& manifest, std::vector<std::string> want) {
  INFO(manifest);
  const test::Linted linted =
      test::lint_text(manifest, *Selection::from({.select = {}, .extend_select = {}, .ignore = {"WK5", "WK7"}}));
  std::vector<std::string> found = linted.findings();
  for (std::size_t i = 1; i < linted.result.diagnostics.size(); ++i)
    CHECK(linted.result.diagnostics[i - 1].span.begin <= linted.result.diagnostics[i].span.begin);
  std::ranges::sort(found);
  std::ranges::sort(want);
  CHECK(found == want);
}

TEST_CASE("faults put into a sound VirtualService are found, and nothing else") {
  constexpr std::uint32_t kSeed = 20261124;
  constexpr int kRounds = 200;
  std::mt19937 random(kSeed);
  for (int round = -1; round < kRounds; ++round) {
    // Few faults in some rounds, many in others; none in the first.
    const std::uint32_t one_in = round % 3 == 0 ? 2 : round % 3 == 1 ? 8 : 30;
    std::string manifest;
    std::vector<std::string> want;
    for (const Piece& piece : kPieces) {
      const bool is_broken = round >= 0 && piece.slot.finding != nullptr && random() % one_in == 0;
      manifest.append(piece.before).append(is_broken ? piece.slot.broken : piece.slot.sound);
      if (is_broken) want.emplace_back(piece.slot.finding);
    }
    INFO("round " << round);
    expect_exactly(manifest, std::move(want));
  }
}

TEST_CASE("every fault is found alone") {
  for (const Piece& chosen : kPieces) {
    if (chosen.slot.finding == nullptr) continue;
    std::string manifest;
    for (const Piece& piece : kPieces)
      manifest.append(piece.before).append(&piece == &chosen ? piece.slot.broken : piece.slot.sound);
    expect_exactly(manifest, {chosen.slot.finding});
  }
}

}  // namespace
}  // namespace wicket::check
