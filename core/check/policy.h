// What the user decided about findings, beside which checks run: levels, files that are judged otherwise, and what is
// known and not to be told again.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "check/baseline.h"
#include "check/diagnostic.h"
#include "check/reporter.h"
#include "check/rule.h"
#include "check/selection.h"

namespace wicket::check {

struct CheckInput;

/// A level of the settings: one of Severity, or off.
enum class Level : std::uint8_t { kAsIs, kOff, kInfo, kWarning, kError };

/// Levels of checks, as the settings give them.
class Levels {
 public:
  void set(const RuleInfo& rule, Level level);
  [[nodiscard]] Level of(const RuleInfo& rule) const;

 private:
  std::array<Level, 1000> levels_{};  // by the number in the id
};

/// Files for which some checks have other levels.
struct FileRules {
  std::function<bool(std::string_view name)> covers;
  Levels levels;
};

/// All decisions of one run.
struct Policy {
  Levels levels;
  std::vector<FileRules> files;  // of several that cover a file, a later one wins
  Baseline* baseline = nullptr;  // changes: each entry answers once
};

/// A code in the settings that names no check.
struct UnknownCode {
  Span span;
  std::string code;
};

/// The nearest name to a code that no check has, as the end of a message: "; did you mean unknown-field?", or nothing.
[[nodiscard]] std::string suggestion_for(std::string_view code);

/// Gives the findings their levels, and moves those that a comment, an annotation, the rules of their file or the
/// baseline silence to `suppressed`. What is wrong with the comments themselves (WK001, WK002) goes to `reporter`.
/// `is_heard`: whether findings of a rule would have been reported at all; a comment against others is not unused.
void apply_policy(const CheckInput& in, const Policy& policy, const std::function<bool(const RuleInfo&)>& is_heard,
                  std::vector<Diagnostic>& findings, std::vector<Suppressed>& suppressed, Reporter& reporter);

/// WK002 for codes of the settings, WK003 for entries of the baseline that nothing answers to.
[[nodiscard]] std::vector<Diagnostic> check_policy(const SourceSet& sources, const Selection& selection,
                                                   const std::vector<UnknownCode>& unknown,
                                                   const std::vector<const BaselineEntry*>& stale);

}  // namespace wicket::check
