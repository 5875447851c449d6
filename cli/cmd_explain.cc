// All codes are looked up before anything is written: an explanation in front of a complaint would scroll away.

#include "cli/cmd_explain.h"

#include <algorithm>
#include <vector>

#include "check/selection.h"
#include "cli/version.h"
#include "report/rules_doc.h"

namespace wicket::cli {
namespace {

using Rules = std::vector<const check::RuleInfo*>;

// Every check once, in the order of the codes.
Rules rules_for_all(const std::vector<std::string>& codes) {
  Rules rules;
  for (const std::string& code : codes)
    for (const check::RuleInfo* rule : check::find_rules(code))
      if (std::ranges::find(rules, rule) == rules.end()) rules.push_back(rule);
  return rules;
}

std::string rendered(const Rules& rules, DocFormat format, std::size_t width) {
  std::string out;
  switch (format) {
    case DocFormat::kText:
      for (const check::RuleInfo* rule : rules) out += (out.empty() ? "" : "\n\n") + report::rule_text(*rule, width);
      return out;
    case DocFormat::kMarkdown:
      for (const check::RuleInfo* rule : rules) out += (out.empty() ? "" : "\n") + report::rule_markdown(*rule);
      return out;
    case DocFormat::kJson:
      return report::rules_json(rules, version());
  }
  return out;
}

}  // namespace

ExitCode cmd_explain(const ExplainOptions& options, Streams& streams) {
  check::SelectionRequest request;
  request.select = options.codes;
  if (const auto known = check::Selection::from(request); !known) {
    streams.err << "wicket: " << known.error().message << '\n';
    return ExitCode::kUsage;
  }

  constexpr std::size_t kWidestLine = 100;
  const std::size_t width = std::min(streams.surroundings.columns, kWidestLine);
  streams.out << rendered(rules_for_all(options.codes), options.format, width);
  return ExitCode::kClean;
}

}  // namespace wicket::cli
