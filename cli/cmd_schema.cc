#include "cli/cmd_schema.h"

#include <string>

#include "cli/schema_text.h"
#include "model/json_schema.h"
#include "model/schema.h"

namespace wicket::cli {
namespace {

std::string schema_of(SchemaKind kind) {
  switch (kind) {
    case SchemaKind::kGateway:
      return model::json_schema(model::gateway_type());
    case SchemaKind::kVirtualService:
      return model::json_schema(model::virtual_service_type());
    case SchemaKind::kDestinationRule:
      return model::json_schema(model::destination_rule_type());
    case SchemaKind::kServiceEntry:
      return model::json_schema(model::service_entry_type());
    case SchemaKind::kDiagnostics:
      return std::string(diagnostics_schema());
    case SchemaKind::kDecision:
      return std::string(decision_schema());
    case SchemaKind::kRoutes:
      return std::string(routes_schema());
    case SchemaKind::kTest:
      return std::string(test_schema());
    case SchemaKind::kTestReport:
      return std::string(test_report_schema());
    case SchemaKind::kReplay:
      return std::string(replay_schema());
    case SchemaKind::kConfigDump:
      return std::string(config_dump_schema());
    case SchemaKind::kSettings:
      return std::string(settings_schema());
    case SchemaKind::kBaseline:
      return std::string(baseline_schema());
  }
  return {};
}

}  // namespace

ExitCode cmd_schema(const SchemaOptions& options, Streams& streams) {
  streams.out << schema_of(options.kind);
  return ExitCode::kClean;
}

}  // namespace wicket::cli
