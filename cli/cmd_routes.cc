// wicket routes, as a list of steps: load, lower, arrange, write.
#include "cli/cmd_routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>

#include "cli/route_input.h"
#include "cli/version.h"
#include "report/exposure.h"
#include "report/routes.h"

namespace wicket::cli {
namespace {

report::ExposureFilter filter(const RoutesOptions& options) {
  return {.host = options.host,
          .ns = options.of_namespace,
          .destination = options.destination,
          .port = options.destination_port.value_or(0)};
}

// A word as a POSIX shell takes it.
std::string quoted(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,:/@%+=-";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

// What `wicket route` needs behind its URL to see the same routes.
std::string arguments(const RoutesOptions& options) {
  std::string line;
  const auto add = [&line](std::string_view option, const std::string& value) {
    line += fmt::format("{}{} {}", line.empty() ? "" : " ", option, quoted(value));
  };
  const RoutesOptions defaults;
  if (!options.common.directory.empty()) add("-C", options.common.directory);
  if (options.gateway) add("--gateway", options.gateway->ns + "/" + options.gateway->name);
  if (options.default_namespace != defaults.default_namespace) add("-n", options.default_namespace);
  if (options.cluster_domain != defaults.cluster_domain) add("--cluster-domain", options.cluster_domain);
  std::string labels;
  for (const LabelArgument& label : options.workload_labels)
    labels += fmt::format("{}{}={}", labels.empty() ? "" : ",", label.key, label.value);
  if (!labels.empty()) add("--workload-labels", labels);
  if (!options.workload_namespace.empty()) add("--workload-namespace", options.workload_namespace);
  if (options.istio_version)
    add("--istio-version", fmt::format("{}.{}", options.istio_version->major, options.istio_version->minor));
  if (options.closed_world) line += line.empty() ? "--closed-world" : " --closed-world";
  for (const std::string& path : options.paths) line += (line.empty() ? "" : " ") + quoted(path);
  return line;
}

std::string written(const report::RoutesReport& report, RoutesFormat format, const RoutesOptions& options) {
  switch (format) {
    case RoutesFormat::kText:
      return report::routes_text(report);
    case RoutesFormat::kTree:
      return report::routes_tree(report);
    case RoutesFormat::kJson:
      return report::routes_json(report, report::JsonLayout::kIndented);
    case RoutesFormat::kDot:
      return report::routes_dot(report);
    case RoutesFormat::kHtml:
      return report::routes_html(report, arguments(options));
  }
  return {};
}

// False when the file cannot be written.
bool write(const std::string& text, const RoutesTarget& target, Streams& streams) {
  if (target.file.empty()) {
    streams.out << text;
    return true;
  }
  std::ofstream file(target.file, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (file) return true;
  streams.err << "wicket: cannot write " << target.file << '\n';
  return false;
}

}  // namespace

ExitCode cmd_routes(const RoutesOptions& options, Streams& streams) {
  const load::Loaded loaded = load_routes(options, options.common.jobs, streams.in, streams.err);
  if (const ExitCode code = check_input(options, loaded, streams.err); code != ExitCode::kClean) return code;
  const route::RouteTable table = make_table(options, *loaded.workspace);

  const report::ExposureFilter wanted = filter(options);
  const report::Exposure exposure = report::expose(table.rules(), table.problems(), wanted);
  const report::RoutesReport report{.rules = table.rules(),
                                    .exposure = exposure,
                                    .sources = loaded.sources,
                                    .tool_version = version(),
                                    .filtered = !wanted.is_empty()};
  ExitCode code = loaded.failures.empty() ? ExitCode::kClean : ExitCode::kFailure;
  for (const RoutesTarget& target : options.outputs)
    if (!write(written(report, target.format, options), target, streams)) code = worse(code, ExitCode::kFailure);
  return code;
}

}  // namespace wicket::cli
