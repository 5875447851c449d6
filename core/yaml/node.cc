#include "yaml/node.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace wicket::yaml {
namespace {

/// What a first byte lets a plain scalar become: go-yaml's resolve table. Everything else is a string at once.
enum class Hint : std::uint8_t { kString, kWord, kDot, kNumber };

constexpr std::array<Hint, 256> make_hints() {
  std::array<Hint, 256> hints{};
  for (const char c : std::string_view("yYnNtTfFoO~<")) hints[static_cast<unsigned char>(c)] = Hint::kWord;
  for (unsigned char c = '0'; c <= '9'; ++c) hints[c] = Hint::kNumber;
  hints['+'] = hints['-'] = Hint::kNumber;
  hints['.'] = Hint::kDot;
  return hints;
}
constexpr std::array<Hint, 256> kHints = make_hints();

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

Scalar word(std::string_view text) {
  if (text.size() > 5) return {.type = ScalarType::kString};
  if (is_one_of(text, {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}))
    return {.type = ScalarType::kBoolean, .boolean = true};
  if (is_one_of(text, {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}))
    return {.type = ScalarType::kBoolean, .boolean = false};
  if (is_one_of(text, {"~", "null", "Null", "NULL"})) return {.type = ScalarType::kNull};
  if (text == "<<") return {.type = ScalarType::kMerge};
  return {.type = ScalarType::kString};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// go-yaml's pattern for floats: sign, digits with an optional point, exponent.
bool looks_like_float(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t before = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at > before;
  };
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!digits()) return false;
  } else {
    if (!digits()) return false;
    if (at < text.size() && text[at] == '.') {
      ++at;
      digits();
    }
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (!digits()) return false;
  }
  return at == text.size();
}

std::optional<Scalar> parse_float(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range || !std::isfinite(number)) return std::nullopt;
  return Scalar{.type = ScalarType::kFloat, .number = number};
}

/// Go's ParseInt and ParseUint with base 0: sign, then 0x, 0o, 0b, a leading 0 for octal, or decimal.
std::optional<Scalar> parse_integer(std::string_view text) {
  bool negative = false;
  if (text.starts_with('+') || text.starts_with('-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const char letter = static_cast<char>(text[1] | 0x20);
    if (letter == 'x' || letter == 'o' || letter == 'b') {
      base = letter == 'x' ? 16 : letter == 'o' ? 8 : 2;
      text.remove_prefix(2);
    } else {
      base = 8;
      text.remove_prefix(1);
    }
  }
  if (text.empty() || text[0] == '-' || text[0] == '+') return std::nullopt;
  std::uint64_t magnitude = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), magnitude, base);
  if (end != text.data() + text.size() || error != std::errc()) return std::nullopt;
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  Scalar scalar{.type = ScalarType::kInteger};
  if (negative) {
    if (magnitude > kMax + 1) return std::nullopt;
    scalar.integer =
        magnitude == kMax + 1 ? std::numeric_limits<std::int64_t>::min() : -static_cast<std::int64_t>(magnitude);
    scalar.number = static_cast<double>(scalar.integer);
  } else {
    if (magnitude <= kMax) {
      scalar.integer = static_cast<std::int64_t>(magnitude);
    } else {
      scalar.integer = std::numeric_limits<std::int64_t>::max();
      scalar.unsigned_integer = magnitude;
    }
    scalar.number = static_cast<double>(magnitude);
  }
  return scalar;
}

/// The timestamps of go-yaml: 2006-1-2, and with T, t or a blank a time and an optional zone behind it.
bool is_timestamp(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&](std::size_t most) {
    const std::size_t before = at;
    while (at < text.size() && at - before < most && is_digit(text[at])) ++at;
    return at - before;
  };
  const auto literal = [&](char c) { return at < text.size() && text[at] == c && (++at, true); };
  if (digits(4) != 4 || !literal('-') || digits(2) == 0 || !literal('-') || digits(2) == 0) return false;
  if (at == text.size()) return true;
  if (!literal('T') && !literal('t') && !literal(' ')) return false;
  if (digits(2) == 0 || !literal(':') || digits(2) == 0 || !literal(':') || digits(2) == 0) return false;
  if (literal('.') && digits(9) == 0) return false;
  if (at == text.size() || text.substr(at) == "Z") return true;
  if (!literal('+') && !literal('-')) return false;
  return digits(2) == 2 && literal(':') && digits(2) == 2 && at == text.size();
}

Scalar number(std::string_view text, bool timestamps) {
  if (timestamps && is_timestamp(text)) return {.type = ScalarType::kTimestamp};
  if (is_one_of(text, {"+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"})) return {.type = ScalarType::kInfinity};
  std::string without;
  if (text.find('_') != std::string_view::npos) {
    std::ranges::copy_if(text, std::back_inserter(without), [](char c) { return c != '_'; });
    text = without;
  }
  if (const auto integer = parse_integer(text)) return *integer;
  if (looks_like_float(text))
    if (const auto real = parse_float(text)) return *real;
  return {.type = ScalarType::kString};
}

