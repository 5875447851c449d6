#include "model/decoder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "base/edit_distance.h"
#include "base/utf8.h"
#include "model/literals.h"
#include "yaml/resolve.h"

namespace wicket::model {
namespace {

using yaml::NodeKind;
using yaml::Scalar;
using yaml::ScalarType;
using yaml::Style;

/// Fields of releases long gone, and what does their work now.
struct OldName {
  std::string_view type;
  std::string_view name;
  std::string_view now;
};
constexpr OldName kOldNames[] = {
    {"HTTPRoute", "appendHeaders", "headers.request.add"},
    {"HTTPRoute", "appendRequestHeaders", "headers.request.add"},
    {"HTTPRoute", "appendResponseHeaders", "headers.response.add"},
    {"HTTPRoute", "removeRequestHeaders", "headers.request.remove"},
    {"HTTPRoute", "removeResponseHeaders", "headers.response.remove"},
    {"HTTPRoute", "websocketUpgrade", "nothing in its place: WebSocket upgrades always pass"},
    {"Abort", "percent", "percentage.value"},
    {"Destination", "name", "host"},
    {"PortSelector", "name", "number"},
    {"DestinationRule", "name", "host"},
};

std::string_view kind_word(NodeKind kind) {
  switch (kind) {
    case NodeKind::kScalar:
      return "a scalar";
    case NodeKind::kSequence:
      return "a list";
    case NodeKind::kMapping:
      return "a mapping";
    case NodeKind::kAlias:
      return "an alias";
  }
  return {};
}

}  // namespace

Problem& Decoder::report(ProblemKind kind, NodeId node, const Span& span) {
  Problem& problem = problems_.emplace_back();
  problem.kind = kind;
  problem.document = &document_;
  problem.node = node;
  problem.span = span;
  problem.resource = resource_;
  if (!levels_.empty()) problem.type = levels_.back().type;
  return problem;
}

Span Decoder::dash_of(NodeId item) const {
  const yaml::Node& node = document_[item];
  Span span = document_.span(item);
  if (document_[document_.parent(item)].style == Style::kFlow) return span;
  std::uint32_t at = node.begin;
  while (at > document_.base && document_.source[at - 1 - document_.base] != '-') --at;
  if (at > document_.base) span = {document_.file, at - 1, at};
  return span;
}

Problem& Decoder::wrong_type(const FieldInfo& info, NodeId node, std::string_view expected) {
  Problem& problem = report(ProblemKind::kWrongType, node);
  problem.field = &info;
  problem.text = expected;
  problem.hint = kind_word(document_[node].kind);
  return problem;
}

bool Decoder::is_list(const FieldInfo& info, NodeId node) {
  if (document_[node].kind == NodeKind::kSequence) {
    if (info.min_items > 0 && document_.size(node) < info.min_items) {
      Problem& problem = report(ProblemKind::kTooFew, node, document_.key_span(node));
      problem.field = &info;
      problem.hint = std::to_string(info.min_items);
    }
    return true;
  }
  const bool scalar = document_[node].kind == NodeKind::kScalar;
  if (scalar && is_template(node, document_.text(node), true)) return false;
  wrong_type(info, node, "a list");
  return false;
}

bool Decoder::is_mapping(const FieldInfo& info, NodeId node) {
  if (document_[node].kind == NodeKind::kMapping) return true;
  const bool scalar = document_[node].kind == NodeKind::kScalar;
  if (scalar && is_template(node, document_.text(node), true)) return false;
  wrong_type(info, node, "a mapping");
  return false;
}

bool Decoder::check_item(const FieldInfo& info, NodeId item, std::uint32_t index) {
  if (info.max_items != 0 && index == info.max_items) {
    Problem& problem = report(ProblemKind::kTooMany, item);
    problem.field = &info;
    problem.text = std::to_string(document_.size(document_.parent(item)));
    problem.hint = std::to_string(info.max_items);
  }
  if (!document_.is_null(item)) return true;
  Problem& problem = report(ProblemKind::kNullItem, item, dash_of(item));
  problem.field = &info;
  problem.text = std::to_string(index);
  return false;
}

bool Decoder::check_entry(const FieldInfo& info, NodeId key, NodeId value, std::uint32_t index) {
  if (info.max_items != 0 && index == info.max_items) {
    Problem& problem = report(ProblemKind::kTooMany, value, document_.span(key));
    problem.field = &info;
    problem.text = std::to_string(document_.size(document_.parent(key)) / 2);
    problem.hint = std::to_string(info.max_items);
  }
  if (document_[key].kind != NodeKind::kScalar || document_.is_null(key)) return false;  // told by the YAML layer
  if (is_template(key, document_.text(key), info.key_format != Format::kFree)) return false;
  const Scalar scalar = document_.scalar(key);
  if (scalar.type == ScalarType::kBoolean || scalar.type == ScalarType::kInteger || scalar.type == ScalarType::kFloat) {
    Problem& problem = report(scalar.type == ScalarType::kBoolean ? ProblemKind::kBooleanKey : ProblemKind::kNumberKey,
                              value, document_.span(key));
    problem.field = &info;
    problem.text = document_.text(key);
    problem.hint = yaml::canonical_key(document_, key);
  }
  check_characters(info, key, document_.text(key), info.key_format);
  if (!document_.is_null(value)) return true;
  const bool condition = info.type == FieldType::kMessage;
  Problem& problem = report(condition ? ProblemKind::kNullCondition : ProblemKind::kNull, value, document_.span(key));
  problem.field = &info;
  problem.text = document_.text(key);
  return false;
}

std::string_view Decoder::map_key(const FieldInfo& /*info*/, NodeId key) {
  const ScalarType type = document_.scalar(key).type;
  if (type != ScalarType::kBoolean && type != ScalarType::kInteger && type != ScalarType::kFloat)
    return document_.text(key);
  // Views into `decoded` would not survive its growth; such keys are rare enough to live in the problems' document.
  return document_.made_keys.emplace_front(yaml::canonical_key(document_, key));
}

bool Decoder::is_template(NodeId node, std::string_view text, bool loose) {
  // Asked of every scalar: nearly all of them have none of the three characters.
  if (std::ranges::none_of(text, [](char c) { return c == '{' || c == '<' || c == '%'; })) return false;
  const auto enclosed = [&](std::string_view open, std::string_view close) {
    const std::size_t at = text.find(open);
    return at != std::string_view::npos && text.find(close, at) != std::string_view::npos;
  };
  const bool brace = text.find('{') != std::string_view::npos;
  const bool found = (brace && (enclosed("{{", "}}") || enclosed("{%", "%}") || (loose && enclosed("${", "}")))) ||
                     text.find("<no value>") != std::string_view::npos || text.find("%!s(") != std::string_view::npos;
  if (!found) return false;
  if (!template_seen_) {
    Problem& problem = report(ProblemKind::kTemplate, node);
    problem.text = text;
    template_seen_ = true;
  }
  return true;
}

void Decoder::check_characters(const FieldInfo& info, NodeId node, std::string_view text, Format format) {
  switch (format) {
    case Format::kHost:
    case Format::kName:
    case Format::kHeaderName:
    case Format::kPath:
      break;
    case Format::kPattern: {
      const bool names = levels_.size() >= 2 && levels_.back().via != nullptr &&
                         (levels_.back().via->name == "uri" || levels_.back().via->name == "authority");
      if (!names || info.name == "regex") return;
      break;
    }
    case Format::kFree:
    case Format::kHeaderValue:
    case Format::kBody:
      return;
  }
  const auto suspect = find_suspect(text);
  if (!suspect) return;
  Span span = document_.span(node);
  const yaml::Node& place = document_[node];
  if (place.link == 0 && document_.original_of(node) == NodeId::kNone) {
    const std::uint32_t quote = place.style == Style::kPlain ? 0 : 1;
    span.begin += static_cast<std::uint32_t>(suspect->offset) + quote;
    span.end = span.begin + static_cast<std::uint32_t>(first_code_point(text.substr(suspect->offset)).size);
  }
  Problem& problem = report(ProblemKind::kInvisible, node, span);
  problem.field = &info;
  problem.text = fmt::format("U+{:04X}", suspect->code_point);
}

bool Decoder::is_scalar(const FieldInfo& info, NodeId node) {
  if (document_[node].kind == NodeKind::kScalar) return true;
  switch (info.type) {
    case FieldType::kUint32:
    case FieldType::kInt32:
    case FieldType::kUint64:
    case FieldType::kDouble:
      wrong_type(info, node, "a number");
      break;
    case FieldType::kBool:
      wrong_type(info, node, "true or false");
      break;
    case FieldType::kEnum:
    case FieldType::kString:
    case FieldType::kBytes:
    case FieldType::kIntOrString:
    case FieldType::kMessage:
      wrong_type(info, node, "a string");
      break;
    case FieldType::kDuration:
      wrong_type(info, node, "a duration");
      break;
  }
  return false;
}

/// The text of a field of type string in the CRD: strings, durations, bytes.
bool Decoder::text_of(const FieldInfo& info, NodeId node, std::string_view& out) {
  if (!is_scalar(info, node)) return false;
  const std::string_view text = document_.text(node);
  const Scalar scalar = document_.scalar(node);
  switch (scalar.type) {
    case ScalarType::kBoolean:
    case ScalarType::kInteger:
    case ScalarType::kFloat: {
      Problem& problem = report(
          scalar.type == ScalarType::kBoolean ? ProblemKind::kBooleanForString : ProblemKind::kNumberForString, node);
      problem.field = &info;
      problem.text = text;
      problem.hint = yaml::canonical_key(document_, node);
      return false;
    }
    case ScalarType::kInfinity:
      return false;  // told by the YAML layer
    case ScalarType::kNull:
    case ScalarType::kTimestamp:
    case ScalarType::kString:
    case ScalarType::kMerge:
      break;
  }
  const bool loose = info.format != Format::kFree && info.format != Format::kPattern &&
                     info.format != Format::kHeaderValue && info.format != Format::kBody;
  if (info.format != Format::kBody && is_template(node, text, loose || info.type != FieldType::kString)) return false;
  out = text;
  return true;
}

bool Decoder::leaf(const FieldInfo& info, NodeId node, std::string_view& out) {
  if (!text_of(info, node, out)) return false;
  if (info.max_length != 0 && count_code_points(out) > info.max_length) {
    Problem& problem = report(ProblemKind::kTooLong, node);
    problem.field = &info;
    problem.text = std::to_string(count_code_points(out));
    problem.hint = std::to_string(info.max_length);
    return false;
  }
  if (info.shape != Shape::kMap || info.format != Format::kHeaderName) check_characters(info, node, out, info.format);
  return true;
}

bool Decoder::integer(const FieldInfo& info, NodeId node, double least, double most, double& out, std::uint64_t& bits) {
  if (!is_scalar(info, node)) return false;
  const std::string_view text = document_.text(node);
  if (is_template(node, text, true)) return false;
  const Scalar scalar = document_.scalar(node);
  const auto refuse = [&](ProblemKind kind) {
    Problem& problem = report(kind, node);
    problem.field = &info;
    problem.text = text;
    problem.hint = fmt::format("{:.0f}..{:.0f}", least, most);
    return false;
  };
  switch (scalar.type) {
    case ScalarType::kInteger:
      break;
    case ScalarType::kFloat:
      if (scalar.number != std::floor(scalar.number)) return refuse(ProblemKind::kFraction);
      break;
    case ScalarType::kInfinity:
      return false;
    case ScalarType::kBoolean:
    case ScalarType::kNull:
    case ScalarType::kTimestamp:
    case ScalarType::kString:
    case ScalarType::kMerge:
      return refuse(ProblemKind::kWrongScalar);
  }
  if (info.has_range) {
    least = std::max(least, info.min);
    most = std::min(most, info.max);
  }
  if (scalar.number < least || scalar.number > most) return refuse(ProblemKind::kOutOfRange);
  out = scalar.number;
  bits = scalar.unsigned_integer != 0          ? scalar.unsigned_integer
         : scalar.type == ScalarType::kInteger ? static_cast<std::uint64_t>(scalar.integer)
                                               : static_cast<std::uint64_t>(scalar.number);
  if (document_[node].style == Style::kPlain && is_surprising(text)) {
    Problem& problem = report(ProblemKind::kSurprisingNumber, node);
    problem.field = &info;
    problem.text = text;
    problem.hint = fmt::format("{:.0f} or {}", scalar.number, other_reading(text));
  }
  return true;
}

bool Decoder::leaf(const FieldInfo& info, NodeId node, std::uint32_t& out) {
  double value = 0;
  std::uint64_t bits = 0;
  if (!integer(info, node, 0, std::numeric_limits<std::uint32_t>::max(), value, bits)) return false;
  out = static_cast<std::uint32_t>(value);
  return true;
}

bool Decoder::leaf(const FieldInfo& info, NodeId node, std::int32_t& out) {
  double value = 0;
  std::uint64_t bits = 0;
  constexpr double kLeast = std::numeric_limits<std::int32_t>::min();
  if (!integer(info, node, kLeast, std::numeric_limits<std::int32_t>::max(), value, bits)) return false;
  out = static_cast<std::int32_t>(value);
  return true;
}

bool Decoder::leaf(const FieldInfo& info, NodeId node, std::uint64_t& out) {
  double value = 0;
  return integer(info, node, 0, 18446744073709551615.0, value, out);
}

bool Decoder::leaf(const FieldInfo& info, NodeId node, double& out) {
  if (!is_scalar(info, node)) return false;
  const std::string_view text = document_.text(node);
  if (is_template(node, text, true)) return false;
  const Scalar scalar = document_.scalar(node);
  if (scalar.type == ScalarType::kInfinity) return false;
  const bool number = scalar.type == ScalarType::kInteger || scalar.type == ScalarType::kFloat;
  const bool in_range = !info.has_range || (scalar.number >= info.min && scalar.number <= info.max);
  if (!number || !in_range) {
    Problem& problem = report(number ? ProblemKind::kOutOfRange : ProblemKind::kWrongScalar, node);
    problem.field = &info;
    problem.text = text;
    problem.hint = fmt::format("{}..{}", info.min, info.max);
    return false;
  }
  out = scalar.number;
  return true;
}

bool Decoder::leaf(const FieldInfo& info, NodeId node, bool& out) {
  if (!is_scalar(info, node)) return false;
  if (is_template(node, document_.text(node), true)) return false;
  const Scalar scalar = document_.scalar(node);
  if (scalar.type == ScalarType::kInfinity) return false;
  if (scalar.type != ScalarType::kBoolean) {
    Problem& problem = report(ProblemKind::kWrongScalar, node);
    problem.field = &info;
    problem.text = document_.text(node);
    return false;
  }
  out = scalar.boolean;
  return true;
}

bool Decoder::leaf(const FieldInfo& info, NodeId node, Duration& out) {
  std::string_view text;
  if (!text_of(info, node, text)) return false;
  const auto refuse = [&](ProblemKind kind) {
    Problem& problem = report(kind, node);
    problem.field = &info;
    problem.text = text;
    return false;
  };
  const auto duration = parse_duration(text);
  if (!duration) return refuse(ProblemKind::kBadDuration);
  constexpr Duration kMillisecond = std::chrono::milliseconds(1);
  const bool is_short = *duration < kMillisecond;
  const bool is_whole = *duration % kMillisecond == Duration(0);
  switch (info.duration) {
    case DurationLimit::kNone:
      break;
    case DurationLimit::kMillisecond:
      if (is_short) return refuse(ProblemKind::kDurationTooShort);
      if (!is_whole) return refuse(ProblemKind::kDurationTooFine);
      break;
    case DurationLimit::kAtLeastOneMs:
      if (is_short) return refuse(ProblemKind::kDurationTooShort);
      break;
    case DurationLimit::kNoneOrFromOneMs:
      if (*duration <= -kMillisecond) return refuse(ProblemKind::kDurationTooShort);
      if (!is_short && !is_whole) return refuse(ProblemKind::kDurationTooFine);
      break;
  }
  out = *duration;
  return true;
}

bool Decoder::leaf(const FieldInfo& info, NodeId node, std::string& out) {
  std::string_view text;
  if (!text_of(info, node, text)) return false;
  if (decode_base64(text, out)) return true;
  Problem& problem = report(ProblemKind::kNotBase64, node);
  problem.field = &info;
  return false;
}

bool Decoder::leaf(const FieldInfo& info, NodeId node, IntOrName& out) {
  if (!is_scalar(info, node)) return false;
  const Scalar scalar = document_.scalar(node);
  if (scalar.type == ScalarType::kInteger) {
    if (scalar.integer < 0 || scalar.integer > std::numeric_limits<std::uint32_t>::max()) return false;
    out.number = static_cast<std::uint32_t>(scalar.integer);
    return true;
  }
  if (scalar.type != ScalarType::kString) return false;
  out.name = document_.text(node);
  return true;
}

bool Decoder::enum_leaf(const FieldInfo& info, NodeId node, int& out) {
  if (!is_scalar(info, node)) return false;
  const std::string_view text = document_.text(node);
  if (is_template(node, text, true)) return false;
  const Scalar scalar = document_.scalar(node);
  if (scalar.type == ScalarType::kInfinity) return false;
  const auto names = info.enumeration->values;
  const auto found = std::ranges::find(names, text);
  const bool string = scalar.type == ScalarType::kString || scalar.type == ScalarType::kTimestamp;
  if (string && found != names.end()) {
    out = static_cast<int>(found - names.begin());
    return true;
  }
  Problem& problem = report(ProblemKind::kBadEnum, node);
  problem.field = &info;
  problem.text = text;
  if (const auto suggestion = nearest(text, names)) problem.hint = *suggestion;
  return false;
}

bool Decoder::message(const TypeInfo& type, NodeId node, void* object, const FieldInfo* via) {
  if (document_[node].kind != NodeKind::kMapping) {
    static constexpr FieldInfo kAnything{};
    if (document_[node].kind == NodeKind::kScalar && is_template(node, document_.text(node), true)) return false;
    Problem& problem = wrong_type(kAnything, node, "a mapping");
    problem.type = &type;
    return false;
  }
  levels_.push_back({&type, via});
  std::uint64_t seen = 0;
  std::vector<NodeId> oneof_members;
  for (NodeId key = document_[node].first(); key != NodeId::kNone; key = document_[document_[key].next()].next()) {
    const NodeId value = document_[key].next();
    if (document_[key].kind != NodeKind::kScalar) continue;
    const FieldInfo* info = type.find(document_.text(key));
    if (info == nullptr) {
      if (type.strict) unknown_field(type, key);
      continue;
    }
    const auto bit = std::uint64_t{1} << static_cast<unsigned>(info - type.fields.data());
    if (document_.is_null(value)) {
      if (!info->is_nullable && !info->is_required && type.strict) {
        Problem& problem = report(ProblemKind::kNull, value, document_.span(key));
        problem.field = info;
        problem.text = info->name;
      }
      continue;
    }
    seen |= bit;
    if (!info->oneof.empty()) oneof_members.push_back(key);
    info->store(*this, *info, value, object);
  }
  // A required field whose misspelt name was just told is not missing as well.
  for (auto problem = problems_.rbegin(); problem != problems_.rend() && problem->type == &type; ++problem) {
    const bool renamed = problem->kind == ProblemKind::kUnknownField || problem->kind == ProblemKind::kSnakeCase;
    const FieldInfo* meant = renamed ? type.find(problem->hint) : nullptr;
    if (meant != nullptr && document_.parent(problem->node) == node)
      seen |= std::uint64_t{1} << static_cast<unsigned>(meant - type.fields.data());
  }
  std::string missing;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (!type.fields[i].is_required || (seen & (std::uint64_t{1} << i)) != 0) continue;
    if (!missing.empty()) missing += ", ";
    missing += type.fields[i].name;
  }
  if (!missing.empty()) {
    const NodeId first = document_[node].first();
    Problem& problem = report(ProblemKind::kRequired, node, document_.span(first == NodeId::kNone ? node : first));
    problem.text = missing;
  }
  if (oneof_members.size() > 1) check_oneofs(type, oneof_members);
  levels_.pop_back();
  return true;
}

