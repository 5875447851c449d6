#include "check/repair.h"

#include <algorithm>
#include <string>

namespace wicket::check {
namespace {

using yaml::Document;
using yaml::Node;
using yaml::NodeId;
using yaml::NodeKind;
using yaml::Style;

std::string_view bytes(const Document& document, std::uint32_t begin, std::uint32_t end) {
  return document.source.substr(begin - document.base, end - begin);
}

bool is_plain_text(std::string_view text) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !text.empty() && (is_word(text.front()) || text.front() == '/') &&
         std::ranges::all_of(text, [&](char c) { return is_word(c) || c == '.' || c == '-' || c == '_' || c == '/'; });
}

/// A field (key and value) or an item, among the others of its collection.
struct Entry {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  NodeId before{};  // value of the one in front; kNone for the first
  NodeId behind{};  // key of the next one; kNone for the last
};

/// A comment, an anchor or a tag among the bytes: they may belong to somebody else.
bool is_more_than_text(std::string_view written) { return written.find_first_of("#&!\n") != std::string_view::npos; }

std::vector<Edit> cut(const Document& document, std::uint32_t begin, std::uint32_t end) {
  if (is_more_than_text(bytes(document, begin, end))) return {};
  return {{{document.file, begin, end}, ""}};
}

std::vector<Edit> remove_from_flow(const Document& document, const Entry& entry) {
  const std::string_view front = bytes(document, document.base, entry.begin);
  const std::size_t mark = front.find_last_not_of(' ');
  if (mark == std::string_view::npos || std::string_view("[{,").find(front[mark]) == std::string_view::npos) return {};
  if (entry.behind != NodeId::kNone) return cut(document, entry.begin, document[entry.behind].begin);
  return cut(document, document[entry.before].end, entry.end);
}

/// The whole line, where nothing else stands on it but `lead` in front of the entry.
std::vector<Edit> remove_line(const Document& document, const Entry& entry, std::string_view lead) {
  const std::string_view source = document.source;
  const std::size_t at = entry.begin - document.base;
  const std::size_t line = at == 0 ? 0 : source.rfind('\n', at - 1) + 1;  // npos + 1 is 0
  std::string_view front = source.substr(line, at - line);
  front.remove_prefix(std::min(front.find_first_not_of(' '), front.size()));
  if (front != lead) return {};
  const std::size_t behind = entry.end - document.base;
  const std::size_t newline = source.find('\n', behind);
  const std::size_t end = newline == std::string_view::npos ? source.size() : newline + 1;
  const std::string_view rest = source.substr(behind, end - behind);
  const std::size_t written = rest.find_first_not_of(" \r\n");
  if (written != std::string_view::npos && rest[written] != '#') return {};
  if (is_more_than_text(source.substr(at, behind - at))) return {};
  return {{{document.file, document.base + static_cast<std::uint32_t>(line),
            document.base + static_cast<std::uint32_t>(end)},
           ""}};
}

std::vector<Edit> remove_entry(const Document& document, NodeId collection, const Entry& entry, std::string_view lead) {
  if (entry.before == NodeId::kNone && entry.behind == NodeId::kNone) return {};
  if (document.original_of(collection) != NodeId::kNone) return {};
  return document[collection].style == Style::kFlow ? remove_from_flow(document, entry)
                                                    : remove_line(document, entry, lead);
}

}  // namespace

std::vector<Edit> replace_scalar(const Document& document, NodeId scalar, std::string_view text) {
  const Node& node = document[scalar];
  if (node.kind != NodeKind::kScalar || document.original_of(scalar) != NodeId::kNone) return {};
  if (bytes(document, node.begin, node.end).find('\n') != std::string_view::npos) return {};
  const bool simple = text.find_first_of("\"'\\\n") == std::string_view::npos;
  std::string written;
  switch (node.style) {
    case Style::kPlain:
      written = is_plain_text(text) ? std::string(text) : '"' + std::string(text) + '"';
      break;
    case Style::kSingleQuoted:
      written = '\'' + std::string(text) + '\'';
      break;
    case Style::kDoubleQuoted:
      written = '"' + std::string(text) + '"';
      break;
    case Style::kBlock:
    case Style::kFlow:
    case Style::kAbsent:
    case Style::kLiteral:
    case Style::kFolded:
      return {};
  }
  if (!simple) return {};
  return {{document.span(scalar), std::move(written)}};
}

std::vector<Edit> remove_field(const Document& document, NodeId value) {
  const NodeId key = document.key_of(value);
  if (key == NodeId::kNone || document.original_of(value) != NodeId::kNone) return {};
  const NodeId mapping = document.parent(value);
  Entry entry{.begin = document[key].begin, .end = document[value].end, .before = {}, .behind = document[value].next()};
  for (NodeId at = document[mapping].first(); at != key; at = document[entry.before].next())
    entry.before = document[at].next();
  return remove_entry(document, mapping, entry, "");
}

std::vector<Edit> remove_item(const Document& document, NodeId item) {
  const NodeId list = document.parent(item);
  if (document[list].kind != NodeKind::kSequence || document.original_of(item) != NodeId::kNone) return {};
  Entry entry{.begin = document[item].begin, .end = document[item].end, .before = {}, .behind = document[item].next()};
  for (NodeId at = document[list].first(); at != item; at = document[at].next()) entry.before = at;
  return remove_entry(document, list, entry, "- ");
}

}  // namespace wicket::check
