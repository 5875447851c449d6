#include "yaml/fingerprint.h"

#include "support/catch.h"
#include "yaml/parse.h"

namespace wicket::yaml {
namespace {

std::string path_in(std::string_view text, std::string_view list, int item, std::string_view key) {
  const Parsed parsed = parse(text, {});
  const Document& document = *parsed.document;
  NodeId node = document[document.find(document.root, list)].first();
  for (int i = 0; i < item; ++i) node = document[node].next();
  return stable_path(document, document.find(node, key));
}

TEST_CASE("a stable path survives what moves items") {
  const std::string before = path_in("http:\n- {name: a, x: 1}\n- {name: b, x: 2}\n", "http", 1, "x");
  const std::string after =
      path_in("http:\n- {name: new, x: 0}\n- {name: a, x: 1}\n# c\n- name: b\n  x: 2\n", "http", 2, "x");
  CHECK(before == ".http[b].x");
  CHECK(before == after);
}

TEST_CASE("items without a name are told apart by what they hold") {
  const std::string one = path_in("http:\n- {x: 1}\n- {x: 2}\n", "http", 0, "x");
  const std::string moved = path_in("http:\n- {x: 2}\n- {\"x\": 1}\n", "http", 1, "x");
  const std::string other = path_in("http:\n- {x: 2}\n- {x: 3}\n", "http", 1, "x");
  CHECK(one == moved);
  CHECK(one != other);
}

}  // namespace
}  // namespace wicket::yaml
