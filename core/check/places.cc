#include "check/places.h"

namespace wicket::check {

Place Places::at(const Span& span, yaml::NodeId node) const {
  return {.span = span, .document = resource_->document, .node = node, .resource = resource_};
}

Place Places::value(yaml::NodeId node) const { return at(resource_->span(node), node); }

Place Places::key(yaml::NodeId node) const { return at(resource_->document->key_span(node), node); }

Place Places::lack(yaml::NodeId mapping) const {
  const yaml::Node& node = (*resource_->document)[mapping];
  const bool has_key = node.kind == yaml::NodeKind::kMapping && node.first() != yaml::NodeId::kNone;
  return at(resource_->span(has_key ? node.first() : mapping), mapping);
}

Place Places::part(yaml::NodeId scalar, const yaml::ScalarPart& part) const {
  return at(yaml::span_of_part(*resource_->document, scalar, part), scalar);
}

bool Places::lacks(yaml::NodeId mapping, std::string_view field) const {
  const yaml::NodeId found = resource_->document->find(mapping, field);
  return found == yaml::NodeId::kNone || resource_->document->is_null(found);
}

bool Places::is_empty(yaml::NodeId collection) const {
  if (collection == yaml::NodeId::kNone) return false;
  const yaml::Node& node = (*resource_->document)[collection];
  return node.kind != yaml::NodeKind::kScalar && node.first() == yaml::NodeId::kNone;
}

}  // namespace wicket::check
