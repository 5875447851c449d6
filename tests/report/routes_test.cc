// Everything that is exposed, as people, programs, Graphviz and browsers get it. Goldens are made from
// testdata/route/shop.yaml and testdata/routes/hosts.yaml.
#include "report/routes.h"

#include <nlohmann/json.hpp>
#include <string>

#include "report/exposure.h"
#include "route/compile.h"
#include "rules/lower.h"
#include "support/catch.h"
#include "support/golden.h"
#include "support/workspace.h"

namespace wicket::report {
namespace {

struct Estate {
  load::Loaded loaded;
  route::RouteTable table;

  explicit Estate(const std::string& yaml)
      : loaded(test::load_yaml(yaml)),
        table(route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*loaded.workspace)))) {}

  template <class Tell>
  std::string tell(Tell tell_report, const ExposureFilter& filter = {}) const {
    const Exposure exposure = expose(table.rules(), table.problems(), filter);
    return tell_report({.rules = table.rules(),
                        .exposure = exposure,
                        .sources = loaded.sources,
                        .tool_version = "0.0.0",
                        .filtered = !filter.is_empty()});
  }
};

const Estate& shop() {
  static const Estate kShop(test::read_source_file("testdata/route/shop.yaml"));
  return kShop;
}

const Estate& hosts() {
  static const Estate kHosts(test::read_source_file("testdata/routes/hosts.yaml"));
  return kHosts;
}

std::string indented_json(const RoutesReport& report) { return routes_json(report, JsonLayout::kIndented); }

TEST_CASE("routes in every format") {
  test::check_golden("testdata/routes/shop.text.want", shop().tell(routes_text));
  test::check_golden("testdata/routes/shop.tree.want", shop().tell(routes_tree));
  test::check_golden("testdata/routes/shop.json.want", shop().tell(indented_json));
  test::check_golden("testdata/routes/shop.dot.want", shop().tell(routes_dot));
  test::check_golden("testdata/routes/hosts.text.want", hosts().tell(routes_text));
  test::check_golden("testdata/routes/hosts.tree.want", hosts().tell(routes_tree));
  test::check_golden("testdata/routes/hosts.dot.want", hosts().tell(routes_dot));
}

TEST_CASE("filters leave out what is not asked for") {
  struct Case {
    const char* name;
    ExposureFilter filter;
    std::vector<std::string_view> has;
    std::vector<std::string_view> lacks;
  };
  const Case cases[] = {
      {"a host: the virtual host that serves it",
       {.host = "WWW.example.com:443"},
       {"www.example.com"},
       {"*.example.com", "api.example.com"}},
      {"a host under a wildcard",
       {.host = "other.example.com"},
       {"*.example.com"},
       {"www.example.com", "api.example.com"}},
      {"a pattern", {.host = "*.example.com"}, {"www.example.com", "*.example.com"}, {"db.internal"}},
      {"a host behind TLS that is passed through", {.host = "db.internal"}, {"db.internal"}, {"example.com"}},
      {"a namespace", {.ns = "team-b"}, {"api.example.com"}, {"www.example.com"}},
      {"a service", {.destination = "api"}, {"api.team-b.svc.cluster.local", "api.example.com"}, {"www.example.com"}},
      {"a service and its namespace", {.destination = "web.team-a"}, {"www.example.com"}, {"api.example.com"}},
      {"a port", {.destination = "api", .port = 81}, {"nothing that is exposed fits"}, {"api.example.com"}},
      {"a mirror is a destination", {.destination = "audit"}, {"mirror"}, {"api.example.com"}},
  };
  for (const Case& c : cases) {
    const std::string text = hosts().tell(routes_text, c.filter);
    INFO(c.name << "\n" << text);
    for (const std::string_view part : c.has) CHECK(text.find(part) != std::string::npos);
    for (const std::string_view part : c.lacks) CHECK(text.find(part) == std::string::npos);
  }
}

TEST_CASE("hosts that are served alike stand together") {
  const auto json = nlohmann::json::parse(hosts().tell(indented_json));
  const auto& groups = json["listeners"][0]["chains"][0]["hosts"];
  CHECK(groups[1]["domains"] == nlohmann::json{"example.com", "www.example.com"});
}

TEST_CASE("nothing to expose is said") {
  const Estate empty("");
  CHECK(empty.tell(routes_text) == "nothing is exposed: no server of a Gateway has routes\n");
  CHECK(empty.tell(routes_tree) == "nothing is exposed: no server of a Gateway has routes\n");
  CHECK(nlohmann::json::parse(empty.tell(indented_json))["listeners"].empty());
}

TEST_CASE("the page carries the JSON, whatever stands in it") {
  const Estate hostile(test::http_gateway() +
                       test::http_rules("[{match: [{uri: {regex: '</script><b>\\u2028/*CODE*/'}}], route: "
                                        "[{destination: {host: a}}]}]"));
  const std::string page =
      hostile.tell([](const RoutesReport& report) { return routes_html(report, "'</script>' /*ROUTES*/"); });
  const auto between = [&page](std::string_view from, std::string_view to) {
    const std::size_t begin = page.find(from) + from.size();
    return page.substr(begin, page.find(to, begin) - begin);
  };
  const std::string data = between("id=\"data\">", "</script>");
  CHECK(data.find('<') == std::string::npos);
  CHECK(nlohmann::json::parse(data) == nlohmann::json::parse(hostile.tell(indented_json)));
  CHECK(nlohmann::json::parse(between("id=\"command\">", "</script>")) == "'</script>' /*ROUTES*/");
  CHECK(page.find("http-equiv=\"Content-Security-Policy\"") != std::string::npos);
  CHECK(page.find("<link") == std::string::npos);
  CHECK(page.ends_with("</html>\n"));
}

}  // namespace
}  // namespace wicket::report
