// Why a document does not parse, in words for the person who wrote it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/builder.h"
#include "yaml/problem.h"
#include "yaml/source_guard.h"

namespace wicket::yaml {

/// What is known when the parser gives up.
struct SyntaxErrorContext {
  std::string_view source;
  std::size_t reached = 0;  // everything before it was understood
  std::size_t mark = 0;     // where the parser gave up, often at the token behind the fault
  std::string_view what;    // the parser's own words
  const std::vector<Frame>& stack;
};

/// Finds the fault: the unclosed quote or bracket, the missing comma or colon, the tab, the odd indentation.
[[nodiscard]] GuardError explain_syntax_error(const SyntaxErrorContext& context);

/// "control character U+0007"
[[nodiscard]] std::string control_character_message(std::uint32_t code_point);

/// When a document that does not parse holds {{ }} or {% %} in front of, on or near the line of the fault: the first
/// such marker as a problem of its own, which explains all the rest.
[[nodiscard]] std::optional<Problem> find_template(const Document& document, const Span& fault);

}  // namespace wicket::yaml
