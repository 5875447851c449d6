// Where the carets of checks over typed resources go.
//
// A wrong value: at the value. A wrong or surplus field: at its key. Something missing: at the first key of the mapping
// that lacks it. A part of a name: at that part.
#pragma once

#include <string_view>

#include "check/reporter.h"
#include "model/resource.h"
#include "yaml/node.h"
#include "yaml/scalar_part.h"

namespace wicket::check {

/// The places in one resource. Refers to it: the resource outlives this.
class Places {
 public:
  explicit Places(const model::Resource& resource) : resource_(&resource) {}

  /// The value itself; where it comes through an alias, the alias.
  [[nodiscard]] Place value(yaml::NodeId node) const;
  /// The key of a field, given by its value.
  [[nodiscard]] Place key(yaml::NodeId node) const;
  /// The first key of a mapping, for something that it lacks; `{}` itself when it is empty.
  [[nodiscard]] Place lack(yaml::NodeId mapping) const;
  /// Part of a scalar's value: a namespace in front of a slash, a port behind a colon.
  [[nodiscard]] Place part(yaml::NodeId scalar, const yaml::ScalarPart& part) const;

  /// Whether a mapping has no such field, or a null one. (A typed field is also absent where decoding objected to it.)
  [[nodiscard]] bool lacks(yaml::NodeId mapping, std::string_view field) const;
  /// Whether a list or mapping is written and has nothing in it. (A typed list is also empty where decoding objected to
  /// all of its items.)
  [[nodiscard]] bool is_empty(yaml::NodeId collection) const;

 private:
  [[nodiscard]] Place at(const Span& span, yaml::NodeId node) const;

  const model::Resource* resource_;
};

}  // namespace wicket::check
