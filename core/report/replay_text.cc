#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/finding_parts.h"
#include "report/replay.h"
#include "report/tests.h"

namespace wicket::report {
namespace {

struct Paint {
  bool on = false;

  [[nodiscard]] std::string bold(std::string_view text) const { return wrap("1", text); }
  [[nodiscard]] std::string red(std::string_view text) const { return wrap("1;31", text); }
  [[nodiscard]] std::string yellow(std::string_view text) const { return wrap("33", text); }
  [[nodiscard]] std::string green(std::string_view text) const { return wrap("32", text); }

 private:
  [[nodiscard]] std::string wrap(std::string_view code, std::string_view text) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
};

// What a client sent may hold anything.
std::string shown(std::string_view text) { return printable(valid_utf8(text)); }

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  // What is not all is never shown as all, and what is something never as nothing.
  if (part < whole && share > 99.9) return "99.9%";
  if (part > 0 && share < 0.1) return "0.1%";
  return fmt::format("{:.1f}%", share);
}

std::string requests_words(std::uint64_t count) { return counted(count, "request", "requests"); }

void append_log(std::string& out, const ReplayedLog& log, bool notes) {
  auto end = std::back_inserter(out);
  if (log.format.empty() && log.failure.empty() && log.unread == 0 && log.records == 0) {
    fmt::format_to(end, "{}: nothing in it that is known\n", log.file);
    return;
  }
  fmt::format_to(end, "{}: {}", log.file, requests_words(log.records));
  if (!log.format.empty()) fmt::format_to(end, " ({})", log.format);
  if (log.unread > 0)
    fmt::format_to(end, ", {} not read",
                   log.has_entries ? counted(log.unread, "entry", "entries") : counted(log.unread, "line", "lines"));
  out += '\n';
  if (!log.failure.empty()) fmt::format_to(end, "  reading ended early: {}\n", log.failure);
  if (!notes) return;
  for (const ReplayedUnread& unread : log.first_unread) {
    fmt::format_to(end, "  {} {} {}\n", log.has_entries ? "entry" : "line", unread.line, shown(unread.why));
    if (!unread.text.empty()) fmt::format_to(end, "    {}\n", shown(unread.text));
  }
  if (log.unread > log.first_unread.size())
    fmt::format_to(end, "  and {} more\n", log.unread - log.first_unread.size());
}

void append_verdicts(std::string& out, const ReplayReport& report, const Paint& paint) {
  auto end = std::back_inserter(out);
  const std::uint64_t told = report.agree + report.consistent + report.contradict;
  if (told > 0) {
    out += paint.bold("compared with what was recorded") + '\n';
    fmt::format_to(end, "  {:<11}  {:>10}  {:>6}\n", "agrees", report.agree, percent(report.agree, told));
    if (report.consistent > 0)
      fmt::format_to(end, "  {:<11}  {:>10}  {:>6}  the log does not tell what could explain it\n", "consistent",
                     report.consistent, percent(report.consistent, told));
    fmt::format_to(end, "  {}  {:>10}  {:>6}\n",
                   report.contradict > 0 ? paint.red("contradicts") : std::string("contradicts"), report.contradict,
                   percent(report.contradict, told));
  }
  if (told > 0 && report.untold > 0)
    fmt::format_to(end, "  {:<11}  {:>10}          nothing was recorded that could be compared\n", "untold",
                   report.untold);
}

void append_difference(std::string& out, const ReplayDifference& one, const Paint& paint) {
  auto end = std::back_inserter(out);
  fmt::format_to(end, "{}: {}\n", paint.bold(fmt::format("{}:{}", one.file, one.line)), shown(one.request));
  if (one.requests > 1) fmt::format_to(end, "  {:<9} {}, this is the first\n", "like it", requests_words(one.requests));
  fmt::format_to(end, "  {:<9} {}\n", one.is_test ? "expected" : "recorded", shown(one.recorded));
  if (!one.recorded_rule.empty()) fmt::format_to(end, "  {:<9}   by {}\n", "", one.recorded_rule);
  fmt::format_to(end, "  {:<9} {}\n", "decided", shown(one.decided));
  if (!one.decided_rule.empty()) fmt::format_to(end, "  {:<9}   by {}\n", "", one.decided_rule);
  if (!one.because.empty()) fmt::format_to(end, "  {:<9} {}\n", "because", shown(one.because));
}

void append_differences(std::string& out, std::string_view heading, const std::vector<ReplayDifference>& all,
                        std::size_t most, const Paint& paint) {
  if (all.empty()) return;
  out += '\n' + std::string(heading) + '\n';
  for (std::size_t i = 0; i < std::min(all.size(), most); ++i) append_difference(out, all[i], paint);
  if (all.size() > most)
    fmt::format_to(std::back_inserter(out), "and {} more that differ in another way\n", all.size() - most);
}

std::size_t width_of(const std::vector<ReplayCount>& counts, std::size_t most) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < std::min(counts.size(), most); ++i) width = std::max(width, counts[i].name.size());
  return width;
}