void Decoder::check_oneofs(const TypeInfo& type, const std::vector<NodeId>& members) {
  for (std::size_t second = 1; second < members.size(); ++second) {
    const std::string_view group = type.find(document_.text(members[second]))->oneof;
    const auto first =
        std::ranges::find_if(members, [&](NodeId key) { return type.find(document_.text(key))->oneof == group; });
    if (first - members.begin() >= static_cast<std::ptrdiff_t>(second)) continue;
    Problem& problem = report(ProblemKind::kOneof, document_[members[second]].next(), document_.span(members[second]));
    problem.text = document_.text(members[second]);
    problem.hint = document_.text(*first);
    problem.other = document_.span(*first);
  }
}

/// Where a field of this name would be at home: the messages above, those below, and those beside.
std::string Decoder::place_of(const TypeInfo& type, std::string_view name) const {
  const auto holder = [&](std::size_t level) {
    return levels_[level].via == nullptr ? std::string("spec") : std::string(levels_[level].via->name);
  };
  const auto below = [&](const TypeInfo& parent) -> std::string {
    for (const FieldInfo& child : parent.fields)
      if (child.message != nullptr && child.message != &type && child.message->find(name) != nullptr)
        return std::string(child.name) + "." + std::string(name);
    return {};
  };
  const std::size_t depth = levels_.size();
  for (std::size_t up = 2; up <= 3 && up <= depth; ++up)
    if (levels_[depth - up].type->find(name) != nullptr) return holder(depth - up) + "." + std::string(name);
  if (std::string place = below(type); !place.empty()) return holder(depth - 1) + "." + place;
  if (depth >= 2)
    if (std::string place = below(*levels_[depth - 2].type); !place.empty()) return holder(depth - 2) + "." + place;
  return {};
}

