// Manifests → RuleSet, and a RuleSet in one line for comparison.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "rules/lower.h"
#include "support/workspace.h"

namespace wicket::test {

inline rules::RuleSet lower_yaml(std::string_view yaml, const rules::LowerOptions& options = {}) {
  return rules::lower(*load_yaml(yaml).workspace, options);
}

/// "0.0.0.0_80(http:http.80)  0.0.0.0_443(https:a.io passthrough:b.io)".
inline std::string listeners(const rules::RuleSet& rules) {
  constexpr std::string_view kKinds[] = {"http", "https", "tcp", "tls", "passthrough", "auto"};
  std::string text;
  for (const rules::Listener& listener : rules.listeners) {
    std::string chains;
    for (const rules::FilterChain& chain : listener.chains)
      chains += fmt::format("{}{}:{}", chains.empty() ? "" : " ", kKinds[static_cast<std::size_t>(chain.kind)],
                            fmt::join(chain.sni_hosts, ","));
    text += fmt::format("{}{}({})", text.empty() ? "" : "  ", listener.name, chains);
  }
  return text;
}

/// "a.io: v[0] v[1].1  *.b.io!: w[0]": domains, '!' where TLS is required, and rules as VirtualService[http].match.
inline std::string hosts(const rules::HostTable& table) {
  std::string text;
  for (const rules::VirtualHost& host : table.hosts) {
    text += fmt::format("{}{}{}:", text.empty() ? "" : "  ", host.blackhole ? host.name : host.domain,
                        host.require_tls ? "!" : "");
    for (const rules::RuleRef& rule : host.rules) {
      const std::string name = rule->from.virtual_service.str();
      text += fmt::format(" {}[{}]", name.substr(name.find('/') + 1), rule->from.index);
      if (rule->from.match > 0) text += fmt::format(".{}", rule->from.match);
    }
  }
  return text;
}

inline std::string hosts(const rules::RuleSet& rules) {
  return rules.tables.empty() ? "no table" : hosts(rules.tables.front());
}

inline bool has_problem(const rules::RuleSet& rules, rules::ProblemKind kind) {
  return std::ranges::find(rules.problems, kind, &rules::Problem::kind) != rules.problems.end();
}

/// The rules of the only virtual host of the only table.
inline const std::vector<rules::RuleRef>& only_rules(const rules::RuleSet& rules) {
  return rules.tables.at(0).hosts.at(0).rules;
}

inline const rules::Forward& forward(const rules::RuleRef& rule) { return std::get<rules::Forward>(rule->action); }

}  // namespace wicket::test
