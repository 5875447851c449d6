#include "load/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "load/settings_reader.h"
#include "model/object_name.h"
#include "yaml/parse.h"

namespace wicket::load {
namespace {

constexpr std::size_t kMaxDepth = 200;         // folders above us
constexpr std::size_t kMaxSettings = 1 << 20;  // bytes
constexpr std::uint32_t kMaxTrustedProxies = 256;

constexpr std::array<std::string_view, 4> kLevelWords = {"off", "info", "warning", "error"};

/// Fills a Settings from its document.
class Reading {
 public:
  Reading(const yaml::Document& document, Settings& out, std::function<void(const Span&, std::string)> report)
      : in_(document, std::move(report)), out_(out) {}

  void run(NodeId root) {
    in_.mapping(root, "wicket.yaml",
                {{"include", [&](NodeId v) { out_.include = in_.texts(v, "include"); }},
                 {"exclude", [&](NodeId v) { out_.exclude = in_.texts(v, "exclude"); }},
                 {"rules", [&](NodeId v) { out_.rules = rules(v, "rules"); }},
                 {"per-file", [&](NodeId v) { in_.list(v, "per-file", [&](NodeId item) { per_file(item); }); }},
                 {"fail-on", [&](NodeId v) { out_.fail_on = in_.word(v, "fail-on", kFailOnLevels); }},
                 {"baseline", [&](NodeId v) { out_.baseline = in_.text(v, "baseline"); }},
                 {"default-namespace", [&](NodeId v) { out_.default_namespace = ns(v, "default-namespace"); }},
                 {"cluster-domain", [&](NodeId v) { out_.cluster_domain = domain(v, "cluster-domain"); }},
                 {"closed-world", [&](NodeId v) { out_.closed_world = in_.boolean(v, "closed-world"); }},
                 {"mesh", [&](NodeId v) { mesh(v); }},
                 {"known", [&](NodeId v) { known(v); }},
                 {"serve", [&](NodeId v) { read_serve(in_, v, out_.serve); }}});
  }

 private:
  std::vector<RuleSetting> rules(NodeId node, std::string_view where) {
    std::vector<RuleSetting> all;
    in_.pairs(node, where, [&](NodeId key, NodeId value) {
      const std::string code(in_.document().text(key));
      const auto level = this->level(value, fmt::format("the level of {}", code));
      if (level) all.push_back({.code = code, .span = in_.document().span(key), .level = *level});
    });
    return all;
  }

  std::optional<RuleLevel> level(NodeId node, std::string_view where) {
    // A bare `off` is a boolean for YAML 1.1, and means what it says.
    const bool plain = in_.document()[node].kind == yaml::NodeKind::kScalar;
    if (plain && in_.document().scalar(node).type == yaml::ScalarType::kBoolean && !in_.document().scalar(node).boolean)
      return RuleLevel::kOff;
    const auto word = in_.word(node, where, kLevelWords);
    if (!word) return std::nullopt;
    return static_cast<RuleLevel>(std::ranges::find(kLevelWords, *word) - kLevelWords.begin());
  }

  void per_file(NodeId item) {
    FileSetting setting;
    in_.mapping(item, "per-file",
                {{"files", [&](NodeId v) { setting.files = in_.texts(v, "files"); }},
                 {"rules", [&](NodeId v) { setting.rules = rules(v, "rules"); }}});
    if (setting.files.empty()) return in_.fail(item, "an item of per-file needs files: a list of patterns");
    out_.per_file.push_back(std::move(setting));
  }

  std::optional<std::string> ns(NodeId node, std::string_view where) {
    auto text = in_.text(node, where);
    if (!text || model::is_dns_label(*text)) return text;
    in_.fail(node, fmt::format("{} \"{}\" is no namespace", where, *text));
    return std::nullopt;
  }

  std::optional<std::string> domain(NodeId node, std::string_view where) {
    auto text = in_.text(node, where);
    if (!text || model::is_dns_subdomain(*text)) return text;
    in_.fail(node, fmt::format("{} \"{}\" is no domain name", where, *text));
    return std::nullopt;
  }

  void mesh(NodeId node) {
    MeshChoice& mesh = out_.mesh;
    in_.mapping(node, "mesh",
                {{"istio-version", [&](NodeId v) { mesh.istio_version = release(v); }},
                 {"root-namespace", [&](NodeId v) { mesh.root_namespace = ns(v, "root-namespace"); }},
                 {"path-normalization",
                  [&](NodeId v) { mesh.path_normalization = in_.word(v, "path-normalization", kPathNormalizations); }},
                 {"trusted-proxies",
                  [&](NodeId v) { mesh.trusted_proxies = in_.number(v, "trusted-proxies", kMaxTrustedProxies); }},
                 {"scope-gateways-to-namespace",
                  [&](NodeId v) { mesh.scope_gateways_to_namespace = in_.boolean(v, "scope-gateways-to-namespace"); }},
                 {"accept-http10", [&](NodeId v) { mesh.accept_http10 = in_.boolean(v, "accept-http10"); }},
                 {"virtual-service-export-to",
                  [&](NodeId v) { mesh.virtual_service_export_to = in_.texts(v, "virtual-service-export-to"); }},
                 {"destination-rule-export-to",
                  [&](NodeId v) { mesh.destination_rule_export_to = in_.texts(v, "destination-rule-export-to"); }},
                 {"service-export-to", [&](NodeId v) { mesh.service_export_to = in_.texts(v, "service-export-to"); }}});
  }

