#include "report/finding_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/utf8.h"

namespace wicket::report {
namespace {

/// `breaks`: line breaks and tabs stay as they are, which a reader of an attribute would turn into blanks.
std::string escape_xml(std::string_view text, bool breaks) {
  std::string out;
  const std::string valid = valid_utf8(text);
  for (std::string_view left = valid; !left.empty();) {
    const CodePoint point = first_code_point(left);
    const std::string_view bytes = left.substr(0, point.size);
    left.remove_prefix(point.size);
    switch (point.value) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':
        out += "&#13;";
        break;
      case '\t':
      case '\n':
        out += breaks ? std::string(bytes) : fmt::format("&#{};", point.value);
        break;
      default:
        if (point.value < 0x20 || point.value == 0xFFFE || point.value == 0xFFFF) {
          append_utf8(out, 0xFFFD);
        } else {
          out += bytes;
        }
    }
  }
  return out;
}

std::string in_quotes(std::string_view word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

Place Places::at(const Span& span) {
  return {.begin = locator_.position(span.file, span.begin), .end = locator_.position(span.file, span.end)};
}

std::string repository_path(std::string_view name, const RepositoryPaths& paths) {
  std::filesystem::path path(name);
  if (path.is_absolute()) {
    const std::string text = path.lexically_normal().generic_string();
    const std::string root = paths.root + "/";
    return !paths.root.empty() && text.starts_with(root) ? text.substr(root.size()) : text;
  }
  if (!paths.prefix.empty()) path = std::filesystem::path(paths.prefix) / path;
  return path.lexically_normal().generic_string();
}

std::string Places::path(std::string_view name) const { return repository_path(name, report_.paths); }

std::array<std::size_t, 3> count_levels(const LintReport& report) {
  std::array<std::size_t, 3> counts{};
  for (const check::Diagnostic& finding : report.diagnostics) ++counts[static_cast<std::size_t>(finding.severity)];
  return counts;
}

bool fails(const LintReport& report, const check::Diagnostic& finding) {
  return report.fail_on && finding.severity >= *report.fail_on;
}

std::string object_text(const check::ResourceName& name) {
  if (name.kind.empty()) return {};
  return fmt::format("{} {}{}{}", name.kind, name.ns, name.ns.empty() ? "" : "/", name.name);
}

std::string route_command(const check::Witness& witness) {
  std::string command = "wicket route";
  if (witness.method != "GET") command += fmt::format(" -X {}", witness.method);
  for (const auto& [name, value] : witness.headers) command += " -H " + in_quotes(name + ": " + value);
  return command + " " + in_quotes(witness.url);
}

std::string whole_message(const check::Diagnostic& finding) {
  std::string aside = finding.help;
  if (!finding.witness.url.empty())
    aside += fmt::format("{}try: {}", aside.empty() ? "" : "; ", route_command(finding.witness));
  return aside.empty() ? finding.message : fmt::format("{} ({})", finding.message, aside);
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  while (const auto invalid = find_invalid_utf8(text)) {
    out += text.substr(0, *invalid);
    append_utf8(out, 0xFFFD);
    text.remove_prefix(*invalid + 1);
  }
  return out += text;
}

std::string xml_text(std::string_view text) { return escape_xml(text, true); }
std::string xml_attribute(std::string_view text) { return escape_xml(text, false); }

std::string tap_description(std::string_view text) {
  std::string out;
  for (const char c : valid_utf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '#' || c == '\\') out += '\\';
    out += byte < 0x20 || byte == 0x7F ? ' ' : c;
  }
  return out;
}

std::string yaml_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : valid_utf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string github_escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : valid_utf8(text)) {
    const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
    if (special) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::string markdown_cell(std::string_view text) {
  std::string out;
  for (const char c : valid_utf8(text)) {
    if (c == '\n' || c == '\r' || c == '\t') {
      out += ' ';
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      if (std::string_view("\\`*_{}[]|~@#>").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string printable(std::string_view line) {
  std::string out;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7F ? (c == '\t' ? ' ' : '.') : c;
  }
  return out;
}

std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";  // a colon could be taken for the end of a scheme
  std::string out = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kPlain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

}  // namespace wicket::report
