#include "report/rule_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "report/decision_words.h"

namespace wicket::report {
namespace {

using rules::MatchType;

// A condition on a field that every request has.
std::string condition(std::string_view field, const rules::StringPredicate& wanted) {
  const std::string_view ignoring = wanted.ignore_case ? " (any case)" : "";
  const std::string name = field.empty() ? "" : std::string(field) + " ";
  switch (wanted.type) {
    case MatchType::kPresent:
      return name + "present";
    case MatchType::kExact:
      return fmt::format("{}{}{}", field.empty() ? "exact " : name, wanted.text, ignoring);
    case MatchType::kPrefix:
      return fmt::format("{}prefix {}{}", name, wanted.text, ignoring);
    case MatchType::kRegex:
      return fmt::format("{}regex {}", name, wanted.text);
    case MatchType::kPathSegment:
      return fmt::format("{}below {}{}", name, wanted.text, ignoring);
  }
  return "";
}

std::string condition(std::string_view field, const rules::NamedPredicate& named) {
  const std::string name = fmt::format("{} {}", named.is_claim ? "claim" : field, named.name);
  const rules::StringPredicate& value = named.value;
  switch (value.type) {
    case MatchType::kPresent:
      return named.inverted ? "no " + name : name;
    case MatchType::kExact:
      return fmt::format("{} {} \"{}\"", name, named.inverted ? "!=" : "=", value.text);
    case MatchType::kPrefix:
      return fmt::format("{} {}prefix \"{}\"", name, named.inverted ? "not " : "", value.text);
    case MatchType::kRegex:
      return fmt::format("{} {}regex \"{}\"", name, named.inverted ? "not " : "", value.text);
    case MatchType::kPathSegment:
      break;
  }
  return name;
}

std::string redirect_text(const rules::Redirect& redirect) {
  std::string target;
  if (redirect.scheme) target += *redirect.scheme + "://";
  if (redirect.authority) target += *redirect.authority;
  if (!redirect.authority && (redirect.scheme || redirect.port)) target += "{host}";
  if (redirect.port) target += fmt::format(":{}", *redirect.port);
  if (redirect.uri) {
    target += *redirect.uri;
  } else if (redirect.prefix_rewrite) {
    target += *redirect.prefix_rewrite + "{rest of path}";
  } else {
    target += "{path}";
  }
  return fmt::format("{} to {}", redirect.status, target);
}

bool is_default(const rules::Retries& retries) {
  return retries.attempts == 2 && !retries.per_try_timeout && retries.status_codes.empty();
}

void add_forward_flags(const rules::Forward& forward, std::vector<std::string>& out) {
  if (forward.rewrite.regex) {
    out.push_back(fmt::format("rewrite regex {}", forward.rewrite.regex->pattern));
  } else if (forward.rewrite.uri) {
    out.push_back(fmt::format("rewrite {}", *forward.rewrite.uri));
  }
  if (forward.rewrite.authority) out.push_back(fmt::format("host {}", *forward.rewrite.authority));
  if (forward.timeout) out.push_back(fmt::format("timeout {}", duration_text(*forward.timeout)));
  if (!forward.retries) out.emplace_back("no retries");
  if (forward.retries && !is_default(*forward.retries))
    out.push_back(fmt::format("retries {}", forward.retries->attempts));
  for (const rules::Mirror& mirror : forward.mirrors)
    out.push_back(fmt::format("mirror {:g}% {}", mirror.percent, cluster_title(*mirror.cluster)));
  if (forward.fault.delay)
    out.push_back(
        fmt::format("delay {} for {:g}%", duration_text(forward.fault.delay->duration), forward.fault.delay->percent));
  if (forward.fault.abort) out.push_back(fmt::format("abort {:g}%", forward.fault.abort->percent));
  if (forward.cors) out.emplace_back("CORS");
}

bool edits_headers(const rules::Rule& rule) {
  const auto edits = [](const rules::HeaderEdits& h) { return !h.request.empty() || !h.response.empty(); };
  const auto* forward = std::get_if<rules::Forward>(&rule.action);
  return edits(rule.headers) || (forward != nullptr && std::ranges::any_of(forward->destinations, [&](const auto& d) {
                                   return edits(d.headers);
                                 }));
}

}  // namespace

std::string duration_text(std::chrono::milliseconds time) {
  return time.count() % 1000 == 0 ? fmt::format("{}s", time.count() / 1000) : fmt::format("{}ms", time.count());
}

std::string conditions_text(const rules::Match& match) {
  std::string text;
  const auto add = [&text](const std::string& one) { text.append(text.empty() ? "" : ", ").append(one); };
  const bool any_path = !match.path || (match.path->type == MatchType::kPrefix && match.path->text == "/");
  if (!any_path) add(condition("", *match.path));
  if (match.method) add(condition("method", *match.method));
  if (match.scheme) add(condition("scheme", *match.scheme));
  if (match.authority) add(condition("authority", *match.authority));
  for (const rules::NamedPredicate& header : match.headers) add(condition("header", header));
  for (const rules::NamedPredicate& parameter : match.query_params) add(condition("query", parameter));
  return text.empty() ? "everything" : text;
}

double percent_of(const rules::WeightedDestination& one, const std::vector<rules::WeightedDestination>& all) {
  double total = 0;
  for (const rules::WeightedDestination& each : all) total += each.weight;
  return total == 0 ? 0 : 100 * one.weight / total;
}

std::vector<std::string> destination_lines(const std::vector<rules::WeightedDestination>& destinations) {
  std::vector<std::string> lines;
  for (const rules::WeightedDestination& each : destinations) {
    std::string text = destinations.size() == 1 ? "" : fmt::format("{:.4g}% ", percent_of(each, destinations));
    text += cluster_title(*each.cluster);
    if (each.cluster->existence == rules::Existence::kMissing) text += " [no cluster: " + each.cluster->reason + "]";
    lines.push_back(std::move(text));
  }
  return lines;
}

std::vector<std::string> action_lines(const rules::Action& action) {
  if (const auto* forward = std::get_if<rules::Forward>(&action)) return destination_lines(forward->destinations);
  if (const auto* redirect = std::get_if<rules::Redirect>(&action)) return {redirect_text(*redirect)};
  if (const auto* response = std::get_if<rules::DirectResponse>(&action))
    return {fmt::format("{} with a body of {} bytes", response->status, response->body.size())};
  return {"nowhere"};
}

std::vector<std::string> flags(const rules::Rule& rule) {
  std::vector<std::string> out;
  if (const auto* forward = std::get_if<rules::Forward>(&rule.action)) add_forward_flags(*forward, out);
  if (edits_headers(rule)) out.emplace_back("headers");
  if (rule.refused) out.emplace_back("refused by Envoy");
  return out;
}

std::string short_title(const rules::Provenance& from) {
  if (from.virtual_service.empty()) return "the server's own hosts";
  std::string title = rule_title(
      {.virtual_service = from.virtual_service, .section = from.section, .index = from.index, .match = from.match});
  title.erase(title.find("VirtualService "), 15);
  if (!from.root.empty()) title += fmt::format(" < {}", from.root);
  return title;
}

}  // namespace wicket::report
