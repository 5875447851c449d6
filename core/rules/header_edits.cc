#include "rules/header_edits.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "rules/host_names.h"

namespace wicket::rules {
namespace {

bool is_authority(std::string_view name) { return name == ":authority" || lower_case(name) == "host"; }
bool is_pseudo(std::string_view name) { return name.starts_with(':') || is_authority(name); }

void lower_values(const model::TextMap& values, HeaderOpType type, const model::Resource& resource,
                  std::vector<HeaderOp>& ops) {
  const std::size_t first = ops.size();
  for (const auto& entry : values) {
    if (is_pseudo(entry.key)) continue;
    ops.push_back({.type = type,
                   .name = std::string(entry.key),
                   .value = std::string(*entry.value),
                   .span = resource.span(entry.key_node)});
  }
  std::ranges::sort(ops.begin() + static_cast<std::ptrdiff_t>(first), ops.end(), {}, &HeaderOp::name);
}

std::vector<HeaderOp> lower_operations(const model::HeaderOperations& operations, const model::Resource& resource) {
  std::vector<HeaderOp> ops;
  for (const model::Text& name : operations.remove)
    if (!is_pseudo(*name))
      ops.push_back({.type = HeaderOpType::kRemove, .name = std::string(*name), .span = resource.span(name.node)});
  lower_values(operations.set, HeaderOpType::kSet, resource, ops);
  lower_values(operations.add, HeaderOpType::kAdd, resource, ops);
  return ops;
}

std::optional<std::string> find_authority(const model::HeaderOperations& request) {
  for (const model::TextMap* values : {&request.set, &request.add})
    for (const auto& entry : *values)
      if (is_authority(entry.key) && !entry.value->empty()) return std::string(*entry.value);
  return std::nullopt;
}

void move_behind(BoxedList<HeaderOp>& ops, BoxedList<HeaderOp>& more) {
  for (HeaderOp& op : more) ops.push_back(std::move(op));
}

}  // namespace

LoweredHeaders lower_headers(const model::Headers& headers, const model::Resource& resource) {
  LoweredHeaders lowered;
  if (headers.request) {
    lowered.edits.request = lower_operations(*headers.request, resource);
    lowered.authority = find_authority(*headers.request);
  }
  if (headers.response) lowered.edits.response = lower_operations(*headers.response, resource);
  return lowered;
}

void append(HeaderEdits& edits, HeaderEdits more) {
  move_behind(edits.request, more.request);
  move_behind(edits.response, more.response);
}

}  // namespace wicket::rules
