#include "base/edit_distance.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/catch.h"

namespace wicket {
namespace {

TEST_CASE("edit distance counts single edits and swaps of neighbours") {
  struct Case {
    std::string_view a;
    std::string_view b;
    std::size_t want;
  };
  const Case cases[] = {
      {"", "", 0},
      {"", "abc", 3},
      {"hosts", "hosts", 0},
      {"hosts", "host", 1},
      {"host", "hosts", 1},
      {"hosts", "hoste", 1},
      {"hosts", "hsots", 1},
      {"fromat", "format", 1},
      {"kitten", "sitting", 3},
      {"ca", "abc", 3},  // the restricted form: a swap is not edited again
      {"abcdef", "badcfe", 3},
  };
  for (const Case& c : cases) {
    INFO(c.a << " -> " << c.b);
    CHECK(edit_distance(c.a, c.b) == c.want);
    CHECK(edit_distance(c.b, c.a) == c.want);
  }
}

TEST_CASE("the nearest word is a good guess or none") {
  struct Case {
    const char* name;
    std::string_view word;
    std::vector<std::string_view> candidates;
    std::optional<std::string_view> want;
  };
  const Case cases[] = {
      {"the word itself", "hosts", {"http", "hosts"}, "hosts"},
      {"letter case", "GATEWAY", {"gateways", "Gateway"}, "Gateway"},
      {"snake case", "fail_on", {"fail", "fail-on"}, "fail-on"},
      {"spelling comes before distance", "rout-e", {"route", "rout_E"}, "rout_E"},
      {"swapped letters", "fromat", {"from", "format"}, "format"},
      {"two edits need six letters", "gatwey", {"gateway"}, "gateway"},
      {"two edits in five letters", "hsosx", {"hosts"}, std::nullopt},
      {"one edit needs three letters", "tsl", {"tls"}, "tls"},
      {"two letters are no ground for a guess", "tl", {"tls"}, std::nullopt},
      {"three edits are too many", "destinaXXXon", {"destination"}, std::nullopt},
      {"the nearer one", "prefx", {"prefix", "prefxy", "suffix"}, "prefix"},
      {"the first among equals", "port", {"ports", "sort"}, "ports"},
      {"no candidates", "port", {}, std::nullopt},
      {"no word", "", {"port"}, std::nullopt},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    CHECK(nearest(c.word, c.candidates) == c.want);
  }
}

TEST_CASE("a huge word costs nothing") {
  const std::string huge(10'000'000, 'x');
  const std::vector<std::string_view> candidates = {"hosts", "gateways"};
  CHECK(nearest(huge, candidates) == std::nullopt);
}

}  // namespace
}  // namespace wicket
