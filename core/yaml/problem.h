// What reading a document can object to: a kind and a place, no rule id.
#pragma once

#include <cstdint>
#include <string>

#include "base/span.h"
#include "yaml/node.h"

namespace wicket::yaml {

enum class ProblemKind : std::uint8_t {
  kSyntax,           // no reader can parse the document
  kNotStrictJson,    // a JSON file that only YAML readers take
  kTab,              // a tab where only blanks may stand
  kUnknownAlias,     // no such anchor before it
  kRecursiveAlias,   // an alias inside its own anchor
  kAliasBomb,        // expansion beyond the limit
  kDirective,        // %YAML, %TAG
  kTextAfterMarker,  // --- followed by content on its line
  kNotJson,          // a value that has no JSON form: .inf, .nan
  kCollectionKey,    // a list or a mapping as key
  kNullKey,          // ~: x
  kBadMerge,         // << of something that is not a mapping
  kDuplicateKey,     // the later one wins; `other` is the first
  kMergeUsed,        // << or an alias, legal
  kMergeCollision,   // << brings a key that the mapping has; `other` is the <<
  kMergeOverwrites,  // the same, and << stands behind the key: it wins
  kTemplate,         // {{ }}, {% %}: never rendered
};

/// One objection. `span` is where to look; `node` gives the path and is kNone for the document as a whole.
struct Problem {
  ProblemKind kind{};
  Span span;
  NodeId node{};
  Span other;           // the other place; empty when there is none
  std::string message;  // kSyntax and kNotJson: what is wrong, in our words; else the name, key or text concerned
  std::string help;     // how to repair it; may be empty
};

/// True for what leaves no document to speak about.
[[nodiscard]] constexpr bool is_fatal(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::kSyntax:
    case ProblemKind::kTab:
    case ProblemKind::kUnknownAlias:
    case ProblemKind::kRecursiveAlias:
    case ProblemKind::kAliasBomb:
    case ProblemKind::kDirective:
    case ProblemKind::kTextAfterMarker:
      return true;
    case ProblemKind::kNotStrictJson:
    case ProblemKind::kNotJson:
    case ProblemKind::kCollectionKey:
    case ProblemKind::kNullKey:
    case ProblemKind::kBadMerge:
    case ProblemKind::kDuplicateKey:
    case ProblemKind::kMergeUsed:
    case ProblemKind::kMergeCollision:
    case ProblemKind::kMergeOverwrites:
    case ProblemKind::kTemplate:
      return false;
  }
  return false;
}

}  // namespace wicket::yaml
