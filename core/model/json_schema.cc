// Every message becomes one definition, found by walking the fields from the spec downwards, parents before children;
// every use of it is a $ref. What stands beside a $ref is the use's own description: draft-07 validators pass over it,
// editors show it.
//
// Three keywords are not part of any draft and are read by the YAML servers of editors: patternErrorMessage and
// errorMessage replace "does not match the pattern of …", deprecationMessage marks a key and keeps it out of
// completion.
//
// Patterns keep to what JavaScript, Python and RE2 read alike: no look-ahead, no back-references.

#include "model/json_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "model/schema.h"

namespace wicket::model {
namespace {

using Json = nlohmann::ordered_json;

// ---- patterns of strings ----

// Numbers and units as parse_duration() takes them. A number of the first kind has a digit other than 0.
constexpr std::string_view kMoreThanZero = "(0*[1-9][0-9]*\\.?[0-9]*|[0-9]+\\.0*[1-9][0-9]*|\\.0*[1-9][0-9]*)";
constexpr std::string_view kNumber = "([0-9]+\\.?[0-9]*|\\.[0-9]+)";
constexpr std::string_view kUnit = "(ns|us|µs|μs|ms|s|m|h)";

constexpr std::string_view kAnyDuration = "duration";
constexpr std::string_view kPositiveDuration = "positiveDuration";

constexpr std::string_view kBase64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$";
constexpr std::string_view kDnsLabel = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

Json text_like(std::string_view pattern, std::string_view otherwise) {
  return {{"type", "string"}, {"pattern", pattern}, {"patternErrorMessage", otherwise}};
}

Json any_duration() {
  return text_like(fmt::format("^[-+]?(0|({}{})+)$", kNumber, kUnit),
                   "Not a duration: numbers with ns, us, ms, s, m or h, such as 1h30m or 500ms.");
}

Json positive_duration() {
  return text_like(fmt::format("^[+]?({0}{2})*({1}{2})({0}{2})*$", kNumber, kMoreThanZero, kUnit),
                   "Not a duration of at least 1ms: numbers with ms, s, m or h, such as 1h30m or 500ms.");
}

// ---- definitions ----

struct Definition {
  const TypeInfo* type = nullptr;
  std::string name;
};

/// Everything that the spec is made of.
class Definitions {
 public:
  explicit Definitions(const TypeInfo& spec) {
    add(spec, nullptr);
    for (std::size_t i = 0; i < definitions_.size(); ++i)  // grows while it is read
      for (const FieldInfo& field : definitions_[i].type->fields)
        if (field.message != nullptr) add(*field.message, definitions_[i].type);
  }

  [[nodiscard]] const std::vector<Definition>& all() const { return definitions_; }

  [[nodiscard]] std::string ref(const TypeInfo& type) const {
    return "#/definitions/" + std::ranges::find(definitions_, &type, &Definition::type)->name;
  }

 private:
  // Messages that share a name carry that of the message around them as well, as upstream's own full names do.
  void add(const TypeInfo& type, const TypeInfo* parent) {
    if (std::ranges::find(definitions_, &type, &Definition::type) != definitions_.end()) return;
    const bool taken = std::ranges::find(definitions_, type.name, &Definition::name) != definitions_.end();
    definitions_.push_back({&type, taken ? fmt::format("{}.{}", parent->name, type.name) : std::string(type.name)});
  }

