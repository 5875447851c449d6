// wicket route, as a list of steps: what is asked, load, lower, compile, decide each, write.
#include "cli/cmd_route.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <istream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/edit_distance.h"
#include "base/file_reader.h"
#include "load/load.h"
#include "report/decision.h"
#include "route/compile.h"
#include "route/decide.h"
#include "route/matcher.h"
#include "route/url.h"
#include "rules/lower.h"

namespace wicket::cli {
namespace {

/// One request and how it was spelled.
struct Asked {
  std::string url;
  route::Request request;
};

// ---- what is asked ----

/// A request in curl's words, from the command line or from a line of JSON.
struct Spelled {
  std::string url;
  std::string method = "GET";
  std::vector<HeaderArgument> headers;
  std::optional<std::string> sni;
  std::optional<std::uint32_t> port;
  std::optional<std::string> target;  // of the request line; nothing: the URL's
  route::HttpVersion version = route::HttpVersion::kHttp11;
};

// Pseudo headers and Host say what the URL said otherwise; a header without a value is left out.
void add_header(const HeaderArgument& header, route::Request& request) {
  const std::string value = header.value.value_or("");
  if (route::same_name(header.name, "host") || header.name == ":authority") {
    request.authority = value;
  } else if (header.name == ":method") {
    request.method = value;
  } else if (header.name == ":path") {
    request.target = value;
  } else if (header.name == ":scheme") {
    request.scheme = value;
  } else if (header.value) {
    request.headers.emplace_back(header.name, value);
  }
}

// curl sends no SNI for an address.
std::string server_name(const route::Url& url) {
  const bool is_address = url.host.starts_with('[') || url.host.find_first_not_of("0123456789.") == std::string::npos;
  return url.scheme == "https" && !is_address ? url.host : std::string();
}

Result<Asked> understand(const Spelled& spelled) {
  const Result<route::Url> url = route::parse_url(spelled.url);
  if (!url) return failure(ErrorCode::kInvalid, fmt::format("'{}' {}", spelled.url, url.error().message));
  Asked asked{.url = spelled.url, .request = {}};
  asked.request.method = spelled.method;
  asked.request.authority = url->authority;
  asked.request.target = url->target;
  asked.request.port = spelled.port.value_or(url->port);
  asked.request.tls = url->scheme == "https";
  asked.request.sni = spelled.sni.value_or(server_name(*url));
  asked.request.version = spelled.version;
  for (const HeaderArgument& header : spelled.headers) add_header(header, asked.request);
  if (spelled.target) asked.request.set_target(*spelled.target);
  return asked;
}

bool names(const std::vector<HeaderArgument>& headers, std::string_view name) {
  return std::ranges::any_of(headers, [name](const auto& header) { return route::same_name(header.name, name); });
}

Result<std::vector<Asked>> asked_by_options(const RouteOptions& options) {
  Spelled spelled;
  spelled.url = options.url;
  spelled.method = options.method;
  spelled.headers = options.headers;
  spelled.sni = options.sni;
  spelled.port = options.port;
  if (options.data && !names(options.headers, "content-type"))
    spelled.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  Result<Asked> one = understand(spelled);
  if (!one) return tl::unexpected<Error>(one.error());
  std::vector<Asked> asked;
  asked.push_back(*std::move(one));
  return asked;
}

// ---- requests as JSON lines ----

using Json = nlohmann::json;

template <class T>
bool take(const Json& json, const char* key, T& value) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return true;
  if constexpr (std::is_same_v<T, std::optional<std::uint32_t>>) {
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() < 1 || found->get<std::uint64_t>() > 65535)
      return false;
    value = found->get<std::uint32_t>();
  } else {
    if (!found->is_string()) return false;
    value = found->get<std::string>();
  }
  return true;
}

bool take_headers(const Json& json, std::vector<HeaderArgument>& headers) {
  const auto found = json.find("headers");
  if (found == json.end()) return true;
  if (!found->is_array()) return false;
  for (const Json& pair : *found) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string()) return false;
    headers.push_back({pair[0].get<std::string>(), pair[1].get<std::string>()});
  }
  return true;
}

bool take_version(const Json& json, route::HttpVersion& version) {
  std::string text = "1.1";
  if (!take(json, "httpVersion", text)) return false;
  if (text == "1.0") version = route::HttpVersion::kHttp10;
  if (text == "2") version = route::HttpVersion::kHttp2;
  return text == "1.0" || text == "1.1" || text == "2";
}

Result<Asked> read_line(const std::string& line) {
  constexpr std::array<std::string_view, 7> kKeys = {"method", "url",    "headers",    "sni",
                                                     "port",   "target", "httpVersion"};
  const Json json = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return failure(ErrorCode::kInvalid, "is not a JSON object");
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(kKeys, key) != kKeys.end()) continue;
    const std::optional<std::string_view> near = nearest(key, kKeys);
    return failure(ErrorCode::kInvalid, fmt::format("has an unknown key \"{}\"{}", key,
                                                    near ? fmt::format("; did you mean \"{}\"?", *near) : ""));
  }
  Spelled spelled;
  if (!take(json, "url", spelled.url) || spelled.url.empty())
    return failure(ErrorCode::kInvalid, "has no \"url\" that is a string");
  if (!take(json, "method", spelled.method)) return failure(ErrorCode::kInvalid, "has a method that is no string");
  if (!take(json, "sni", spelled.sni)) return failure(ErrorCode::kInvalid, "has an sni that is no string");
  if (!take(json, "port", spelled.port))
    return failure(ErrorCode::kInvalid, "has a port that is no number from 1 to 65535");
  if (!take(json, "target", spelled.target)) return failure(ErrorCode::kInvalid, "has a target that is no string");
  if (!take_version(json, spelled.version))
    return failure(ErrorCode::kInvalid, "has an httpVersion that is none of \"1.0\", \"1.1\" and \"2\"");
  if (!take_headers(json, spelled.headers))
    return failure(ErrorCode::kInvalid, "has headers that are not a list of [name, value]");
  return understand(spelled);
}

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
    Result<Asked> one = read_line(line);
    if (!one) return failure(one.error().code, fmt::format("{}:{}: {}", name, number, one.error().message));
    asked.push_back(*std::move(one));
  }
  return asked;
}

