// Small manifests and requests made from a number, and the smallest part of them that still shows a fault.
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "route/request.h"

namespace wicket::test {

/// Text that can lose parts and stays sound: what stands around a list, and the members of the list.
struct Piece {
  std::string head{};
  std::string tail{};
  std::vector<Piece> members{};

  [[nodiscard]] std::string text() const;
};

/// Gateways and VirtualServices over a tiny alphabet of hosts, paths and values, so that names, paths and orders meet
/// all the time. The text is a stream of documents.
[[nodiscard]] Piece random_table(std::mt19937& random);

/// A request over the same alphabet.
[[nodiscard]] route::Request random_request(std::mt19937& random);

/// "GET http://a.io/x?v=1 port 80, x: a".
[[nodiscard]] std::string describe(const route::Request& request);

/// Takes members away as long as the rest still fails. Cost: at most `budget` calls.
[[nodiscard]] Piece shrink(Piece table, const std::function<bool(const std::string&)>& fails, int budget = 500);

/// A VirtualService in namespace default, bound to istio-system/gw. The members of `rules` are http rules.
[[nodiscard]] std::string small_service(std::string_view name, std::string_view host, std::string_view rules);

}  // namespace wicket::test
