#include "yaml/parse.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.h"
#include "yaml/parse_json.h"
#include "yaml/reader.h"
#include "yaml/resolve.h"
#include "yaml/syntax_error.h"

namespace wicket::yaml {
namespace {
/// Bytes that no YAML reader takes: control characters and what is not UTF-8. Source: libyaml's reader.
std::optional<GuardError> find_bad_byte(std::string_view source) {
  constexpr auto kPlain = [] {
    std::array<bool, 256> plain{};
    for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = true;
    plain['\t'] = plain['\n'] = plain['\r'] = true;
    return plain;
  }();
  const char* first = source.data();
  const char* const end = first + source.size();
  while (first != end && kPlain[static_cast<unsigned char>(*first)]) ++first;
  if (first == end) return std::nullopt;
  if (source.starts_with("\xFF\xFE") || source.starts_with("\xFE\xFF"))
    return GuardError{.begin = 0, .end = 2, .message = "the file is UTF-16", .help = "save it as UTF-8"};
  if (const auto invalid = find_invalid_utf8(source))
    return GuardError{
        .begin = *invalid, .end = *invalid + 1, .message = "invalid UTF-8", .help = "save the file as UTF-8"};
  for (auto at = static_cast<std::size_t>(first - source.data()); at < source.size();) {
    const CodePoint point = first_code_point(source.substr(at));
    const bool control = (point.value < 0x20 && point.value != '\t' && point.value != '\n' && point.value != '\r') ||
                         (point.value >= 0x7F && point.value < 0xA0 && point.value != 0x85) || point.value == 0xFFFE ||
                         point.value == 0xFFFF;
    if (control) {
      return GuardError{.begin = at,
                        .end = at + point.size,
                        .message = control_character_message(point.value),
                        .help = "remove it, or write it as an escape in double quotes"};
    }
    at += point.size;
  }
  return std::nullopt;
}

/// What stands on the lines that Kubernetes' reader looks at before any YAML: directives and the `---` line.
std::optional<Problem> check_frame(const Document& document) {
  std::string_view source = document.source;
  std::size_t at = source.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const auto problem = [&](ProblemKind kind, std::size_t begin, std::size_t end) {
    return to_problem(document, {.kind = kind, .begin = begin, .end = end, .message = {}, .help = {}});
  };
  const auto line_end = [&](std::size_t from) { return std::min(source.find_first_of("\r\n", from), source.size()); };
  while (at < source.size()) {
    const std::size_t end = line_end(at);
    if (source.substr(at).starts_with("---")) {
      const std::size_t behind = source.find_first_not_of(" \t", at + 3);
      if (behind != std::string_view::npos && behind < end && source[behind] != '#')
        return problem(ProblemKind::kTextAfterMarker, behind, end);
      return std::nullopt;
    }
    const std::size_t text = source.find_first_not_of(" \t", at);
    if (text < end && source[text] != '#') {
      if (source[at] == '%') return problem(ProblemKind::kDirective, at, end);
      return std::nullopt;
    }
    const std::size_t next = source.find('\n', at);
    at = next == std::string_view::npos ? source.size() : next + 1;
  }
  return std::nullopt;
}

bool starts_as_json(std::string_view source) {
  const std::size_t first = source.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && source[first] == '{';
}

}  // namespace

Parsed parse(std::string_view source, const DocumentPlace& place) {
  Parsed parsed;
  parsed.document = std::make_unique<Document>();
  Document& document = *parsed.document;
  document.file = place.file;
  document.base = place.offset;
  document.source = source;
  document.index = place.index;

  // Nodes grow in a vector that is kept, and are copied once their number is known: thousands of documents in memory
  // have no room to spare in each.
  thread_local std::vector<Node> scratch;
  document.nodes.swap(scratch);
  document.nodes.assign(1, Node{});
  std::optional<Problem> fatal;
  if (const auto bad = find_bad_byte(source)) {
    fatal = to_problem(document, *bad);
  } else {
    fatal = check_frame(document);
    if (!fatal && !read_abridged(document)) fatal = read_whole(document);
    const std::string_view json = place.offset == 0 && source.starts_with("\xEF\xBB\xBF") ? source.substr(3) : source;
    if (fatal && starts_as_json(json)) {
      // The arena so far stays when this fails too: the problem points into it.
      Document as_json;
      as_json.file = document.file;
      as_json.base = document.base;
      as_json.source = document.source;
      as_json.index = document.index;
      if (read_json(as_json)) {
        document = std::move(as_json);
        fatal.reset();
      }
    } else if (place.json_file && !fatal && document.root != NodeId::kNone) {
      if (auto strict = check_json(document)) parsed.problems.push_back(std::move(*strict));
    }
  }
  if (fatal) {
    document.root = NodeId::kNone;
    if (const auto marker = find_template(document, fatal->span)) {
      parsed.problems.push_back(*marker);
    } else {
      parsed.problems.push_back(std::move(*fatal));
    }
  } else {
    resolve(document, parsed.problems);
  }
  std::vector<Node> exact(document.nodes.begin(), document.nodes.end());
  document.nodes.swap(scratch);
  document.nodes = std::move(exact);
  return parsed;
}

}  // namespace wicket::yaml