  /// "1.27"; a bare 1.30 would be the number 1.3 for YAML, so the text counts.
  std::optional<std::pair<std::uint32_t, std::uint32_t>> release(NodeId node) {
    const auto text = in_.text(node, "istio-version");
    if (!text) return std::nullopt;
    std::uint32_t major = 0, minor = 0;
    const char* const end = text->data() + text->size();
    const auto first = std::from_chars(text->data(), end, major);
    if (first.ec == std::errc() && first.ptr != end && *first.ptr == '.') {
      const auto second = std::from_chars(first.ptr + 1, end, minor);
      if (second.ec == std::errc() && (second.ptr == end || *second.ptr == '.')) return std::pair(major, minor);
    }
    in_.fail(node, fmt::format("istio-version \"{}\" is not MAJOR.MINOR, such as \"1.30\"", *text));
    return std::nullopt;
  }

  void known(NodeId node) {
    KnownObjects& known = out_.known;
    in_.mapping(node, "known",
                {{"services", [&](NodeId v) { known.services = in_.texts(v, "services"); }},
                 {"gateways", [&](NodeId v) { known.gateways = qualified(v, "gateways"); }},
                 {"secrets", [&](NodeId v) { known.secrets = qualified(v, "secrets"); }},
                 {"namespaces", [&](NodeId v) { known.namespaces = in_.texts(v, "namespaces"); }},
                 {"gateway-workloads",
                  [&](NodeId v) { in_.list(v, "gateway-workloads", [&](NodeId item) { workload(item); }); }}});
  }

  std::vector<std::string> qualified(NodeId node, std::string_view where) {
    std::vector<std::string> all;
    in_.list(node, where, [&](NodeId item) {
      auto text = in_.text(item, fmt::format("an item of {}", where));
      if (!text) return;
      const std::size_t slash = text->find('/');
      const std::string_view view = *text;
      if (slash == std::string::npos || !model::is_dns_label(view.substr(0, slash)) ||
          !model::is_dns_subdomain(view.substr(slash + 1)))
        return in_.fail(item, fmt::format("\"{}\" in {} is not NAMESPACE/NAME", *text, where));
      all.push_back(*std::move(text));
    });
    return all;
  }

  void workload(NodeId item) {
    KnownWorkload workload;
    in_.mapping(item, "gateway-workloads",
                {{"namespace", [&](NodeId v) { workload.ns = ns(v, "namespace").value_or(""); }},
                 {"labels", [&](NodeId v) {
                    in_.pairs(v, "labels", [&](NodeId key, NodeId value) {
                      if (auto text = in_.text(value, "a label"))
                        workload.labels.emplace_back(in_.document().text(key), *std::move(text));
                    });
                  }}});
    if (workload.labels.empty()) return in_.fail(item, "an item of gateway-workloads needs labels");
    if (workload.ns.empty()) workload.ns = "istio-system";
    out_.known.gateway_workloads.push_back(std::move(workload));
  }

  SettingsReader in_;
  Settings& out_;
};

}  // namespace

std::string find_settings(FileReader& reader) {
  std::string folder;  // "", "../", "../../" …
  std::string nearest;
  for (std::size_t depth = 0; depth < kMaxDepth; ++depth) {
    const std::string candidate = folder + std::string(kSettingsName);
    if (nearest.empty()) {
      const auto type = reader.type(candidate);
      if (type && *type == EntryType::kFile) nearest = candidate;
      if (depth == 0 && !nearest.empty()) return nearest;
    }
    if (reader.type(folder + ".git")) return nearest;
    const auto here = reader.identity(folder.empty() ? "." : folder);
    const auto above = reader.identity(folder + "..");
    if (!here || !above || *here == *above) break;
    folder += "../";
  }
  return {};  // no repository around us: what lies above is not ours
}

ReadSettings parse_settings(std::string path, std::string bytes) {
  ReadSettings read;
  Settings& settings = read.settings;
  settings.file = path;
  const std::size_t slash = path.rfind('/');
  if (slash != std::string::npos) settings.folder = path.substr(0, slash == 0 ? 1 : slash);
  settings.source = std::make_shared<SourceFile>();
  settings.source->name = std::move(path);
  settings.source->size = bytes.size();
  settings.source->segments.push_back({.offset = 0, .first_line = 1, .bytes = std::move(bytes)});
  SourceSet sources;
  sources.add(settings.source);
  const auto report = [&](const Span& span, std::string message) {
    const Position at = sources.position(span.file, span.begin);
    read.errors.push_back(fmt::format("{}:{}:{}: {}", settings.file, at.line, at.column, message));
  };

  std::string_view text = settings.source->segments.front().bytes;
  const yaml::Parsed parsed = yaml::parse(text, {});
  for (const yaml::Problem& problem : parsed.problems) {
    if (problem.kind != yaml::ProblemKind::kMergeUsed) report(problem.span, words_of(problem, "settings"));
  }
  if (!read.errors.empty() || parsed.document->root == NodeId::kNone) return read;
  Reading(*parsed.document, settings, report).run(parsed.document->root);
  return read;
}

Result<ReadSettings> read_settings(const std::string& path, FileReader& reader) {
  auto file = reader.open(path);
  if (!file) return tl::unexpected<Error>(std::move(file.error()));
  std::string bytes;
  std::string block(1 << 16, '\0');
  for (;;) {
    const auto got = (*file)->read(block.data(), block.size());
    if (!got) return tl::unexpected<Error>(got.error());
    if (*got == 0) break;
    bytes.append(block, 0, *got);
    if (bytes.size() > kMaxSettings) return failure(ErrorCode::kTooLarge, "larger than 1 MiB");
  }
  return parse_settings(path, std::move(bytes));
}

}  // namespace wicket::load