Scalar resolve_plain(std::string_view text, bool timestamps) {
  if (text.empty()) return {.type = ScalarType::kNull};
  switch (kHints[static_cast<unsigned char>(text[0])]) {
    case Hint::kString:
      return {.type = ScalarType::kString};
    case Hint::kWord:
      return word(text);
    case Hint::kDot:
      if (is_one_of(text, {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"})) return {.type = ScalarType::kInfinity};
      if (looks_like_float(text))
        if (const auto real = parse_float(text)) return *real;
      return {.type = ScalarType::kString};
    case Hint::kNumber:
      return number(text, timestamps);
  }
  return {.type = ScalarType::kString};
}

}  // namespace

const WideChild* Document::wide_child(NodeId id) const {
  const auto found = std::ranges::lower_bound(wide_children, id, {}, &WideChild::child);
  return found != wide_children.end() && found->child == id ? &*found : nullptr;
}

NodeId Document::parent(NodeId id) const {
  if (const WideChild* wide = wide_child(id)) return wide->collection;
  while (!(*this)[id].is_last) id = (*this)[id].next();
  return static_cast<NodeId>((*this)[id].follower);
}

NodeId Document::previous(NodeId id) const {
  if (const WideChild* wide = wide_child(id)) return wide->previous;
  NodeId before = NodeId::kNone;
  for (NodeId at = (*this)[parent(id)].first(); at != NodeId::kNone && at != id; at = (*this)[at].next()) before = at;
  return before;
}

std::size_t Document::position(NodeId id) const {
  if (const WideChild* wide = wide_child(id)) return wide->position;
  std::size_t count = 0;
  for (NodeId at = (*this)[parent(id)].first(); at != NodeId::kNone && at != id; at = (*this)[at].next()) ++count;
  return count;
}

std::size_t Document::size(NodeId collection) const {
  std::size_t count = 0;
  for (NodeId at = (*this)[collection].first(); at != NodeId::kNone; at = (*this)[at].next()) ++count;
  return count;
}

void Document::append(NodeId collection, NodeId previous, NodeId id) {
  if (previous == NodeId::kNone) {
    (*this)[collection].set_link(static_cast<std::size_t>(id));
  } else {
    (*this)[previous].set_follower(id);
    (*this)[previous].is_last = false;
  }
  (*this)[id].set_follower(collection);
  (*this)[id].is_last = true;
}

std::string_view Document::text(NodeId id) const {
  const Node& node = (*this)[id];
  if (node.kind != NodeKind::kScalar || id == NodeId::kNone) return {};
  if (node.link != 0) return decoded[node.link - 1];
  if (node.style == Style::kAbsent) return {};
  const std::string_view bytes = source.substr(node.begin - base, node.end - node.begin);
  if (node.style == Style::kSingleQuoted || node.style == Style::kDoubleQuoted)
    return bytes.size() < 2 ? std::string_view() : bytes.substr(1, bytes.size() - 2);
  return bytes;
}

Span Document::span(NodeId id) const {
  const Node& node = (*this)[id];
  return {.file = file, .begin = node.begin, .end = node.end};
}

NodeId Document::key_of(NodeId value) const {
  if ((*this)[value].is_key || (*this)[parent(value)].kind != NodeKind::kMapping) return NodeId::kNone;
  const NodeId key = previous(value);
  return (*this)[key].next() == value ? key : NodeId::kNone;  // not for one that a repeated key replaced
}

Span Document::key_span(NodeId id) const {
  const NodeId key = key_of(id);
  return span(key == NodeId::kNone ? id : key);
}

NodeId Document::find(NodeId mapping, std::string_view key) const {
  if ((*this)[mapping].kind != NodeKind::kMapping) return NodeId::kNone;
  for (NodeId at = (*this)[mapping].first(); at != NodeId::kNone;) {
    const NodeId value = (*this)[at].next();
    if (text(at) == key) return value;
    at = (*this)[value].next();
  }
  return NodeId::kNone;
}

NodeId Document::original_of(NodeId id) const {
  if (originals.empty()) return NodeId::kNone;
  const auto found = std::ranges::lower_bound(originals, id, {}, &std::pair<NodeId, NodeId>::first);
  return found != originals.end() && found->first == id ? found->second : NodeId::kNone;
}

Scalar Document::scalar(NodeId id) const {
  const Node& node = (*this)[id];
  switch (node.tag) {
    case Tag::kNone:
      break;
    case Tag::kString:
    case Tag::kBinary:
    case Tag::kOther:
      return {.type = ScalarType::kString};
    case Tag::kInteger:
    case Tag::kFloat:
    case Tag::kBoolean:
    case Tag::kNull:
      return resolve_plain(text(id), false);
    case Tag::kTimestamp:
      return {.type = ScalarType::kTimestamp};
  }
  if (node.style == Style::kAbsent) return {.type = ScalarType::kNull};
  if (node.style != Style::kPlain) return {.type = ScalarType::kString};
  return resolve_plain(text(id), true);
}

bool Document::is_null(NodeId id) const {
  const Node& node = (*this)[id];
  if (node.kind != NodeKind::kScalar) return false;
  if (node.style == Style::kAbsent) return node.tag == Tag::kNone || node.tag == Tag::kNull;
  if (node.tag != Tag::kNone) return scalar(id).type == ScalarType::kNull;
  if (node.style != Style::kPlain) return false;
  const std::string_view written = text(id);
  return written.size() <= 4 && (written.empty() || word(written).type == ScalarType::kNull);
}

}  // namespace wicket::yaml
