#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/utf8.h"
#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::report {
namespace {

using check::Diagnostic;
using check::Severity;

constexpr std::size_t kLongestLine = 160;  // code points of an excerpt

struct Paint {
  bool on = false;

  [[nodiscard]] std::string bold(std::string_view text) const { return wrap("1", text); }
  [[nodiscard]] std::string faint(std::string_view text) const { return wrap("2", text); }
  [[nodiscard]] std::string level(Severity severity, std::string_view text) const {
    switch (severity) {
      case Severity::kError:
        return wrap("1;31", text);
      case Severity::kWarning:
        return wrap("1;33", text);
      case Severity::kInfo:
        return wrap("1;36", text);
    }
    return std::string(text);
  }

 private:
  [[nodiscard]] std::string wrap(std::string_view code, std::string_view text) const {
    return on ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
};

std::string place(Places& places, const Span& span) {
  const Position at = places.at(span).begin;
  return fmt::format("{}:{}:{}", places.name(span), at.line, at.column);
}

/// Number of leading bytes that hold `count` code points.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

/// The line and the mark below it. Of a very long line only the part around the mark is shown.
std::string excerpt(const SourceSet& sources, Places& places, const Span& span, const Paint& paint) {
  const Line line = sources.line(span.file, span.begin);
  if (line.text.empty() || find_invalid_utf8(line.text)) return {};
  const std::size_t begin =
      span.begin < line.offset ? 0 : std::min<std::size_t>(span.begin - line.offset, line.text.size());
  const std::size_t end =
      std::clamp<std::size_t>(span.end < line.offset ? 0 : span.end - line.offset, begin, line.text.size());
  std::size_t before = count_code_points(line.text.substr(0, begin));
  std::size_t width = std::max<std::size_t>(1, count_code_points(line.text.substr(begin, end - begin)));
  std::string_view shown = line.text;
  std::string lead;
  if (count_code_points(shown) > kLongestLine) {
    const std::size_t cut = before > kLongestLine / 2 ? before - kLongestLine / 2 : 0;
    shown.remove_prefix(bytes_of(shown, cut));
    shown = shown.substr(0, bytes_of(shown, kLongestLine));
    before -= cut;
    width = std::min(width, kLongestLine - before);
    if (cut > 0) lead = "...";
    before += lead.size();
  }
  const std::string number = std::to_string(places.at(span).begin.line);
  std::string mark = "^" + std::string(width - 1, '~');
  return fmt::format("  {:>5} {} {}{}\n        {} {:>{}}{}\n", number, paint.faint("|"), lead, printable(shown),
                     paint.faint("|"), "", before, paint.level(Severity::kError, mark));
}

void append_finding(std::string& out, const LintReport& report, Places& places, const Diagnostic& finding,
                    const Paint& paint) {
  auto end = std::back_inserter(out);
  fmt::format_to(end, "{}: {}: {} [{}]\n", paint.bold(place(places, finding.span)),
                 paint.level(finding.severity, check::severity_name(finding.severity)), paint.bold(finding.message),
                 finding.rule->id);
  if (!finding.is_secret) out += excerpt(report.sources, places, finding.span, paint);
  for (const check::Note& note : finding.notes)
    fmt::format_to(end, "  note: {}: {}\n", place(places, note.span), note.message);
  if (!finding.help.empty()) fmt::format_to(end, "  help: {}\n", finding.help);
  if (!finding.witness.url.empty()) fmt::format_to(end, "  try: {}\n", route_command(finding.witness));
}

std::string summary(const LintReport& report, const Paint& paint) {
  const auto counts = count_levels(report);
  std::string found;
  const auto add = [&](Severity severity, std::string_view one, std::string_view many) {
    const std::size_t count = counts[static_cast<std::size_t>(severity)];
    if (count == 0) return;
    if (!found.empty()) found += ", ";
    found += paint.level(severity, counted(count, one, many));
  };
  add(Severity::kError, "error", "errors");
  add(Severity::kWarning, "warning", "warnings");
  add(Severity::kInfo, "info", "infos");
  if (found.empty()) found = "no findings";
  std::string text = fmt::format("{} in {}, {}", found, counted(report.counts.resources, "resource", "resources"),
                                 counted(report.counts.files, "file", "files"));
  if (report.counts.skipped > 0)
    text += fmt::format("; {} of other kinds skipped", counted(report.counts.skipped, "document", "documents"));
  if (report.counts.suppressed > 0) text += fmt::format("; {} suppressed", report.counts.suppressed);
  return text + "\n";
}

}  // namespace

std::string findings_text(const LintReport& report, const TextStyle& style) {
  const Paint paint{.on = style.color};
  std::string out;
  Places places(report);
  for (const Diagnostic& finding : report.diagnostics) append_finding(out, report, places, finding, paint);
  if (style.summary) out += summary(report, paint);
  return out;
}

}  // namespace wicket::report
