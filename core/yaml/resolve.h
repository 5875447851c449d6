// From what is written to what the Kubernetes reader sees: aliases, merge keys, repeated keys.
#pragma once

#include <string>
#include <vector>

#include "yaml/node.h"
#include "yaml/problem.h"

namespace wicket::yaml {

/// Replaces aliases by copies of what they name, spreads merge keys, and unlinks the pairs that another pair replaces.
/// Copies stand at the alias (span) and lead back to what was written (`original_of`). Appends what is wrong or notable
/// to `problems`; an alias bomb empties the document.
/// Source: go-yaml v2, which works in text order: a `<<` behind a key overwrites it, in front of it the key wins.
void resolve(Document& document, std::vector<Problem>& problems);

/// The key as it is in JSON: `on` is "true", 1.10 is "1.1", everything else its text.
/// Source: sigs.k8s.io/yaml, conversion of YAML keys to JSON.
[[nodiscard]] std::string canonical_key(const Document& document, NodeId key);

}  // namespace wicket::yaml