// ---- what is there ----

load::LoadOptions load_options(const RouteOptions& options) {
  return {.paths = options.paths,
          .stdin_name = options.stdin_filename,
          .threads = options.common.jobs,
          .workspace = {.default_namespace = options.default_namespace, .cluster_domain = options.cluster_domain}};
}

// Objections after which something that was written is not used.
bool loses_content(model::ProblemKind kind) {
  using enum model::ProblemKind;
  constexpr std::array kKinds = {kYaml,         kBooleanForString, kNumberForString, kWrongScalar, kWrongType,
                                 kFraction,     kOutOfRange,       kBadEnum,         kBadDuration, kNotBase64,
                                 kTemplate,     kUnknownField,     kSnakeCase,       kMisplaced,   kUnknownVersion,
                                 kUnknownGroup, kUnknownKind,      kNoName,          kNoSpec,      kNoKind};
  return std::ranges::find(kKinds, kind) != kKinds.end();
}

// One line a file: what is broken is lint's to say.
void complain(const load::Loaded& loaded, std::ostream& err) {
  for (const load::Failure& failure : loaded.failures)
    err << fmt::format("wicket: cannot read {}: {}\n", failure.file, failure.error.message);
  for (const auto& file : loaded.workspace->files()) {
    const auto broken =
        std::ranges::count_if(file->problems, [](const model::Problem& p) { return loses_content(p.kind); });
    if (broken == 0) continue;
    const std::string& name = file->source->name;
    err << fmt::format("wicket: {}: {} not used, the rest is; run `wicket lint {}`\n", name,
                       broken == 1 ? "something is" : fmt::format("{} things are", broken), name);
  }
}

std::string full_name(const GatewayName& gateway) { return gateway.ns + "/" + gateway.name; }

// Says so when the Gateway that is asked for is not in the input.
bool has_gateway(const model::Workspace& workspace, const GatewayName& wanted, std::ostream& err) {
  if (workspace.find(model::Kind::kGateway, wanted.ns, wanted.name) != nullptr) return true;
  std::vector<std::string> known;
  for (const model::Resource* gateway : workspace.all(model::Kind::kGateway))
    known.push_back(std::string(workspace.ns_of(*gateway)).append("/").append(gateway->name()));
  const std::vector<std::string_view> views(known.begin(), known.end());
  const std::string name = full_name(wanted);
  const std::optional<std::string_view> near = nearest(name, views);
  err << fmt::format("wicket: the input has no Gateway {}{}\n", name,
                     near ? fmt::format("; did you mean {}?", *near) : std::string());
  return false;
}

// The gateway's pods, as far as options say what they are.
std::optional<rules::Workload> workload(const RouteOptions& options) {
  if (options.workload_labels.empty() && options.workload_namespace.empty()) return std::nullopt;
  rules::Workload workload;
  if (!options.workload_namespace.empty()) workload.ns = options.workload_namespace;
  if (!options.workload_labels.empty()) workload.labels.clear();
  for (const LabelArgument& label : options.workload_labels) workload.labels.emplace_back(label.key, label.value);
  return workload;
}

route::RouteTable make_table(const model::Workspace& workspace, const RouteOptions& options) {
  rules::LowerOptions lower;
  if (options.gateway) lower.only_gateway = full_name(*options.gateway);
  lower.workload = workload(options);
  if (options.istio_version) lower.mesh.version = {options.istio_version->major, options.istio_version->minor};
  lower.closed_world = options.closed_world;
  return route::compile(std::make_shared<const rules::RuleSet>(rules::lower(workspace, lower)));
}

// ---- the answer ----

void answer(const Asked& asked, const route::RouteTable& table, const SourceSet& sources, const RouteOptions& options,
            std::ostream& out) {
  std::vector<route::HeaderView> lines;
  const route::RequestView request = asked.request.view(lines);
  const route::Draw draw = options.draw ? route::Draw::all(*options.draw) : route::Draw{};
  const bool as_json = options.format == DecisionFormat::kJson;
  const bool one_of_many = !options.requests_file.empty();
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
  if (options.requests_file.empty()) {
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

  const load::Loaded loaded = load::load(load_options(options), reader, streams.in);
  complain(loaded, streams.err);
  if (!loaded.failures.empty() && loaded.workspace->files().empty()) return ExitCode::kFailure;  // nothing to go by
  if (options.gateway && !has_gateway(*loaded.workspace, *options.gateway, streams.err)) return ExitCode::kUsage;

  const route::RouteTable table = make_table(*loaded.workspace, options);
  for (const Asked& one : *asked) answer(one, table, loaded.sources, options, streams.out);
  return loaded.failures.empty() ? ExitCode::kClean : ExitCode::kFailure;
}

}  // namespace wicket::cli
