#include "cli/schema_kind.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/edit_distance.h"
#include "cli/suggest.h"

namespace wicket::cli {
namespace {

struct Spelling {
  std::string_view word;  // in lower case
  SchemaKind kind;
};

// Source: names.plural, names.singular and names.shortNames of Istio's CRDs.
constexpr Spelling kSpellings[] = {
    {"gateway", SchemaKind::kGateway},
    {"gateways", SchemaKind::kGateway},
    {"gw", SchemaKind::kGateway},
    {"virtualservice", SchemaKind::kVirtualService},
    {"virtualservices", SchemaKind::kVirtualService},
    {"vs", SchemaKind::kVirtualService},
    {"destinationrule", SchemaKind::kDestinationRule},
    {"destinationrules", SchemaKind::kDestinationRule},
    {"dr", SchemaKind::kDestinationRule},
    {"serviceentry", SchemaKind::kServiceEntry},
    {"serviceentries", SchemaKind::kServiceEntry},
    {"se", SchemaKind::kServiceEntry},
    {"diagnostics", SchemaKind::kDiagnostics},
    {"decision", SchemaKind::kDecision},
    {"routes", SchemaKind::kRoutes},
    {"test", SchemaKind::kTest},
    {"tests", SchemaKind::kTest},
    {"test-report", SchemaKind::kTestReport},
    {"replay", SchemaKind::kReplay},
    {"config-dump", SchemaKind::kConfigDump},
    {"config_dump", SchemaKind::kConfigDump},
    {"settings", SchemaKind::kSettings},
    {"wicket.yaml", SchemaKind::kSettings},
    {"baseline", SchemaKind::kBaseline},
};

std::string in_lower_case(std::string_view word) {
  std::string lower(word);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

const Spelling* find_spelling(std::string_view word) {
  const auto found = std::ranges::find(kSpellings, word, &Spelling::word);
  return found == std::end(kSpellings) ? nullptr : found;
}

// "; did you mean VirtualService?", or nothing.
std::string guess(std::string_view word) {
  std::vector<std::string_view> words;
  for (const Spelling& spelling : kSpellings) words.push_back(spelling.word);
  const std::optional<std::string_view> near = nearest(word, words);
  if (!near) return {};
  return fmt::format("; did you mean {}?", kSchemaWords[static_cast<std::size_t>(find_spelling(*near)->kind)]);
}

}  // namespace

tl::expected<SchemaKind, std::string> schema_kind_from(std::string_view word) {
  const std::string lower = in_lower_case(word);
  if (const Spelling* spelling = find_spelling(lower)) return spelling->kind;
  return tl::unexpected(fmt::format("KIND takes {}, not '{}'{}", listed(kSchemaWords), word, guess(lower)));
}

}  // namespace wicket::cli
