// JSON documents that YAML readers cannot take: surrogate pairs, very long keys.
#pragma once

#include <optional>

#include "yaml/node.h"
#include "yaml/problem.h"

namespace wicket::yaml {

/// Reads the document as strict JSON into its arena, which is emptied first. False when it is not JSON, or nested
/// deeper than 500 levels. Source: kubectl hands a document that starts with `{` to a JSON decoder before it tries
/// YAML.
[[nodiscard]] bool read_json(Document& document);

/// What a strict JSON reader objects to in a document that YAML readers take; nothing when it is JSON.
[[nodiscard]] std::optional<Problem> check_json(const Document& document);

}  // namespace wicket::yaml
