// What lint says never happens does not happen: random estates of Gateways, VirtualServices and delegates, and every
// request of a small world asked of the routing engine.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <initializer_list>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "route/compile.h"
#include "route/decide.h"
#include "rules/lower.h"
#include "support/catch.h"
#include "support/lint.h"

namespace wicket {
namespace {

using Words = std::vector<std::string>;

class EstateMaker {
 public:
  explicit EstateMaker(std::uint32_t seed) : random_(seed) {}

  std::string estate() {
    std::string out;
    for (std::size_t i = 0, count = 1 + below(3); i < count; ++i) out += gateway(i);
    has_delegate_ = one_in(3);
    for (std::size_t i = 0, count = 1 + below(3); i < count; ++i) out += virtual_service(fmt::format("v{}", i), false);
    if (has_delegate_) out += virtual_service("d", true);
    return out;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  std::string pick(const Words& words) { return words[below(words.size())]; }

  static std::string object(std::string_view kind, std::string_view name, std::string_view ns, std::string_view spec) {
    return fmt::format(
        "---\napiVersion: networking.istio.io/v1\nkind: {}\nmetadata: {{name: {}, namespace: {}}}\nspec:\n{}", kind,
        name, ns, spec);
  }

  std::string gateway(std::size_t number) {
    const std::string ns = pick({"shop", "shop", "team"});
    gateways_.push_back(fmt::format("{}/g{}", ns, number));
    std::string spec = "  selector: {istio: ingressgateway}\n  servers:\n";
    for (std::size_t i = 0, count = 1 + below(3); i < count; ++i) {
      const std::string kind =
          pick({"number: 80, protocol: HTTP", "number: 80, protocol: HTTP", "number: 8080, protocol: HTTP",
                "number: 443, protocol: HTTPS", "number: 443, protocol: TLS"});
      const std::string tls = kind.ends_with("HTTP")    ? pick({"", "", "", ", tls: {httpsRedirect: true}"})
                              : kind.ends_with("HTTPS") ? fmt::format(", tls: {{mode: SIMPLE, credentialName: c{}}}", i)
                                                        : ", tls: {mode: PASSTHROUGH}";
      const std::string host = pick({"*", "*.x.io", "a.x.io", "b.x.io", "x.io", "./*.x.io", "shop/a.x.io", "*/a.x.io"});
      spec += fmt::format("  - {{port: {{{}, name: n{}}}, hosts: ['{}']{}}}\n", kind, i, host, tls);
    }
    return object("Gateway", fmt::format("g{}", number), ns, spec);
  }

  std::string match() {
    std::string fields;
    const auto add = [&](std::string_view field, const std::string& value) {
      fields += fmt::format("{}{}: {}", fields.empty() ? "" : ", ", field, value);
    };
    if (!one_in(3))
      add("uri", pick({"{prefix: /}", "{prefix: /a}", "{exact: /a}", "{regex: '/a.*'}", "{regex: '.*'}", "{prefix: a}",
                       "{exact: '/a?q=1'}", "{regex: 'a.*'}", "{regex: '/a\\?.*'}", "{exact: /b}"}));
    if (one_in(6)) add("method", pick({"{exact: GET}", "{exact: POST}", "{exact: get}", "{prefix: P}"}));
    if (one_in(6))
      add("headers", pick({"{x: {exact: '1'}}", "{x: {}}", "{method: {exact: GET}}", "{':path': {exact: /a}}"}));
    if (one_in(9)) add("withoutHeaders", pick({"{x: {exact: '1'}}", "{x: {}}"}));
    if (one_in(9)) add("authority", pick({"{exact: a.x.io}", "{prefix: a.}", "{exact: z.io}"}));
    if (one_in(9)) add("scheme", pick({"{exact: http}", "{exact: https}"}));
    if (one_in(7)) add("port", pick({"80", "8080", "443", "9999"}));
    if (one_in(8)) add("gateways", "[" + pick(gateways_) + "]");
    return "{" + fields + "}";
  }

  std::string virtual_service(const std::string& name, bool is_delegate) {
    std::string spec;
    if (!is_delegate) {
      spec = fmt::format("  hosts: ['{}']\n  gateways: [{}]\n",
                         pick({"*", "*.x.io", "a.x.io", "a.x.io", "b.x.io", "A.x.io"}),
                         one_in(2) ? pick(gateways_) : fmt::format("{}", fmt::join(gateways_, ", ")));
      if (one_in(8)) spec += fmt::format("  exportTo: [{}]\n", pick({"'.'", "istio-system", "'*'"}));
    }
    spec += "  http:\n";
    for (std::size_t i = 0, count = 1 + below(4); i < count; ++i) {
      std::string rule;
      if (!one_in(4)) rule = fmt::format("match: [{}{}], ", match(), one_in(4) ? ", " + match() : "");
      const bool delegates = has_delegate_ && !is_delegate && one_in(3);
      rule += delegates ? "delegate: {name: d, namespace: shop}"
                        : "route: [{destination: {host: s.shop.svc.cluster.local}}]";
      spec += "  - {" + rule + "}\n";
    }
    return object("VirtualService", name, is_delegate ? "shop" : pick({"shop", "team"}), spec);
  }

  std::mt19937 random_;
  Words gateways_;
  bool has_delegate_ = false;
};

/// A rule that took a request.
struct Taken {
  std::string service;
  unsigned rule = 0;
  unsigned match = 0;
  std::string request;
};

std::vector<Taken> ask_everything(const route::RouteTable& table) {
  std::vector<Taken> all;
  for (const std::uint32_t port : {80U, 8080U, 443U}) {
    for (const char* host : {"a.x.io", "b.x.io", "x.io"}) {
      for (const char* target : {"/", "/a", "/a?q=1", "/ab", "/b", "/c"}) {
        for (const char* method : {"GET", "POST"}) {
          for (const char* header : {"", "1", "2"}) {
            route::Request request;
            request.method = method;
            request.authority = host;
            request.target = target;
            request.port = port;
            request.tls = port == 443;
            if (request.tls) request.sni = host;
            if (*header != '\0') request.headers.push_back({"x", header});
            std::vector<route::HeaderView> lines;
            const route::Decision decision = route::decide(table, request.view(lines), {});
            const rules::Rule* rule = decision.rule();
            if (rule == nullptr) continue;
            all.push_back({rule->from.virtual_service.str(), rule->from.index,
                           static_cast<unsigned>(std::max(rule->from.match, 0)),
                           fmt::format("{} {}:{}{} x={}", method, host, port, target, header)});
          }
        }
      }
    }
  }
  return all;
}

/// What a finding says about requests; nothing where it says nothing of the kind.
struct Claim {
  std::string service;
  int rule = -1;  // -1: any
  int match = -1;

