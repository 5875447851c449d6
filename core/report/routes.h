// Everything that is exposed, for people, programs, Graphviz and browsers.
#pragma once

#include <string>
#include <string_view>

#include "base/source_set.h"
#include "report/decision.h"
#include "report/exposure.h"
#include "rules/rule_set.h"

namespace wicket::report {

/// What is told; nothing is owned.
struct RoutesReport {
  const rules::RuleSet& rules;
  const Exposure& exposure;
  const SourceSet& sources;
  std::string_view tool_version;
  bool filtered = false;  // not all that is exposed
};

/// A table: one line a rule and destination, then the names for DNS and what was dropped.
[[nodiscard]] std::string routes_text(const RoutesReport& report);

/// Listeners, hosts and rules as a tree.
[[nodiscard]] std::string routes_tree(const RoutesReport& report);

/// Schema: schemas/routes.schema.json, version 1. Bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string routes_json(const RoutesReport& report, JsonLayout layout);

/// A digraph for Graphviz: gateways and ports, hosts, destinations.
[[nodiscard]] std::string routes_dot(const RoutesReport& report);

/// One page that needs nothing else. `arguments` are the options and paths that `wicket route` needs behind the URL to
/// see the same routes, quoted for a shell: the page shows that command where it does not know.
[[nodiscard]] std::string routes_html(const RoutesReport& report, std::string_view arguments);

}  // namespace wicket::report
