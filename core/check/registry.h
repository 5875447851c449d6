// The families of checks, in order, listed by hand.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "check/rule.h"

namespace wicket::check {

struct CheckInput;
struct Visit;
class Reporter;

/// One run of a family over the VirtualServices, of which there are many: all families look at one while it is at hand,
/// then at the next one.
class Visitor {
 public:
  Visitor() = default;
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;
  virtual ~Visitor() = default;

  /// A VirtualService. They come in the order of the input.
  virtual void visit(const Visit& visit) = 0;
  /// Everything else.
  virtual void finish() = 0;
};

/// A hundred of ids, one topic.
struct Family {
  std::string_view prefix;  // "WK1"
  std::string_view title;
  std::span<const RuleInfo> rules;
  void (*run)(const CheckInput&, Reporter&) = nullptr;
  std::unique_ptr<Visitor> (*visitor)(const CheckInput&, Reporter&) = nullptr;  // in place of `run`
  // Neither: it speaks once all others have, see policy.h
};

/// All families, in the order of their ids.
[[nodiscard]] std::span<const Family* const> families();

/// The rule with this id ("WK102"), name ("duplicate-key") or nothing. Letter case of an id does not matter.
[[nodiscard]] const RuleInfo* find_rule(std::string_view id_or_name);

/// The codes by which other tools report the same: those of its row, and what istioctl analyze calls every complaint of
/// Istio's validation, IST0106 for an error and IST0133 for a warning.
/// Source: Istio pkg/config/analysis/analyzers/schema/validation.go.
[[nodiscard]] std::vector<std::string_view> aliases_of(const RuleInfo& rule);

}  // namespace wicket::check
