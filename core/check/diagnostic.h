// What a check has to say. Formatters read it and know no check by name.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/span.h"
#include "check/rule.h"

namespace wicket::model {
struct Resource;
}

namespace wicket::check {

/// The other place: first definition, anchor, earlier route.
struct Note {
  Span span;
  std::string message;
};

/// One byte edit: what stands in `span` becomes `text`.
struct Edit {
  Span span;
  std::string text;
};

/// How far a repair can be trusted.
enum class Safety : std::uint8_t {
  kSuggested,  // probably what was meant: somebody should look at it
  kSafe,       // whoever read the file before reads the same afterwards: only how it is written changes
};

/// A repair. Edits do not overlap.
struct Fix {
  std::string message;
  std::vector<Edit> edits;
  Safety safety = Safety::kSuggested;
};

/// What silenced a finding.
enum class Silencer : std::uint8_t {
  kComment,     // # wicket:ignore
  kAnnotation,  // galley.istio.io/analyze-suppress
  kSettings,    // per-file rules of the settings
  kBaseline,    // a file of known findings
};

/// A request that shows the fault: whoever asks `wicket route` about it sees it. `route::decide` has been asked.
struct Witness {
  std::string method;
  std::string url;  // empty: there is no such request
  std::vector<std::pair<std::string, std::string>> headers;
};

/// Whom a finding is about; empty `kind` when there is no object.
struct ResourceName {
  std::string kind;
  std::string ns;
  std::string name;
};

/// One finding. `path` is "spec.http[0].match[1].uri.prefix"; empty for the document as a whole.
struct Diagnostic {
  const RuleInfo* rule = nullptr;
  Severity severity{};
  Origin origin{};
  Span span;
  std::string message;
  std::string path;
  std::uint32_t document = 0;  // 0-based index of the document inside its file
  ResourceName resource;
  const model::Resource* object = nullptr;  // the same, in the workspace that was checked
  std::vector<Note> notes;
  std::string help;         // how to repair it, in words; empty when the message says it
  Fix fix;                  // empty `edits` when no repair is sure
  Witness witness;          // empty `url` when there is none
  bool is_secret = false;   // its line holds a secret: reports do not show it
  std::string fingerprint;  // the same as long as the fault is the same, wherever it moves in its file
};

/// A finding that the user asked not to hear of.
struct Suppressed {
  Diagnostic finding;
  Silencer by{};
  std::string reason;  // as the user gave it; may be empty
};

}  // namespace wicket::check
