// Blocks of lines, gzip, and files that end early.
#include "replay/line_source.h"

#include <zlib.h>

#include <sstream>
#include <string>
#include <vector>

#include "support/catch.h"

namespace wicket::replay {
namespace {

std::string gzipped(const std::string& text) {
  z_stream zlib{};
  REQUIRE(deflateInit2(&zlib, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string plain = text, out(text.size() + 1000, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(plain.data());
  zlib.avail_in = static_cast<uInt>(plain.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&zlib, Z_FINISH) == Z_STREAM_END);
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}

struct Read {
  std::string bytes;
  std::vector<std::size_t> first_lines;
  std::size_t too_long = 0;
  bool ends_open = false;
  std::string error;
};

Read read_all(const std::string& bytes) {
  std::istringstream stream(bytes);
  LineSource source(inflated(file_of(stream)));
  Read read;
  Block block;
  while (true) {
    const Result<bool> more = source.next(block);
    if (!more) read.error = more.error().message;
    if (!more || !*more) return read;
    read.bytes += block.bytes;
    read.first_lines.push_back(block.first_line);
    read.too_long += block.too_long;
    read.ends_open = block.ends_open;
  }
}

TEST_CASE("lines come whole, whatever the blocks") {
  std::string text;
  for (int i = 0; i < 40000; ++i) text += "line " + std::to_string(i) + " of a log that is longer than a block\n";
  for (const std::string& bytes : {text, gzipped(text), gzipped(text.substr(0, 9000)) + gzipped(text.substr(9000))}) {
    const Read read = read_all(bytes);
    CHECK(read.error.empty());
    CHECK(read.bytes == text);
    CHECK_FALSE(read.ends_open);
    CHECK(read.first_lines.size() > 1);
    CHECK(read.first_lines.front() == 1);
  }
}

TEST_CASE("the end of a file") {
  CHECK(read_all("").bytes.empty());
  CHECK(read_all("a\nb").ends_open);
  CHECK_FALSE(read_all("a\nb\n").ends_open);
  const std::string whole = gzipped("a line\nanother one\n");
  const Read cut = read_all(whole.substr(0, whole.size() - 8));
  CHECK(cut.bytes == "a line\nanother one\n");
  CHECK(cut.error == "its gzip data ends early");
  CHECK(read_all("\x1f\x8b\x08 no").error == "its gzip data is broken");
  CHECK(read_all(whole + std::string(512, '\0')).error.empty());
}

TEST_CASE("a line without an end in sight is left out") {
  const std::string text = "first\n" + std::string(70 << 20, 'x') + "\nlast\n";
  const Read read = read_all(text);
  CHECK(read.bytes == "first\nlast\n");
  CHECK(read.too_long == 1);
  CHECK(read.first_lines.back() == 3);
}

}  // namespace
}  // namespace wicket::replay
