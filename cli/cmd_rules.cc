#include "cli/cmd_rules.h"

#include <algorithm>
#include <vector>

#include "check/registry.h"
#include "check/selection.h"
#include "cli/version.h"
#include "report/rules_doc.h"

namespace wicket::cli {

ExitCode cmd_rules(const RulesOptions& options, Streams& streams) {
  std::vector<const check::RuleInfo*> rules = check::find_rules("all");
  const auto is_off = [](const check::RuleInfo* rule) { return !rule->on_by_default; };
  const auto off = std::ranges::count_if(rules, is_off);
  if (!options.all) std::erase_if(rules, is_off);

  switch (options.format) {
    case ListFormat::kText:
      streams.out << report::rules_table(check::families(), options.all);
      break;
    case ListFormat::kJson:
      streams.out << report::rules_json(rules, version());
      break;
  }
  if (!options.all && off > 0 && options.common.verbosity != Verbosity::kQuiet)
    streams.err << off << (off == 1 ? " check is" : " checks are") << " off by default; --all lists them too\n";
  return ExitCode::kClean;
}

}  // namespace wicket::cli