void append_counts(std::string& out, std::string_view title, const std::vector<ReplayCount>& counts,
                   std::uint64_t whole, std::size_t most) {
  if (counts.empty()) return;
  auto end = std::back_inserter(out);
  const std::size_t width = std::max(width_of(counts, most), title.size());
  fmt::format_to(end, "\n{:<{}}  {:>10}  {:>6}\n", title, width, "REQUESTS", "SHARE");
  for (std::size_t i = 0; i < std::min(counts.size(), most); ++i)
    fmt::format_to(end, "{:<{}}  {:>10}  {:>6}\n", shown(counts[i].name), width, counts[i].requests,
                   percent(counts[i].requests, whole));
  if (counts.size() > most) fmt::format_to(end, "and {} more\n", counts.size() - most);
}

std::vector<ReplayCount> rule_counts(const ReplayReport& report) {
  std::vector<ReplayCount> counts;
  for (const ReplayedRule& rule : report.rules)
    counts.push_back({fmt::format("{}{}{}", rule.title, rule.name.empty() ? "" : fmt::format(", \"{}\"", rule.name),
                                  rule.file.empty() ? "" : fmt::format(" ({}:{})", rule.file, rule.line)),
                      rule.requests});
  return counts;
}

void append_lost(std::string& out, const ReplayReport& report, std::size_t most, const Paint& paint) {
  if (report.lost.empty()) return;
  auto end = std::back_inserter(out);
  out += '\n' + paint.bold("went nowhere") + '\n';
  for (std::size_t i = 0; i < std::min(report.lost.size(), most); ++i) {
    const ReplayLoss& lost = report.lost[i];
    fmt::format_to(end, "  {:>10}  {}\n              {}:{}: {}\n", lost.requests, shown(lost.why), lost.file, lost.line,
                   shown(lost.request));
  }
  const std::uint64_t further = report.lost.size() > most ? report.lost.size() - most : 0;
  if (further > 0) fmt::format_to(end, "  and {} more\n", further);
  if (report.further_lost > 0)
    fmt::format_to(end, "  and {} of hosts beyond those\n", requests_words(report.further_lost));
}

void append_remarks(std::string& out, const ReplayReport& report) {
  auto end = std::back_inserter(out);
  if (report.guessed_ports > 0)
    fmt::format_to(end, "  {} came in at a port that is not told or not the gateway's; the usual one was taken\n",
                   requests_words(report.guessed_ports));
  if (report.broken > 0)
    fmt::format_to(end, "  {} that the gateway could not read {} left out\n", requests_words(report.broken),
                   report.broken == 1 ? "is" : "are");
  if (report.elsewhere > 0)
    fmt::format_to(end, "  {} of sidecars {} left out\n", counted(report.elsewhere, "line", "lines"),
                   report.elsewhere == 1 ? "is" : "are");
}

