// Reads values out of a settings file and collects what is wrong with them, so that reading is a list of keys.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/node.h"
#include "yaml/problem.h"

namespace wicket::load {

using yaml::NodeId;

/// What the YAML layer objects to in a file of ours, in words; `what` the file holds: "settings". Everything counts:
/// such a file is not the place for a doubtful document.
[[nodiscard]] std::string words_of(const yaml::Problem& problem, std::string_view what);

class SettingsReader {
 public:
  /// `report` receives the place and what is wrong there.
  SettingsReader(const yaml::Document& document, std::function<void(const Span&, std::string)> report)
      : document_(document), report_(std::move(report)) {}

  struct Key {
    std::string_view name;
    std::function<void(NodeId value)> read;
  };

  /// The pairs of a mapping; `where` is what messages call it. Keys that are not listed are errors.
  void mapping(NodeId node, std::string_view where, std::initializer_list<Key> keys);
  /// The pairs of a mapping with free keys.
  void pairs(NodeId node, std::string_view where, const std::function<void(NodeId key, NodeId value)>& each);
  /// The items of a list.
  void list(NodeId node, std::string_view where, const std::function<void(NodeId item)>& each);

  [[nodiscard]] std::optional<std::string> text(NodeId node, std::string_view where);
  [[nodiscard]] std::optional<bool> boolean(NodeId node, std::string_view where);
  [[nodiscard]] std::optional<std::uint32_t> number(NodeId node, std::string_view where, std::uint32_t most);
  [[nodiscard]] std::optional<std::string> word(NodeId node, std::string_view where,
                                                std::span<const std::string_view> words);
  [[nodiscard]] std::vector<std::string> texts(NodeId node, std::string_view where);

  void fail(NodeId node, std::string message) { report_(document_.span(node), std::move(message)); }
  [[nodiscard]] const yaml::Document& document() const { return document_; }

 private:
  const yaml::Document& document_;
  std::function<void(const Span&, std::string)> report_;
};

}  // namespace wicket::load
