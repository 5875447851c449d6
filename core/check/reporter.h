// Collects what checks have to say.
#pragma once

#include <fmt/format.h>

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source_set.h"
#include "check/diagnostic.h"
#include "check/selection.h"
#include "model/resource.h"
#include "yaml/node.h"

namespace wicket::check {

/// Where a finding belongs: the caret, and the node whose path is told.
struct Place {
  Span span;
  const yaml::Document* document = nullptr;
  yaml::NodeId node{};                        // kNone: the document as a whole
  const model::Resource* resource = nullptr;  // whom it is about; may be null
};

/// Adds to one finding. Every member returns the object, so that a report reads as one sentence.
class Finding {
 public:
  explicit Finding(Diagnostic* diagnostic) : diagnostic_(diagnostic) {}

  Finding& note(const Span& span, std::string message);
  Finding& help(std::string text);
  Finding& level(Severity severity);
  Finding& origin(Origin origin);
  /// Keeps the line out of reports: it holds a secret.
  Finding& secret();
  /// A request that shows the fault.
  Finding& witness(Witness witness);
  Finding& fix(std::string message, std::vector<Edit> edits, Safety safety = Safety::kSuggested);

 private:
  Diagnostic* diagnostic_;  // null where the rule is off: nothing is kept
};

/// What the checks of one run found. A rule that is off costs nothing but the call.
class Reporter {
 public:
  /// `folder`: where the names of files start, from the top of the repository. `only_admission`: nobody will hear what
  /// is not said when an object is applied.
  Reporter(const Selection& selection, const SourceSet& sources, std::string folder = {}, bool only_admission = false)
      : selection_(selection), sources_(sources), folder_(std::move(folder)), only_admission_(only_admission) {}

  /// Whether anybody wants to hear of this rule: lets an expensive check pass.
  [[nodiscard]] bool wants(const RuleInfo& rule) const { return selection_.has(rule); }

  /// Whether findings of this rule reach somebody: lets another rule that says less about the same stand back.
  [[nodiscard]] bool is_heard(const RuleInfo& rule) const {
    return wants(rule) && (!only_admission_ || is_admission(rule.origin));
  }

  /// Whether the user turned the rule on himself.
  [[nodiscard]] bool is_asked_for(const RuleInfo& rule) const { return selection_.is_asked_for(rule); }

  /// Reports a finding. The message says what is wrong, with the user's own names in it.
  template <class... Args>
  Finding report(const RuleInfo& rule, const Place& place, fmt::format_string<Args...> format, Args&&... args) {
    if (!wants(rule)) return Finding(nullptr);
    return add(rule, place, fmt::format(format, std::forward<Args>(args)...));
  }

  /// Counts a reference that the input does not answer, and need not: its target may be elsewhere.
  void leave_unknown() { ++unknown_references_; }
  [[nodiscard]] std::size_t unknown_references() const { return unknown_references_; }

  /// All findings, in the order in which they were reported.
  [[nodiscard]] std::vector<Diagnostic> take() &&;

 private:
  Finding add(const RuleInfo& rule, const Place& place, std::string message);
  [[nodiscard]] std::string fingerprint(const Diagnostic& diagnostic, const Place& place) const;

  const Selection& selection_;
  const SourceSet& sources_;
  std::string folder_;
  bool only_admission_ = false;
  std::size_t unknown_references_ = 0;
  std::deque<Diagnostic> diagnostics_;  // a deque: a Finding points into it while others are added
};

}  // namespace wicket::check
