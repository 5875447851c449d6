#include "proxy/byte_stream.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

#include "support/catch.h"

namespace wicket::proxy {
namespace {

struct Pair {
  std::array<int, 2> ends{};
  Pair() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0); }
  ~Pair() {
    for (const int end : ends) ::close(end);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  void send(std::string_view bytes) const {
    REQUIRE(::send(ends[1], bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  }
};

void arrive(ByteStream& stream, std::string_view bytes) {
  const std::span<char> room = stream.room();
  REQUIRE(room.size() >= bytes.size());
  std::ranges::copy(bytes, room.begin());
  stream.arrived(bytes.size());
}

std::string read(ByteStream& stream, std::size_t room, IoStatus want) {
  std::string into(room, '\0');
  const IoResult result = stream.read(into);
  CHECK(result.status == want);
  return into.substr(0, result.bytes);
}

TEST_CASE("what arrived is read first, then the descriptor when the room was full") {
  const Pair pair;
  ByteStream stream(pair.ends[0]);
  pair.send("later");
  SECTION("little arrived: nothing can be behind it") {
    arrive(stream, "now");
    CHECK(read(stream, 100, IoStatus::kDone) == "now");
    CHECK(read(stream, 100, IoStatus::kAgain).empty());
    CHECK(stream.room().size() == limits::kEarlyBytes);
  }
  SECTION("as much as there is room for") {
    const std::string full(limits::kEarlyBytes, 'x');
    arrive(stream, full);
    CHECK(read(stream, 10, IoStatus::kDone) == full.substr(0, 10));
    CHECK(stream.has_arrived());
    CHECK(stream.room().empty());
    CHECK(read(stream, full.size(), IoStatus::kDone) == full.substr(10) + "later");
    CHECK(read(stream, 100, IoStatus::kAgain).empty());
  }
  SECTION("nothing has arrived yet") {
    CHECK(read(stream, 3, IoStatus::kDone) == "lat");  // full: there may be more
    CHECK(read(stream, 100, IoStatus::kDone) == "er");
    CHECK(read(stream, 100, IoStatus::kAgain).empty());
  }
}

TEST_CASE("the end comes behind what arrived") {
  const Pair pair;
  ByteStream stream(pair.ends[0]);
  arrive(stream, "last");
  stream.ended(IoStatus::kEnd);
  CHECK(read(stream, 2, IoStatus::kDone) == "la");
  CHECK(read(stream, 100, IoStatus::kDone) == "st");
  CHECK(read(stream, 100, IoStatus::kEnd).empty());
  CHECK(stream.room().empty());
  CHECK(read(stream, 100, IoStatus::kEnd).empty());
}

TEST_CASE("the end found by a read is remembered") {
  const Pair pair;
  ByteStream stream(pair.ends[0]);
  REQUIRE(::shutdown(pair.ends[1], SHUT_WR) == 0);
  CHECK(read(stream, 100, IoStatus::kEnd).empty());
  CHECK(stream.room().empty());
  char first = 0;
  CHECK(stream.peek(first).status == IoStatus::kEnd);
}

TEST_CASE("a look leaves the byte where it is") {
  const Pair pair;
  ByteStream stream(pair.ends[0]);
  char first = 0;
  CHECK(stream.peek(first).status == IoStatus::kAgain);
  arrive(stream, "ab");
  CHECK(stream.peek(first).status == IoStatus::kDone);
  CHECK(first == 'a');
  CHECK(read(stream, 100, IoStatus::kDone) == "ab");
}

TEST_CASE("two pieces are written in one call, as far as they fit") {
  const Pair pair;
  const ByteStream stream(pair.ends[0]);
  const IoResult result = stream.write("one ", "two");
  CHECK(result.bytes == 7);
  std::string got(100, '\0');
  got.resize(static_cast<std::size_t>(::recv(pair.ends[1], got.data(), got.size(), 0)));
  CHECK(got == "one two");

  const std::string much(1 << 20, 'y');
  std::size_t sent = 0;
  for (IoResult more = stream.write("head", much); more.status == IoStatus::kDone; more = stream.write(much, {}))
    sent += more.bytes;
  CHECK(sent > 0);
  CHECK(stream.write("head", much).status == IoStatus::kAgain);
}

}  // namespace
}  // namespace wicket::proxy
