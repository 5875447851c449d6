// Repairs over generated manifests: a safe repair changes how a value is written and nothing that anybody reads;
// comments stay, and a second round has nothing to do.
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "check/fixes.h"
#include "check/run.h"
#include "support/catch.h"
#include "support/lint.h"
#include "yaml/path.h"

namespace wicket::check {
namespace {

/// Writes VirtualServices with values in every style, sound or not, and comments wherever one may stand.
class Maker {
 public:
  explicit Maker(std::uint32_t seed) : random_(seed) {}

  std::string document() {
    std::string out = comment("") + "apiVersion: networking.istio.io/v1" + tail() +
                      "kind: " + pick({"VirtualService", "VirtualService", "\"VirtualService\"", "VirtualServce"}) +
                      tail() + "metadata: {name: " + pick({"a", "on", "\"b\"", "12"}) +
                      ", namespace: shop, labels: {x: " + text() + "}}\nspec:\n  hosts: [" + text() + ", w]\n  http:\n";
    for (std::size_t i = 0, rules = 1 + below(4); i < rules; ++i) out += rule();
    return out;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string pick(const std::vector<std::string>& words) { return words[below(words.size())]; }
  std::string text() {
    return pick({"a", "on", "No", "1.10", "80", "\"80\"", "'y'", "0x1F", "~", "v1", "1e3", "\"\""});
  }
  std::string number() { return pick({"1", "\"2\"", "'3'", "0443", "\"007\"", "on", "4.0", "'x'"}); }
  std::string comment(const std::string& indent) {
    return below(3) == 0 ? indent + "# \xC3\xA4 note: {on: \"1\"} " + std::to_string(below(100)) + "\n" : "";
  }
  std::string tail() { return below(4) == 0 ? "  # on: 1\n" : "\n"; }

  std::string rule() {
    std::string out = comment("  ");
    if (below(3) == 0) {
      return out + "  - {name: " + text() + ", " + pick({"retires", "retries", "direct_response"}) +
             ": {attempts: " + number() + "}, route: [{destination: {host: " + text() + "}, weight: " + number() +
             "}]}" + tail();
    }
    out += "  - name: " + text() + tail();
    if (below(2) == 0)
      out += "    match:\n    - queryParams: {" + pick({"y", "1", "q", "1.10"}) + ": {exact: " + text() + "}}" + tail();
    if (below(2) == 0) out += comment("    ") + "    retries: {attempts: " + number() + "}" + tail();
    return out + "    route:\n    - destination: {host: w, subset: " + text() + "}" + tail() + comment("      ") +
           "      weight: " + number() + tail();
  }

  std::mt19937 random_;
};

/// Path and text of every scalar, as the file writes them.
std::vector<std::pair<std::string, std::string>> scalars(const test::Linted& linted) {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& file : linted.loaded.workspace->files()) {
    for (const auto& document : file->documents) {
      for (std::size_t i = 1; i < document->nodes.size(); ++i) {
        const auto id = static_cast<yaml::NodeId>(i);
        if ((*document)[id].kind == yaml::NodeKind::kScalar)
          all.emplace_back(yaml::path_of(*document, id), document->text(id));
      }
    }
  }
  return all;
}

std::vector<std::string> comments(const std::string& text) {
  std::vector<std::string> all;
  for (std::size_t at = text.find('#'); at != std::string::npos; at = text.find('#', at + 1))
    all.push_back(text.substr(at, text.find('\n', at) - at));
  return all;
}

std::string repaired(std::string text, Safety least, std::size_t& made) {
  for (int round = 0; round < 10; ++round) {
    const test::Linted linted = test::lint_text(text);
    const auto repairs = plan_repairs(linted.result.diagnostics, least);
    if (repairs.empty()) return text;
    made += repairs.at(0).findings;
    text = apply_edits(text, repairs.at(0).edits);
  }
  return text;
}

TEST_CASE("safe repairs change no value, keep comments, and are done at once") {
  std::size_t made = 0, suggested = 0;
  for (std::uint32_t seed = 1; seed <= 500; ++seed) {
    INFO(seed);
    const std::string before = Maker(seed).document();
    INFO(before);
    const std::string after = repaired(before, Safety::kSafe, made);
    CHECK(scalars(test::lint_text(before)) == scalars(test::lint_text(after)));
    CHECK(comments(before) == comments(after));
    CHECK(test::lint_text(after).result.diagnostics.size() <= test::lint_text(before).result.diagnostics.size());
    std::size_t again = 0;
    CHECK(repaired(after, Safety::kSafe, again) == after);
    CHECK(again == 0);

    const std::string bold = repaired(before, Safety::kSuggested, suggested);
    CHECK(comments(before) == comments(bold));
    CHECK(repaired(bold, Safety::kSuggested, again) == bold);
    CHECK(again == 0);
  }
  CHECK(made > 500);
  CHECK(suggested > made);
}

}  // namespace
}  // namespace wicket::check
