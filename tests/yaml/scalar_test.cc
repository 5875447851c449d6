// What a plain scalar is for the reader of Kubernetes.
#include "support/catch.h"
#include "yaml/parse.h"

namespace wicket::yaml {
namespace {

Scalar scalar_of(const std::string& text) {
  const std::string source = "a: " + text + "\n";
  const Parsed parsed = parse(source, {});
  REQUIRE(parsed.document->root != NodeId::kNone);
  const NodeId value = parsed.document->find(parsed.document->root, "a");
  return parsed.document->scalar(value);
}

TEST_CASE("plain scalars have the types of go-yaml v2") {
  using enum ScalarType;
  struct Case {
    const char* text;
    ScalarType type;
    double number;
  };
  const Case cases[] = {
      {"~", kNull, 0},
      {"null", kNull, 0},
      {"NULL", kNull, 0},
      {"nULL", kString, 0},
      {"y", kBoolean, 1},
      {"N", kBoolean, 0},
      {"yes", kBoolean, 1},
      {"off", kBoolean, 0},
      {"oN", kString, 0},
      {"tRue", kString, 0},
      {"TRUE", kBoolean, 1},
      {"0", kInteger, 0},
      {"80", kInteger, 80},
      {"-1", kInteger, -1},
      {"+80", kInteger, 80},
      {"0443", kInteger, 291},
      {"080", kFloat, 80},
      {"0o17", kInteger, 15},
      {"0x50", kInteger, 80},
      {"0b11", kInteger, 3},
      {"1_000", kInteger, 1000},
      {"1e3", kFloat, 1000},
      {"8e1", kFloat, 80},
      {"80.0", kFloat, 80},
      {"1.", kFloat, 1},
      {".5", kFloat, 0.5},
      {".", kString, 0},
      {"1.10", kFloat, 1.1},
      {"1.2.3", kString, 0},
      {"1:30", kString, 0},
      {"190:20:30", kString, 0},
      {"=", kString, 0},
      {"2024-01-01", kTimestamp, 0},
      {"2024-1-1", kTimestamp, 0},
      {"2024-01-01T10:00:00Z", kTimestamp, 0},
      {"2024-01", kString, 0},
      {".inf", kInfinity, 0},
      {"-.INF", kInfinity, 0},
      {".nan", kInfinity, 0},
      {"\"80\"", kString, 0},
      {"'yes'", kString, 0},
      {"!!str 80", kString, 0},
      {"!!int \"80\"", kInteger, 80},
      {"18446744073709551615", kInteger, 18446744073709551615.0},
      {"99999999999999999999", kFloat, 1e20},
      {"5s", kString, 0},
      {"v1", kString, 0},
      {"0x", kString, 0},
      {"1__0", kInteger, 10},
  };
  for (const Case& c : cases) {
    INFO(c.text);
    const Scalar scalar = scalar_of(c.text);
    CHECK(static_cast<int>(scalar.type) == static_cast<int>(c.type));
    if (c.type == kInteger || c.type == kFloat) CHECK(scalar.number == Approx(c.number));
    if (c.type == kBoolean) CHECK(scalar.boolean == (c.number == 1));
  }
}

}  // namespace
}  // namespace wicket::yaml
