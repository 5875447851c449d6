#include "support/yaml_json.h"

#include <cmath>

#include <nlohmann/json.hpp>

#include "yaml/resolve.h"

namespace wicket::test {
namespace {

using Json = nlohmann::ordered_json;
using yaml::NodeId;

Json scalar_json(const yaml::Document& document, NodeId id) {
  const yaml::Scalar scalar = document.scalar(id);
  switch (scalar.type) {
    case yaml::ScalarType::kNull:
      return nullptr;
    case yaml::ScalarType::kBoolean:
      return scalar.boolean;
    case yaml::ScalarType::kInteger:
      if (scalar.unsigned_integer != 0) return scalar.unsigned_integer;
      return scalar.integer;
    case yaml::ScalarType::kFloat:
      if (scalar.number == std::floor(scalar.number) && std::fabs(scalar.number) < 1e15)
        return static_cast<std::int64_t>(scalar.number);
      return scalar.number;
    case yaml::ScalarType::kInfinity:
    case yaml::ScalarType::kTimestamp:
    case yaml::ScalarType::kString:
    case yaml::ScalarType::kMerge:
      break;
  }
  return std::string(document.text(id));
}

Json node_json(const yaml::Document& document, NodeId id) {
  const yaml::Node& node = document[id];
  switch (node.kind) {
    case yaml::NodeKind::kScalar:
      return scalar_json(document, id);
    case yaml::NodeKind::kSequence: {
      Json list = Json::array();
      for (NodeId item = node.first(); item != NodeId::kNone; item = document[item].next())
        list.push_back(node_json(document, item));
      return list;
    }
    case yaml::NodeKind::kMapping: {
      Json object = Json::object();
      for (NodeId key = node.first(); key != NodeId::kNone; key = document[document[key].next()].next())
        object[yaml::canonical_key(document, key)] = node_json(document, document[key].next());
      return object;
    }
    case yaml::NodeKind::kAlias:
      break;
  }
  return "unresolved alias";
}

}  // namespace

std::string to_json(const yaml::Document& document) {
  if (document.root == NodeId::kNone) return "null";
  return node_json(document, document.root).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace wicket::test
