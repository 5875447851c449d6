#include "model/json_schema.h"

#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

#include "model/duration.h"
#include "model/schema.h"
#include "support/catch.h"
#include "support/golden.h"

namespace wicket::model {
namespace {

using Json = nlohmann::json;

// The type and all that its fields are made of.
void collect(const TypeInfo& type, std::set<const TypeInfo*>& types) {
  if (!types.insert(&type).second) return;
  for (const FieldInfo& field : type.fields)
    if (field.message != nullptr) collect(*field.message, types);
}

std::set<const TypeInfo*> istio_types() {
  std::set<const TypeInfo*> types;
  for (const TypeInfo* spec :
       {&gateway_type(), &virtual_service_type(), &destination_rule_type(), &service_entry_type()})
    collect(*spec, types);
  return types;
}

bool is_one_line(std::string_view text) {
  constexpr std::size_t kLongest = 110;
  return !text.empty() && text.size() <= kLongest && text.ends_with('.') && text.find('\n') == std::string_view::npos;
}

TEST_CASE("the schemas in the source tree are those of the tables") {
  struct Case {
    const char* file;
    const TypeInfo& spec;
  };
  const Case cases[] = {{"schemas/gateway.schema.json", gateway_type()},
                        {"schemas/virtual-service.schema.json", virtual_service_type()},
                        {"schemas/destination-rule.schema.json", destination_rule_type()},
                        {"schemas/service-entry.schema.json", service_entry_type()}};
  for (const Case& c : cases) test::check_golden(c.file, json_schema(c.spec));
}

TEST_CASE("every message and every field of an Istio kind is described in one line") {
  for (const TypeInfo* type : istio_types()) {
    INFO(type->name);
    CHECK(is_one_line(type->doc));
    for (const FieldInfo& field : type->fields) {
      INFO(field.name);
      CHECK(is_one_line(field.doc));
    }
  }
}

TEST_CASE("messages that share a name have definitions of their own") {
  const Json definitions = Json::parse(json_schema(destination_rule_type()))["definitions"];
  const auto used_by = [&](const char* type) {
    return definitions[type]["properties"]["failover"]["items"]["$ref"].get<std::string>();
  };
  CHECK(used_by("LocalityLoadBalancerSetting") == "#/definitions/Failover");
  CHECK(used_by("ZoneAwareLoadBalancerSetting") == "#/definitions/ZoneAwareLoadBalancerSetting.Failover");
}

TEST_CASE("the patterns of durations and the reader agree") {
  const Json definitions = Json::parse(json_schema(virtual_service_type()))["definitions"];
  const std::regex any(definitions["duration"]["pattern"].get<std::string>());
  const std::regex positive(definitions["positiveDuration"]["pattern"].get<std::string>());
  for (const std::string text :
       {"0",     "0s",    "+0",       "-0",    "00",           "0.0s",         "0s0ms", "5s",
        "1h30m", "1.5s",  ".5s",      "0.5s",  "0.05s",        "1.s",          "0.s",   "+1s",
        "-1s",   "00.0s", "00005s",   "100us", "100\xC2\xB5s", "100\xCE\xBCs", "1h1h",  "0h5m0s",
        "5m0s",  "3ns",   "2562047h", "00s1s", "0ms",          "0.0h0.10m",    "",      "5",
        "s",     "5S",    "1d",       "1w",    "1 s",          " 1s",          "1min",  "30sec",
        "1m30",  "PT5S",  "1e3s",     "1_0s",  "1,5s",         ".s",           ".",     "-",
        "+",     "--1s",  "+-1s",     "1s1",   "1s-1s",        "1s+1s",        "1\xC2s"}) {
    INFO(text);
    const auto duration = parse_duration(text);
    CHECK(std::regex_match(text, any) == duration.has_value());
    CHECK(std::regex_match(text, positive) == (duration && *duration > Duration(0)));
  }
}

}  // namespace
}  // namespace wicket::model
