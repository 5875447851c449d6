#include "cli/interpret_replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "cli/common_values.h"
#include "cli/interpret_routing.h"

namespace wicket::cli {
namespace {

std::vector<ReplayTarget> targets(ValueReader& in) {
  std::vector<ReplayTarget> targets;
  for (const std::string& value : in.given().all(OptionId::kFormat)) {
    const std::size_t equals = value.find('=');
    ReplayTarget target;
    target.format = static_cast<ReplayFormat>(in.choice_index(OptionId::kFormat, value.substr(0, equals)));
    if (equals != std::string::npos) {
      target.file = value.substr(equals + 1);
      if (target.file.empty()) in.fail(fmt::format("--format {} names no file behind '='", value));
    }
    if (target.file == "-") target.file.clear();
    if (std::ranges::find(targets, target.file, &ReplayTarget::file) != targets.end())
      in.fail(target.file.empty() ? fmt::format("two formats for standard output; give one a file: --format {}=FILE",
                                                value.substr(0, equals))
                                  : fmt::format("two formats for the file {}", target.file));
    targets.push_back(std::move(target));
  }
  return targets;
}

std::vector<ReplayCopy> copies(ValueReader& in) {
  std::vector<ReplayCopy> copies;
  for (const std::string& value : in.given().all(OptionId::kWrite)) {
    const std::size_t equals = value.find('=');
    ReplayCopy copy;
    copy.format = static_cast<CopyFormat>(in.choice_index(OptionId::kWrite, value.substr(0, equals)));
    if (equals == std::string::npos || equals + 1 == value.size())
      in.fail(fmt::format("--write {} names no file: --write {}=FILE", value, value.substr(0, equals)));
    else
      copy.file = value.substr(equals + 1);
    copies.push_back(std::move(copy));
  }
  return copies;
}

std::vector<std::pair<std::string, std::string>> variables(ValueReader& in) {
  std::vector<std::pair<std::string, std::string>> variables;
  for (const std::string& value : in.given().all(OptionId::kVariable)) {
    const std::size_t equals = value.find('=');
    if (equals == std::string::npos || equals == 0) {
      in.fail(fmt::format("--variable {} is not NAME=VALUE", value));
    } else {
      variables.emplace_back(value.substr(0, equals), value.substr(equals + 1));
    }
  }
  return variables;
}

}  // namespace

ReplayOptions interpret_replay(ValueReader& in) {
  ReplayOptions options;
  options.common = common(in);
  options.logs = paths(in, 0);
  options.no_manifests = options.logs;
  interpret_routing(in, options);
  if (options.from_mesh) in.fail("--gateway mesh is a question for `wicket route`: the logs of gateways are replayed");
  options.paths = in.given().all(OptionId::kManifests);
  if (std::ranges::find(options.paths, "") != options.paths.end()) in.fail("--manifests is empty");
  if (std::ranges::count(options.paths, "-") + std::ranges::count(options.logs, "-") > 1)
    in.fail("standard input (-) is named twice");
  if (options.paths.empty()) options.paths = {"."};
  options.compare = in.given().all(OptionId::kCompare);
  if (std::ranges::find(options.compare, "") != options.compare.end()) in.fail("--compare is empty");
  if (std::ranges::find(options.compare, "-") != options.compare.end())
    in.fail("--compare takes files and folders, not standard input");
  options.copies = copies(in);
  if (in.has(OptionId::kCompat))
    options.as_validator = in.choice_index(OptionId::kCompat, in.text(OptionId::kCompat)) == 0;
  options.outputs = targets(in);
  options.variables = variables(in);
  options.log_format = in.text(OptionId::kLogFormat);
  options.host = in.text(OptionId::kHost);
  if (options.host.find('/') != std::string::npos) in.fail(fmt::format("--host '{}' is no host name", options.host));
  if (const auto port = in.number(OptionId::kPort, 1, 65535)) options.request_port = static_cast<std::uint16_t>(*port);
  options.fail_under = percentage(in, OptionId::kFailUnder);
  options.coverage = in.has(OptionId::kCoverage) || options.fail_under;
  return options;
}

}  // namespace wicket::cli
