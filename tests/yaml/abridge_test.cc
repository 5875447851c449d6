#include "yaml/abridge.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "support/catch.h"
#include "yaml/reader.h"

namespace wicket::yaml {
namespace {

TEST_CASE("words are marked where a line tells by itself where they end") {
  struct Case {
    const char* name;
    const char* source;
    const char* want;  // @ for a mark
  };
  const Case cases[] = {
      {"key", "spec:\n", "@:\n"},
      {"key and word", "host: a.b-c_d/e\n", "@: @\n"},
      {"no line break", "  host: a", "  @: @"},
      {"Windows line ends", "host: a\r\n- b\r\n", "@: @\r\n- @\r\n"},
      {"item", "- a\n  - /v1\n", "- @\n  - @\n"},
      {"items in items", "- - a\n", "- - @\n"},
      {"item with a key", "- name: x\n", "- @: @\n"},
      {"quoted", "a: \"*.b c: # d\"\n- 'e'\n", "@: @\n- @\n"},
      {"empty quotes", "a: ''\n", "@: @\n"},
      {"patterns", "regex: ^/a(b|c)\\.d$\n", "@: @\n"},
      {"more blanks", "a:   b\n-   c\n", "@:   @\n-   @\n"},
      {"only the key", "a: b c\nd: [e]\nf: |\ng: {h: i}\nj: # k\nl: &m n\n",
       "@: b c\n@: [e]\n@: |\n@: {h: i}\n@: # k\n@: &m n\n"},
      {"word alone", "a\n  b\n", "a\n  b\n"},
      {"comment behind", "- a # b\n", "- a # b\n"},
      {"blanks behind", "- a \n", "- a \n"},
      {"tabs", "a:\tb\n\tc: d\n", "a:\tb\n\tc: d\n"},
      {"no blank behind the colon", "a:b\n", "a:b\n"},
      {"nulls", "null: NULL\n- Null\n- ~\n", "null: NULL\n- Null\n- ~\n"},
      {"a null for a value", "a: null\n", "@: null\n"},
      {"merge", "<<: *a\n", "<<: *a\n"},
      {"markers", "---\n...\n--- a\n", "---\n...\n--- a\n"},
      {"escapes", "a: \"b\\n\"\nc: 'd''e'\n", "@: \"b\\n\"\n@: 'd''e'\n"},
      {"quotes that stay open", "a: \"b\nc: 'd\n", "@: \"b\n@: 'd\n"},
      {"text behind quotes", "a: \"b\" c\n", "@: \"b\" c\n"},
      {"quoted key", "\"a\": b\n", "\"a\": b\n"},
      {"nothing", "", ""},
  };
  for (const Case& c : cases) {
    INFO(c.name);
    std::string out;
    const bool has_marks = abridge(c.source, out);
    CHECK(has_marks == (std::string_view(c.want).find('@') != std::string_view::npos));
    std::ranges::replace(out, kWordMark, '@');
    CHECK(out == c.want);
  }
}

TEST_CASE("a word is no longer than a key may be") {
  std::string out;
  CHECK(abridge(std::string(256, 'a') + ":", out));
  CHECK_FALSE(abridge(std::string(257, 'a') + ":", out));
}

/// The scalars that the marks stand for. Checks that nothing else was left out.
std::vector<std::string> words_of(const std::string& source, const std::string& abridged) {
  std::vector<std::string> words;
  std::size_t at = 0;
  for (const char c : abridged) {
    if (c == kWordMark) {
      words.emplace_back(marked_scalar(source, at));
      REQUIRE_FALSE(words.back().empty());
      at += words.back().size();
    } else {
      REQUIRE(at < source.size());
      REQUIRE(source[at] == c);
      ++at;
    }
  }
  REQUIRE(at == source.size());
  return words;
}

std::string random_document(std::mt19937& random) {
  constexpr const char* kLines[] = {"a: b\n",       "  c: d\n",     "  - e\n",       "  - f: g\n",     "    h: \"i\"\n",
                                    "    - 'j'\n",  "k:\n",         "  l:\n",        "    m: n o\n",   "  p: [q, r]\n",
                                    "s: |\n",       "  t: >-\n",    "# u: v\n",      "    w: x # y\n", "- z\n",
                                    "  null: a\n",  "  \"b\": c\n", "  d: {e: f}\n", "    g\n",        "  h: \"i\n",
                                    "    j: k\"\n", "  l: &m n\n",  "  o: *m\n",     "  p: !!str q\n", "\n",
                                    "  r: ''\n",    "  - - s\n",    "  ? t\n"};
  constexpr const char* kPieces[] = {
      "a",         "b: c",     "d:",       "- ",      "e",    ": ",       "\n",  "\n  ",  "\n    ",
      "\n- ",      "\n  - ",   "\nf: ",    "\n  g: ", "h",    "\"",       "'",   "\"i\"", "'j'",
      "|",         ">-",       "# k",      " ",       "{",    "}",        "[",   "]",     ",",
      "&l ",       "*l",       "!m ",      "\\",      "null", "~",        "? ",  "<<: ",  "\n  n: \"o\"",
      "\n- 'p'\n", "\nq: r\n", "\n  s: t", "/u",      "v|w",  "\nx: |\n", "1.2", "\r\n",  "\n---\n",
      "%y",        "\t",       "z:y",      "=",       ".b",   "-c"};
  std::string text;
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  const bool by_lines = below(2) == 0;
  for (std::size_t pieces = 1 + below(14); pieces > 0; --pieces)
    text += by_lines ? kLines[below(std::size(kLines))] : kPieces[below(std::size(kPieces))];
  return text;
}

/// All that there is to know of the nodes.
std::string describe(const Document& document) {
  std::string text = std::to_string(static_cast<std::uint32_t>(document.root));
  for (std::size_t i = 1; i < document.nodes.size(); ++i) {
    const auto id = static_cast<NodeId>(i);
    const Node& node = document[id];
    text += "\n" + std::to_string(node.begin) + "-" + std::to_string(node.end);
    for (const auto number : {static_cast<std::uint32_t>(node.follower), static_cast<std::uint32_t>(node.first()),
                              static_cast<std::uint32_t>(node.next()), static_cast<std::uint32_t>(node.kind),
                              static_cast<std::uint32_t>(node.style), static_cast<std::uint32_t>(node.tag)})
      text += " " + std::to_string(number);
    text += node.is_key ? " key " : " ";
    text += document.text(id);
  }
  return text;
}

TEST_CASE("a document read by its structure is the whole document") {
  std::size_t read = 0;
  for (std::uint32_t seed = 0; seed < 60000; ++seed) {
    std::mt19937 random(seed);
    const std::string source = random_document(random);
    INFO("seed " << seed << "\n" << source);
    std::string abridged;
    if (abridge(source, abridged)) static_cast<void>(words_of(source, abridged));
    Document document;
    document.source = source;
    if (!read_abridged(document)) continue;
    ++read;
    Document whole;
    whole.source = source;
    REQUIRE_FALSE(read_whole(whole).has_value());
    REQUIRE(describe(document) == describe(whole));
  }
  CHECK(read > 3000);
}

}  // namespace
}  // namespace wicket::yaml