void append_comparison(std::string& out, const ReplayComparison& comparison, std::size_t most, const Paint& paint) {
  auto end = std::back_inserter(out);
  const std::uint64_t all = comparison.same + comparison.changed;
  out += '\n' + paint.bold("with the other manifests") + '\n';
  fmt::format_to(end, "  {:<11}  {:>10}  {:>6}\n", "the same", comparison.same, percent(comparison.same, all));
  fmt::format_to(end, "  {:<11}  {:>10}  {:>6}\n", "changed", comparison.changed, percent(comparison.changed, all));
  for (std::size_t i = 0; i < std::min(comparison.changes.size(), most); ++i) {
    const ReplayChange& one = comparison.changes[i];
    fmt::format_to(end, "{}: {}\n", paint.bold(fmt::format("{}:{}", one.file, one.line)), shown(one.request));
    fmt::format_to(end, "  {:<9} {}, {}\n", "changes", requests_words(one.requests), percent(one.requests, all));
    fmt::format_to(end, "  {:<9} {}\n", "before", shown(one.before));
    if (!one.before_rule.empty()) fmt::format_to(end, "  {:<9}   by {}\n", "", one.before_rule);
    fmt::format_to(end, "  {:<9} {}\n", "after", shown(one.after));
    if (!one.after_rule.empty()) fmt::format_to(end, "  {:<9}   by {}\n", "", one.after_rule);
  }
  if (comparison.changes.size() > most)
    fmt::format_to(end, "and {} more that change in another way\n", comparison.changes.size() - most);
}

void append_validator(std::string& out, const ReplayValidator& validator, std::size_t most, const Paint& paint) {
  auto end = std::back_inserter(out);
  out += '\n' + paint.bold("as istio-config-validator reads them") + '\n';
  fmt::format_to(end, "  {:<11}  {:>10}\n  {:<11}  {:>10}\n", "pass", validator.passed, "fail", validator.failed);
  if (validator.differ == 0) return;
  fmt::format_to(end, "  {} otherwise by a gateway\n", counted(validator.differ, "is judged", "are judged"));
  for (std::size_t i = 0; i < std::min(validator.otherwise.size(), most); ++i) {
    const ReplayOtherwise& one = validator.otherwise[i];
    fmt::format_to(end, "{}: {}\n  {}: {}\n", paint.bold(fmt::format("{}:{}", one.file, one.line)), shown(one.request),
                   one.passes_there ? "passes there and fails at a gateway" : "fails there and passes at a gateway",
                   shown(one.why));
  }
  if (validator.otherwise.size() > most) fmt::format_to(end, "and {} more\n", validator.otherwise.size() - most);
}

}  // namespace

std::string replay_text(const ReplayReport& report, const ReplayTextStyle& style) {
  const Paint paint{.on = style.color};
  std::string out;
  for (const ReplayedLog& log : report.logs) append_log(out, log, style.notes);
  if (style.notes) append_remarks(out, report);
  append_verdicts(out, report, paint);
  append_differences(out, paint.red("contradictions"), report.contradictions, style.max_differences, paint);
  if (style.notes) append_differences(out, paint.yellow("consistent"), report.explained, style.max_differences, paint);
  append_counts(out, "DESTINATION", report.destinations, report.requests, style.max_rows);
  append_counts(out, "ROUTE", rule_counts(report), report.requests, style.max_rows);
  append_counts(out, "STATUS", report.statuses, report.requests, style.max_rows);
  append_lost(out, report, style.max_rows, paint);
  if (report.validator) append_validator(out, *report.validator, style.max_differences, paint);
  if (report.comparison) append_comparison(out, *report.comparison, style.max_differences, paint);
  if (report.coverage) out += '\n' + coverage_text(*report.coverage);
  if (lacks_coverage(report))
    fmt::format_to(std::back_inserter(out), "{}: {:.1f}% is less than the {:g}% of --fail-under\n",
                   paint.red("coverage"), report.coverage->count().percent(), *report.fail_under);
  return out;
}

}  // namespace wicket::report
