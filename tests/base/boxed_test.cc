#include "base/boxed.h"

#include <optional>
#include <string>
#include <utility>

#include "support/catch.h"

using wicket::Boxed;

TEST_CASE("a boxed value is as an optional one", "[base]") {
  Boxed<std::string> box;
  CHECK_FALSE(box);
  CHECK(box == std::nullopt);
  CHECK(box.value_or("other") == "other");
  box = std::string("a");
  CHECK(box.has_value());
  CHECK(box == std::string("a"));
  CHECK(box->size() == 1);
  box = std::optional<std::string>();
  CHECK_FALSE(box);
  box = std::optional<std::string>("b");
  CHECK(*box == "b");
  box = std::nullopt;
  CHECK_FALSE(box);
}

TEST_CASE("a copy of a boxed value is its own", "[base]") {
  Boxed<std::string> first = std::string("a");
  Boxed<std::string> second = first;
  CHECK(first == second);
  *second += "b";
  CHECK(*first == "a");
  second = first;
  CHECK(*second == "a");
  const Boxed<std::string> moved = std::move(second);
  CHECK(*moved == "a");
  CHECK(Boxed<std::string>() == Boxed<std::string>());
  CHECK_FALSE(moved == Boxed<std::string>());
}
