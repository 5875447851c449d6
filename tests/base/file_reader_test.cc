#include "base/file_reader.h"

#include "support/catch.h"

namespace wicket {
namespace {

TEST_CASE("files in memory have folders") {
  MemoryReader reader({{"a.yaml", "1"}, {"x/b.yaml", "22"}, {"x/y/c.yaml", "333"}});
  CHECK(*reader.type("a.yaml") == EntryType::kFile);
  CHECK(*reader.type("x") == EntryType::kFolder);
  CHECK(reader.type("z").error().code == ErrorCode::kNotFound);
  const auto entries = reader.list("x");
  REQUIRE(entries->size() == 2);
  CHECK((*entries)[0].name == "b.yaml");
  CHECK((*entries)[1].type == EntryType::kFolder);
  auto file = reader.open("x/y/c.yaml");
  REQUIRE(file);
  char buffer[2];
  CHECK(*(*file)->read(buffer, 2) == 2);
  CHECK(*(*file)->read(buffer, 2) == 1);
  CHECK(*(*file)->read(buffer, 2) == 0);
}

TEST_CASE("the disk says why it refuses") {
  DiskReader reader;
  CHECK(reader.open("/nonexistent/file").error().code == ErrorCode::kNotFound);
  CHECK(reader.open("/dev/null").error().code == ErrorCode::kNotRegular);
  CHECK(reader.open("/").error().code == ErrorCode::kNotRegular);
}

}  // namespace
}  // namespace wicket
