// Chance, at the edge: one generator a loop.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "route/decision.h"

namespace wicket::proxy {

class Random {
 public:
  /// Seeded by the system.
  Random() : engine_(std::random_device{}()) {}
  /// The same numbers each time; for tests.
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  [[nodiscard]] std::uint64_t next() { return engine_(); }
  [[nodiscard]] route::Draw draw() { return {next(), next(), next(), next()}; }
  /// A UUID of version 4, in lower case.
  [[nodiscard]] std::string uuid();

 private:
  std::mt19937_64 engine_;
};

}  // namespace wicket::proxy
