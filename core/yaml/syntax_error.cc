// yaml-cpp reports where it could not go on, which is the token behind the fault or the end of the file. From there
// this file looks back, with what was understood so far, for the things that people really get wrong.
#include "yaml/syntax_error.h"

#include <fmt/format.h>

#include <algorithm>

namespace wicket::yaml {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::size_t line_begin(std::string_view source, std::size_t at) {
  const std::size_t found = at == 0 ? kNone : source.rfind('\n', at - 1);
  return found == kNone ? 0 : found + 1;
}
std::size_t line_end(std::string_view source, std::size_t at) { return std::min(source.find('\n', at), source.size()); }
std::size_t first_text(std::string_view source, std::size_t line) {
  const std::size_t found = source.find_first_not_of(" \t", line);
  return std::min(found, line_end(source, line));
}

GuardError syntax(std::size_t begin, std::size_t end, std::string message, std::string help = {}) {
  return {
      .kind = ProblemKind::kSyntax, .begin = begin, .end = end, .message = std::move(message), .help = std::move(help)};
}

/// A rough reading of the rest: quotes, brackets and comments, enough to know what is open.
struct Rest {
  std::size_t unclosed_quote = kNone;
  std::size_t multi_line_quote = kNone;  // the last quoted text that spans lines
  std::size_t multi_line_quote_end = kNone;
  std::vector<std::size_t> open_brackets;
  std::size_t wrong_bracket = kNone;  // closes nothing, or another kind
};

Rest read_rest(std::string_view source, std::size_t from, std::size_t to, std::vector<std::size_t> open) {
  Rest rest;
  rest.open_brackets = std::move(open);
  bool token_start = true;
  for (std::size_t at = from; at < to; ++at) {
    const char c = source[at];
    if ((c == '"' || c == '\'') && token_start) {
      std::size_t end = at + 1;
      while (end < source.size() && source[end] != c) end += source[end] == '\\' && c == '"' ? 2 : 1;
      if (end >= source.size()) {
        rest.unclosed_quote = at;
        return rest;
      }
      if (source.substr(at, end - at).find('\n') != kNone) {
        rest.multi_line_quote = at;
        rest.multi_line_quote_end = end;
      }
      at = end;
      token_start = false;
      continue;
    }
    if (c == '#' && (at == 0 || source[at - 1] == ' ' || source[at - 1] == '\t' || source[at - 1] == '\n')) {
      at = line_end(source, at);
      token_start = true;
      continue;
    }
    const bool in_flow = !rest.open_brackets.empty();
    if ((c == '[' || c == '{') && (token_start || in_flow)) {
      rest.open_brackets.push_back(at);
      token_start = true;
    } else if ((c == ']' || c == '}') && (in_flow || token_start)) {
      if (!in_flow || (source[rest.open_brackets.back()] == '[') != (c == ']')) {
        rest.wrong_bracket = at;
        return rest;
      }
      rest.open_brackets.pop_back();
      token_start = false;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      // `- "x"`, `key: "x"`: a quote opens a scalar behind an indicator and a blank, not in the middle of plain text.
      if (c == '\n') token_start = true;
    } else {
      token_start = c == ',' || ((c == ':' || c == '-' || c == '?') && at + 1 < source.size() &&
                                 (source[at + 1] == ' ' || source[at + 1] == '\n' || source[at + 1] == '\t'));
      if (c == ':' && in_flow) token_start = true;
    }
  }
  return rest;
}

/// A tab in the indentation of a line between `from` and `to`, outside of flow collections.
std::size_t find_tab(std::string_view source, std::size_t from, std::size_t to) {
  for (std::size_t line = line_begin(source, from); line <= to && line < source.size();
       line = line_end(source, line) + 1) {
    for (std::size_t at = line; at < source.size(); ++at) {
      if (source[at] == '\t') {
        if (at >= from) return at;
        break;
      }
      const bool dash = (source[at] == '-' || source[at] == '?') && at + 1 < source.size() &&
                        (source[at + 1] == ' ' || source[at + 1] == '\t');
      if (source[at] != ' ' && !dash) break;
    }
  }
  return kNone;
}

std::vector<std::size_t> open_flow(const std::vector<Frame>& stack) {
  std::vector<std::size_t> open;
  for (const Frame& frame : stack)
    if (frame.bracketed) open.push_back(frame.begin);
  return open;
}

bool is_alias_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

GuardError unknown_alias(std::string_view source, std::size_t at) {
  std::size_t end = at + 1;
  while (end < source.size() && is_alias_char(source[end])) ++end;
  const bool proper =
      end > at + 1 && (end >= source.size() || std::string_view(" \t\r\n,[]{}?:%@`").find(source[end]) != kNone);
  if (proper) {
    return {.kind = ProblemKind::kUnknownAlias,
            .begin = at,
            .end = end,
            .message = std::string(source.substr(at + 1, end - at - 1)),
            .help = {}};
  }
  std::size_t stop = std::min(source.find_first_of(" \t\r\n,]}", at), source.size());
  return syntax(at, stop, "a value that starts with `*` is an alias",
                fmt::format("quote it: \"{}\"", source.substr(at, stop - at)));
}

GuardError indentation(std::string_view source, std::size_t at) {
  const std::size_t line = line_begin(source, at);
  const std::size_t text = first_text(source, line);
  return syntax(text, line_end(source, at), "this line is indented like none of the lines above it",
                "align it with the keys or list items that it belongs to");
}

/// The last value of the innermost open collection, where it is a quoted text of several lines: nearly always one whose
/// quote was forgotten, so that it ends where the next one begins.
std::optional<GuardError> swallowed_lines(const SyntaxErrorContext& context) {
  if (context.stack.empty()) return std::nullopt;
  const Frame& frame = context.stack.back();
  const std::string_view value = context.source.substr(frame.last_begin, frame.last_end - frame.last_begin);
  if (value.empty() || (value[0] != '"' && value[0] != '\'') || value.find('\n') == kNone) return std::nullopt;
  if (line_begin(context.source, frame.last_end) != line_begin(context.source, context.mark)) return std::nullopt;
  return syntax(frame.last_begin, frame.last_begin + 1,
                "this quote is not closed on its line; it ends at the next quote further down", "close the quote");
}

GuardError map_value(const SyntaxErrorContext& context) {
  const std::string_view source = context.source;
  const std::size_t colon = context.mark;
  const Rest rest = read_rest(source, context.reached, colon, {});
  if (rest.multi_line_quote != kNone && source.find_first_not_of(" \t", rest.multi_line_quote_end + 1) == colon)
    return syntax(rest.multi_line_quote, rest.multi_line_quote + 1, "a key must stand on one line");
  // Which scalar ends at this colon? One that began on an earlier line, in the place of a key, lacks its own colon.
  for (std::size_t line = line_begin(source, colon); line > line_begin(source, context.reached);) {
    const std::size_t previous = line_begin(source, line - 1);
    std::size_t text = first_text(source, previous);
    const std::size_t end = line_end(source, previous);
    if (text >= end || source[text] == '#') {
      line = previous;
      continue;
    }
    while (source.substr(text, 2) == "- ") text = std::min(source.find_first_not_of(' ', text + 2), end);
    const std::string_view content = source.substr(text, end - text);
    const bool has_colon = content.find(": ") != kNone || content.ends_with(':') || content.find(":\r") != kNone;
    if (!has_colon && previous >= line_begin(source, context.reached) && text >= context.reached &&
        content.find_first_of("|>") == kNone) {
      return syntax(text, end, fmt::format("no colon behind the key `{}`", content.substr(0, content.find('\r'))),
                    "write `key: value`, with a blank behind the colon");
    }
    break;
  }
  return syntax(colon, colon + 1, "a second `: ` on one line: a mapping cannot start here",
                "quote the value if the colon belongs to it; or check the indentation of this line");
}

GuardError flow_end(const SyntaxErrorContext& context, bool mapping) {
  const std::string_view source = context.source;
  const Frame* frame = nullptr;
  for (const Frame& candidate : context.stack)
    if (candidate.bracketed) frame = &candidate;
  const std::size_t opened = frame == nullptr ? context.reached : frame->begin;
  const Rest all = read_rest(source, opened, source.size(), {});
  if (all.unclosed_quote != kNone)
    return syntax(all.unclosed_quote, all.unclosed_quote + 1, "this quote is never closed");
  if (all.wrong_bracket != kNone && all.wrong_bracket <= context.mark) {
    return syntax(all.wrong_bracket, all.wrong_bracket + 1,
                  fmt::format("`{}` closes nothing; `{}` is open", source[all.wrong_bracket],
                              all.open_brackets.empty() ? ' ' : source[all.open_brackets.back()]));
  }
  if (const auto swallowed = swallowed_lines(context)) return *swallowed;
  if (!all.open_brackets.empty() && all.wrong_bracket == kNone) {
    // Of several that stay open, the innermost one around the fault is the one somebody forgot.
    const std::size_t open = all.open_brackets.back();
    return syntax(open, open + 1, fmt::format("this `{}` is never closed", source[open]));
  }
  std::size_t end = std::max(frame == nullptr ? context.reached : frame->last_end, context.reached);
  // `a: 1`, line break, `b: 2`: the parser took "1 b" for one value; the comma is missing behind its first line.
  const Frame& top = context.stack.back();
  const std::string_view value = source.substr(top.last_begin, top.last_end - top.last_begin);
  const std::size_t fold = value.rfind('\n');
  if (fold != kNone && value[0] != '"' && value[0] != '\'' &&
      source.find_first_not_of(" \t", top.last_end) == source.find(':', top.last_end))
    end = top.last_begin + value.find_last_not_of(" \t\r\n", fold) + 1;
  return syntax(end, end, mapping ? "a comma is missing between two entries" : "a comma is missing between two items",
                "separate the items of [ ] and { } with commas; quote values that hold brackets or quotes");
}

GuardError block_end(const SyntaxErrorContext& context) {
  const std::string_view source = context.source;
  if (const auto swallowed = swallowed_lines(context)) return *swallowed;
  const std::size_t text = first_text(source, line_begin(source, context.mark));
  const Rest rest = read_rest(source, line_begin(source, context.reached), context.mark, {});
  if (rest.multi_line_quote != kNone &&
      line_begin(source, rest.multi_line_quote_end) == line_begin(source, context.mark)) {
    return syntax(rest.multi_line_quote, rest.multi_line_quote + 1,
                  "this quote is not closed on its line; it ends at the next quote further down", "close the quote");
  }
  if (text == context.mark) {
    const bool item = source.substr(text, 2) == "- " || source.substr(text, 2) == "-\n";
    const bool in_mapping = !context.stack.empty() && context.stack.back().is_mapping;
    const int column = static_cast<int>(text - line_begin(source, text));
    if (!context.stack.empty() && column == context.stack.back().indent && item == in_mapping) {
      return in_mapping ? syntax(text, text + 1, "a list item among the keys of a mapping")
                        : syntax(text, line_end(source, text), "a key among the items of a list");
    }
    return indentation(source, context.mark);
  }
  return syntax(context.mark, line_end(source, context.mark), "unexpected text behind a value",
                "quote the whole value, or start a new line");
}

}  // namespace

