// Sound manifests with one thing broken: exactly that is found, where it stands, whatever stands around it.
#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "mutations.h"
#include "support/catch.h"
#include "support/lint.h"

namespace wicket {
namespace {

constexpr std::string_view kNeighbour =
    "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: other}\nspec: {ports: [{port: 80, name: http}]}\n";

/// A manifest with something around it that changes nothing.
struct Surroundings {
  std::string front;
  std::string behind;
  bool crlf = false;
};

Surroundings pick(std::mt19937& random) {
  Surroundings around;
  const auto coin = [&random] { return (random() & 1U) != 0; };
  if (coin()) around.front += "# for the shop: {}\n";
  if (coin()) around.front += std::string(kNeighbour) + "---\n";
  if (coin()) around.behind += "# the end\n";
  if (coin()) around.behind += "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: web, namespace: other}\n";
  around.crlf = coin();
  return around;
}

std::string wrap(const Surroundings& around, const std::string& manifest) {
  const std::string text = around.front + manifest + around.behind;
  if (!around.crlf) return text;
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

std::size_t line_of(const std::string& text, std::size_t offset) {
  return static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

// Without good practice, which looks beyond what was broken.
check::Selection selected() { return *check::Selection::from({.select = {}, .extend_select = {}, .ignore = {"WK7"}}); }

TEST_CASE("one thing broken in a sound manifest is one finding, where it stands") {
  std::uint32_t seed = 0;
  for (const std::span<const test::Mutation> table : {test::gateway_mutations(), test::destination_mutations()}) {
    for (const test::Mutation& mutation : table) {
      for (int round = 0; round < 8; ++round, ++seed) {
        std::mt19937 random(seed);
        const Surroundings around = pick(random);
        std::string manifest(mutation.base);
        INFO("seed " << seed << ", \"" << mutation.from << "\" becomes \"" << mutation.to << "\"");
        const test::Linted sound = test::lint_text(wrap(around, manifest), selected());
        INFO(sound.text());
        REQUIRE(sound.findings().empty());

        const std::size_t at = manifest.find(mutation.from);
        REQUIRE(at != std::string::npos);
        REQUIRE(manifest.find(mutation.from, at + 1) == std::string::npos);
        manifest.replace(at, mutation.from.size(), mutation.to);
        const std::string text = wrap(around, manifest);
        const test::Linted linted = test::lint_text(text, selected());
        CHECK(linted.findings() == std::vector{std::string(mutation.code) + " " + std::string(mutation.path)});

        const std::size_t first = line_of(around.front, around.front.size());
        for (const check::Diagnostic& finding : linted.result.diagnostics) {
          const std::size_t line = line_of(text, finding.span.begin);
          CHECK(line >= first);
          CHECK(line < first + line_of(manifest, manifest.size()));
        }
      }
    }
  }
}

}  // namespace
}  // namespace wicket
