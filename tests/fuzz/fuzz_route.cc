// A table and a request ▸ a decision, the whole way that `wicket route` goes.
//
// The input is an HTTP request head, whose first line is METHOD TARGET PORT [SNI] (with an SNI the client speaks TLS),
// an empty line, and manifests. Beyond not crashing: with a trace or without one, and asked twice, the decision is the
// same, and a trace ends with the rule that won.
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/ensure.h"
#include "base/file_reader.h"
#include "load/load.h"
#include "route/compile.h"
#include "route/decide.h"
#include "route/headers.h"
#include "rules/lower.h"

using namespace wicket;

namespace {

// Takes the text up to the separator off the front.
std::string_view take(std::string_view& rest, char separator) {
  const std::string_view part = rest.substr(0, rest.find(separator));
  rest.remove_prefix(part.size() < rest.size() ? part.size() + 1 : part.size());
  return part;
}

route::Request read_head(std::string_view& rest) {
  route::Request request;
  std::string_view line = take(rest, '\n');
  request.method = take(line, ' ');
  const std::string_view target = take(line, ' ');
  const std::string_view port = take(line, ' ');
  request.port = 80;
  std::from_chars(port.data(), port.data() + port.size(), request.port);
  request.sni = line;
  request.tls = !line.empty();
  for (line = take(rest, '\n'); !line.empty(); line = take(rest, '\n')) {
    const std::string_view name = take(line, ':');
    if (line.starts_with(' ')) line.remove_prefix(1);
    if (name == "host") {
      request.authority = line;
    } else {
      request.headers.emplace_back(name, line);
    }
  }
  request.set_target(target);
  return request;
}

bool same(const route::Decision& a, const route::Decision& b) {
  return a.outcome == b.outcome && a.stage == b.stage && a.status == b.status && a.response_flag == b.response_flag &&
         a.route == b.route && a.virtual_host == b.virtual_host && a.picked == b.picked && a.target == b.target &&
         a.authority == b.authority && a.location == b.location && a.body == b.body && a.delay == b.delay &&
         a.destinations.data() == b.destinations.data() && a.destinations.size() == b.destinations.size();
}

void ask(const route::RouteTable& table, const route::RequestView& request, const route::Draw& draw) {
  route::Trace trace;
  const route::Decision decision = route::decide(table, request, draw);
  ENSURE(same(decision, route::decide(table, request, draw, &trace)), "a trace changes the decision");
  ENSURE(same(decision, route::decide(table, request, draw)), "the second answer is another one");
  if (decision.route != nullptr)
    ENSURE(!trace.tried.empty() && trace.tried.back().matched && trace.tried.back().route == decision.route,
           "the trace does not end with the rule that won");
  static_cast<void>(route::upstream_headers(request, decision));
  static_cast<void>(route::local_headers(request, decision));
  static_cast<void>(route::response_edits(request, decision));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const route::Request request = read_head(rest);
  MemoryReader reader;
  reader.add("a.yaml", std::string(rest));
  std::istringstream input;
  const load::Loaded loaded = load::load({.paths = {"a.yaml"}, .threads = 1}, reader, input);
  const route::RouteTable table =
      route::compile(std::make_shared<const rules::RuleSet>(rules::lower(*loaded.workspace)));
  std::vector<route::HeaderView> lines;
  const route::RequestView view = request.view(lines);
  ask(table, view, {});
  ask(table, view, route::Draw::all(size * 77));
  return 0;
}
