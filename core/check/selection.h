// Which rules are on.
#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "check/rule.h"

namespace wicket::check {

/// What the user asks for. Each entry is an id (WK102), a name (duplicate-key), a prefix of ids (WK1), a code of
/// another tool (IST0106, KIA1102) or "all".
struct SelectionRequest {
  std::vector<std::string> select;         // empty: the rules that are on by default
  std::vector<std::string> extend_select;  // beside them
  std::vector<std::string> ignore;         // wins over both
  std::vector<std::pair<const RuleInfo*, bool>> settings =
      {};  // what the settings turn on and off, where `select` is empty
};

/// A set of rules.
class Selection {
 public:
  /// The rules that are on by default.
  Selection();

  /// Errors: kInvalid for an entry that names no rule, with the nearest one as a suggestion.
  [[nodiscard]] static Result<Selection> from(const SelectionRequest& request);

  /// A rule that another one covers is only in while that one is not.
  [[nodiscard]] bool has(const RuleInfo& rule) const;
  /// Whether the user turned it on himself: then a rule that is quiet about common things tells them too.
  [[nodiscard]] bool is_asked_for(const RuleInfo& rule) const;

 private:
  void settle();

  std::bitset<1000> on_;         // by the number in the id
  std::bitset<1000> asked_for_;  // the same
};

/// All rules that an entry of a SelectionRequest names; empty when it names none.
[[nodiscard]] std::vector<const RuleInfo*> find_rules(std::string_view entry);

}  // namespace wicket::check
