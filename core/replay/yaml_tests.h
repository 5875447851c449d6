// Test files of other tools, which are YAML or JSON. Internal to replay/.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "replay/document.h"
#include "yaml/node.h"

namespace wicket::replay {

/// The documents of a file, each as a tree; what cannot be parsed is unread.
void each_document(std::string_view text, Requests& out,
                   const std::function<void(const yaml::Document& document, std::size_t first_line)>& take);

/// The items of a list, or the node itself where it is none; nothing of an absent one.
[[nodiscard]] std::vector<yaml::NodeId> items(const yaml::Document& document, yaml::NodeId node);
/// The text under a key; empty when there is none.
[[nodiscard]] std::string text_at(const yaml::Document& document, yaml::NodeId mapping, std::string_view key);
[[nodiscard]] bool has(const yaml::Document& document, yaml::NodeId mapping, std::string_view key);
/// 1-based line of a node, counted from the start of the file.
[[nodiscard]] std::size_t line_of(const yaml::Document& document, yaml::NodeId node, std::size_t first_line);

}  // namespace wicket::replay
