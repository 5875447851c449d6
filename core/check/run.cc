#include "check/run.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <tuple>
#include <variant>

#include "check/policy.h"
#include "check/registry.h"
#include "check/rendered_from.h"
#include "check/reporter.h"
#include "check/run_together.h"

namespace wicket::check {
namespace {

auto order_of(const Diagnostic& diagnostic) {
  return std::tuple(diagnostic.span.file, diagnostic.span.begin, diagnostic.rule->id, std::string_view(diagnostic.path),
                    std::string_view(diagnostic.message));
}

void show_all(const CheckInput& in, const std::vector<std::unique_ptr<Visitor>>& visitors) {
  if (visitors.empty()) return;
  for (const auto& file : in.workspace.files()) {
    const UnknownFields unknown_fields(*file);
    for (const model::Resource& resource : file->resources)
      if (const auto* spec = std::get_if<model::VirtualService>(&resource.spec))
        for (const auto& visitor : visitors)
          visitor->visit({.resource = resource, .spec = *spec, .unknown_fields = unknown_fields});
  }
}

/// Runs the families that somebody wants to hear.
void run_families(const CheckInput& in, Reporter& reporter) {
  const auto is_wanted = [&reporter](const RuleInfo& rule) { return reporter.wants(rule); };
  std::vector<const Family*> wanted;
  std::ranges::copy_if(families(), std::back_inserter(wanted),
                       [&](const Family* family) { return std::ranges::any_of(family->rules, is_wanted); });
  std::vector<std::unique_ptr<Visitor>> visitors;
  for (const Family* family : wanted)
    if (family->visitor != nullptr) visitors.push_back(family->visitor(in, reporter));
  show_all(in, visitors);
  for (const Family* family : wanted)
    if (family->run != nullptr) family->run(in, reporter);
  for (const auto& visitor : visitors) visitor->finish();
}

}  // namespace

void in_order(std::vector<Diagnostic>& findings) {
  std::ranges::sort(findings, [](const Diagnostic& a, const Diagnostic& b) { return order_of(a) < order_of(b); });
}

void add(std::vector<Diagnostic> more, std::vector<Diagnostic>& findings) {
  if (more.empty()) return;
  std::ranges::move(more, std::back_inserter(findings));
  in_order(findings);
}

CheckResult run(const CheckInput& input, const CheckOptions& options) {
  Reporter reporter(options.selection, input.sources, input.folder, options.only_admission);
  CheckResult result;
  result.estate = std::make_shared<const Estate>(input.workspace, input.mesh, input.known, input.closed_world);
  CheckInput whole = input;
  whole.estate = result.estate.get();
  run_families(whole, reporter);

  result.unknown_references = reporter.unknown_references();
  std::vector<Diagnostic>& findings = result.diagnostics;
  findings = std::move(reporter).take();
  drop_followers(input.workspace, findings);
  if (options.only_admission)
    std::erase_if(findings, [](const Diagnostic& finding) { return !is_admission(finding.origin); });
  in_order(findings);
  findings.erase(std::unique(findings.begin(), findings.end(),
                             [](const Diagnostic& a, const Diagnostic& b) { return order_of(a) == order_of(b); }),
                 findings.end());

  static const Policy kNone;
  Reporter about_comments(options.selection, input.sources, input.folder);
  const auto is_heard = [&](const RuleInfo& rule) {
    return options.selection.has(rule) && (!options.only_admission || is_admission(rule.origin));
  };
  apply_policy(input, options.policy == nullptr ? kNone : *options.policy, is_heard, findings, result.suppressed,
               about_comments);
  if (!options.only_admission) add(std::move(about_comments).take(), findings);
  note_origins(input.workspace, findings);
  return result;
}

}  // namespace wicket::check
