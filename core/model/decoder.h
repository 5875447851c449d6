// Node arena ▸ structs, along the tables of schema.h. Decoding never stops: what is wrong becomes a Problem, the field
// stays unset (or set and not valid), and the rest goes on.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "model/duration.h"
#include "model/kubernetes.h"
#include "model/problem.h"
#include "model/schema.h"
#include "model/spanned.h"
#include "yaml/node.h"

namespace wicket::model {

/// Decodes the objects of one document.
class Decoder {
 public:
  /// `problems` receives what is wrong; `resource` is noted in each.
  Decoder(yaml::Document& document, std::vector<Problem>& problems) : document_(document), problems_(problems) {}

  void set_resource(std::int32_t index) { resource_ = index; }
  [[nodiscard]] const yaml::Document& document() const { return document_; }

  /// Decodes a mapping into the struct that `type` describes; `via` is the field that holds it, null at the top.
  /// Returns whether it was a mapping.
  bool message(const TypeInfo& type, NodeId node, void* object, const FieldInfo* via = nullptr);

  template <class T>
  void read(const FieldInfo& info, NodeId node, Spanned<T>& out) {
    out.node = node;
    T value{};
    out.valid = leaf(info, node, value);
    out.set(std::move(value));
  }
  template <class T>
  void read(const FieldInfo& info, NodeId node, Box<T>& out) {
    auto made = std::make_unique<T>();
    made->node = node;
    if (message(*info.message, node, made.get(), &info)) out = std::move(made);
  }
  template <class T>
  void read(const FieldInfo& info, NodeId node, List<T>& out) {
    out.make_room(0);
    if (!is_list(info, node)) return;
    out.node = node;
    out.make_room(document_.size(node));
    std::uint32_t index = 0;
    for (NodeId item = document_[node].first(); item != NodeId::kNone; item = document_[item].next(), ++index) {
      if (!check_item(info, item, index)) continue;
      if constexpr (requires(T & made) { made.valid; }) {
        read(info, item, out.add());
      } else {
        T& made = out.add();
        made.node = item;
        if (!message(*info.message, item, &made, &info)) out.drop_last();
      }
    }
  }
  template <class T>
  void read(const FieldInfo& info, NodeId node, Map<T>& out) {
    out.make_room(0);
    if (!is_mapping(info, node)) return;
    out.node = node;
    out.make_room(document_.size(node) / 2);
    std::uint32_t index = 0;
    for (NodeId key = document_[node].first(); key != NodeId::kNone;
         key = document_[document_[key].next()].next(), ++index) {
      const NodeId value = document_[key].next();
      if (!check_entry(info, key, value, index)) continue;
      MapEntry<T>& entry = out.add();
      entry.key = map_key(info, key);
      entry.key_node = key;
      if constexpr (requires(T & made) { made.valid; }) {
        read(info, value, entry.value);
      } else {
        entry.value.node = value;
        if (!message(*info.message, value, &entry.value, &info)) out.drop_last();
      }
    }
  }

  /// Records a problem whose caret is at `span`.
  Problem& report(ProblemKind kind, NodeId node, const Span& span);
  /// The same with the caret at the node.
  Problem& report(ProblemKind kind, NodeId node) { return report(kind, node, document_.span(node)); }
  /// Whether the text holds a template marker; reports the first one of the document. `loose`: `${}` counts as well.
  bool is_template(NodeId node, std::string_view text, bool loose);

 private:
  /// The message that is being decoded, and the field that holds it.
  struct Level {
    const TypeInfo* type = nullptr;
    const FieldInfo* via = nullptr;
  };

  bool leaf(const FieldInfo& info, NodeId node, std::string_view& out);
  bool leaf(const FieldInfo& info, NodeId node, std::uint32_t& out);
  bool leaf(const FieldInfo& info, NodeId node, std::int32_t& out);
  bool leaf(const FieldInfo& info, NodeId node, std::uint64_t& out);
  bool leaf(const FieldInfo& info, NodeId node, double& out);
  bool leaf(const FieldInfo& info, NodeId node, bool& out);
  bool leaf(const FieldInfo& info, NodeId node, Duration& out);
  bool leaf(const FieldInfo& info, NodeId node, std::string& out);
  bool leaf(const FieldInfo& info, NodeId node, IntOrName& out);
  template <class T>
  requires std::is_enum_v<T>
  bool leaf(const FieldInfo& info, NodeId node, T& out) {
    int index = 0;
    if (!enum_leaf(info, node, index)) return false;
    out = static_cast<T>(index);
    return true;
  }
  bool enum_leaf(const FieldInfo& info, NodeId node, int& out);
  bool integer(const FieldInfo& info, NodeId node, double least, double most, double& out, std::uint64_t& bits);
  bool is_scalar(const FieldInfo& info, NodeId node);
  bool text_of(const FieldInfo& info, NodeId node, std::string_view& out);
  bool is_list(const FieldInfo& info, NodeId node);
  bool is_mapping(const FieldInfo& info, NodeId node);
  bool check_item(const FieldInfo& info, NodeId item, std::uint32_t index);
  bool check_entry(const FieldInfo& info, NodeId key, NodeId value, std::uint32_t index);
  std::string_view map_key(const FieldInfo& info, NodeId key);
  void check_characters(const FieldInfo& info, NodeId node, std::string_view text, Format format);
  void unknown_field(const TypeInfo& type, NodeId key);
  [[nodiscard]] std::string place_of(const TypeInfo& type, std::string_view name) const;
  void check_oneofs(const TypeInfo& type, const std::vector<NodeId>& members);
  Problem& wrong_type(const FieldInfo& info, NodeId node, std::string_view expected);
  [[nodiscard]] Span dash_of(NodeId item) const;

  yaml::Document& document_;
  std::vector<Problem>& problems_;
  std::vector<Level> levels_;
  std::int32_t resource_ = -1;
  bool template_seen_ = false;
};

}  // namespace wicket::model
