// A request as curl spells it, and what routes are shown.

#include "cli/interpret_routing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "cli/common_values.h"

namespace wicket::cli {
namespace {

bool is_url(const std::string& text) { return text.starts_with("http://") || text.starts_with("https://"); }

// Source: curl(1), -H.
HeaderArgument header(ValueReader& in, const std::string& text) {
  HeaderArgument header;
  const std::size_t mark = text.find_first_of(":;", 1);  // from 1: ":authority: x" is a name with a colon in front
  header.name = text.substr(0, mark);
  const bool pseudo = header.name.starts_with(':');
  if (mark == std::string::npos || !is_token(std::string_view(header.name).substr(pseudo ? 1 : 0)))
    in.fail(fmt::format("--header '{}' is not 'NAME: VALUE'", text));
  else if (text[mark] == ';' && mark + 1 == text.size())
    header.value = "";
  else if (text[mark] == ';')
    in.fail(fmt::format("--header '{}' is not 'NAME: VALUE'", text));
  else if (const std::size_t begin = text.find_first_not_of(" \t", mark + 1); begin != std::string::npos)
    header.value = text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);

  constexpr std::string_view kNeverInValues("\r\n\0", 3);
  if (header.value && header.value->find_first_of(kNeverInValues) != std::string::npos)
    in.fail(fmt::format("--header {} has a line break in its value", header.name));
  return header;
}

std::string method(ValueReader& in) {
  const bool head = in.has(OptionId::kHead), data = in.has(OptionId::kData), named = in.has(OptionId::kRequest);
  if (head && data && !named) in.fail("--head and --data ask for different methods; name one with --request");
  std::string method = in.text(OptionId::kRequest, head ? "HEAD" : data ? "POST" : "GET");
  if (!is_token(method)) in.fail(fmt::format("--request '{}' is no method", method));
  return method;
}

std::optional<GatewayName> gateway(ValueReader& in, const std::string& default_namespace) {
  if (!in.has(OptionId::kGateway)) return std::nullopt;
  const std::string text = in.text(OptionId::kGateway);
  const std::size_t slash = text.find('/');
  GatewayName gateway{default_namespace, text};
  if (slash != std::string::npos) gateway = {text.substr(0, slash), text.substr(slash + 1)};
  if (!is_namespace(gateway.ns) || !is_object_name(gateway.name))
    in.fail(fmt::format("--gateway '{}' is not NS/NAME", text));
  return gateway;
}

std::vector<LabelArgument> labels(ValueReader& in, OptionId id) {
  std::vector<LabelArgument> labels;
  for (const std::string& item : in.comma_list(id)) {
    const std::size_t equals = item.find('=');
    if (equals == 0 || equals == std::string::npos) in.fail(fmt::format("{} '{}' is not KEY=VALUE", in.name(id), item));
    labels.push_back({item.substr(0, equals), equals == std::string::npos ? "" : item.substr(equals + 1)});
  }
  return labels;
}

// "1.30", and also "1.30.3": a patch release changes no behaviour.
std::optional<ReleaseNumber> istio_version(ValueReader& in) {
  if (!in.has(OptionId::kIstioVersion)) return std::nullopt;
  const std::string text = in.text(OptionId::kIstioVersion);
  ReleaseNumber release;
  const char* const end = text.data() + text.size();
  const auto major = std::from_chars(text.data(), end, release.major);
  const char* const point = major.ptr;
  if (major.ec == std::errc() && point != end && *point == '.') {
    const auto minor = std::from_chars(point + 1, end, release.minor);
    if (minor.ec == std::errc() && (minor.ptr == end || *minor.ptr == '.')) return release;
  }
  in.fail(fmt::format("--istio-version '{}' is not MAJOR.MINOR, such as 1.30", text));
  return std::nullopt;
}

// Where requests come from: the command line, a curl line or a file, and nothing from two of them.
void request_source(ValueReader& in, RouteOptions& options) {
  options.requests_file = in.text(OptionId::kRequests);
  options.curl = in.text(OptionId::kCurl);
  if (!in.has(OptionId::kRequests) && !in.has(OptionId::kCurl)) {
    if (in.given().arguments.empty()) return in.fail("missing URL");
    options.url = in.given().arguments.front();
    options.paths = paths(in, 1);
    if (options.url.empty()) in.fail("the URL is empty");
    const auto url = std::ranges::find_if(options.paths, is_url);
    if (url != options.paths.end())
      in.fail(fmt::format("one URL, and in front of the PATHs: '{}' stands behind", *url));
    return;
  }
  if (in.has(OptionId::kRequests) && in.has(OptionId::kCurl)) in.fail("--requests and --curl do not go together");
  const std::string_view source = in.has(OptionId::kRequests) ? "--requests" : "--curl";
  const std::string_view what = in.has(OptionId::kRequests) ? "file" : "line";
  options.paths = paths(in, 0);
  constexpr std::array kOfOneRequest = {OptionId::kRequest, OptionId::kHeader, OptionId::kData, OptionId::kHead,
                                        OptionId::kSni,     OptionId::kPort,   OptionId::kHttp2};
  for (const OptionId id : kOfOneRequest)
    if (in.has(id)) in.fail(fmt::format("{} and {} do not go together: the {} says it", source, in.name(id), what));
  if (!options.paths.empty() && is_url(options.paths.front()))
    in.fail(fmt::format("{} and a URL do not go together: the {} says it", source, what));
  if (options.requests_file == "-" && std::ranges::find(options.paths, "-") != options.paths.end())
    in.fail("standard input (-) is named twice");
}

// What is the same for every question about routes, but for the paths.
void routing(ValueReader& in, RoutingOptions& options) {
  options.default_namespace = namespace_of(in);
  options.from_mesh = in.given().last(OptionId::kGateway) != nullptr && *in.given().last(OptionId::kGateway) == "mesh";
  if (!options.from_mesh) options.gateway = gateway(in, options.default_namespace);
  options.cluster_domain = cluster_domain(in);
  options.workload_labels = labels(in, OptionId::kWorkloadLabels);
  options.workload_namespace = in.text(OptionId::kWorkloadNamespace);
  if (in.has(OptionId::kWorkloadNamespace) && !is_namespace(options.workload_namespace))
    in.fail(fmt::format("--workload-namespace '{}' is no namespace", options.workload_namespace));
  options.istio_version = istio_version(in);
  options.closed_world = in.has(OptionId::kClosedWorld);
  options.stdin_filename = in.text(OptionId::kStdinFilename, options.stdin_filename);
}

// Who calls from inside the mesh.
void caller(ValueReader& in, RouteOptions& options) {
  options.source_labels = labels(in, OptionId::kSourceLabels);
  options.source_namespace = in.text(OptionId::kSourceNamespace);
  if (in.has(OptionId::kSourceNamespace) && !is_namespace(options.source_namespace))
    in.fail(fmt::format("--source-namespace '{}' is no namespace", options.source_namespace));
  for (const OptionId id : {OptionId::kSourceLabels, OptionId::kSourceNamespace})
    if (in.has(id) && !options.from_mesh) in.fail(fmt::format("{} needs --gateway mesh", in.name(id)));
  for (const OptionId id : {OptionId::kWorkloadLabels, OptionId::kWorkloadNamespace})
    if (in.has(id) && options.from_mesh)
      in.fail(fmt::format("{} names a gateway's pods; with --gateway mesh it is --source-labels and --source-namespace",
                          in.name(id)));
}

// ---- routes ----

std::vector<RoutesTarget> targets(ValueReader& in) {
  std::vector<RoutesTarget> targets;
  for (const std::string& value : in.given().all(OptionId::kFormat)) {
    const std::size_t equals = value.find('=');
    RoutesTarget target;
    target.format = static_cast<RoutesFormat>(in.choice_index(OptionId::kFormat, value.substr(0, equals)));
    if (equals != std::string::npos) {
      target.file = value.substr(equals + 1);
      if (target.file.empty()) in.fail(fmt::format("--format {} names no file behind '='", value));
    }
    if (target.file == "-") target.file.clear();
    if (std::ranges::find(targets, target.file, &RoutesTarget::file) != targets.end())
      in.fail(target.file.empty() ? fmt::format("two formats for standard output; give one a file: --format {}=FILE",
                                                value.substr(0, equals))
                                  : fmt::format("two formats for the file {}", target.file));
    targets.push_back(std::move(target));
  }
  if (targets.empty()) targets.emplace_back();
  return targets;
}

// HOST[:PORT].
void destination(ValueReader& in, RoutesOptions& options) {
  options.destination = in.text(OptionId::kDestination);
  const std::size_t colon = options.destination.rfind(':');
  if (colon == std::string::npos) return;
  const std::string digits = options.destination.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || end != digits.data() + digits.size() || port == 0)
    return in.fail(fmt::format("--destination '{}' is not HOST or HOST:PORT", options.destination));
  options.destination_port = port;
  options.destination.erase(colon);
}

}  // namespace

