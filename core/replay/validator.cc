#include "replay/validator.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <tuple>

#include "route/matcher.h"
#include "route/regex.h"

namespace wicket::replay {
namespace {

constexpr std::size_t kShown = 200;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Go's url.Parse(uri).Path.
std::string plain_path(std::string_view target) {
  target = target.substr(0, target.find_first_of("?#"));
  std::string path;
  for (std::size_t i = 0; i < target.size(); ++i) {
    const bool is_escape =
        target[i] == '%' && i + 2 < target.size() && hex_digit(target[i + 1]) >= 0 && hex_digit(target[i + 2]) >= 0;
    path.push_back(is_escape ? static_cast<char>(hex_digit(target[i + 1]) * 16 + hex_digit(target[i + 2])) : target[i]);
    if (is_escape) i += 2;
  }
  return path;
}

// "^" + pattern + "$": of a|b the first half has no end, and the second no beginning.
bool finds(const std::string& pattern, std::string_view text) {
  const auto regex = route::Regex::compile("^" + pattern + "$");
  return regex && regex->finds_in(text);
}

bool holds(const rules::StringPredicate& wanted, std::string_view text) {
  switch (wanted.type) {
    case rules::MatchType::kPresent:
      return false;
    case rules::MatchType::kExact:
      return text == wanted.text;
    case rules::MatchType::kPrefix:
      return text.starts_with(wanted.text);
    case rules::MatchType::kRegex:
      return finds(wanted.text, text);
    case rules::MatchType::kPathSegment:
      return false;
  }
  return false;
}

bool takes(const rules::Match& match, const route::Request& request) {
  if (match.path && !holds(*match.path, plain_path(request.target))) return false;
  if (match.authority && !holds(*match.authority, request.authority)) return false;
  if (match.method && !holds(*match.method, request.method)) return false;
  return std::ranges::all_of(match.headers, [&](const rules::NamedPredicate& header) {
    if (header.inverted) return true;
    const auto sent = std::ranges::find_if(
        request.headers, [&](const route::Header& line) { return route::same_name(line.first, header.name); });
    return sent != request.headers.end() && holds(header.value, sent->second);
  });
}

// Rules of every VirtualService that has the host, in the order in which they are written.
std::vector<rules::RuleRef> rules_for(const rules::RuleSet& rules, std::string_view host) {
  std::vector<rules::RuleRef> found;
  for (const rules::HostTable& table : rules.tables)
    for (const rules::VirtualHost& one : table.hosts)
      if (one.domain == host && !host.starts_with('*'))
        for (const rules::RuleRef& rule : one.rules)
          if (!rule->from.virtual_service.empty()) found.push_back(rule);
  std::ranges::stable_sort(found, [](const rules::RuleRef& a, const rules::RuleRef& b) {
    const auto place = [](const rules::Rule& rule) {
      return std::tuple(rule.from.span.file, rule.from.virtual_service, rule.from.index, rule.from.match);
    };
    return place(*a) < place(*b);
  });
  return found;
}

// What it would object to; empty where the test passes there.
std::string objection(const Record& record, const route::RouteTable& table) {
  route::Route route;
  route::Decision decision;
  for (const rules::RuleRef& rule : rules_for(table.rules(), record.request.authority)) {
    if (!takes(rule->match, record.request)) continue;
    route.rule = rule;
    decision.route = &route;
    decision.outcome = route::Outcome::kForward;
    if (const rules::Forward* forward = decision.forward()) decision.destinations = forward->destinations;
    break;
  }
  std::vector<route::HeaderView> lines;
  return mismatch(*record.expected, record.view(lines), decision);
}

}  // namespace

void Validator::add(const std::string& file, const Record& record, const Answer& answer) {
  if (record.expected == nullptr) return;
  const std::string there = objection(record, table_);
  ++(there.empty() ? passed : failed);
  const std::string& gateway = answer.judgement->difference;
  if (there.empty() == gateway.empty()) return;
  ++differ;
  if (otherwise.size() < kShown)
    otherwise.push_back({.file = file,
                         .line = record.line,
                         .request = title(record),
                         .passes_there = there.empty(),
                         .there = there,
                         .gateway = gateway});
}

}  // namespace wicket::replay
