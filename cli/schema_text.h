// Files of schemas/ inside the program, so that it needs none installed. The source is made by schemas.cmake.
#pragma once

#include <string_view>

namespace wicket::cli {

/// schemas/diagnostics.schema.json: what `wicket lint -o json` writes.
[[nodiscard]] std::string_view diagnostics_schema();

/// schemas/decision.schema.json: what `wicket route -o json` writes.
[[nodiscard]] std::string_view decision_schema();

/// schemas/routes.schema.json: what `wicket routes -o json` writes.
[[nodiscard]] std::string_view routes_schema();

/// schemas/test.schema.json: *_test.yaml.
[[nodiscard]] std::string_view test_schema();

/// schemas/test-report.schema.json: what `wicket test -o json` writes.
[[nodiscard]] std::string_view test_report_schema();

/// schemas/replay.schema.json: what `wicket replay -o json` writes.
[[nodiscard]] std::string_view replay_schema();

/// schemas/config-dump.schema.json: what /config_dump of the admin port of `wicket serve` answers.
[[nodiscard]] std::string_view config_dump_schema();

/// schemas/settings.schema.json: wicket.yaml.
[[nodiscard]] std::string_view settings_schema();

/// schemas/baseline.schema.json: what `wicket lint --write-baseline` writes.
[[nodiscard]] std::string_view baseline_schema();

}  // namespace wicket::cli
