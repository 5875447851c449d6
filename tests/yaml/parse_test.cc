#include "yaml/parse.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "support/catch.h"
#include "support/yaml_json.h"
#include "yaml/path.h"

namespace wicket::yaml {
namespace {

std::string_view written(const Document& document, NodeId id) {
  const Span span = document.span(id);
  return document.source.substr(span.begin, span.end - span.begin);
}

/// The node at "a.b[1]"-like steps, given as keys and indexes.
NodeId at(const Document& document, std::initializer_list<const char*> steps) {
  NodeId node = document.root;
  for (const std::string step : steps) {
    if (step[0] >= '0' && step[0] <= '9') {
      node = document[node].first();
      for (int i = std::stoi(step); i > 0; --i) node = document[node].next();
    } else {
      node = document.find(node, step);
    }
  }
  return node;
}

TEST_CASE("every value knows the bytes it is written in") {
  const std::string_view text =
      "# first\n"
      "plain: a b # comment\n"
      "folded: a\n"
      "  b\n"
      "single: 'it''s'\n"
      "double: \"a\\tb\"\n"
      "list: [x, {y: z}]\n"
      "block: |\n"
      "  one\n"
      "  two\n"
      "\n"
      "tagged: !!str &anchor 80\n"
      "items:\n"
      "- first\n"
      "- k: v\n"
      "last:\n";
  const Parsed parsed = parse(text, {});
  const Document& d = *parsed.document;
  REQUIRE(parsed.problems.empty());
  CHECK(written(d, at(d, {"plain"})) == "a b");
  CHECK(written(d, at(d, {"folded"})) == "a\n  b");
  CHECK(d.text(at(d, {"folded"})) == "a b");
  CHECK(written(d, at(d, {"single"})) == "'it''s'");
  CHECK(d.text(at(d, {"single"})) == "it's");
  CHECK(d.text(at(d, {"double"})) == "a\tb");
  CHECK(written(d, at(d, {"list"})) == "[x, {y: z}]");
  CHECK(written(d, at(d, {"list", "1"})) == "{y: z}");
  CHECK(written(d, at(d, {"block"})) == "|\n  one\n  two");
  CHECK(d.text(at(d, {"block"})) == "one\ntwo\n");
  CHECK(written(d, at(d, {"tagged"})) == "80");
  CHECK(written(d, at(d, {"items", "1"})) == "k: v");
  CHECK(d[at(d, {"last"})].style == Style::kAbsent);
  CHECK(path_of(d, at(d, {"items", "1", "k"})) == "items[1].k");
  CHECK(d.source.substr(d.key_span(at(d, {"items"})).begin, 5) == "items");
}

TEST_CASE("paths quote keys that are no words") {
  const Parsed parsed = parse("a: {b.c/d: {x-y: 1}, 'q\"': 2}\n", {});
  const Document& d = *parsed.document;
  CHECK(path_of(d, at(d, {"a", "b.c/d", "x-y"})) == "a[\"b.c/d\"].x-y");
  CHECK(path_of(d, at(d, {"a", "q\""})) == "a[\"q\\\"\"]");
}

TEST_CASE("an alias is a copy that stands at the alias and leads back") {
  const std::string_view text = "a: &x {k: v}\nb: *x\n";
  const Parsed parsed = parse(text, {});
  const Document& d = *parsed.document;
  const NodeId copy = at(d, {"b", "k"});
  CHECK(d.text(copy) == "v");
  CHECK(written(d, copy) == "*x");
  CHECK(path_of(d, copy) == "b.k");
  REQUIRE(d.original_of(copy) != NodeId::kNone);
  CHECK(path_of(d, d.original_of(copy)) == "a.k");
}

TEST_CASE("problems of repeated keys, merges and aliases") {
  struct Case {
    const char* name;
    const char* text;
    ProblemKind kind;
    const char* path;
  };
  const Case cases[] = {
      {"repeated key", "a: 1\nb: 2\na: 3\n", ProblemKind::kDuplicateKey, "a"},
      {"repeated as boolean", "y: 1\ntrue: 2\n", ProblemKind::kDuplicateKey, "true"},
      {"repeated as number", "\"1\": 1\n1: 2\n", ProblemKind::kDuplicateKey, "1"},
      {"merge in front", "a: {<<: {k: 1}, k: 2}\n", ProblemKind::kMergeCollision, "a.k"},
      {"merge behind", "a: {k: 1, <<: {k: 2}}\n", ProblemKind::kMergeOverwrites, "a.k"},
      {"merge of a scalar", "a: {<<: 5}\n", ProblemKind::kBadMerge, "a[\"<<\"]"},
      {"unknown alias", "a:\n  b: *nobody\n", ProblemKind::kUnknownAlias, "a.b"},
      {"alias inside its anchor", "a: &x [1, *x]\n", ProblemKind::kRecursiveAlias, "a[1]"},
      {"unknown alias in braces", "{\"a\": [*b, 1]}", ProblemKind::kUnknownAlias, "a[0]"},
      {"list as key", "? [a]\n: b\n", ProblemKind::kCollectionKey, ""},
      {"null as key", "a: {~: b}\n", ProblemKind::kNullKey, "a[\"~\"]"},
      {"infinity", "a: .inf\n", ProblemKind::kNotJson, "a"},
      {"directive", "%YAML 1.2\n", ProblemKind::kDirective, ""},
      {"text behind the marker", "--- a: 1\n", ProblemKind::kTextAfterMarker, ""},
      {"template", "a: {{ .Values.x }}\n", ProblemKind::kTemplate, "a"},
      {"template that does not parse", "{{- if .Values.x }}\na: 1\n{{- end }}\n", ProblemKind::kTemplate, ""},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    const Parsed parsed = parse(c.text, {});
    const auto found = std::ranges::find(parsed.problems, c.kind, &Problem::kind);
    REQUIRE(found != parsed.problems.end());
    if (std::string_view(c.path) != "") CHECK(path_of(*parsed.document, found->node) == c.path);
  }
}

TEST_CASE("the later of two equal keys wins, a merge key goes by the order of the lines") {
  const auto json = [](const char* text) { return test::to_json(*parse(text, {}).document); };
  CHECK(json("a: 1\nb: 2\na: 3\n") == R"({"b":2,"a":3})");
  CHECK(json("a: {<<: {k: 1, l: 1}, k: 2}\n") == R"({"a":{"l":1,"k":2}})");
  CHECK(json("a: {k: 1, <<: {k: 2}}\n") == R"({"a":{"k":2}})");
}

TEST_CASE("what explodes is refused") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) bomb += (j ? ", *a" : "*a") + std::to_string(i - 1);
    bomb += "]\n";
  }
  const Parsed parsed = parse(bomb, {});
  REQUIRE(parsed.problems.size() == 1);
  CHECK(parsed.problems[0].kind == ProblemKind::kAliasBomb);
  CHECK(parsed.document->root == NodeId::kNone);

  for (const bool flow : {true, false}) {
    std::string deep;
    for (int i = 0; i < 2000; ++i)
      deep += flow ? std::string("[") : std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    const Parsed nested = parse(deep, {});
    REQUIRE(nested.problems.size() == 1);
    CHECK(nested.problems[0].kind == ProblemKind::kSyntax);
  }
}

