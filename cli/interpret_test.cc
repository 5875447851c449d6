#include "cli/interpret_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "cli/common_values.h"
#include "cli/interpret_routing.h"

namespace wicket::cli {
namespace {

std::vector<TestTarget> targets(ValueReader& in) {
  std::vector<TestTarget> targets;
  for (const std::string& value : in.given().all(OptionId::kFormat)) {
    const std::size_t equals = value.find('=');
    TestTarget target;
    target.format = static_cast<TestFormat>(in.choice_index(OptionId::kFormat, value.substr(0, equals)));
    if (equals != std::string::npos) {
      target.file = value.substr(equals + 1);
      if (target.file.empty()) in.fail(fmt::format("--format {} names no file behind '='", value));
    }
    if (target.file == "-") target.file.clear();
    if (std::ranges::find(targets, target.file, &TestTarget::file) != targets.end())
      in.fail(target.file.empty() ? fmt::format("two formats for standard output; give one a file: --format {}=FILE",
                                                value.substr(0, equals))
                                  : fmt::format("two formats for the file {}", target.file));
    targets.push_back(std::move(target));
  }
  return targets;
}

}  // namespace

TestOptions interpret_test(ValueReader& in) {
  TestOptions options;
  options.common = common(in);
  options.tests = paths(in, 0);
  if (std::ranges::find(options.tests, "-") != options.tests.end())
    in.fail("a test file has a name: its manifests are found from there; - is for --manifests");
  interpret_routing(in, options);
  if (options.from_mesh) options.gateway.reset();
  options.paths = in.given().all(OptionId::kManifests);
  if (std::ranges::find(options.paths, "") != options.paths.end()) in.fail("--manifests is empty");
  if (std::ranges::count(options.paths, "-") > 1) in.fail("standard input (-) is named twice");
  options.outputs = targets(in);
  options.filter = in.text(OptionId::kFilter);
  options.fail_under = percentage(in, OptionId::kFailUnder);
  options.lcov_file = in.text(OptionId::kLcov);
  options.coverage = in.has(OptionId::kCoverage) || options.fail_under || !options.lcov_file.empty();
  return options;
}

}  // namespace wicket::cli
