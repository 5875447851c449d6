#include "cli/interpret_test.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
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

// A percentage, with or without its mark.
std::optional<double> percent(ValueReader& in) {
  if (!in.has(OptionId::kFailUnder)) return std::nullopt;
  std::string text = in.text(OptionId::kFailUnder);
  if (text.ends_with('%')) text.pop_back();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= 0 && number <= 100) return number;
  in.fail(fmt::format("--fail-under takes a percentage from 0 to 100, not '{}'", in.text(OptionId::kFailUnder)));
  return std::nullopt;
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
  options.fail_under = percent(in);
  options.lcov_file = in.text(OptionId::kLcov);
  options.coverage = in.has(OptionId::kCoverage) || options.fail_under || !options.lcov_file.empty();
  return options;
}

}  // namespace wicket::cli
