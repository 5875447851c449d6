#include "base/shared_text.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "support/catch.h"

using wicket::SharedText;

TEST_CASE("a shared text stands where a string could", "[base]") {
  const SharedText name = "shop/web";
  const SharedText copy = name;  // NOLINT(performance-unnecessary-copy-initialization): what is shared
  CHECK(copy == name);
  CHECK(copy.view().data() == name.view().data());
  CHECK(name == SharedText(std::string("shop/web")));
  CHECK(name == "shop/web");
  CHECK(name == std::string("shop/web"));
  CHECK(name != std::string_view("shop/we"));
  CHECK(name < SharedText("shop/x"));
  CHECK(fmt::format("{}|{:>10}", name, name) == "shop/web|  shop/web");
}

TEST_CASE("an empty shared text keeps nothing", "[base]") {
  CHECK(SharedText().empty());
  CHECK(SharedText("").empty());
  CHECK(SharedText() == SharedText(std::string()));
  CHECK(SharedText().str().empty());
  CHECK(SharedText() != SharedText("a"));
}

TEST_CASE("a shared text lives as long as one that has it", "[base]") {
  SharedText kept;
  {
    const SharedText first = "shop/web";
    SharedText second = first;
    kept = std::move(second);
    kept = kept;  // NOLINT(clang-diagnostic-self-assign-overloaded): must do no harm
  }
  CHECK(kept == "shop/web");
  kept = SharedText();
  CHECK(kept.empty());
}
