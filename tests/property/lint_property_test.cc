// Random damage: whatever is done to a manifest, linting ends, its spans lie inside the input, the result does not
// depend on threads, and a broken document leaves the findings of its neighbours alone. A failing case prints its seed.
#include <algorithm>
#include <random>
#include <string>

#include "support/catch.h"
#include "support/golden.h"
#include "support/lint.h"

namespace wicket {
namespace {

constexpr const char* kPieces[] = {"\"",   "'",  ":",    ": ",   "-",       "- ",  "\n",      "  ",   "\t",
                                   "[",    "]",  "{",    "}",    ",",       "#",   " #",      "&a ",  "*a",
                                   "!x ",  "|",  ">",    "? ",   "%",       "\\",  "\n---\n", "<<: ", "~",
                                   "null", "on", "\xC3", "\x01", "{{ x }}", "0x1", "\r\n"};

std::string damage(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit)(random); };
  for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
    const std::size_t at = below(text.size());
    switch (below(3)) {
      case 0:
        text.insert(at, kPieces[below(std::size(kPieces) - 1)]);
        break;
      case 1:
        text.erase(at, 1 + below(5));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size()), below(60)));
        break;
      default:
        text.resize(at);
        break;
    }
  }
  return text;
}

TEST_CASE("damaged manifests are linted to the end") {
  std::vector<std::string> seeds;
  for (const std::string& name : test::list_source_folder("testdata/lint/err", ".yaml"))
    seeds.push_back(test::read_source_file("testdata/lint/err/" + name));
  const auto everything = *check::Selection::from({.select = {"all"}, .extend_select = {}, .ignore = {}});
  for (std::uint32_t seed = 0; seed < 4000; ++seed) {
    std::mt19937 random(seed);
    const std::string text = damage(seeds[seed % seeds.size()], random);
    INFO("seed " << seed << "\n" << text);
    const test::Linted linted = test::lint_text(text, everything);
    for (const check::Diagnostic& finding : linted.result.diagnostics) {
      const bool inside = finding.span.begin <= finding.span.end && finding.span.end <= text.size();
      CHECK(inside);
    }
  }
}

TEST_CASE("a damaged document leaves the findings of its neighbours alone") {
  const std::string neighbour =
      "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a, namespace: shop}\n"
      "spec: {hosts: [w], http: [{timeout: 1d, route: [{destination: {host: w}}]}]}\n";
  const std::string middle =
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: shop}\n"
      "spec:\n  servers:\n  - port: {number: 80, name: http, protocol: HTTP}\n    hosts: [a.example.com]\n";
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    std::mt19937 random(seed);
    const std::string text = neighbour + "---\n" + damage(middle, random) + "\n---\n" + neighbour;
    INFO("seed " << seed << "\n" << text);
    const test::Linted linted = test::lint_text(text);
    CHECK(std::ranges::count(linted.result.diagnostics, "WK117",
                             [](const check::Diagnostic& d) { return d.rule->id; }) >= 2);
  }
}

}  // namespace
}  // namespace wicket
