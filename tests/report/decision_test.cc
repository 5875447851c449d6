// Decisions as users and machines read them. Goldens are made from testdata/route: shop.yaml and requests.jsonl.
#include "report/decision.h"

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "route/compile.h"
#include "route/decide.h"
#include "route/url.h"
#include "rules/lower.h"
#include "support/catch.h"
#include "support/golden.h"
#include "support/workspace.h"

namespace wicket::report {
namespace {

struct Shop {
  load::Loaded loaded;
  route::RouteTable table;

  explicit Shop(const std::string& yaml)
      : loaded(test::load_yaml(yaml)),
        table(route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*loaded.workspace)))) {}
};

struct Asked {
  std::string url;
  route::Request request;
};

Asked ask(const std::string& line) {
  const nlohmann::json json = nlohmann::json::parse(line);
  Asked asked{.url = json["url"], .request = {}};
  const route::Url url = route::parse_url(asked.url).value();
  asked.request.method = json.value("method", "GET");
  asked.request.authority = url.authority;
  asked.request.target = url.target;
  asked.request.port = url.port;
  asked.request.tls = url.scheme == "https";
  asked.request.sni = json.value("sni", asked.request.tls ? url.host : "");
  if (json.contains("headers"))
    for (const auto& pair : json["headers"]) asked.request.headers.emplace_back(pair[0], pair[1]);
  return asked;
}

std::vector<Asked> requests() {
  std::istringstream lines(test::read_source_file("testdata/route/requests.jsonl"));
  std::vector<Asked> all;
  for (std::string line; std::getline(lines, line);) all.push_back(ask(line));
  return all;
}

// Every request of the file, told by `tell`.
template <class Tell>
std::string tell_all(const Shop& shop, const route::Draw& draw, Tell tell) {
  std::string out;
  for (const Asked& asked : requests()) {
    std::vector<route::HeaderView> lines;
    const route::RequestView request = asked.request.view(lines);
    route::Trace trace;
    const route::Decision decision = route::decide(shop.table, request, draw, &trace);
    out += tell(DecisionReport{.url = asked.url,
                               .request = request,
                               .decision = decision,
                               .table = shop.table,
                               .sources = shop.loaded.sources,
                               .trace = &trace});
  }
  return out;
}

const Shop& shop() {
  static const Shop kShop(test::read_source_file("testdata/route/shop.yaml"));
  return kShop;
}

TEST_CASE("decisions in words") {
  test::check_golden("testdata/route/shop.text.want",
                     tell_all(shop(), {}, [](const auto& report) { return decision_text(report) + "\n"; }));
}

TEST_CASE("decisions in words, drawn") {
  test::check_golden("testdata/route/shop.drawn.want",
                     tell_all(shop(), route::Draw::all(99), [](const auto& report) { return decision_line(report); }));
}

TEST_CASE("decisions explained") {
  test::check_golden("testdata/route/shop.explain.want", tell_all(shop(), {}, [](const auto& r) {
                       return decision_line(r) + decision_explanation(r) + "\n";
                     }));
}

TEST_CASE("decisions as JSON lines") {
  const std::string lines =
      tell_all(shop(), {}, [](const auto& report) { return decision_json(report, JsonLayout::kOneLine); });
  test::check_golden("testdata/route/shop.json.want", lines);
}

TEST_CASE("both layouts of the JSON say the same, keys in the order of the format") {
  tell_all(shop(), {}, [](const DecisionReport& report) {
    const std::string one_line = decision_json(report, JsonLayout::kOneLine);
    CHECK(nlohmann::json::parse(one_line) == nlohmann::json::parse(decision_json(report, JsonLayout::kIndented)));
    CHECK(std::count(one_line.begin(), one_line.end(), '\n') == 1);
    const std::vector<std::string> order = {"request",
                                            "outcome",
                                            "stage",
                                            "status",
                                            "responseFlag",
                                            "nack",
                                            "listener",
                                            "gateway",
                                            "virtualHost",
                                            "route",
                                            "cluster",
                                            "destinations",
                                            "effective",
                                            "location",
                                            "body",
                                            "responseHeaders",
                                            "responseHeaderOps",
                                            "timeoutMs",
                                            "retries",
                                            "mirrors",
                                            "fault",
                                            "cors",
                                            "diagnostics"};
    std::size_t at = 0;
    const auto parsed = nlohmann::ordered_json::parse(one_line);
    for (const auto& [key, value] : parsed.items()) {
      INFO(key);
      while (at < order.size() && order[at] != key) ++at;
      CHECK(at < order.size());
    }
    return std::string();
  });
}

