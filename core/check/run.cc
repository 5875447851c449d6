#include "check/run.h"

#include <algorithm>
#include <tuple>

#include "check/registry.h"
#include "check/reporter.h"
#include "check/run_together.h"

namespace wicket::check {
namespace {

auto order_of(const Diagnostic& diagnostic) {
  return std::tuple(diagnostic.span.file, diagnostic.span.begin, diagnostic.rule->id, std::string_view(diagnostic.path),
                    std::string_view(diagnostic.message));
}

}  // namespace

CheckResult run(const CheckInput& input, const CheckOptions& options) {
  Reporter reporter(options.selection);
  for (const Family* family : families()) family->run(input, reporter);

  CheckResult result;
  result.unknown_references = reporter.unknown_references();
  result.diagnostics = std::move(reporter).take();
  drop_followers(input.workspace, result.diagnostics);
  if (options.only_admission)
    std::erase_if(result.diagnostics, [](const Diagnostic& diagnostic) { return !is_admission(diagnostic.origin); });
  const auto before = result.diagnostics.size();
  if (options.is_suppressed) std::erase_if(result.diagnostics, options.is_suppressed);
  result.suppressed = before - result.diagnostics.size();
  std::ranges::sort(result.diagnostics,
                    [](const Diagnostic& a, const Diagnostic& b) { return order_of(a) < order_of(b); });
  const auto repeated =
      std::unique(result.diagnostics.begin(), result.diagnostics.end(),
                  [](const Diagnostic& a, const Diagnostic& b) { return order_of(a) == order_of(b); });
  result.diagnostics.erase(repeated, result.diagnostics.end());
  return result;
}

}  // namespace wicket::check
