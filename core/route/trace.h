// Why a decision came out as it did.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/rule_set.h"

namespace wicket::route {

struct Route;

/// What a condition looks at.
enum class Field : std::uint8_t { kPath, kMethod, kAuthority, kScheme, kHeader, kQueryParam };

/// The first condition of a rule that did not hold.
struct FailedPredicate {
  Field field{};
  const rules::StringPredicate* wanted = nullptr;
  const rules::NamedPredicate* named = nullptr;  // headers and query parameters
  bool is_absent = false;                        // the request has no such header or parameter
  std::string actual;                            // what the request has
};

/// One rule that was tried; the last one of a trace may have matched.
struct TriedRule {
  const Route* route = nullptr;
  bool matched = false;
  bool is_open = false;  // headers that nobody knows of decide whether it takes the request; see Trace::known_headers
  FailedPredicate failed;
};

/// What decide() looked at, in order. Pointers lead into the RouteTable.
struct Trace {
  /// In lower case: the headers that would be there had they been sent, as of a log that names some and keeps quiet
  /// about the others. Rules are then tried until one takes the request for certain, and those before it that may have
  /// taken it are marked; what is decided stays the same. nullptr: every header is there.
  const std::vector<std::string>* known_headers = nullptr;
  std::string host;  // that virtual hosts were looked up by: without port, in lower case
  std::string path;  // that rules were matched with
  std::vector<TriedRule> tried;
};

}  // namespace wicket::route
