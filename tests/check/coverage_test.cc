// The sound manifests of testdata/lint/ok use every field of a VirtualService that may be used without a word.
#include <algorithm>
#include <set>
#include <string>
#include <variant>

#include "model/schema.h"
#include "support/catch.h"
#include "support/golden.h"
#include "support/lint.h"

namespace wicket::check {
namespace {

std::string name_of(const model::TypeInfo& type, const model::FieldInfo& field) {
  return std::string(type.name) + "." + std::string(field.name);
}

/// Adds the fields that a mapping and what is below it use.
void add_used(const yaml::Document& document, yaml::NodeId mapping, const model::TypeInfo& type,
              std::set<std::string>& used) {
  for (const model::FieldInfo& field : type.fields) {
    const yaml::NodeId value = document.find(mapping, field.name);
    if (value == yaml::NodeId::kNone) continue;
    used.insert(name_of(type, field));
    if (field.message == nullptr) continue;
    if (field.shape == model::Shape::kSingle) {
      add_used(document, value, *field.message, used);
      continue;
    }
    const bool is_map = field.shape == model::Shape::kMap;
    for (yaml::NodeId item = document[value].first(); item != yaml::NodeId::kNone; item = document[item].next()) {
      if (is_map) item = document[item].next();
      add_used(document, item, *field.message, used);
    }
  }
}

/// Adds all fields of a type and of what is below it.
void add_known(const model::TypeInfo& type, std::set<std::string>& known) {
  for (const model::FieldInfo& field : type.fields) {
    if (!known.insert(name_of(type, field)).second || field.message == nullptr) continue;
    add_known(*field.message, known);
  }
}

TEST_CASE("every field of a VirtualService is used soundly somewhere") {
  std::set<std::string> used;
  for (const std::string& name : test::list_source_folder("testdata/lint/ok", ".yaml")) {
    const test::Linted linted = test::lint_files({{name, test::read_source_file("testdata/lint/ok/" + name)}});
    for (const auto& file : linted.loaded.workspace->files())
      for (const model::Resource& resource : file->resources)
        if (resource.kind == model::Kind::kVirtualService)
          add_used(*resource.document, resource.spec_node, model::virtual_service_type(), used);
  }
  std::set<std::string> known;
  add_known(model::virtual_service_type(), known);
  CHECK(known.size() > 80);
  // Deprecated, refused or without effect: a check speaks about each of them.
  const std::set<std::string> never = {
      "HTTPRoute.mirrorPercent", "HTTPRoute.mirror_percent", "CorsPolicy.allowOrigin",        "Delay.percent",
      "Delay.exponentialDelay",  "Abort.http2Error",         "L4MatchAttributes.sourceSubnet"};
  for (const std::string& field : known) {
    INFO(field);
    CHECK(used.contains(field) != never.contains(field));
  }
}

}  // namespace
}  // namespace wicket::check
