// Selectors of Gateways, and whether two of them stand for common pods.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "check/run.h"
#include "model/gateway.h"
#include "model/resource.h"

namespace wicket::check {

/// Which selectors stand for common pods: one is part of the other, or pods of the input have the labels of both.
class Selectors {
 public:
  explicit Selectors(const CheckInput& in) : in_(in) {}

  /// The number of a selector: equal ones have the same.
  [[nodiscard]] std::size_t number(const model::TextMap& selector);

  /// Whether pods are behind both.
  [[nodiscard]] bool meet(std::size_t a, std::size_t b);

 private:
  using Labels = std::map<std::string_view, std::string_view>;

  [[nodiscard]] const std::set<const model::Resource*>& pods_of(std::size_t selector);
  [[nodiscard]] bool share(std::size_t a, std::size_t b);

  const CheckInput& in_;
  std::map<Labels, std::size_t> numbers_;
  std::vector<const model::TextMap*> maps_;
  std::map<std::pair<std::size_t, std::size_t>, bool> meet_;
  std::map<std::size_t, std::set<const model::Resource*>> pods_;
};

}  // namespace wicket::check