void Decoder::unknown_field(const TypeInfo& type, NodeId key) {
  const std::string_view name = document_.text(key);
  const NodeId value = document_[key].next();
  if (document_.is_null(key)) return;  // told by the YAML layer
  if (is_template(value, name, true)) return;
  for (const FieldInfo& info : type.fields) {
    if (!is_snake_case_of(name, info.name)) continue;
    Problem& problem = report(ProblemKind::kSnakeCase, value, document_.span(key));
    problem.text = name;
    problem.hint = info.name;
    return;
  }
  const auto old = std::ranges::find_if(
      kOldNames, [&](const OldName& candidate) { return candidate.type == type.name && candidate.name == name; });
  if (old != std::end(kOldNames)) {
    Problem& problem = report(ProblemKind::kUnknownField, value, document_.span(key));
    problem.text = name;
    problem.hint = old->now;
    return;
  }
  if (std::string place = place_of(type, name); !place.empty()) {
    Problem& problem = report(ProblemKind::kMisplaced, value, document_.span(key));
    problem.text = name;
    problem.hint = std::move(place);
    return;
  }
  std::vector<std::string_view> names;
  for (const FieldInfo& info : type.fields) names.push_back(info.name);
  Problem& problem = report(ProblemKind::kUnknownField, value, document_.span(key));
  problem.text = name;
  if (const auto suggestion = nearest(name, names)) problem.hint = *suggestion;
}

}  // namespace wicket::model
