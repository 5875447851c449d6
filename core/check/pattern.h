// Whether Istio's webhook takes a regular expression. It compiles with Go's regexp, the proxy with RE2: the same
// dialect but for a few corners.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace wicket::check {

/// What is wrong with a pattern.
struct PatternFault {
  std::string reason;       // "RE2 has no look-ahead"
  std::size_t offset = 0;   // bytes
  std::size_t size = 0;     // of the part concerned; 0: all of it
  bool only_proxy = false;  // the webhook takes it, the proxy does not
};

/// Nothing for a sound pattern.
/// Source: Go regexp/syntax, Parse; RE2, which Envoy uses.
[[nodiscard]] std::optional<PatternFault> pattern_fault(std::string_view pattern);

/// The same, for every text at most once.
class Patterns {
 public:
  /// Null for a sound pattern. `pattern` views bytes that outlive this.
  [[nodiscard]] const PatternFault* fault_of(std::string_view pattern);

 private:
  std::unordered_map<std::string_view, std::optional<PatternFault>> known_;
};

}  // namespace wicket::check
