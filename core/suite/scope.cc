#include "suite/scope.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/edit_distance.h"

namespace wicket::suite {
namespace {

constexpr std::size_t kMaxDepth = 20;      // variables inside variables
constexpr std::size_t kMaxText = 1 << 20;  // bytes of one value: variables can double each other
constexpr std::size_t kMaxToldText = 60;   // bytes of a value in a name
constexpr std::string_view kOpen = "${";

bool is_scalar(const yaml::Document& document, NodeId node) { return document[node].kind == yaml::NodeKind::kScalar; }

/// One level deeper for as long as it lives.
class Level {
 public:
  explicit Level(std::size_t& depth) : depth_(depth) { ++depth_; }
  ~Level() { --depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  std::size_t& depth_;
};

}  // namespace

// ---- Choices ----

std::size_t Choices::pick(std::string_view list, std::size_t count) {
  if (next_ == wheels_.size()) wheels_.push_back({.list = std::string(list), .index = 0, .count = count});
  return wheels_[next_++].index;
}

bool Choices::advance() {
  wheels_.resize(next_);  // lists that were not met this time belong to other items
  next_ = 0;
  while (!wheels_.empty()) {
    if (++wheels_.back().index < wheels_.back().count) return true;
    wheels_.pop_back();
  }
  return false;
}

double Choices::combinations() const {
  double product = 1;
  for (const Wheel& wheel : wheels_) product *= static_cast<double>(wheel.count);
  return product;
}

std::string Choices::sizes() const {
  std::vector<Wheel> wheels = wheels_;
  std::erase_if(wheels, [](const Wheel& wheel) { return wheel.count < 2; });
  std::ranges::stable_sort(wheels, std::ranges::greater(), &Wheel::count);
  std::string text;
  for (const Wheel& wheel : wheels) text += fmt::format("{}{} {}", text.empty() ? "" : " x ", wheel.list, wheel.count);
  return text;
}

// ---- Scope ----

std::optional<std::string> Scope::text(NodeId node, std::string_view where) {
  if (!is_scalar(document_, node) || document_.is_null(node)) {
    fail(node, fmt::format("{} needs a text", where));
    return std::nullopt;
  }
  return filled(document_.text(node), node);
}

NodeId Scope::chosen(NodeId node, std::string_view where) {
  while (document_[node].kind == yaml::NodeKind::kSequence) {
    const std::size_t count = document_.size(node);
    if (count == 0) {
      fail(node, fmt::format("{} is an empty list: there is nothing to ask", where));
      return NodeId::kNone;
    }
    std::size_t index = choices_.pick(where, count);
    const std::size_t number = index + 1;
    node = document_[node].first();
    while (index-- > 0) node = document_[node].next();
    if (count < 2) continue;
    if (!is_scalar(document_, node)) {
      tell(where, fmt::format("#{}", number));
    } else if (const std::optional<std::string> value =
                   document_.is_null(node) ? std::optional<std::string>("none") : filled(document_.text(node), node)) {
      tell(where, *value);
    }
  }
  return resolved(node);
}

NodeId Scope::resolved(NodeId node) {
  if (!is_scalar(document_, node)) return node;
  std::string_view text = document_.text(node);
  if (!text.starts_with(kOpen) || text.find('}') != text.size() - 1) return node;
  text = text.substr(kOpen.size(), text.size() - kOpen.size() - 1);
  if (!variable(text, node)) return NodeId::kNone;
  const auto found = without_value_.find(text);
  return found == without_value_.end() ? node : found->second;
}

std::string Scope::label() const {
  std::string text;
  for (const auto& [what, value] : told_) {
    if (!text.empty()) text += ", ";
    text += what;
    text += '=';
    text += value.size() > kMaxToldText ? value.substr(0, kMaxToldText) + "..." : value;
  }
  return text;
}

void Scope::untell(std::string_view what) {
  std::erase_if(told_, [what](const auto& told) { return told.first == what; });
}

std::optional<std::string> Scope::filled(std::string_view text, NodeId node) {
  std::string out;
  for (;;) {
    const std::size_t open = text.find(kOpen);
    if (open == std::string_view::npos) return out.append(text);
    if (open > 0 && text[open - 1] == '$') {  // $${ stands for ${
      out.append(text.substr(0, open)).append("{");
      text.remove_prefix(open + kOpen.size());
      continue;
    }
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) {
      fail(node, "\"${\" without its \"}\"; write $${ for the characters themselves");
      return std::nullopt;
    }
    const std::optional<std::string> value =
        variable(text.substr(open + kOpen.size(), close - open - kOpen.size()), node);
    if (!value) return std::nullopt;
    out.append(text.substr(0, open)).append(*value);
    if (out.size() > kMaxText) {
      fail(node, "with its variables filled in this is longer than 1 MiB");
      return std::nullopt;
    }
    text.remove_prefix(close + 1);
  }
}

std::optional<std::string> Scope::variable(std::string_view name, NodeId node) {
  if (const auto known = values_.find(name); known != values_.end()) return known->second;
  if (under_way_ > kMaxDepth) {
    fail(node, fmt::format("variable \"{}\" refers to itself", name));
    return std::nullopt;
  }
  std::vector<std::string_view> names;
  for (auto layer = layers_.rbegin(); layer != layers_.rend(); ++layer) {
    for (const auto& [key, value] : *layer) {
      names.push_back(key);
      if (key != name) continue;
      const Level level(under_way_);
      const NodeId chosen_value = chosen(value, key);
      if (chosen_value == NodeId::kNone) return std::nullopt;
      if (!is_scalar(document_, chosen_value)) {
        fail(chosen_value, fmt::format("variable \"{}\" needs a text or a list of texts", name));
        return std::nullopt;
      }
      const bool has_value = !document_.is_null(chosen_value);
      if (!has_value) without_value_.emplace(name, chosen_value);
      std::optional<std::string> text =
          has_value ? filled(document_.text(chosen_value), chosen_value) : std::optional<std::string>("");
      if (text) values_.emplace(name, *text);
      return text;
    }
  }
  const std::optional<std::string_view> near = nearest(name, names);
  fail(node, fmt::format("unknown variable \"{}\"{}", name,
                         near            ? fmt::format("; did you mean {}?", *near)
                         : names.empty() ? "; the test has none"
                                         : ""));
  return std::nullopt;
}

void read_mapping(Scope& scope, NodeId node, std::string_view where, std::initializer_list<std::string_view> keys,
                  const std::function<void(std::string_view key, NodeId value)>& read) {
  const yaml::Document& document = scope.document();
  if (document[node].kind != yaml::NodeKind::kMapping)
    return scope.fail(node, fmt::format("{} needs keys and values", where));
  for (NodeId key = document[node].first(); key != NodeId::kNone; key = document[document[key].next()].next()) {
    const std::string_view name = document.text(key);
    if (std::ranges::find(keys, name) != keys.end()) {
      read(name, document[key].next());
      continue;
    }
    const std::vector<std::string_view> words(keys);
    if (const std::optional<std::string_view> near = nearest(name, words)) {
      scope.fail(key, fmt::format("unknown key \"{}\" in {}; did you mean {}?", name, where, *near));
    } else {
      std::string all;
      for (const std::string_view word : words) all.append(all.empty() ? "" : ", ").append(word);
      scope.fail(key, fmt::format("unknown key \"{}\" in {}; it takes {}", name, where, all));
    }
  }
}

}  // namespace wicket::suite
