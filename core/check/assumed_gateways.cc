#include "check/assumed_gateways.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <variant>

#include "model/decode.h"
#include "model/host_name.h"
#include "rules/host_names.h"
#include "yaml/parse.h"

namespace wicket::check {
namespace {

using model::VirtualService;

constexpr std::size_t kMostPorts = 16;  // of one Gateway; more make work, and tell nothing new
constexpr std::uint32_t kHttpPort = 80;
constexpr std::uint32_t kTlsPort = 443;

/// The ports that conditions name.
struct Ports {
  std::set<std::uint32_t> http;
  std::set<std::uint32_t> tls;

  static void add(std::set<std::uint32_t>& ports, std::uint32_t port) {
    if (port > 0 && port <= 0xFFFF && ports.size() < kMostPorts) ports.insert(port);
  }
  void add(const VirtualService& spec) {
    for (const auto& route : spec.http)
      for (const auto& match : route.match) add(http, *match.port);
    for (const auto& route : spec.tls)
      for (const auto& match : route.match) add(tls, *match.port);
  }
};

/// The usual port, and one that no condition names.
void add_usual(std::set<std::uint32_t>& ports, std::uint32_t usual) {
  if (ports.insert(usual).second) return;
  std::uint32_t port = usual + 1;
  while (ports.contains(port)) ++port;
  ports.insert(port);
}

bool is_plain_name(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash != std::string_view::npos && model::is_istio_label(name.substr(0, slash)) &&
         model::is_istio_label(name.substr(slash + 1));
}

std::string manifest(std::string_view name, const Ports& ports) {
  const std::size_t slash = name.find('/');
  std::string text = fmt::format(
      "apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {{namespace: '{}', name: '{}'}}\n"
      "spec:\n  selector: {{wicket/assumed: '{}'}}\n  servers:\n",
      name.substr(0, slash), name.substr(slash + 1), name);
  for (const std::uint32_t port : ports.http)
    text += fmt::format("  - {{port: {{number: {0}, name: http-{0}, protocol: HTTP}}, hosts: ['*']}}\n", port);
  // On an address of their own: they shall not get in the way of the others.
  for (const std::uint32_t port : ports.tls)
    text += fmt::format(
        "  - {{port: {{number: {0}, name: tls-{0}, protocol: TLS}}, bind: '0.0.0.0', hosts: ['*'], "
        "tls: {{mode: PASSTHROUGH}}}}\n",
        port);
  return text;
}

}  // namespace

std::shared_ptr<const model::ParsedFile> assume_gateways(const model::Workspace& workspace) {
  std::map<std::string, Ports> missing;
  Ports of_delegates;
  std::unordered_set<std::string> present;  // Gateways that were looked for, and found
  for (const model::Resource* resource : workspace.all(model::Kind::kVirtualService)) {
    const auto* spec = std::get_if<VirtualService>(&resource->spec);
    if (spec == nullptr) continue;
    if (spec->hosts.empty()) of_delegates.add(*spec);
    for (const model::Text& written : spec->gateways) {
      const auto name = rules::gateway_name(*written, workspace.ns_of(*resource));
      if (!written || !name || present.contains(*name) || !is_plain_name(*name)) continue;
      const std::size_t slash = name->find('/');
      if (workspace.find(model::Kind::kGateway, std::string_view(*name).substr(0, slash),
                         std::string_view(*name).substr(slash + 1)) == nullptr) {
        missing[*name].add(*spec);
      } else {
        present.insert(*name);
      }
    }
  }
  if (missing.empty()) return nullptr;

  auto source = std::make_shared<SourceFile>();
  source->id = kNowhere;
  source->segments.reserve(missing.size());  // documents view the bytes: they stay where they are
  auto file = std::make_shared<model::ParsedFile>();
  std::uint32_t offset = 0;
  for (auto& [name, ports] : missing) {
    for (const std::uint32_t port : of_delegates.http) Ports::add(ports.http, port);
    add_usual(ports.http, kHttpPort);
    add_usual(ports.tls, kTlsPort);
    const Segment& segment = source->segments.emplace_back(Segment{.offset = offset, .bytes = manifest(name, ports)});
    yaml::Parsed parsed = yaml::parse(segment.bytes, {.file = kNowhere, .offset = offset});
    offset += static_cast<std::uint32_t>(segment.bytes.size());
    model::Decoded decoded = model::decode(*parsed.document);
    for (model::Resource& resource : decoded.resources) file->resources.push_back(std::move(resource));
    file->documents.push_back(std::move(parsed.document));
  }
  file->source = std::move(source);
  return file;
}

}  // namespace wicket::check