  [[nodiscard]] bool is_refuted_by(const Taken& taken) const {
    return taken.service == service && (rule < 0 || taken.rule == static_cast<unsigned>(rule)) &&
           (match < 0 || taken.match == static_cast<unsigned>(match));
  }
};

std::optional<Claim> claim_of(const check::Diagnostic& finding) {
  if (finding.resource.kind != "VirtualService" || finding.severity == check::Severity::kInfo) return std::nullopt;
  const std::string_view id = finding.rule->id;
  Claim claim{.service = fmt::format("{}/{}", finding.resource.ns, finding.resource.name)};
  if (id == "WK429" || id == "WK522") return claim;
  const int read = std::sscanf(finding.path.c_str(), "spec.http[%d].match[%d]", &claim.rule, &claim.match);
  const auto is_one_of = [&](std::initializer_list<std::string_view> ids) {
    return std::ranges::find(ids, id) != ids.end();
  };
  if (read == 1 && is_one_of({"WK501", "WK502", "WK507", "WK424"})) return claim;
  if (read == 2 &&
      is_one_of({"WK403", "WK507", "WK514", "WK515", "WK521", "WK529", "WK530", "WK531", "WK540", "WK542"}))
    return claim;
  return std::nullopt;
}

TEST_CASE("what is said never to happen does not happen") {
  std::size_t claims = 0, requests = 0, neighbours = 0;
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    const std::string text = EstateMaker(seed).estate();
    INFO("seed " << seed << "\n" << text);
    const test::Linted linted = test::lint_text(text);
    const route::RouteTable table =
        route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*linted.loaded.workspace)));
    const std::vector<Taken> taken = ask_everything(table);
    requests += taken.size();
    for (const check::Diagnostic& finding : linted.result.diagnostics) {
      const std::optional<Claim> claim = claim_of(finding);
      if (!claim) continue;
      ++claims;
      INFO(finding.rule->id << " " << finding.path << ": " << finding.message);
      const auto refuted = std::ranges::find_if(taken, [&](const Taken& one) { return claim->is_refuted_by(one); });
      INFO((refuted == taken.end() ? std::string() : refuted->request));
      CHECK(refuted == taken.end());
      // Others of its rules are reached, by that very name: the claim could have been refuted.
      if (claim->rule >= 0 &&
          std::ranges::any_of(taken, [&](const Taken& one) { return one.service == claim->service; }))
        ++neighbours;
    }
  }
  CHECK(claims > 500);
  CHECK(neighbours > 200);
  CHECK(requests > 10000);
}

}  // namespace
}  // namespace wicket
