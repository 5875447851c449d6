// wicket route, as a list of steps: what is asked, load, lower, compile, decide each, write.
#include "cli/cmd_route.h"

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file_reader.h"
#include "cli/asked.h"
#include "cli/route_input.h"
#include "report/decision.h"
#include "route/decide.h"

namespace wicket::cli {
namespace {

// The whole of a file, or of standard input.
Result<std::string> read_all(const std::string& path, FileReader& reader, std::istream& standard_input) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(standard_input), {});
  Result<std::unique_ptr<OpenFile>> file = reader.open(path);
  if (!file) return tl::unexpected<Error>(file.error());
  std::string text;
  std::string block(64 * 1024, '\0');
  while (true) {
    const Result<std::size_t> count = (*file)->read(block.data(), block.size());
    if (!count) return tl::unexpected<Error>(count.error());
    if (*count == 0) return text;
    text.append(block, 0, *count);
  }
}

Result<std::vector<Asked>> read_requests(const std::string& name, const std::string& text) {
  std::vector<Asked> asked;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    Result<Asked> one = asked_by_json(line);
    if (!one) return failure(one.error().code, fmt::format("{}:{}: {}", name, number, one.error().message));
    asked.push_back(*std::move(one));
  }
  return asked;
}

// ---- the answer ----

void answer(const Asked& asked, const route::RouteTable& table, const SourceSet& sources, const RouteOptions& options,
            Streams& streams) {
  std::vector<route::HeaderView> lines;
  const route::RequestView request = asked.request.view(lines);
  const route::Draw draw = options.draw ? route::Draw::all(*options.draw) : route::Draw{};
  const bool as_json = options.format == DecisionFormat::kJson;
  const bool one_of_many = !options.requests_file.empty();
  std::ostream& out = streams.out;
  if (options.common.verbosity != Verbosity::kQuiet)
    for (const std::string& note : asked.notes) streams.err << fmt::format("wicket: {}\n", note);
  route::Trace trace;
  const route::Decision decision = route::decide(table, request, draw, as_json ? nullptr : &trace);
  const report::DecisionReport report{.url = asked.url,
                                      .request = request,
                                      .decision = decision,
                                      .table = table,
                                      .sources = sources,
                                      .trace = as_json ? nullptr : &trace};
  if (as_json) {
    out << decision_json(report, one_of_many ? report::JsonLayout::kOneLine : report::JsonLayout::kIndented);
    return;
  }
  if (options.explain) {
    report::DecisionReport brief = report;  // the explanation names every rule anyway
    brief.trace = nullptr;
    out << decision_text(brief) << decision_explanation(report);
  } else {
    out << (one_of_many ? decision_line(report) : decision_text(report));
  }
}

}  // namespace

ExitCode cmd_route(const RouteOptions& options, Streams& streams) {
  DiskReader reader;
  Result<std::vector<Asked>> asked;
  if (!options.curl.empty()) {
    asked = asked_by_curl(options.curl);
  } else if (options.requests_file.empty()) {
    asked = asked_by_options(options);
  } else {
    const Result<std::string> text = read_all(options.requests_file, reader, streams.in);
    if (!text) {
      streams.err << fmt::format("wicket: cannot read {}: {}\n", options.requests_file, text.error().message);
      return ExitCode::kFailure;
    }
    asked = read_requests(options.requests_file, *text);
  }
  if (!asked) {
    streams.err << fmt::format("wicket: {}\n", asked.error().message);
    return ExitCode::kUsage;
  }

  const load::Loaded loaded = load_routes(options, options.common.jobs, streams.in, streams.err);
  if (const ExitCode code = check_input(options, loaded, streams.err); code != ExitCode::kClean) return code;
  const route::RouteTable table = make_table(options, *loaded.workspace);
  for (const Asked& one : *asked) {
    if (!streams.out) break;  // nobody reads any more
    answer(one, table, loaded.sources, options, streams);
  }
  return loaded.failures.empty() ? ExitCode::kClean : ExitCode::kFailure;
}

}  // namespace wicket::cli
