// The tables of fields as JSON Schemas, for editors.
#pragma once

#include <string>

namespace wicket::model {

struct TypeInfo;

/// The schema of a whole object, apiVersion to status, whose spec is of this type; the kind is the type's name. JSON
/// with a newline at its end, the same for the same tables, byte for byte.
/// Source: JSON Schema draft-07, the latest one that every editor's YAML server reads.
[[nodiscard]] std::string json_schema(const TypeInfo& spec);

}  // namespace wicket::model
