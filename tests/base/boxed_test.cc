#include "base/boxed.h"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "support/catch.h"

using wicket::Boxed;
using wicket::BoxedList;

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

TEST_CASE("a boxed list is as a vector", "[base]") {
  BoxedList<std::string> list;
  CHECK(list.empty());
  CHECK(list.begin() == list.end());
  list.push_back("a");
  list.push_back("b");
  CHECK(list.size() == 2);
  CHECK(list.front() == "a");
  CHECK(list[1] == "b");
  const std::span<const std::string> seen = list;
  CHECK(seen.size() == 2);
  BoxedList<std::string> copy = list;
  *copy.begin() = "c";
  CHECK(list.front() == "a");
  CHECK(BoxedList<std::string>(std::vector<std::string>()).empty());
  CHECK(BoxedList<std::string>{"a", "b", "c"}.size() == 3);
  CHECK(sizeof(list) == sizeof(void*));
}
