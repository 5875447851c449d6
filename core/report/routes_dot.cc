// Edges that would lie on each other become one with several lines of label, so that a host with a hundred routes to
// five destinations has five edges.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "report/decision_words.h"
#include "report/routes.h"
#include "report/rule_words.h"

namespace wicket::report {
namespace {

constexpr std::size_t kMaxLabelLines = 6;

// A string of DOT: quotes and backslashes are escaped, line breaks are "\n".
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out.push_back(c);
    }
  }
  return out + "\"";
}

class Graph {
 public:
  // The id of the node with this name; it is made when it is new.
  std::size_t node(const std::string& key, std::string_view label, std::string_view style) {
    const auto [found, is_new] = ids_.emplace(key, ids_.size());
    if (is_new) nodes_.push_back(fmt::format("  n{} [label={}{}];\n", found->second, quoted(label), style));
    return found->second;
  }
  void edge(std::size_t from, std::size_t to, std::string label) {
    const auto [found, is_new] = edge_at_.emplace(std::pair(from, to), edges_.size());
    if (is_new) edges_.push_back({from, to, {}});
    std::vector<std::string>& labels = edges_[found->second].labels;
    if (!label.empty() && std::ranges::find(labels, label) == labels.end()) labels.push_back(std::move(label));
  }
  [[nodiscard]] std::string text() const {
    std::string out =
        "digraph routes {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n"
        "  edge [fontname=\"sans-serif\", fontsize=10];\n";
    for (const std::string& node : nodes_) out += node;
    for (const Edge& edge : edges_) {
      std::string label;
      for (std::size_t i = 0; i < std::min(edge.labels.size(), kMaxLabelLines); ++i)
        label += (i == 0 ? "" : "\n") + edge.labels[i];
      if (edge.labels.size() > kMaxLabelLines)
        label += fmt::format("\nand {} more", edge.labels.size() - kMaxLabelLines);
      fmt::format_to(std::back_inserter(out), "  n{} -> n{}{};\n", edge.from, edge.to,
                     label.empty() ? "" : fmt::format(" [label={}]", quoted(label)));
    }
    return out + "}\n";
  }

 private:
  struct Edge {
    std::size_t from, to;
    std::vector<std::string> labels;
  };

  std::map<std::string, std::size_t> ids_;
  std::vector<std::string> nodes_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> edge_at_;
  std::vector<Edge> edges_;
};

void add_destinations(Graph& graph, std::size_t from, const std::vector<rules::WeightedDestination>& destinations,
                      const std::string& label) {
  for (const rules::WeightedDestination& each : destinations) {
    const bool missing = each.cluster->existence == rules::Existence::kMissing;
    const std::size_t to = graph.node("to " + each.cluster->name, cluster_title(*each.cluster),
                                      missing ? ", color=red, fontcolor=red" : "");
    const double percent = percent_of(each, destinations);
    graph.edge(from, to, destinations.size() == 1 ? label : fmt::format("{} {:.4g}%", label, percent));
  }
}

void add_rule(Graph& graph, std::size_t from, const rules::Rule& rule) {
  const std::string label = conditions_text(rule.match);
  if (const auto* forward = std::get_if<rules::Forward>(&rule.action)) {
    add_destinations(graph, from, forward->destinations, label);
    for (const rules::Mirror& mirror : forward->mirrors)
      graph.edge(from, graph.node("to " + mirror.cluster->name, cluster_title(*mirror.cluster), ""),
                 fmt::format("mirror {:g}% of {}", mirror.percent, label));
    return;
  }
  const std::string answer = action_lines(rule.action).front();
  graph.edge(from, graph.node("answer " + answer, answer, ", shape=note, style=solid"), label);
}

void add_chain(Graph& graph, const ExposedChain& exposed) {
  const rules::ServerRef& server = exposed.chain->servers.front();
  std::size_t entry = 0;
  for (const rules::ServerRef& each : exposed.chain->servers)
    entry = graph.node(fmt::format("port {} {}", each.port, exposed.listener->name),
                       fmt::format("port {}\n{}", each.port, each.protocol), ", shape=cds, style=solid");
  if (exposed.groups.empty()) {
    std::string names;
    for (const std::string& sni : exposed.chain->sni_hosts) names += (names.empty() ? "" : "\n") + sni;
    if (names.empty()) names = "any name";
    const std::size_t host = graph.node(fmt::format("sni {} {}", server.port, names), names, "");
    graph.edge(entry, host, std::string(chain_title(exposed.chain->kind)));
    add_destinations(graph, host, exposed.chain->tcp.destinations, "every connection");
  }
  for (const HostGroup& group : exposed.groups) {
    std::string names;
    for (std::size_t i = 0; i < std::min(group.hosts.size(), kMaxLabelLines); ++i)
      names += (i == 0 ? "" : "\n") + (group.hosts[i]->blackhole ? std::string("any host") : group.hosts[i]->domain);
    if (group.hosts.size() > kMaxLabelLines) names += fmt::format("\nand {} more", group.hosts.size() - kMaxLabelLines);
    const std::size_t host = graph.node(
        fmt::format("host {} {} {}", exposed.listener->name, exposed.chain->table, group.hosts.front()->name), names,
        "");
    graph.edge(entry, host, std::string(chain_title(exposed.chain->kind)));
    if (group.hosts.front()->require_tls)
      graph.edge(host, graph.node("answer https", "301 to https", ", shape=note, style=solid"), "plaintext");
    if (group.hosts.front()->require_tls && exposed.chain->kind == rules::ChainKind::kHttp) continue;
    for (const rules::Rule* rule : group.rules) add_rule(graph, host, *rule);
  }
}

}  // namespace

std::string routes_dot(const RoutesReport& report) {
  Graph graph;
  for (const ExposedChain& exposed : report.exposure.chains) add_chain(graph, exposed);
  return graph.text();
}

}  // namespace wicket::report
