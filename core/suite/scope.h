// Where values of a test file come from: variables, rows of tables, and lists of which each item is taken in turn.
//
// A test is read once for each combination. Whoever meets a list asks which item it is this time; the lists in the
// order in which they are met are the wheels of an odometer, of which the last one turns fastest. So a list may stand
// anywhere, inside an item of another list too.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "yaml/node.h"

namespace wicket::suite {

using yaml::NodeId;

/// The odometer.
class Choices {
 public:
  /// The item of a list of `count` that it is this time; `count` is at least 1.
  [[nodiscard]] std::size_t pick(std::string_view list, std::size_t count);
  /// On to the next combination; false after the last one.
  [[nodiscard]] bool advance();
  /// Product of the sizes of all lists that were met in this combination.
  [[nodiscard]] double combinations() const;
  /// "method 3 x path 200", biggest first.
  [[nodiscard]] std::string sizes() const;

 private:
  struct Wheel {
    std::string list;
    std::size_t index = 0;
    std::size_t count = 1;
  };
  std::vector<Wheel> wheels_;
  std::size_t next_ = 0;
};

/// Says what is wrong at a node.
using Complain = std::function<void(NodeId node, std::string message)>;

/// Values of one combination.
class Scope {
 public:
  using Variables = std::vector<std::pair<std::string_view, NodeId>>;  // name, value

  /// Keeps references to all of them.
  Scope(const yaml::Document& document, Choices& choices, Complain complain)
      : document_(document), choices_(choices), complain_(std::move(complain)) {}

  /// Variables that are found before those added earlier.
  void add(Variables variables) { layers_.push_back(std::move(variables)); }

  /// The text of a scalar with its ${variables} filled in; nothing beside a complaint. `where` is what messages call
  /// it.
  [[nodiscard]] std::optional<std::string> text(NodeId node, std::string_view where);
  /// The node itself, or the item of the list that it is this time; of a variable that stands alone and has no value
  /// the node without one. kNone beside a complaint about an empty list.
  [[nodiscard]] NodeId chosen(NodeId node, std::string_view where);

  /// The same without lists, which mean something else there.
  [[nodiscard]] NodeId resolved(NodeId node);

  /// What was chosen so far and is worth telling: "method=POST, path=/cart".
  [[nodiscard]] std::string label() const;
  /// Tells something of this combination.
  void tell(std::string_view what, std::string value) { told_.emplace_back(what, std::move(value)); }
  /// A variable that stands in the name of the test needs no telling.
  void untell(std::string_view what);

  void fail(NodeId node, std::string message) const { complain_(node, std::move(message)); }
  [[nodiscard]] const yaml::Document& document() const { return document_; }

 private:
  [[nodiscard]] std::optional<std::string> filled(std::string_view text, NodeId node);
  [[nodiscard]] std::optional<std::string> variable(std::string_view name, NodeId node);

  const yaml::Document& document_;
  Choices& choices_;
  Complain complain_;
  std::vector<Variables> layers_;
  std::map<std::string, std::string, std::less<>> values_;    // of variables, in this combination
  std::map<std::string, NodeId, std::less<>> without_value_;  // those of them that are ~
  std::vector<std::pair<std::string, std::string>> told_;
  std::size_t under_way_ = 0;  // variables that are being found: each inside the one before
};

/// Reads the pairs of a mapping: `read` gets each key that is in `keys`, others are complaints with a suggestion.
void read_mapping(Scope& scope, NodeId node, std::string_view where, std::initializer_list<std::string_view> keys,
                  const std::function<void(std::string_view key, NodeId value)>& read);

}  // namespace wicket::suite
