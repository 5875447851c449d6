// Small documents that the reader of Kubernetes refuses, and odd ones that it takes.
#include "support/catch.h"
#include "support/yaml_json.h"
#include "yaml/broken_documents.h"
#include "yaml/parse.h"
#include "yaml/sound_documents.h"

#include <algorithm>
#include <string_view>

namespace wicket::yaml::test {
namespace {

int line_of(std::string_view text, std::uint32_t offset) {
  return 1 + static_cast<int>(std::count(text.begin(), text.begin() + offset, '\n'));
}

TEST_CASE("broken documents are refused on the right line") {
  for (const BrokenDocument& c : kBrokenDocuments) {
    INFO(c.name << ":\n" << c.text);
    const Parsed parsed = parse(c.text, {});
    CHECK(parsed.document->root == NodeId::kNone);
    CHECK(parsed.problems.size() == 1);
    if (parsed.problems.empty()) continue;
    INFO("said: " << parsed.problems[0].message << " (kind " << static_cast<int>(parsed.problems[0].kind) << ")");
    CHECK(line_of(c.text, parsed.problems[0].span.begin) == c.line);
  }
}

TEST_CASE("odd but sound documents are read with the right values") {
  for (const SoundDocument& c : kSoundDocuments) {
    INFO(c.name << ":\n" << c.text);
    const Parsed parsed = parse(c.text, {});
    for (const Problem& problem : parsed.problems) {
      INFO("said: " << problem.message);
      CHECK_FALSE(is_fatal(problem.kind));
    }
    CHECK(wicket::test::to_json(*parsed.document) == c.json);
  }
}

}  // namespace
}  // namespace wicket::yaml::test
