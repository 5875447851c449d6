#include "check/selection.h"

#include "check/registry.h"
#include "support/catch.h"

namespace wicket::check {
namespace {

bool on(const SelectionRequest& request, std::string_view id) {
  const auto selection = Selection::from(request);
  REQUIRE(selection);
  return selection->has(*find_rule(id));
}

TEST_CASE("select, extend and ignore") {
  CHECK(on({}, "WK102"));
  CHECK_FALSE(on({}, "WK103"));
  CHECK(on({.select = {}, .extend_select = {"WK103"}, .ignore = {}}, "WK103"));
  CHECK(on({.select = {}, .extend_select = {"merge-key-used"}, .ignore = {}}, "WK102"));
  CHECK_FALSE(on({.select = {"WK103"}, .extend_select = {}, .ignore = {}}, "WK102"));
  CHECK(on({.select = {"wk10"}, .extend_select = {}, .ignore = {}}, "WK102"));
  CHECK_FALSE(on({.select = {"WK10"}, .extend_select = {}, .ignore = {}}, "WK111"));
  CHECK_FALSE(on({.select = {"all"}, .extend_select = {}, .ignore = {"WK102"}}, "WK102"));
  CHECK_FALSE(on({.select = {}, .extend_select = {}, .ignore = {"IST0106"}}, "WK118"));
  CHECK_FALSE(on({.select = {}, .extend_select = {}, .ignore = {"duplicate-key"}}, "WK102"));
}

TEST_CASE("an entry that names nothing is an error with a suggestion") {
  const auto selection = Selection::from({.select = {"duplicate-kye"}, .extend_select = {}, .ignore = {}});
  REQUIRE_FALSE(selection);
  CHECK(selection.error().message.find("did you mean duplicate-key?") != std::string::npos);
}

}  // namespace
}  // namespace wicket::check
