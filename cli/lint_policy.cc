#include "cli/lint_policy.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "base/file_reader.h"
#include "cli/config_file.h"
#include "load/pattern_list.h"
#include "report/finding_parts.h"

namespace wicket::cli {
namespace {

check::Level level_of(load::RuleLevel level) {
  switch (level) {
    case load::RuleLevel::kOff:
      return check::Level::kOff;
    case load::RuleLevel::kInfo:
      return check::Level::kInfo;
    case load::RuleLevel::kWarning:
      return check::Level::kWarning;
    case load::RuleLevel::kError:
      return check::Level::kError;
  }
  return check::Level::kAsIs;
}

/// Each rule with the level that a list of settings gives it. A code that names fewer rules wins over one that names
/// more, whatever their order.
std::vector<std::pair<const check::RuleInfo*, check::Level>> resolve(const std::vector<load::RuleSetting>& settings,
                                                                     std::vector<check::UnknownCode>& unknown) {
  using Named = std::pair<std::vector<const check::RuleInfo*>, check::Level>;
  std::vector<Named> named;
  for (const load::RuleSetting& setting : settings) {
    auto rules = check::find_rules(setting.code);
    if (rules.empty()) {
      unknown.push_back({.span = setting.span, .code = setting.code});
    } else {
      named.emplace_back(std::move(rules), level_of(setting.level));
    }
  }
  std::ranges::stable_sort(named, std::ranges::greater(), [](const Named& entry) { return entry.first.size(); });
  std::vector<std::pair<const check::RuleInfo*, check::Level>> all;
  for (const auto& [rules, level] : named)
    for (const check::RuleInfo* rule : rules) all.emplace_back(rule, level);
  return all;
}

}  // namespace

check::Known known_objects(const CommonOptions& options) {
  if (options.settings == nullptr) return {};
  const load::KnownObjects& known = options.settings->known;
  check::Known made{.services = known.services,
                    .gateways = known.gateways,
                    .secrets = known.secrets,
                    .namespaces = known.namespaces,
                    .gateway_workloads = {}};
  for (const load::KnownWorkload& workload : known.gateway_workloads)
    made.gateway_workloads.push_back({.ns = workload.ns, .labels = workload.labels});
  return made;
}

Result<LintPolicy> lint_policy(const LintOptions& options) {
  LintPolicy made;
  check::SelectionRequest request{
      .select = options.select, .extend_select = options.extend_select, .ignore = options.ignore};
  if (const std::shared_ptr<const load::Settings> settings = options.common.settings) {
    for (const auto& [rule, level] : resolve(settings->rules, made.unknown)) {
      request.settings.emplace_back(rule, level != check::Level::kOff);
      // A rule that the command line turns on again has its own level.
      made.policy.levels.set(*rule, level == check::Level::kOff ? check::Level::kAsIs : level);
    }
    for (const load::FileSetting& file : settings->per_file) {
      check::FileRules rules;
      for (const auto& [rule, level] : resolve(file.rules, made.unknown)) rules.levels.set(*rule, level);
      const auto patterns = std::make_shared<const load::PatternList>(file.files);
      rules.covers = [settings, patterns](std::string_view name) {
        const std::string below = below_settings(*settings, std::string(name));
        return !below.empty() && patterns->matches(below, false);
      };
      made.policy.files.push_back(std::move(rules));
    }
  }
  auto selection = check::Selection::from(request);
  if (!selection) return tl::unexpected<Error>(std::move(selection.error()));
  made.selection = *selection;
  return made;
}

Result<std::shared_ptr<SourceFile>> read_baseline_file(const std::string& path) {
  DiskReader reader;
  auto file = reader.open(path);
  if (!file) return tl::unexpected<Error>(std::move(file.error()));
  std::string bytes;
  std::string block(1 << 16, '\0');
  for (;;) {
    const auto got = (*file)->read(block.data(), block.size());
    if (!got) return tl::unexpected<Error>(got.error());
    if (*got == 0) break;
    bytes.append(block, 0, *got);
  }
  auto source = std::make_shared<SourceFile>();
  source->name = path;
  source->size = bytes.size();
  source->segments.push_back({.offset = 0, .first_line = 1, .bytes = std::move(bytes)});
  return source;
}

FileId join_sources(SourceSet& sources, const std::shared_ptr<SourceFile>& file) {
  auto joined = std::make_shared<SourceFile>(*file);
  joined->id = static_cast<FileId>(sources.size());
  sources.add(joined);
  return joined->id;
}

std::vector<const check::BaselineEntry*> stale_entries(const check::Baseline& baseline, const LintPolicy& policy,
                                                       const report::LintReport& report) {
  report::Places places(report);
  std::set<std::string> read;
  for (std::size_t i = 0; i < report.counts.files; ++i)
    read.insert(places.path(report.sources.name(static_cast<FileId>(i))));
  std::vector<const check::BaselineEntry*> stale = baseline.left();
  std::erase_if(stale, [&](const check::BaselineEntry* entry) {
    const auto rules = check::find_rules(entry->code);
    const bool could_speak = std::ranges::any_of(rules, [&](const auto* rule) { return policy.selection.has(*rule); });
    if (!could_speak && !rules.empty()) return true;
    if (read.contains(entry->file)) return false;
    std::error_code error;
    return std::filesystem::exists(std::filesystem::path(report.paths.root) / entry->file, error);
  });
  return stale;
}

}  // namespace wicket::cli