TEST_CASE("bytes that no reader takes are named") {
  for (const std::string_view text : {std::string_view("a: \x07\n"), std::string_view("a: b\0c\n", 7),
                                      std::string_view("a: \xFF\n"), std::string_view("a: \x7F\n")}) {
    const Parsed parsed = parse(text, {});
    REQUIRE(parsed.problems.size() == 1);
    CHECK(parsed.problems[0].kind == ProblemKind::kSyntax);
    CHECK(parsed.problems[0].span.begin >= 3);
  }
}

TEST_CASE("JSON is read where YAML readers stop") {
  const std::string key(1500, 'k');
  const std::string text = "{\"" + key + "\": \"\\ud83d\\ude00\", \"n\": [1, {\"b\": true}]}";
  const Parsed parsed = parse(text, {});
  CHECK(parsed.problems.empty());
  CHECK(test::to_json(*parsed.document) == "{\"" + key + "\":\"\xF0\x9F\x98\x80\",\"n\":[1,{\"b\":true}]}");
  const Document& d = *parsed.document;
  CHECK(written(d, at(d, {"n", "1", "b"})) == "true");
}

TEST_CASE("a JSON file with more than JSON is told so") {
  const Parsed parsed = parse("{\"a\": [1, 2,],}", {.json_file = true});
  REQUIRE(parsed.problems.size() == 1);
  CHECK(parsed.problems[0].kind == ProblemKind::kNotStrictJson);
  CHECK(parse("{\"a\": [1, 2]}", {.json_file = true}).problems.empty());
}

}  // namespace
}  // namespace wicket::yaml
