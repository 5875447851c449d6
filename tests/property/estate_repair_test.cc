// Repairs over estates of Gateways, DestinationRules and ServiceEntries that are broken in several places at once: what
// a repair does not touch stays byte for byte, nothing is left half done, and a second run has nothing to do.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "check/fixes.h"
#include "mutations.h"
#include "support/catch.h"
#include "support/lint.h"
#include "yaml/path.h"

namespace wicket::check {
namespace {

/// A manifest of the mutation tables with some faults, comments between and behind its lines, LF or CRLF.
class Breaker {
 public:
  explicit Breaker(std::uint32_t seed) : random_(seed) {}

  std::string estate() {
    std::string out;
    for (std::size_t i = 0, objects = 1 + below(3); i < objects; ++i) {
      if (i > 0) out += "---\n";
      out += with_comments(broken(below(2) == 0 ? test::gateway_mutations() : test::destination_mutations(), i));
    }
    if (below(4) != 0) return out;
    std::string crlf;
    for (const char c : out) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return crlf;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::string broken(std::span<const test::Mutation> table, std::size_t object) {
    const std::string_view base = table[below(table.size())].base;
    std::string text(base);
    for (std::size_t i = 0, faults = 1 + below(4); i < faults; ++i) {
      const test::Mutation& fault = table[below(table.size())];
      const std::size_t at = text.find(fault.from);
      if (fault.base == base && at != std::string::npos) text.replace(at, fault.from.size(), fault.to);
    }
    for (const std::string_view number : {"443,", "100\n", "10\n", "5\n"}) {  // repaired safely when in quotes
      const std::size_t at = text.find(": " + std::string(number));
      const std::string digits(number.substr(0, number.size() - 1));
      if (at != std::string::npos && below(3) == 0) text.replace(at + 2, digits.size(), '"' + digits + '"');
    }
    return text + "# object " + std::to_string(object) + "\n";
  }

  std::string with_comments(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = text.find('\n', at);
      const std::string line = text.substr(at, end - at);
      if (below(6) == 0) out += std::string(line.find_first_not_of(' '), ' ') + "# f\xC3\xBCr: {80} " + number() + "\n";
      out += line + (below(5) == 0 ? "  # " + number() : "") + "\n";
      at = end + 1;
    }
    return out;
  }

  std::string number() { return std::to_string(below(100)); }

  std::mt19937 random_;
};

/// The comments that begin outside of the edits.
std::string kept_comments(const std::string& text, const std::vector<Edit>& edits) {
  std::string all;
  for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#', at + 1)) {
    const bool is_edited =
        std::ranges::any_of(edits, [at](const Edit& edit) { return edit.span.begin <= at && at < edit.span.end; });
    if (!is_edited) all += text.substr(at, text.find('\n', at) - at) + "\n";
  }
  return all;
}

/// Path and text of every scalar.
std::vector<std::string> scalars(const std::string& text) {
  const test::Linted linted = test::lint_text(text);
  std::vector<std::string> all;
  for (const auto& file : linted.loaded.workspace->files()) {
    for (const auto& document : file->documents) {
      for (std::size_t i = 1; i < document->nodes.size(); ++i) {
        const auto id = static_cast<yaml::NodeId>(i);
        if ((*document)[id].kind == yaml::NodeKind::kScalar)
          all.push_back(yaml::path_of(*document, id) + " = " + std::string(document->text(id)));
      }
    }
  }
  return all;
}

std::size_t resources(const std::string& text) {
  const test::Linted linted = test::lint_text(text);
  std::size_t count = 0;
  for (const auto& file : linted.loaded.workspace->files()) count += file->resources.size();
  return count;
}

bool parses(const std::string& text) {
  const std::vector<std::string> found = test::lint_text(text).findings();
  return std::ranges::none_of(found,
                              [](const std::string& f) { return f.starts_with("WK100") || f.starts_with("WK102"); });
}

/// Repairs until nothing is left to repair, and counts what was.
std::string repaired(std::string text, Safety least, std::size_t& made) {
  constexpr int kMostRounds = 10;
  for (int round = 0; round < kMostRounds; ++round) {
    const auto repairs = plan_repairs(test::lint_text(text).result.diagnostics, least);
    if (repairs.empty()) return text;
    made += repairs.at(0).findings;
    std::string after = apply_edits(text, repairs.at(0).edits);
    CHECK(kept_comments(text, repairs.at(0).edits) == kept_comments(after, {}));
    CHECK((parses(after) || !parses(text)));  // faults together may write a key twice
    text = std::move(after);
  }
  FAIL("the repairs never end");
  return text;
}

TEST_CASE("repairs of broken estates end, keep comments, and leave sound YAML") {
  std::size_t safe = 0, suggested = 0, again = 0;
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    INFO(seed);
    const std::string before = Breaker(seed).estate();
    INFO(before);
    const std::string careful = repaired(before, Safety::kSafe, safe);
    CHECK(scalars(careful) == scalars(before));
    CHECK(repaired(careful, Safety::kSafe, again) == careful);

    const std::string bold = repaired(before, Safety::kSuggested, suggested);
    INFO(bold);
    CHECK(repaired(bold, Safety::kSuggested, again) == bold);
    CHECK(resources(bold) == resources(before));
  }
  CHECK(again == 0);
  CHECK(safe > 200);
  CHECK(suggested > safe);
}

}  // namespace
}  // namespace wicket::check
