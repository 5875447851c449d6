// Files of requests that are read as a whole ▸ records.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "replay/read_log.h"
#include "replay/record.h"

namespace wicket::replay {

/// What a file holds.
struct Requests {
  std::vector<Record> records{};
  std::vector<Unread> unread{};
};

/// HTTP Archive 1.2, as browsers and proxies export it. Pseudo headers say what they say; bodies are passed over, and
/// so are URLs that go nowhere (data:, blob:). `line` is the number of the entry.
/// Errors: kInvalid, in words that follow the file's name.
/// Source: HAR 1.2 specification.
[[nodiscard]] Result<Requests> read_har(std::string_view text);

/// curl command lines, of any shell; see read_curl(). Commands that cannot be read are unread.
/// Errors: kInvalid.
[[nodiscard]] Result<Requests> read_curl_file(std::string_view text);

/// Calls of Invoke-WebRequest and Invoke-RestMethod, with the sessions, headers and texts that stand in variables, as
/// browsers and API tools copy them.
/// Errors: kInvalid.
/// Source: Chromium devtools, generatePowerShellCommand; PowerShell, about_Quoting_Rules.
[[nodiscard]] Result<Requests> read_powershell(std::string_view text);

/// Requests of hurl, with the status and the Location that it expects. Templates are filled with `variables`
/// and with those that [Options] set; a request with another one is unread.
/// Errors: kInvalid.
/// Source: hurl.dev, "Request", "Response" and "Templates".
[[nodiscard]] Result<Requests> read_hurl(std::string_view text, const Variables& variables = {});

/// A list of log entries as one JSON document (`gcloud logging read --format json`), or the answer of Loki's API.
/// `line` is the number of the entry.
/// Errors: kInvalid.
[[nodiscard]] Result<Requests> read_json_entries(std::string_view text, const LineReader& reader);

/// Tests of istio-config-validator. Each combination of authority, method and uri is a request; a test expects that
/// what it says of the route is so, or with wantMatch: false, that it is not.
/// Limits: 100,000 requests a file. Errors: kInvalid.
/// Source: istio-config-validator, internal/pkg/parser and unit.
[[nodiscard]] Result<Requests> read_icv(std::string_view text);

/// Tests of Envoy's router check tool, YAML or JSON. Those of things that no gateway of Istio has are unread.
/// Errors: kInvalid.
/// Source: Envoy test/tools/router_check/validation.proto.
[[nodiscard]] Result<Requests> read_router_check(std::string_view text);

}  // namespace wicket::replay
