// What a gateway exposes, arranged to be shown: listeners, hosts that are served alike, rules in the order in which
// they are tried, the names that DNS has to know, what was dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rules/rule_set.h"

namespace wicket::report {

/// What is to be shown; everything where a field is empty.
struct ExposureFilter {
  std::string host{};         // a name: the virtual host that serves it; a pattern "*.a.io": all that it covers
  std::string ns{};           // rules of VirtualServices of this namespace, as root or as delegate
  std::string destination{};  // a host, its first labels, or a pattern
  std::uint32_t port = 0;     // of the destination; 0: any

  [[nodiscard]] bool is_empty() const { return host.empty() && ns.empty() && destination.empty() && port == 0; }
};

/// Virtual hosts of one table with the same rules.
struct HostGroup {
  std::vector<const rules::VirtualHost*> hosts;
  std::vector<const rules::Rule*> rules;  // those to be shown
  std::size_t hidden = 0;                 // left out by the filter
};

struct ExposedChain {
  const rules::Listener* listener = nullptr;
  const rules::FilterChain* chain = nullptr;
  bool refused = false;           // Envoy would not take it
  std::vector<HostGroup> groups;  // of kHttp and kHttps
};

/// A name that clients use, and the ports on which they find something.
struct DnsName {
  std::string name;  // perhaps with a leading '*'
  std::vector<std::uint32_t> ports;
};

/// Pointers lead into the RuleSet.
struct Exposure {
  std::vector<ExposedChain> chains;
  std::vector<DnsName> dns;                     // by name
  bool any_name = false;                        // some port takes every name
  std::vector<const rules::Problem*> problems;  // what was dropped, or would be refused
  std::size_t rule_count = 0;
};

/// Arranges a RuleSet. `more` are problems that compiling found. A filter that leaves a chain or a group empty leaves
/// it out; problems that concern nothing that is asked for go as well.
[[nodiscard]] Exposure expose(const rules::RuleSet& rules, std::span<const rules::Problem> more,
                              const ExposureFilter& filter);

}  // namespace wicket::report
