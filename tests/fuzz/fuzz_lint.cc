// Bytes ▸ diagnostics, the whole way that `wicket lint` goes, and the reports of it.
//
// Beyond not crashing: every span and every edit lies inside the input, an edit does something, paths are valid text.
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "base/ensure.h"
#include "base/utf8.h"
#include "check/run.h"
#include "load/load.h"
#include "report/findings.h"

using namespace wicket;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const check::Selection everything =
      *check::Selection::from({.select = {"all"}, .extend_select = {}, .ignore = {}});
  const std::string name = size > 0 && data[0] % 8 == 0 ? "a.json" : "a.yaml";
  MemoryReader reader;
  reader.add(name, std::string(reinterpret_cast<const char*>(data), size));
  std::istringstream input;
  const load::Loaded loaded = load::load({.paths = {name}, .threads = 1}, reader, input);
  const check::CheckResult result =
      check::run({.sources = loaded.sources, .workspace = *loaded.workspace}, {.selection = everything});
  for (const check::Diagnostic& finding : result.diagnostics) {
    ENSURE(finding.span.begin <= finding.span.end && finding.span.end <= size, "a span leaves the input");
    for (const check::Edit& edit : finding.fix.edits) {
      ENSURE(edit.span.begin <= edit.span.end && edit.span.end <= size, "an edit leaves the input");
      ENSURE(edit.span.begin < edit.span.end || !edit.text.empty(), "an edit does nothing");
    }
    ENSURE(!find_invalid_utf8(finding.path), "a path is no valid text");
  }
  const report::LintReport report{.sources = loaded.sources,
                                  .diagnostics = result.diagnostics,
                                  .failures = {},
                                  .counts = {},
                                  .tool_version = "fuzz"};
  static_cast<void>(report::findings_text(report, {}));
  static_cast<void>(report::findings_json(report));
  return 0;
}
