// spec.hosts: what each entry may be, and whether two of them overlap.
#include <algorithm>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "check/host_advice.h"
#include "check/virtual_service.h"
#include "check/words.h"
#include "model/host_name.h"

namespace wicket::check::virtual_service {
namespace {

using model::Text;

constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();

/// For each host the first of the others that overlaps with it, kNobody when there is none.
///
/// Read backwards, a wildcard is a prefix of what it covers. So the hosts are sorted by their reversed names; on the
/// way through them the wildcards that cover the present name form a stack, and whatever is covered passes its index on
/// to them when they leave it.
std::vector<std::size_t> overlaps(const std::vector<std::string_view>& hosts) {
  struct Entry {
    std::string reversed;  // of a wildcard: without its `*`
    bool is_wildcard = false;
    std::size_t index = 0;
  };
  std::vector<Entry> entries;
  entries.reserve(hosts.size());
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const bool is_wildcard = hosts[i].starts_with('*');
    const std::string_view name = is_wildcard ? hosts[i].substr(1) : hosts[i];
    entries.push_back({std::string(name.rbegin(), name.rend()), is_wildcard, i});
  }
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    if (a.reversed != b.reversed) return a.reversed < b.reversed;
    if (a.is_wildcard != b.is_wildcard) return a.is_wildcard;
    return a.index < b.index;
  });

  struct Open {
    const Entry* wildcard = nullptr;
    std::size_t first_above = kNobody;    // least index of the wildcards that cover this one
    std::size_t first_covered = kNobody;  // least index of what it covers
  };
  std::vector<std::size_t> result(hosts.size(), kNobody);
  std::vector<Open> open;
  const auto close = [&] {
    const Open done = open.back();
    open.pop_back();
    std::size_t& mine = result[done.wildcard->index];
    mine = std::min({mine, done.first_above, done.first_covered});
    if (!open.empty())
      open.back().first_covered = std::min({open.back().first_covered, done.first_covered, done.wildcard->index});
  };
  const Entry* same = nullptr;  // the first plain host with the present name
  for (const Entry& entry : entries) {
    while (!open.empty() && !entry.reversed.starts_with(open.back().wildcard->reversed)) close();
    const std::size_t above = open.empty() ? kNobody : std::min(open.back().first_above, open.back().wildcard->index);
    if (entry.is_wildcard) {
      open.push_back({.wildcard = &entry, .first_above = above});
      continue;
    }
    if (!open.empty()) open.back().first_covered = std::min(open.back().first_covered, entry.index);
    result[entry.index] = above;
    if (same != nullptr && same->reversed == entry.reversed) {
      result[entry.index] = std::min(above, same->index);
    } else {
      same = &entry;
    }
  }
  while (!open.empty()) close();
  return result;
}

/// A name without a dot stands for a service of the object's namespace.
std::string full_name(const Subject& subject, std::string_view host) {
  if (host.find('.') != std::string_view::npos || host.starts_with('*') || model::is_ip_address(host))
    return std::string(host);
  return fmt::format("{}.{}.svc.{}", host, subject.ns, subject.cluster_domain);
}

void check_overlaps(const Subject& subject) {
  const auto& hosts = subject.spec.hosts;
  if (hosts.size() < 2) return;
  std::vector<std::string_view> names;
  names.reserve(hosts.size());
  for (const Text& host : hosts) names.push_back(*host);
  const std::vector<std::size_t> first = overlaps(names);
  std::unordered_map<std::string, std::size_t> by_full_name;
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    const auto [same, is_new] = by_full_name.try_emplace(full_name(subject, names[i]), i);
    if (first[i] < i) {
      const std::string_view other = names[first[i]];
      auto finding = other == names[i] ? subject.report(wk("WK307"), subject.places.value(hosts[i].node),
                                                        "host {} is listed twice", quoted(other))
                     : names[i].starts_with('*') && other.size() >= names[i].size()
                         ? subject.report(wk("WK307"), subject.places.value(hosts[i].node),
                                          "host {} covers {}, which is listed as well", quoted(names[i]), quoted(other))
                         : subject.report(wk("WK307"), subject.places.value(hosts[i].node),
                                          "host {} is already covered by {}", quoted(names[i]), quoted(other));
      finding.note(subject.resource.span(hosts[first[i]].node), "the other host")
          .help("keep one of the two, or put the narrower one into a VirtualService of its own");
    } else if (!is_new && names[same->second] != names[i]) {
      subject
          .report(wk("WK307"), subject.places.value(hosts[i].node), "host {} is the same service as {}",
                  quoted(names[i]), quoted(names[same->second]))
          .level(Severity::kWarning)
          .origin(Origin::kPilot)
          .note(subject.resource.span(hosts[same->second].node), "listed here")
          .help("keep one of the two");
    }
  }
}

}  // namespace

bool has_sni_hosts(const model::VirtualService& spec) {
  return std::ranges::any_of(spec.tls, [](const model::TLSRoute& route) {
    return std::ranges::any_of(route.match, [](const auto& match) { return !match.sni_hosts.empty(); });
  });
}

bool is_host(std::string_view host, bool allows_outbound) {
  constexpr std::string_view kOutbound = "outbound_";
  constexpr std::size_t kLongest = 255;
  if (allows_outbound && host.starts_with(kOutbound) && host.size() <= kLongest) {
    // outbound_.PORT_.SUBSET_.HOST: the parts between the underscores, of which the second and the fourth are looked
    // at.
    std::vector<std::string_view> parts;
    std::string_view rest = host;
    for (std::size_t at = rest.find('_'); at != std::string_view::npos; at = rest.find('_')) {
      parts.push_back(rest.substr(0, at));
      rest.remove_prefix(at + 1);
    }
    parts.push_back(rest);
    constexpr std::size_t kParts = 4;
    if (parts.size() < kParts) return model::is_ip_address(host);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return std::ranges::any_of(parts[1], is_digit) && std::ranges::any_of(parts[3], is_letter);
  }
  return model::is_wildcard_domain(host) || model::is_ip_address(host);
}

void check_hosts(const Subject& subject) {
  const model::VirtualService& spec = subject.spec;
  const bool allows_outbound = !spec.gateways.empty() && !subject.names_mesh && has_sni_hosts(spec);
  bool all_sound = true;
  for (const Text& host : spec.hosts) {
    if (!host) {
      all_sound = false;
    } else if (!is_host(*host, allows_outbound)) {
      all_sound = false;
      const HostAdvice advice = advise_on_host(*host, HostUse::kHost);
      auto finding =
          subject.report(wk("WK305"), subject.places.value(host.node), "{} is not a valid host", quoted(*host));
      finding.help(advice.help);
      if (!advice.meant.empty() && subject.is_written_here(host.node))
        finding.fix("keep the name alone", {{subject.resource.span(host.node), fmt::format("\"{}\"", advice.meant)}});
    } else if (*host == "*" && subject.applies_to_mesh) {
      all_sound = false;
      auto finding =
          subject.report(wk("WK306"), subject.places.value(host.node), "host * is not allowed on the mesh gateway");
      finding.help(subject.names_mesh ? "name the hosts, or take mesh from the gateways"
                                      : "add gateways, which decide who serves it, or name the hosts");
    }
  }
  if (all_sound) check_overlaps(subject);
}

}  // namespace wicket::check::virtual_service
