// Which DestinationRules speak of a host, and which of them a gateway finds.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "check/estate.h"
#include "check/run.h"
#include "rules/destination_rules.h"
#include "rules/lower.h"

namespace wicket::check {

class SubsetIndex {
 public:
  SubsetIndex(const CheckInput& in, const Estate& estate);

  /// DestinationRules whose host is this one, or a wildcard over it, in the order of the input.
  struct Rules {
    std::vector<const model::Resource*> all;
    bool are_sound = true;  // all of their subsets could be read
  };
  [[nodiscard]] Rules rules_for(const std::string& host) const;
  /// Whether the input has DestinationRules in a namespace.
  [[nodiscard]] bool has_rules_in(std::string_view ns) const { return namespaces_.contains(ns); }
  [[nodiscard]] static bool defines(const model::Resource& rule, std::string_view subset);
  /// The subset of these rules that was probably meant; empty when there is none.
  [[nodiscard]] static std::string nearest_to(std::span<const model::Resource* const> rules, std::string_view subset);
  /// Whether the pods with this index (Estate::workloads) get the subset of a service of one of these namespaces.
  [[nodiscard]] bool finds(std::size_t workload, const std::string& host, std::span<const std::string_view> service_ns,
                           std::string_view subset);

 private:
  const CheckInput& in_;
  const Estate& estate_;
  rules::LowerOptions options_;  // the DestinationRules refer to its mesh
  std::unordered_map<std::string, std::vector<const model::Resource*>> exact_;
  std::unordered_map<std::string, std::vector<const model::Resource*>> wildcards_;  // without their stars
  std::set<std::size_t> lengths_;                                                   // of wildcards_
  std::unordered_set<std::string_view> namespaces_;
  std::unordered_map<std::size_t, std::unique_ptr<const rules::DestinationRules>> of_workload_;
};

}  // namespace wicket::check
