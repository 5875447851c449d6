#include "proxy/buffer.h"

#include <random>
#include <string>

#include "support/catch.h"

namespace wicket::proxy {
namespace {

TEST_CASE("what goes in comes out in order, whatever the sizes") {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    Buffer buffer;
    std::string model;
    for (int step = 0; step < 200; ++step) {
      INFO("round " << round << ", step " << step);
      const std::string piece(random() % 9000, static_cast<char>('a' + step % 26));
      buffer.append(piece);
      model += piece;
      const std::size_t taken = random() % (model.size() + 1);
      buffer.consume(taken);
      model.erase(0, taken);
      if (random() % 4 == 0) buffer.release();
      REQUIRE(buffer.readable() == model);
    }
  }
}

TEST_CASE("room is given as asked, and memory is given back when nothing is held") {
  Buffer buffer;
  CHECK(buffer.writable(1).size() >= 1);
  CHECK(buffer.writable(100'000).size() >= 100'000);
  buffer.release();
  CHECK(buffer.empty());
  buffer.append("abc");
  buffer.release();  // holds something: stays
  CHECK(buffer.readable() == "abc");
  buffer.clear();
  CHECK(buffer.size() == 0);
}

}  // namespace
}  // namespace wicket::proxy
