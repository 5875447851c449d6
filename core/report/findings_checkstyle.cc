#include <fmt/format.h>

#include <iterator>
#include <map>

#include "report/finding_parts.h"
#include "report/findings.h"

namespace wicket::report {

std::string findings_checkstyle(const LintReport& report) {
  Places places(report);
  std::map<std::string, std::string> by_file;
  for (const UnreadFile& failure : report.failures) {
    by_file[places.path(failure.file)] += fmt::format(
        "    <error line=\"1\" severity=\"error\" message=\"cannot read: {}\" source=\"wicket.unreadable\"/>\n",
        xml_attribute(failure.message));
  }
  for (const check::Diagnostic& finding : report.diagnostics) {
    const Position at = places.at(finding.span).begin;
    by_file[places.path(finding.span)] += fmt::format(
        "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"wicket.{}\"/>\n", at.line,
        at.column, check::severity_name(finding.severity), xml_attribute(whole_message(finding)), finding.rule->id);
  }
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  for (const auto& [path, errors] : by_file)
    out += fmt::format("  <file name=\"{}\">\n{}  </file>\n", xml_attribute(path), errors);
  return out + "</checkstyle>\n";
}

}  // namespace wicket::report
