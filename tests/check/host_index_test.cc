// The index of host names answers as a plain comparison with each of them does.
#include "check/host_index.h"

#include <random>
#include <string>
#include <vector>

#include "rules/host_names.h"
#include "support/catch.h"

namespace wicket::check {
namespace {

TEST_CASE("a host index finds what has a common name") {
  const std::vector<std::string> pieces = {"a", "b", "ab", "example"};
  std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same names every time
  const auto below = [&random](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
  const auto name = [&] {
    std::string made = below(3) == 0 ? (below(4) == 0 ? "*" : "*.") : "";
    if (made == "*") return made;
    const std::size_t labels = 1 + below(3);
    for (std::size_t i = 0; i < labels; ++i) made += (i > 0 ? "." : "") + pieces[below(pieces.size())];
    return made;
  };
  for (int round = 0; round < 2000; ++round) {
    HostIndex index;
    std::vector<std::string> names;
    const std::size_t count = below(5);
    for (std::size_t i = 0; i < count; ++i) {
      names.push_back(name());
      index.add(names.back(), i);
    }
    for (int asked = 0; asked < 5; ++asked) {
      const std::string wanted = name();
      bool is_there = false;
      for (const std::string& one : names) is_there = is_there || rules::have_common_name(one, wanted);
      const auto found = index.find(wanted);
      INFO(wanted);
      CHECK(found.has_value() == is_there);
      if (found) CHECK(rules::have_common_name(names[*found], wanted));
    }
  }
}

}  // namespace
}  // namespace wicket::check
