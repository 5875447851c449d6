// What the formats of findings have in common: places, counts, and text that a format can carry.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/locator.h"
#include "check/diagnostic.h"
#include "report/findings.h"

namespace wicket::report {

/// Where a span begins and ends, for a reader.
struct Place {
  Position begin;
  Position end;
};

/// A name of a file from the top of the repository when that is known, with forward slashes.
[[nodiscard]] std::string repository_path(std::string_view name, const RepositoryPaths& paths);

/// Turns spans into places, and names of files into paths from the top of the repository.
class Places {
 public:
  explicit Places(const LintReport& report) : report_(report), locator_(report.sources) {}

  [[nodiscard]] Place at(const Span& span);
  /// As the user wrote it.
  [[nodiscard]] const std::string& name(const Span& span) const { return report_.sources.name(span.file); }
  /// From the top of the repository when that is known, with forward slashes.
  [[nodiscard]] std::string path(std::string_view name) const;
  [[nodiscard]] std::string path(const Span& span) const { return path(name(span)); }

 private:
  const LintReport& report_;
  Locator locator_;
};

/// Number of findings, indexed by level.
[[nodiscard]] std::array<std::size_t, 3> count_levels(const LintReport& report);

/// Whether a finding makes the exit code 1.
[[nodiscard]] bool fails(const LintReport& report, const check::Diagnostic& finding);

/// "VirtualService shop/routes"; empty when there is no object.
[[nodiscard]] std::string object_text(const check::ResourceName& name);

/// What to type to see a witness: "wicket route -X POST 'http://…'".
[[nodiscard]] std::string route_command(const check::Witness& witness);

/// Message, way out and witness in one sentence, for formats that have one text.
[[nodiscard]] std::string whole_message(const check::Diagnostic& finding);

/// Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string valid_utf8(std::string_view text);

/// Text as content of an element, or as the value of an attribute, of XML 1.0. What XML cannot carry becomes U+FFFD.
[[nodiscard]] std::string xml_text(std::string_view text);
[[nodiscard]] std::string xml_attribute(std::string_view text);

/// A description of TAP: one line, without what starts a directive.
[[nodiscard]] std::string tap_description(std::string_view text);

/// A YAML scalar in double quotes.
[[nodiscard]] std::string yaml_quoted(std::string_view text);

/// Text without what the runner of GitHub Actions would take for its own syntax. A property also ends at a colon or a
/// comma.
[[nodiscard]] std::string github_escaped(std::string_view text, bool property);

/// Text in a cell of a Markdown table: nothing in it is markup.
[[nodiscard]] std::string markdown_cell(std::string_view text);

/// "1 file", "2 files".
[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many);

/// A line as a terminal can show it: tabs are blanks, control characters are dots.
[[nodiscard]] std::string printable(std::string_view line);

/// A path as a URI reference: what RFC 3986 does not allow in a path is encoded. Absolute ones become file: URIs.
[[nodiscard]] std::string uri_of(std::string_view path);

/// One finding as in findings_json, on one line; `type` stands in front when it is not empty.
[[nodiscard]] std::string finding_json_line(Places& places, const check::Diagnostic& finding, std::string_view type);

}  // namespace wicket::report
