#include "load/settings_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/edit_distance.h"

namespace wicket::load {
namespace {

std::string listed(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

}  // namespace

std::string words_of(const yaml::Problem& problem, std::string_view what) {
  using enum yaml::ProblemKind;
  switch (problem.kind) {
    case kSyntax:
      return fmt::format("cannot parse the {}: {}", what, problem.message);
    case kTab:
      return "a tab in the indentation; YAML allows blanks only";
    case kDuplicateKey:
      return fmt::format("key \"{}\" occurs twice", problem.message);
    default:
      return fmt::format("cannot use this in {}: {}", what, problem.message);
  }
}

void SettingsReader::pairs(NodeId node, std::string_view where,
                           const std::function<void(NodeId key, NodeId value)>& each) {
  if (document_.is_null(node)) return;  // a key whose values are all commented out
  if (document_[node].kind != yaml::NodeKind::kMapping)
    return fail(node, fmt::format("{} needs keys and values", where));
  for (NodeId key = document_[node].first(); key != NodeId::kNone; key = document_[document_[key].next()].next())
    each(key, document_[key].next());
}

void SettingsReader::mapping(NodeId node, std::string_view where, std::initializer_list<Key> keys) {
  pairs(node, where, [&](NodeId key, NodeId value) {
    const std::string_view name = document_.text(key);
    const auto found = std::ranges::find(keys, name, &Key::name);
    if (found != keys.end()) {
      if (!document_.is_null(value)) found->read(value);
      return;
    }
    std::vector<std::string_view> names;
    for (const Key& known : keys) names.push_back(known.name);
    const auto near = nearest(name, names);
    fail(key, near ? fmt::format("unknown key \"{}\" in {}; did you mean {}?", name, where, *near)
                   : fmt::format("unknown key \"{}\" in {}; it takes {}", name, where, listed(names)));
  });
}

void SettingsReader::list(NodeId node, std::string_view where, const std::function<void(NodeId item)>& each) {
  if (document_[node].kind != yaml::NodeKind::kSequence) return fail(node, fmt::format("{} needs a list", where));
  for (NodeId item = document_[node].first(); item != NodeId::kNone; item = document_[item].next()) each(item);
}

std::optional<std::string> SettingsReader::text(NodeId node, std::string_view where) {
  if (document_[node].kind != yaml::NodeKind::kScalar || document_.is_null(node) || document_.text(node).empty()) {
    fail(node, fmt::format("{} needs a text", where));
    return std::nullopt;
  }
  return std::string(document_.text(node));
}

std::optional<bool> SettingsReader::boolean(NodeId node, std::string_view where) {
  const bool plain = document_[node].kind == yaml::NodeKind::kScalar;
  const yaml::Scalar scalar = plain ? document_.scalar(node) : yaml::Scalar{.type = yaml::ScalarType::kString};
  if (scalar.type == yaml::ScalarType::kBoolean) return scalar.boolean;
  fail(node, fmt::format("{} needs true or false", where));
  return std::nullopt;
}

std::optional<std::uint32_t> SettingsReader::number(NodeId node, std::string_view where, std::uint32_t most) {
  const bool plain = document_[node].kind == yaml::NodeKind::kScalar;
  const yaml::Scalar scalar = plain ? document_.scalar(node) : yaml::Scalar{.type = yaml::ScalarType::kString};
  if (scalar.type == yaml::ScalarType::kInteger && scalar.integer >= 0 && scalar.integer <= most)
    return static_cast<std::uint32_t>(scalar.integer);
  fail(node, fmt::format("{} needs a number from 0 to {}", where, most));
  return std::nullopt;
}

std::optional<std::string> SettingsReader::word(NodeId node, std::string_view where,
                                                std::span<const std::string_view> words) {
  const std::string_view text =
      document_[node].kind == yaml::NodeKind::kScalar ? document_.text(node) : std::string_view();
  if (std::ranges::find(words, text) != words.end()) return std::string(text);
  const auto near = nearest(text, words);
  fail(node, fmt::format("{} takes {}{}", where, listed(words), near ? fmt::format("; did you mean {}?", *near) : ""));
  return std::nullopt;
}

std::vector<std::string> SettingsReader::texts(NodeId node, std::string_view where) {
  std::vector<std::string> all;
  list(node, where, [&](NodeId item) {
    if (auto one = text(item, fmt::format("an item of {}", where))) all.push_back(*std::move(one));
  });
  return all;
}

}  // namespace wicket::load