  std::vector<Definition> definitions_;
};

// ---- fields ----

/// The number without a fraction where it has none.
Json number(double value) {
  if (value == static_cast<double>(static_cast<std::int64_t>(value))) return static_cast<std::int64_t>(value);
  return value;
}

template <class Integer>
Json integer() {
  return {{"type", "integer"},
          {"minimum", std::numeric_limits<Integer>::min()},
          {"maximum", std::numeric_limits<Integer>::max()}};
}

bool is_positive(DurationLimit limit) {
  return limit == DurationLimit::kMillisecond || limit == DurationLimit::kAtLeastOneMs;
}

/// What one value may be: the field itself, an item of a list, a value of a map.
Json value_schema(const FieldInfo& field, const Definitions& definitions) {
  switch (field.type) {
    case FieldType::kString:
      return {{"type", "string"}};
    case FieldType::kUint32:
      return integer<std::uint32_t>();
    case FieldType::kInt32:
      return integer<std::int32_t>();
    case FieldType::kUint64:
      return {{"type", "integer"}, {"minimum", 0}};
    case FieldType::kDouble:
      return {{"type", "number"}};
    case FieldType::kBool:
      return {{"type", "boolean"}};
    case FieldType::kDuration:
      return {
          {"$ref", fmt::format("#/definitions/{}", is_positive(field.duration) ? kPositiveDuration : kAnyDuration)}};
    case FieldType::kBytes: {
      Json out = text_like(kBase64, "Not base64 with its padding.");
      out["contentEncoding"] = "base64";
      return out;
    }
    case FieldType::kEnum:
      return {{"type", "string"}, {"enum", field.enumeration->values}};
    case FieldType::kIntOrString:
      return {{"type", {"integer", "string"}}};
    case FieldType::kMessage:
      return {{"$ref", definitions.ref(*field.message)}};
  }
  return {};
}

Json limited(Json value, const FieldInfo& field) {
  if (field.has_range) {
    value["minimum"] = number(field.min);
    value["maximum"] = number(field.max);
  }
  if (field.max_length > 0) value["maxLength"] = field.max_length;
  return value;
}

Json or_null(Json value) {
  if (!value.contains("type")) return {{"anyOf", {std::move(value), {{"type", "null"}}}}};
  value["type"] = {value["type"], "null"};
  if (value.contains("enum")) value["enum"].push_back(nullptr);
  return value;
}

Json shape_schema(const FieldInfo& field, const Definitions& definitions) {
  Json value = limited(value_schema(field, definitions), field);
  Json out;
  switch (field.shape) {
    case Shape::kSingle:
      return field.is_nullable ? or_null(std::move(value)) : value;
    case Shape::kList:
      out["type"] = "array";
      out["items"] = std::move(value);
      if (field.min_items > 0) out["minItems"] = field.min_items;
      if (field.max_items > 0) out["maxItems"] = field.max_items;
      return out;
    case Shape::kMap:
      out["type"] = "object";
      out["additionalProperties"] = std::move(value);
      if (field.min_items > 0) out["minProperties"] = field.min_items;
      if (field.max_items > 0) out["maxProperties"] = field.max_items;
      return out;
  }
  return out;
}

Json field_schema(const FieldInfo& field, const Definitions& definitions) {
  Json out;
  if (field.is_deprecated) {
    out["description"] = fmt::format("Deprecated. {}", field.doc);
    out["deprecated"] = true;
    out["deprecationMessage"] = fmt::format("{} is deprecated. {}", field.name, field.doc);
  } else if (!field.doc.empty()) {
    out["description"] = field.doc;
  }
  out.update(shape_schema(field, definitions));
  return out;
}

// ---- messages ----

// Members of a oneof rule each other out: the presence of one forbids those that come later in the table. Said with
// `dependencies`, and not with `oneOf`, because then editors underline the key that is too much.
Json oneof_rules(const TypeInfo& type) {
  Json out = Json::object();
  for (auto field = type.fields.begin(); field != type.fields.end(); ++field) {
    if (field->oneof.empty()) continue;
    Json forbidden = Json::object();
    for (auto later = field + 1; later != type.fields.end(); ++later)
      if (later->oneof == field->oneof) forbidden[std::string(later->name)] = false;
    if (forbidden.empty()) continue;
    Json& rule = out[std::string(field->name)];
    rule["properties"] = std::move(forbidden);
    rule["errorMessage"] = fmt::format("Excluded by {}: at most one of the two may be set.", field->name);
  }
  return out;
}

Json message_schema(const TypeInfo& type, const Definitions& definitions) {
  Json out;
  if (!type.doc.empty()) out["description"] = type.doc;
  out["type"] = "object";
  for (const FieldInfo& field : type.fields)
    if (field.is_required) out["required"].push_back(field.name);
  for (const FieldInfo& field : type.fields)
    out["properties"][std::string(field.name)] = field_schema(field, definitions);
  if (type.strict) out["additionalProperties"] = false;
  if (Json rules = oneof_rules(type); !rules.empty()) out["dependencies"] = std::move(rules);
  return out;
}

// Names as the API server takes them: a DNS subdomain, for a namespace one label. A name may be left to the server,
// which completes generateName.
Json metadata_schema(const Definitions& definitions) {
  Json out = {{"description", "Name, namespace, labels and annotations of the object."}};
  out.update(message_schema(metadata_type(), definitions));
  Json& name = out["properties"]["name"];
  name.update(text_like(fmt::format("^{0}(\\.{0})*$", kDnsLabel),
                        "Names of objects are made of lower-case letters, digits, '-' and '.'."));
  name["maxLength"] = 253;
  Json& ns = out["properties"]["namespace"];
  ns.update(
      text_like(fmt::format("^{}$", kDnsLabel), "Names of namespaces are made of lower-case letters, digits and '-'."));
  ns["maxLength"] = 63;
  out["if"] = {{"not", {{"required", {"generateName"}}}}};
  out["then"] = {{"required", {"name"}}};
  return out;
}

}  // namespace

std::string json_schema(const TypeInfo& spec) {
  const Definitions definitions(spec);
  Json out;
  out["$schema"] = "http://json-schema.org/draft-07/schema#";
  out["title"] = spec.name;
  out["description"] = spec.doc;
  out["type"] = "object";
  out["required"] = {"apiVersion", "kind", "metadata", "spec"};
  Json& properties = out["properties"];
  properties["apiVersion"] = {
      {"description", "All three have the same fields; v1 needs Istio 1.22 or later."},
      {"enum", {"networking.istio.io/v1", "networking.istio.io/v1beta1", "networking.istio.io/v1alpha3"}}};
  properties["kind"] = {{"const", spec.name}};
  properties["metadata"] = {{"$ref", "#/definitions/metadata"}};
  properties["spec"] = {{"$ref", definitions.ref(spec)}};
  properties["status"] = {{"description", "Written by the control plane."}, {"type", "object"}};
  out["additionalProperties"] = false;
  out["definitions"]["metadata"] = metadata_schema(definitions);
  for (const Definition& definition : definitions.all())
    out["definitions"][definition.name] = message_schema(*definition.type, definitions);
  out["definitions"][std::string(kAnyDuration)] = any_duration();
  out["definitions"][std::string(kPositiveDuration)] = positive_duration();
  return out.dump(2) + "\n";
}

}  // namespace wicket::model
