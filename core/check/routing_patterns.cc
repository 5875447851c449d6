// Patterns and commands that never do anything: WK515, WK520, WK547. Only what the text of a pattern tells for sure.
// Source: Envoy source/common/router/config_impl.cc: a regex takes the whole path without its query, a substitution is
// made for every match in it; source/common/formatter for commands.
#include <algorithm>
#include <optional>

#include "check/format_commands.h"
#include "check/http_text.h"
#include "check/regex_shape.h"
#include "check/routing.h"
#include "check/words.h"
#include "route/regex.h"
#include "rules/host_names.h"

namespace wicket::check::routing {
namespace {

using model::HTTPMatchRequest;
using model::Text;
using route::Regex;

// ---- WK515 ----

void check_path_regex(const Subject& subject, const Text& regex) {
  if (!regex || regex->empty() || *regex == "\\*" || subject.patterns.fault_of(*regex) != nullptr) return;
  const PathFault fault = path_fault(*regex);
  if (fault == PathFault::kNone) return;
  const Place place = subject.places.value(regex.node);
  switch (fault) {
    case PathFault::kQuery:
      subject.report(wk("WK515"), place, "{} never matches: a path has neither ? nor #", quoted(*regex))
          .help("a regex is matched against the path without its query; match the query with queryParams");
      return;
    case PathFault::kAnchor:
      subject.report(wk("WK515"), place, "{} never matches: ^ or $ stands in the middle of it", quoted(*regex))
          .help("a regex is matched against the whole path: leave ^, $ and delimiters as in /…/ out");
      return;
    default:
      subject.report(wk("WK515"), place, "{} never matches: a path starts with /", quoted(*regex))
          .help("a regex is matched against the whole path; begin it with /");
  }
}

// ---- WK520 ----

/// A substitution, read once for all conditions of its rule.
struct Substitution {
  Regex pattern;
  std::string start;         // what every match begins with
  bool is_anchored = false;  // matches only where the path begins
};

bool parts_ways(std::string_view a, std::string_view b) { return !a.starts_with(b) && !b.starts_with(a); }

bool begins_otherwise(const Substitution& substitution, std::string_view path, bool ignore_case) {
  if (!substitution.is_anchored) return false;
  if (!ignore_case) return parts_ways(substitution.start, path);
  return parts_ways(rules::lower_case(substitution.start), rules::lower_case(path));
}

bool never_applies(const Substitution& substitution, const HTTPMatchRequest& match) {
  if (!match.uri) return false;
  const bool ignore_case = static_cast<bool>(match.ignore_uri_case) && *match.ignore_uri_case;
  const model::StringMatch& uri = *match.uri;
  if (uri.exact)
    return ignore_case ? begins_otherwise(substitution, *uri.exact, true) : !substitution.pattern.finds_in(*uri.exact);
  if (uri.prefix) return begins_otherwise(substitution, *uri.prefix, ignore_case);
  if (!uri.regex) return false;
  const std::optional<Regex> paths = Regex::compile(*uri.regex);
  return paths && begins_otherwise(substitution, paths->literal_prefix(), false);
}

/// The highest group that a substitution names: \1 to \9.
std::size_t highest_group(std::string_view text) {
  std::size_t highest = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') continue;
    ++i;
    if (text[i] >= '0' && text[i] <= '9') highest = std::max(highest, static_cast<std::size_t>(text[i] - '0'));
  }
  return highest;
}

/// Whether it names groups as nginx does: $1.
bool has_dollar_group(std::string_view text) {
  const std::size_t at = text.find('$');
  return at != std::string_view::npos && at + 1 < text.size() && text[at + 1] >= '1' && text[at + 1] <= '9';
}

void check_substitution(const Subject& subject, const model::HTTPRoute& route) {
  if (!route.rewrite || !route.rewrite->uri_regex_rewrite || route.redirect || route.direct_response) return;
  const model::RegexRewrite& regex = *route.rewrite->uri_regex_rewrite;
  if (!regex.match || regex.match->empty() || subject.patterns.fault_of(*regex.match) != nullptr) return;
  const std::optional<Regex> pattern = Regex::compile(*regex.match);
  if (!pattern) return;
  const Place place = subject.places.value(regex.match.node);
  const auto note_rewrite = [&](Finding& finding, std::string message) {
    finding.note(subject.resource.span(regex.rewrite.node), std::move(message));
  };

  const Substitution substitution{
      .pattern = *pattern, .start = pattern->literal_prefix(), .is_anchored = begins_with_anchor(*regex.match)};
  const bool is_idle = !route.match.empty() && std::ranges::all_of(route.match, [&](const auto& match) {
    return never_applies(substitution, match);
  });
  if (is_idle) {
    subject
        .report(wk("WK520"), place, "{} is in no path that the rule takes, so the path stays as it is",
                quoted(*regex.match))
        .note(subject.resource.span(route.match[0].uri->node), "these paths come here")
        .help("begin the pattern like the paths of the match");
  } else if (regex.rewrite && highest_group(*regex.rewrite) > pattern->groups()) {
    auto finding = subject.report(wk("WK520"), place, "the pattern has {} group{}, so \\{} changes nothing",
                                  pattern->groups(), pattern->groups() == 1 ? "" : "s", highest_group(*regex.rewrite));
    note_rewrite(finding, "the group is named here");
    finding.help("put what is to be kept in parentheses");
  } else if (regex.rewrite && pattern->groups() > 0 && has_dollar_group(*regex.rewrite) &&
             highest_group(*regex.rewrite) == 0) {
    auto finding = subject.report(wk("WK520"), place, "the groups of the pattern are not used: {} is taken literally",
                                  quoted(*regex.rewrite));
    note_rewrite(finding, "a group is written \\1, not $1");
    finding.help("write \\1 for the first group");
  }
}

// ---- WK547 ----

void check_commands(const Subject& subject, const model::Headers* headers) {
  if (headers == nullptr) return;
  for (const model::HeaderOperations* operations : {headers->request.get(), headers->response.get()}) {
    if (operations == nullptr) continue;
    for (const auto* map : {&operations->set, &operations->add}) {
      for (const auto& [key, key_node, value] : *map) {
        if (!value || value->find('%') == std::string_view::npos || percent_fault(*value)) continue;
        for (const FormatCommand& command : format_commands(*value)) {
          if (is_format_command(command.name)) continue;
          auto finding =
              subject.report(wk("WK547"), subject.places.part(value.node, {command.offset, command.name.size() + 1}),
                             "the proxy has no command {}", quoted(command.name));
          if (const std::string_view meant = nearest_format_command(command.name); !meant.empty())
            finding.help(fmt::format("did you mean %{}%?", meant));
          else
            finding.help("write %% for a percent sign");
        }
      }
    }
  }
}

}  // namespace

void check_patterns(const Subject& subject, const model::HTTPRoute& route) {
  for (const HTTPMatchRequest& match : route.match)
    if (match.uri) check_path_regex(subject, match.uri->regex);
  check_substitution(subject, route);
  check_commands(subject, route.headers.get());
  for (const model::HTTPRouteDestination& item : route.route) check_commands(subject, item.headers.get());
}

}  // namespace wicket::check::routing