TEST_CASE("bytes that are not UTF-8 do not break the JSON") {
  route::Request request;
  request.authority = "shop.example.com";
  request.port = 80;
  request.headers = {{"x", "\xff\xfe"}};
  std::vector<route::HeaderView> lines;
  const route::RequestView view = request.view(lines);
  const route::Decision decision = route::decide(shop().table, view, {});
  const DecisionReport report{
      .url = "", .request = view, .decision = decision, .table = shop().table, .sources = shop().loaded.sources};
  CHECK(nlohmann::json::accept(decision_json(report, JsonLayout::kOneLine)));
}

TEST_CASE("a host that is nearly right is suggested, and what stands in its way is named") {
  const auto text = [](const std::string& url) {
    std::vector<route::HeaderView> lines;
    const Asked asked = ask("{\"url\": \"" + url + "\"}");
    const route::RequestView request = asked.request.view(lines);
    const route::Decision decision = route::decide(shop().table, request, {});
    return decision_text({.url = url,
                          .request = request,
                          .decision = decision,
                          .table = shop().table,
                          .sources = shop().loaded.sources});
  };
  using Catch::Matchers::Contains;
  CHECK_THAT(text("http://shop.exmaple.com/"), Contains("did you mean shop.example.com?"));
  CHECK_THAT(text("http://forgotten.example.com/"),
             Contains("names no gateway, so it is for sidecars only (test.yaml:"));
  CHECK_THAT(text("http://img.static.example.com/"), Contains("but no VirtualService does"));
}

TEST_CASE("for a 404 the nearest rules come first, with the changes after which they take the request") {
  const Shop estate(test::http_gateway() + test::http_rules(R"([
    {match: [{uri: {prefix: /far/away/from/it}}], route: [{destination: {host: far}}]},
    {match: [{uri: {exact: /cart}, method: {exact: POST}, headers: {x-user: {exact: beta}}}], route: [{destination: {host: many}}]},
    {match: [{uri: {prefix: /cart/}, withoutHeaders: {x-old: {}}, queryParams: {v: {exact: "2"}}}], route: [{destination: {host: two}}]},
    {match: [{uri: {regex: "/c.*t"}, headers: {x-id: {regex: "[0-9]+"}}}], route: [{destination: {host: regex}}]},
    {match: [{uri: {exact: /cars}}], route: [{destination: {host: near}}]}])"));
  struct Case {
    std::string line;
    std::string_view first;
    std::string_view change;
  };
  const Case cases[] = {
      {R"({"url": "http://a.io/carz"})", "http[4].match[0]", "it takes the request with path /cars\n"},
      {R"({"url": "http://a.io/cart/7?v=1", "headers": [["X-Old", "1"]]})", "http[4].match[0]",
       "it takes the request with path /cars\n"},
      {R"({"url": "http://a.io/cart/7?v=1"})", "http[2].match[0]", "it takes the request with query v=2\n"},
      {R"({"url": "http://a.io/cart", "method": "POST"})", "http[1].match[0]",
       "it takes the request with header x-user: beta\n"},
  };
  for (const Case& c : cases) {
    INFO(c.line);
    std::vector<route::HeaderView> lines;
    const Asked asked = ask(c.line);
    const route::RequestView request = asked.request.view(lines);
    route::Trace trace;
    const route::Decision decision = route::decide(estate.table, request, {}, &trace);
    const std::string text = decision_text({.url = asked.url,
                                            .request = request,
                                            .decision = decision,
                                            .table = estate.table,
                                            .sources = estate.loaded.sources,
                                            .trace = &trace});
    INFO(text);
    const std::size_t nearest = text.find("nearest");
    REQUIRE(nearest != std::string::npos);
    CHECK(text.substr(nearest).starts_with("nearest     " + std::string(c.first)));
    CHECK(text.find(c.change) != std::string::npos);
    CHECK(std::count(text.begin(), text.end(), '\n') < 12);
  }
}

}  // namespace
}  // namespace wicket::report
