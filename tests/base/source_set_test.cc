#include "base/source_set.h"

#include "base/locator.h"
#include "support/catch.h"

namespace wicket {
namespace {

SourceSet sources_with(std::vector<Segment> segments) {
  auto file = std::make_shared<SourceFile>();
  file->name = "a.yaml";
  file->segments = std::move(segments);
  SourceSet sources;
  sources.add(file);
  return sources;
}

TEST_CASE("offsets become lines and columns") {
  const SourceSet sources = sources_with({{.offset = 0, .first_line = 1, .bytes = "a: \xC3\xA9x\r\nb: 1\n"}});
  struct Case {
    std::uint32_t offset;
    std::uint32_t line;
    std::uint32_t column;
  };
  for (const Case& c : {Case{0, 1, 1}, {3, 1, 4}, {5, 1, 5}, {8, 2, 1}, {11, 2, 4}, {13, 3, 1}, {999, 3, 1}}) {
    INFO(c.offset);
    const Position at = sources.position(FileId{}, c.offset);
    CHECK(at.line == c.line);
    CHECK(at.column == c.column);
  }
  CHECK(sources.line(FileId{}, 4).text == "a: \xC3\xA9x");
  CHECK(sources.line(FileId{}, 9).text == "b: 1");
  CHECK(sources.text({FileId{}, 8, 9}) == "b");
}

TEST_CASE("a byte-order mark is no column") {
  const SourceSet sources = sources_with({{.offset = 0, .first_line = 1, .bytes = "\xEF\xBB\xBFkind: x\n"}});
  CHECK(sources.position(FileId{}, 3).column == 1);
  CHECK(sources.line(FileId{}, 3).text == "kind: x");
}

TEST_CASE("segments keep the offsets and lines of the whole file") {
  const SourceSet sources = sources_with(
      {{.offset = 0, .first_line = 1, .bytes = "a\n"}, {.offset = 1000, .first_line = 41, .bytes = "---\nb: 1\n"}});
  CHECK(sources.position(FileId{}, 1004).line == 42);
  CHECK(sources.line(FileId{}, 1006).text == "b: 1");
  CHECK(sources.text({FileId{}, 1004, 1005}) == "b");
  CHECK(sources.text({FileId{}, 500, 501}).empty());
}

TEST_CASE("a locator tells the same places") {
  const std::string wide =
      "\xEF\xBB\xBF"
      "a: \xC3\xA9x\r\n\nb: 1\n";
  const SourceSet sources = sources_with(
      {{.offset = 0, .first_line = 1, .bytes = wide}, {.offset = 1000, .first_line = 41, .bytes = "---\nb"}});
  Locator locator(sources);
  for (std::uint32_t offset = 0; offset < 1010; ++offset) {
    INFO(offset);
    const Position want = sources.position(FileId{}, offset);
    const Position got = locator.position(FileId{}, offset);
    CHECK(got.line == want.line);
    CHECK(got.column == want.column);
  }
}

}  // namespace
}  // namespace wicket
