#include "yaml/node.h"

#include <string>

#include "support/catch.h"
#include "yaml/parse.h"
#include "yaml/path.h"

namespace wicket::yaml {
namespace {

/// Every child knows its collection and its place in it.
void check_family(const Document& document) {
  for (std::size_t i = 1; i < document.nodes.size(); ++i) {
    const auto collection = static_cast<NodeId>(i);
    NodeId before = NodeId::kNone;
    std::size_t count = 0;
    for (NodeId at = document[collection].first(); at != NodeId::kNone; at = document[at].next()) {
      CHECK(document.parent(at) == collection);
      CHECK(document.position(at) == count);
      CHECK(document.previous(at) == before);
      const bool has_key = document[collection].kind == NodeKind::kMapping && count % 2 == 1;
      CHECK(document.key_of(at) == (has_key ? before : NodeId::kNone));
      before = at;
      ++count;
    }
    CHECK(document.size(collection) == count);
  }
  CHECK(document.parent(document.root) == NodeId::kNone);
}

TEST_CASE("a node knows where it is in its family") {
  std::string list = "list:\n";
  std::string map = "map:\n";
  for (std::size_t i = 0; i <= 2 * Document::kWide; ++i) {
    list += "- a\n- {b: [c, d]}\n";
    map += "  k" + std::to_string(i) + ": v\n";
  }
  const std::string sources[] = {
      "a: {b: [c, d, {e: f}], g: h}\ni:\n- j\n",
      "a: &x {b: c}\nd: *x\ne: [*x, *x]\nf:\n  <<: *x\n  g: h\n",
      "a: 1\nb: 2\na: 3\n",
      list,
      map,
      "x: &x\n- 1\n- 2\n" + list + "y: [*x, *x]\n",
      map + "  k1: again\n  k9: again\n",
  };
  for (const std::string& source : sources) {
    INFO(source.substr(0, 60));
    const Parsed parsed = parse(source, {});
    REQUIRE(parsed.document->root != NodeId::kNone);
    check_family(*parsed.document);
  }
}

TEST_CASE("a pair that a later equal key replaced is still in its mapping") {
  const Parsed parsed = parse("a: {b: 1, b: 2}\n", {});
  const Document& document = *parsed.document;
  const NodeId mapping = document.find(document.root, "a");
  REQUIRE(document.size(mapping) == 2);
  for (std::size_t i = static_cast<std::size_t>(mapping) + 1; i < document.nodes.size(); ++i)
    CHECK(document.parent(static_cast<NodeId>(i)) == mapping);
}

TEST_CASE("what is left of an alias bomb has no links to what is gone") {
  std::string source = "a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (char level = 'b'; level < 'h'; ++level) {
    source += std::string(1, level) + ": &" + level + " [";
    for (int i = 0; i < 9; ++i) source += (i > 0 ? ", *" : "*") + std::string(1, static_cast<char>(level - 1));
    source += "]\n";
  }
  const Parsed parsed = parse(source, {});
  REQUIRE(parsed.problems.size() == 1);
  REQUIRE(parsed.problems[0].kind == ProblemKind::kAliasBomb);
  for (const Node& node : parsed.document->nodes) {
    CHECK(static_cast<std::size_t>(node.first()) < parsed.document->nodes.size());
    CHECK(static_cast<std::size_t>(node.next()) < parsed.document->nodes.size());
  }
}

TEST_CASE("the path of each of many items is soon known") {
  std::string source = "list:\n";
  constexpr std::size_t kItems = 200'000;
  for (std::size_t i = 0; i < kItems; ++i) source += "-\n";
  const Parsed parsed = parse(source, {});
  const Document& document = *parsed.document;
  std::size_t length = 0;
  NodeId last{};
  for (NodeId at = document[document.find(document.root, "list")].first(); at != NodeId::kNone;
       at = document[at].next()) {
    length += path_of(document, at).size();
    last = at;
  }
  CHECK(length > kItems);
  CHECK(path_of(document, last) == "list[199999]");
}

}  // namespace
}  // namespace wicket::yaml
