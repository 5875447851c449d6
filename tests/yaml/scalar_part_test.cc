#include "yaml/scalar_part.h"

#include <string>

#include "support/catch.h"
#include "yaml/parse.h"

namespace wicket::yaml {
namespace {

/// The bytes that the part stands for; in brackets where the place is that of the whole scalar.
std::string part_of(const std::string& written, const ScalarPart& part) {
  const std::string source = "a: " + written + "\n";
  const Parsed parsed = parse(source, {});
  REQUIRE(parsed.document->root != NodeId::kNone);
  const NodeId value = parsed.document->find(parsed.document->root, "a");
  const Span span = span_of_part(*parsed.document, value, part);
  const std::string text = source.substr(span.begin, span.end - span.begin);
  return span == parsed.document->span(value) ? "[" + text + "]" : text;
}

TEST_CASE("a part of a scalar is found in its source") {
  struct Case {
    const char* written;
    ScalarPart part;
    const char* want;
  };
  const Case cases[] = {
      {"shop/web.example", {0, 4}, "shop"},
      {"shop/web.example", {5, 3}, "web"},
      {"shop", {0, 4}, "[shop]"},
      {"'shop/web'", {5, 3}, "web"},
      {"'it''s/web'", {5, 3}, "web"},
      {"'it''s/web'", {3, 1}, "s"},
      {"\"shop/web\"", {0, 4}, "shop"},
      {R"("a\tb/web")", {4, 3}, "web"},
      {R"("\x41/web")", {2, 3}, "web"},
      {R"("\u00fc/web")", {3, 3}, "web"},
      {R"("\u20ac/web")", {4, 3}, "web"},
      {R"("\U0001F600/web")", {5, 3}, "web"},
      {R"("\u00fc/web")", {1, 3}, R"(["\u00fc/web"])"},
      {"b\xC3\xBC/web", {4, 3}, "web"},
      {"shop", {2, 9}, "[shop]"},
      {"|\n  shop/web\n", {5, 3}, "[|\n  shop/web]"},
      {"\"shop\n  web\"", {5, 3}, "[\"shop\n  web\"]"},
      {"shop/\n  web", {6, 3}, "[shop/\n  web]"},
  };
  for (const Case& c : cases) {
    INFO(c.written);
    CHECK(part_of(c.written, c.part) == c.want);
  }
}

TEST_CASE("a part of a value that comes through an alias stands at the alias") {
  const std::string source = "x: &h shop/web\na: *h\n";
  const Parsed parsed = parse(source, {});
  const NodeId value = parsed.document->find(parsed.document->root, "a");
  CHECK(span_of_part(*parsed.document, value, {5, 3}) == parsed.document->span(value));
}

}  // namespace
}  // namespace wicket::yaml