std::string control_character_message(std::uint32_t code_point) {
  return fmt::format("control character U+{:04X}", code_point);
}

GuardError explain_syntax_error(const SyntaxErrorContext& context) {
  const std::string_view source = context.source;
  const std::string_view what = context.what;
  const std::size_t mark = context.mark;
  const auto open = open_flow(context.stack);

  if (what.starts_with("the referenced anchor")) return unknown_alias(source, mark);
  if (what.starts_with("alias not found") || what.find("scanning alias") != kNone) {
    const std::size_t star = mark > 0 && source[std::min(mark, source.size() - 1)] != '*' ? mark - 1 : mark;
    return syntax(star, star + 1, "a value that starts with `*` is an alias", "quote it: \"*\"");
  }
  if (what.starts_with("bad file") || what.find("recursion") != kNone || what.empty())
    return syntax(context.reached, context.reached + 1, "nested too deeply (more than 500 levels)");

  const Rest rest = read_rest(source, context.reached, source.size(), open);
  if (what.starts_with("illegal EOF") || what.starts_with("illegal document indicator")) {
    const std::size_t at = rest.unclosed_quote != kNone ? rest.unclosed_quote : context.reached;
    return syntax(at, at + 1, "this quote is never closed");
  }
  if (open.empty()) {
    if (const std::size_t tab = find_tab(source, context.reached, mark); tab != kNone)
      return {.kind = ProblemKind::kTab, .begin = tab, .end = tab + 1, .message = {}, .help = {}};
  }
  if (what.starts_with("end of sequence flow")) return flow_end(context, false);
  if (what.starts_with("end of map flow")) return flow_end(context, true);
  if (what.starts_with("illegal flow end"))
    return syntax(mark, mark + 1, fmt::format("`{}` closes nothing", source.substr(mark, 1)));
  if (what.starts_with("end of map") || what.starts_with("end of sequence")) return block_end(context);
  if (what.starts_with("illegal map value")) return map_value(context);
  if (what.starts_with("illegal block entry"))
    return syntax(mark, mark + 1, "a list item cannot start here", "start the list on a line of its own");
  if (what.starts_with("illegal map key")) return syntax(mark, mark + 1, "a key cannot start here");
  if (what.starts_with("illegal tab"))
    return {.kind = ProblemKind::kTab, .begin = mark, .end = mark + 1, .message = {}, .help = {}};
  if (what.starts_with("unknown escape character"))
    return syntax(mark == 0 ? 0 : mark - 1, mark + 1, fmt::format("unknown escape `\\{}`", source.substr(mark, 1)),
                  "write `\\\\` for a backslash, or use single quotes");
  if (what.starts_with("bad character found while scanning hex"))
    return syntax(std::min(source.rfind('\\', mark), mark), mark, "an escape needs hexadecimal digits here");
  if (what.starts_with("invalid unicode"))
    return syntax(mark, mark + 1, "an escape of a code point that does not exist");
  if (what.starts_with("anchor not found") || what.find("scanning anchor") != kNone) {
    const std::size_t at = mark > 0 ? mark - 1 : mark;
    return syntax(at, at + 1, "an anchor needs a name", "quote the value if it is meant to start with `&`");
  }
  if (what.starts_with("cannot assign multiple"))
    return syntax(mark, mark + 1, "a value can have only one anchor and one tag");
  if (what.starts_with("aliases can't have any content"))
    return syntax(mark, mark + 1, "an alias cannot have an anchor or a tag");
  if (what.find("tag") != kNone)
    return syntax(mark, mark + 1, "a broken tag", "quote the value if it is meant to start with `!`");
  if (what.starts_with("cannot set zero indentation"))
    return syntax(mark, mark + 1, "the indentation of a block scalar cannot be 0");
  if (what.starts_with("unexpected character in block scalar"))
    return syntax(mark, line_end(source, mark), "text must not follow a block scalar's header on its line",
                  "start the text on the next line, or quote the value");
  if (what.starts_with("unknown token")) {
    const std::string_view c = source.substr(mark, 1);
    return syntax(mark, mark + 1, fmt::format("a value cannot start with `{}`", c), "quote it");
  }
  return syntax(mark, mark + 1, std::string(what));
}

std::optional<Problem> find_template(const Document& document, const Span& fault) {
  const std::string_view source = document.source;
  const std::size_t limit = line_end(source, std::min<std::size_t>(fault.end - document.base, source.size()));
  std::size_t found = kNone;
  for (const std::string_view marker : {"{{", "{%"}) found = std::min(found, source.find(marker));
  if (found == kNone || found > limit) return std::nullopt;
  const std::string_view closing = source[found + 1] == '{' ? "}}" : "%}";
  const std::size_t close = source.find(closing, found);
  if (close == kNone || source.substr(found, close - found).find('\n') != kNone) return std::nullopt;
  const auto begin = document.base + static_cast<std::uint32_t>(found);
  const auto end = document.base + static_cast<std::uint32_t>(close + 2);
  return Problem{.kind = ProblemKind::kTemplate,
                 .span = {document.file, begin, end},
                 .node = {},
                 .other = {},
                 .message = std::string(source.substr(found, close + 2 - found)),
                 .help = {}};
}

}  // namespace wicket::yaml
