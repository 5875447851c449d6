// The table is made of cells with several lines each: hosts and destinations stand below each other, and a cell that
// would repeat the one above is empty.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "base/utf8.h"
#include "report/decision_words.h"
#include "report/routes.h"
#include "report/rule_words.h"

namespace wicket::report {
namespace {

constexpr std::size_t kMaxHosts = 8;  // of one group, in a line of the tree

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) text.append(text.empty() ? "" : separator).append(part);
  return text;
}

std::string counted(std::size_t count, std::string_view one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

// ---- words about listeners and hosts ----

std::vector<std::string> server_ports(const rules::FilterChain& chain) {
  std::set<std::uint32_t> ports;
  for (const rules::ServerRef& server : chain.servers) ports.insert(server.port);
  std::vector<std::string> words;
  for (const std::uint32_t port : ports) words.push_back(std::to_string(port));
  return words;
}

std::string listener_title(const ExposedChain& exposed) {
  return fmt::format("{} {}", joined(server_ports(*exposed.chain), ","), exposed.chain->servers.front().protocol);
}

std::string tls_note(const rules::FilterChain& chain) {
  switch (chain.kind) {
    case rules::ChainKind::kHttp:
    case rules::ChainKind::kTcp:
      return "";
    case rules::ChainKind::kHttps:
    case rules::ChainKind::kTerminatedTls:
      return "TLS ends here";
    case rules::ChainKind::kPassthrough:
    case rules::ChainKind::kAutoPassthrough:
      return "TLS passed through";
  }
  return "";
}

std::vector<std::string> domains(const HostGroup& group) {
  std::vector<std::string> names;
  for (const rules::VirtualHost* host : group.hosts) names.push_back(host->blackhole ? "(any host)" : host->domain);
  return names;
}

// ---- rows ----

// One rule, or what stands in place of one.
struct Shown {
  std::string match;
  std::vector<std::string> destinations;
  std::vector<std::string> flags;
  std::string title;
  std::string place;
};

Shown shown(const rules::Rule& rule, const SourceSet& sources) {
  return {.match = conditions_text(rule.match),
          .destinations = action_lines(rule.action),
          .flags = flags(rule),
          .title = short_title(rule.from),
          .place = place(sources, rule.from.span)};
}

// The server that sends plaintext requests to https, or else the first one.
const rules::ServerRef& answering_server(const rules::FilterChain& chain, bool redirects) {
  const auto found = std::ranges::find(chain.servers, true, &rules::ServerRef::https_redirect);
  return redirects && found != chain.servers.end() ? *found : chain.servers.front();
}

std::string server_title(const rules::ServerRef& server) {
  return fmt::format("server {} of Gateway {}", server.index, server.gateway);
}

Shown remark(const std::string& text) {
  return {.match = "(" + text + ")", .destinations = {}, .flags = {}, .title = {}, .place = {}};
}

// Where plaintext is sent to https the routes of a plaintext port are there, and nothing reaches them.
std::vector<Shown> shown(const HostGroup& group, const ExposedChain& exposed, const SourceSet& sources) {
  std::vector<Shown> rows;
  const rules::VirtualHost& host = *group.hosts.front();
  const rules::ServerRef& server = answering_server(*exposed.chain, host.require_tls);
  if (host.require_tls)
    rows.push_back({.match = "every plaintext request",
                    .destinations = {"301 to https"},
                    .flags = {},
                    .title = server_title(server),
                    .place = place(sources, server.span)});
  if (group.rules.empty() && group.hidden == 0 && !host.require_tls)
    rows.push_back({.match = "everything",
                    .destinations = {"404: no route"},
                    .flags = {},
                    .title = server_title(server),
                    .place = place(sources, server.span)});
  const bool reached = !host.require_tls || exposed.chain->kind != rules::ChainKind::kHttp;
  if (!reached && !group.rules.empty()) rows.push_back(remark(counted(group.rules.size(), "route") + " behind it"));
  if (reached)
    for (const rules::Rule* rule : group.rules) rows.push_back(shown(*rule, sources));
  if (group.hidden > 0) rows.push_back(remark(counted(group.hidden, "route") + " not asked for"));
  return rows;
}

Shown shown_bytes(const rules::FilterChain& chain, const SourceSet& sources) {
  const bool by_sni = chain.kind == rules::ChainKind::kAutoPassthrough;
  const Span& span = chain.tcp.from.virtual_service.empty() ? chain.servers.front().span : chain.tcp.from.span;
  return {.match = "every connection",
          .destinations = by_sni && chain.tcp.destinations.empty()
                              ? std::vector<std::string>{"the cluster that the SNI names"}
                              : destination_lines(chain.tcp.destinations),
          .flags = {},
          .title = short_title(chain.tcp.from),
          .place = place(sources, span)};
}

// ---- the table ----

constexpr std::size_t kColumns = 6;
using Row = std::array<std::string, kColumns>;

struct Table {
  std::vector<Row> rows;

  // One rule; `listener` and `hosts` fill the cells in front of it, line by line.
  void add(const Shown& rule, std::vector<std::string>& listener, std::vector<std::string>& hosts) {
    const std::size_t lines = std::max({rule.destinations.size(), rule.flags.size(), std::size_t{1}});
    for (std::size_t i = 0; i < lines; ++i) {
      Row& row = rows.emplace_back();
      take(listener, row[0]);
      take(hosts, row[1]);
      if (i < rule.destinations.size()) row[3] = rule.destinations[i];
      if (i < rule.flags.size()) row[4] = rule.flags[i];
      if (i > 0) continue;
      row[2] = rule.match;
      row[5] = rule.place.empty() ? "" : fmt::format("{} ({})", rule.place, rule.title);
    }
  }
  // What is left of the cells in front.
  void flush(std::vector<std::string>& listener, std::vector<std::string>& hosts) {
    while (!hosts.empty()) {
      Row& row = rows.emplace_back();
      take(listener, row[0]);
      take(hosts, row[1]);
    }
  }

 private:
  static void take(std::vector<std::string>& cells, std::string& out) {
    if (cells.empty()) return;
    out = cells.front();
    cells.erase(cells.begin());
  }
};

std::size_t width_of(std::string_view text) { return find_invalid_utf8(text) ? text.size() : count_code_points(text); }

std::string laid_out(const std::vector<Row>& rows) {
  std::array<std::size_t, kColumns> widths{};
  for (const Row& row : rows)
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  std::string out;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < kColumns; ++i) {
      if (widths[i] == 0) continue;  // no rule has any flags
      line += row[i];
      line.append(widths[i] - width_of(row[i]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

void add_rows(const ExposedChain& exposed, const SourceSet& sources, Table& table) {
  std::vector<std::string> listener = {listener_title(exposed)};
  if (const std::string note = tls_note(*exposed.chain); !note.empty()) listener.push_back("  " + note);
  if (exposed.refused) listener.emplace_back("  Envoy refuses it");
  if (exposed.groups.empty()) {
    std::vector<std::string> hosts = exposed.chain->sni_hosts;
    if (hosts.empty()) hosts.emplace_back("(any name)");
    table.add(shown_bytes(*exposed.chain, sources), listener, hosts);
    table.flush(listener, hosts);
  }
  for (const HostGroup& group : exposed.groups) {
    std::vector<std::string> hosts = domains(group);
    for (const Shown& rule : shown(group, exposed, sources)) table.add(rule, listener, hosts);
    table.flush(listener, hosts);
  }
}

// ---- what follows ----

void add_names(const Exposure& exposure, std::string& out) {
  if (exposure.dns.empty() && !exposure.any_name) return;
  out += "\nDNS: these names have to point at the gateway\n";
  for (const DnsName& name : exposure.dns) {
    std::vector<std::string> ports;
    for (const std::uint32_t port : name.ports) ports.push_back(std::to_string(port));
    fmt::format_to(std::back_inserter(out), "  {}  ({})\n", name.name, joined(ports, ", "));
  }
  if (exposure.any_name) out += "  and whatever other name is to be served: a port takes every one\n";
}

void add_problems(const RoutesReport& report, std::string& out) {
  if (report.exposure.problems.empty()) return;
  out += "\nnot served, or not as written\n";
  for (const rules::Problem* problem : report.exposure.problems)
    fmt::format_to(std::back_inserter(out), "  {} ({})\n", problem_text(*problem),
                   place(report.sources, problem->span));
}

std::string nothing(const RoutesReport& report) {
  return report.filtered ? "nothing that is exposed fits what was asked for\n"
                         : "nothing is exposed: no server of a Gateway has routes\n";
}

// ---- the tree ----

struct Branch {
  std::string text;
  std::vector<Branch> below;
};

void draw(const std::vector<Branch>& branches, const std::string& indent, std::string& out) {
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const bool last = i + 1 == branches.size();
    out += indent + (last ? "└─ " : "├─ ") + branches[i].text + "\n";
    draw(branches[i].below, indent + (last ? "   " : "│  "), out);
  }
}

Branch branch(const Shown& rule) {
  Branch one{.text = rule.match, .below = {}};
  if (rule.destinations.size() == 1) one.text += " -> " + rule.destinations.front();
  if (!rule.flags.empty()) one.text += fmt::format(" [{}]", joined(rule.flags, ", "));
  if (!rule.place.empty()) one.text += fmt::format("  {}", rule.place);
  if (rule.destinations.size() > 1)
    for (const std::string& destination : rule.destinations) one.below.push_back({"-> " + destination, {}});
  return one;
}

std::string few(std::vector<std::string> names) {
  const std::size_t count = names.size();
  names.resize(std::min(count, kMaxHosts));
  return joined(names, ", ") + (count > kMaxHosts ? fmt::format(" and {} more", count - kMaxHosts) : "");
}

std::vector<Branch> branches(const ExposedChain& exposed, const SourceSet& sources) {
  std::vector<Branch> all;
  if (exposed.groups.empty()) all.push_back(branch(shown_bytes(*exposed.chain, sources)));
  for (const HostGroup& group : exposed.groups) {
    Branch host{.text = few(domains(group)), .below = {}};
    for (const Shown& rule : shown(group, exposed, sources)) host.below.push_back(branch(rule));
    all.push_back(std::move(host));
  }
  return all;
}

std::string chain_line(const ExposedChain& exposed, const SourceSet& sources) {
  std::string text = "port " + listener_title(exposed);
  if (const std::string note = tls_note(*exposed.chain); !note.empty()) text += ", " + note;
  if (!exposed.chain->sni_hosts.empty()) text += ", SNI " + few(exposed.chain->sni_hosts);
  if (exposed.refused) text += ", refused by Envoy";
  std::vector<std::string> servers;
  for (const rules::ServerRef& server : exposed.chain->servers)
    servers.push_back(fmt::format("Gateway {} {}", server.gateway, place(sources, server.span)));
  return fmt::format("{}  ({})\n", text, few(servers));
}

}  // namespace

std::string routes_text(const RoutesReport& report) {
  std::string out;
  if (report.exposure.chains.empty()) {
    out = nothing(report);
  } else {
    Table table;
    table.rows.push_back({"LISTENER", "HOST", "MATCH", "DESTINATION", "FLAGS", "SOURCE"});
    const bool any_flag = std::ranges::any_of(report.exposure.chains, [](const ExposedChain& chain) {
      return std::ranges::any_of(chain.groups, [](const HostGroup& group) {
        return std::ranges::any_of(group.rules, [](const rules::Rule* rule) { return !flags(*rule).empty(); });
      });
    });
    if (!any_flag) table.rows.front()[4].clear();
    for (const ExposedChain& exposed : report.exposure.chains) add_rows(exposed, report.sources, table);
    out = laid_out(table.rows);
  }
  add_names(report.exposure, out);
  add_problems(report, out);
  return out;
}

std::string routes_tree(const RoutesReport& report) {
  std::string out;
  if (report.exposure.chains.empty()) out = nothing(report);
  for (const ExposedChain& exposed : report.exposure.chains) {
    out += chain_line(exposed, report.sources);
    draw(branches(exposed, report.sources), "", out);
  }
  if (!report.exposure.chains.empty())
    out += fmt::format("\n{}, {}\n", counted(report.exposure.dns.size(), "name"),
                       counted(report.exposure.rule_count, "route"));
  add_problems(report, out);
  return out;
}

}  // namespace wicket::report