void interpret_routing(ValueReader& in, RoutingOptions& options) { routing(in, options); }

RouteOptions interpret_route(ValueReader& in) {
  RouteOptions options;
  options.common = common(in);
  request_source(in, options);
  options.method = method(in);
  for (const std::string& text : in.given().all(OptionId::kHeader)) options.headers.push_back(header(in, text));
  if (in.has(OptionId::kData)) options.data = *in.given().last(OptionId::kData);
  if (in.has(OptionId::kSni)) options.sni = in.text(OptionId::kSni);
  if (const auto port = in.number(OptionId::kPort, 1, 65535)) options.port = static_cast<std::uint16_t>(*port);
  options.http2 = in.has(OptionId::kHttp2);
  options.draw = in.number(OptionId::kDraw, 0, std::numeric_limits<std::uint64_t>::max());
  routing(in, options);
  caller(in, options);
  options.explain = in.has(OptionId::kExplain);
  options.format = in.choice(OptionId::kFormat, DecisionFormat::kText);
  return options;
}

RoutesOptions interpret_routes(ValueReader& in) {
  RoutesOptions options;
  options.common = common(in);
  options.paths = paths(in, 0);
  if (!options.paths.empty() && is_url(options.paths.front()))
    in.fail(fmt::format("'{}' is a URL; `wicket route` says where it goes, --host shows the routes of one host",
                        options.paths.front()));
  options.outputs = targets(in);
  routing(in, options);
  if (options.from_mesh)
    in.fail("--gateway mesh is a question for `wicket route`: routes shows what a gateway exposes");
  options.host = in.text(OptionId::kHost);
  if (options.host.find("://") != std::string::npos || options.host.find('/') != std::string::npos)
    in.fail(fmt::format("--host '{}' is no host name", options.host));
  options.of_namespace = in.text(OptionId::kOfNamespace);
  if (in.has(OptionId::kOfNamespace) && !is_namespace(options.of_namespace))
    in.fail(fmt::format("--of-namespace '{}' is no namespace", options.of_namespace));
  destination(in, options);
  return options;
}

}  // namespace wicket::cli
