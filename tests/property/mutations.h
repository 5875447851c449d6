// Named edits that break one thing in a sound manifest: what is written, what stands there instead, and what is said.
#pragma once

#include <span>
#include <string_view>

namespace wicket::test {

/// `from` occurs once in the manifest `base`; with `to` in its place the one finding is `code` at `path`.
struct Mutation {
  std::string_view base;
  std::string_view from;
  std::string_view to;
  std::string_view code;
  std::string_view path;
};

/// Edits of Gateways.
[[nodiscard]] std::span<const Mutation> gateway_mutations();

/// Edits of DestinationRules and ServiceEntries.
[[nodiscard]] std::span<const Mutation> destination_mutations();

}  // namespace wicket::test
