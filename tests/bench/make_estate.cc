// Writes an estate of any size for the benchmarks: sound Gateways, VirtualServices, DestinationRules and Services with
// unique names and hosts, and on request documents of foreign kinds between them. The same arguments write the same
// bytes, on every machine.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace {

constexpr std::string_view kUsage =
    "usage: make_estate --virtual-services N [--hosts-per-gateway H] [--virtual-services-per-service P] [--files F]\n"
    "                   [--other-mib M] [--seed S] DIR|-\n";

/// How much one Gateway and one Service are used. Set once, when the arguments are read.
struct Shape {
  std::size_t hosts_per_gateway = 500;
  std::size_t virtual_services_per_service = 5;
};
Shape& shape() {
  static Shape made;
  return made;
}

constexpr std::size_t kNamespaces = 40;
constexpr std::size_t kFlushBytes = std::size_t{1} << 20;

struct Options {
  std::size_t virtual_services = 0;
  std::size_t files = 1;
  std::size_t other_bytes = 0;
  std::uint64_t seed = 1;
  std::string target;
};

/// SplitMix64: small, good enough, and the same everywhere, unlike the distributions of <random>.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  bool chance(std::size_t percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

constexpr std::array<std::string_view, 48> kWords = {
    "account", "address", "album",   "archive", "article", "balance",  "basket",  "billing", "booking", "branch",
    "budget",  "catalog", "channel", "claim",   "comment", "contact",  "courier", "credit",  "device",  "document",
    "driver",  "event",   "export",  "feed",    "folder",  "forecast", "gallery", "image",   "invoice", "journal",
    "ledger",  "license", "message", "meter",   "notice",  "order",    "parcel",  "photo",   "policy",  "price",
    "profile", "quote",   "receipt", "report",  "review",  "session",  "ticket",  "voucher"};

std::string_view word(std::size_t index) { return kWords[index % kWords.size()]; }

template <class... Args>
void put(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
}

// ---- the names of things -------------------------------------------------------------------------------------------
// Everything about the VirtualService number i follows from i, so that what refers to it can be written anywhere.

std::size_t service_of(std::size_t i) { return i / shape().virtual_services_per_service; }
std::size_t gateway_of(std::size_t i) { return i / shape().hosts_per_gateway; }
std::string namespace_of(std::size_t i) { return fmt::format("team-{:02}", service_of(i) % kNamespaces); }
std::string service_name(std::size_t i) { return fmt::format("{}-{:05}", word(service_of(i)), service_of(i)); }
std::string host_name(std::size_t i) { return fmt::format("{}-{:06}.{}.example.com", word(i * 7), i, namespace_of(i)); }

// ---- Istio's kinds and Service
// ---------------------------------------------------------------------------------------

void put_gateway(std::string& out, std::size_t gateway, std::size_t virtual_services) {
  put(out, "---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata:\n  name: gateway-{:04}\n", gateway);
  put(out, "  namespace: edge\nspec:\n  selector:\n    istio: ingressgateway\n  servers:\n  - port:\n");
  put(out, "      number: 443\n      name: https\n      protocol: HTTPS\n    tls:\n      mode: SIMPLE\n");
  put(out, "      credentialName: gateway-{:04}-tls\n    hosts:\n", gateway);
  const std::size_t first = gateway * shape().hosts_per_gateway;
  for (std::size_t i = first; i < std::min(first + shape().hosts_per_gateway, virtual_services); ++i)
    put(out, "    - {}\n", host_name(i));
}

void put_service(std::string& out, std::size_t i) {
  const std::string name = service_name(i);
  put(out, "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: {}\n  namespace: {}\n", name, namespace_of(i));
  put(out, "spec:\n  selector:\n    app: {}\n  ports:\n  - name: http\n    port: 80\n    targetPort: 8080\n", name);
  put(out, "---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:\n  name: {}\n", name);
  put(out, "  namespace: {}\nspec:\n  host: {}.{}.svc.cluster.local\n", namespace_of(i), name, namespace_of(i));
  put(out,
      "  trafficPolicy:\n    outlierDetection: {{consecutive5xxErrors: 7, interval: 10s, baseEjectionTime: 30s}}\n");
  put(out, "  subsets:\n  - name: v1\n    labels:\n      version: v1\n  - name: v2\n    labels:\n      version: v2\n");
}

void put_timeout(std::string& out, Dice& dice) {
  const std::size_t per_try = 1 + dice.below(5);
  put(out, "    timeout: {}s\n", per_try * 3 + dice.below(10));
  if (dice.chance(35))
    put(out,
        "    retries:\n      attempts: 2\n      perTryTimeout: {}s\n      retryOn: connect-failure,refused-stream\n",
        per_try);
}

void put_weighted(std::string& out, std::string_view host, std::string_view subset, std::size_t weight) {
  put(out, "    - destination:\n        host: {}\n        port:\n          number: 80\n        subset: {}\n", host,
      subset);
  put(out, "      weight: {}\n", weight);
}

void put_destination(std::string& out, Dice& dice, std::size_t i) {
  const std::string name = service_name(i);
  if (dice.chance(25)) {
    const std::size_t canary = 1 + dice.below(20);
    out += "    route:\n";
    put_weighted(out, name, "v1", 100 - canary);
    put_weighted(out, name, "v2", canary);
  } else if (dice.chance(40)) {
    put(out, "    route:\n    - destination: {{host: {}, port: {{number: 80}}, subset: v1}}\n", name);
  } else {
    put(out, "    route:\n    - destination:\n        host: {}.{}.svc.cluster.local\n", name, namespace_of(i));
    put(out, "        port:\n          number: 80\n");
  }
}

/// One rule below the path /`segment`. Segments differ inside one VirtualService, so no rule takes another one's
/// requests.
void put_rule(std::string& out, Dice& dice, std::size_t i, std::string_view segment) {
  put(out, "  - name: {}\n    match:\n", segment);
  switch (dice.below(8)) {
    case 0:
      put(out, "    - uri:\n        exact: /{}\n    - uri:\n        prefix: /{}/\n", segment, segment);
      break;
    case 1:
      put(out, "    - uri: {{regex: '/{}/[0-9]+(/(edit|view))?'}}\n", segment);
      break;
    case 2:
      put(out, "    - uri:\n        prefix: /{}/\n      headers:\n        x-tenant:\n          exact: \"{}\"\n",
          segment, i);
      break;
    case 3:
      put(out, "    - uri: {{exact: /{}}}\n      queryParams:\n        view: {{exact: full}}\n", segment);
      put(out, "      method: {{exact: GET}}\n");
      break;
    case 4:
      put(out, "    - uri:\n        exact: /old-{}\n    redirect:\n      uri: /{}/\n", segment, segment);
      put(out, "      redirectCode: {}\n", dice.chance(50) ? 301 : 308);
      return;
    case 5:
      put(out, "    - uri:\n        prefix: /{}/\n    rewrite:\n      uri: /\n", segment);
      break;
    case 6:
      put(out, "    - uri: {{prefix: /api/{}/}}\n    rewrite: {{uri: /v{}/}}\n", segment, 1 + dice.below(4));
      break;
    default:
      put(out, "    - uri:\n        prefix: /{}/\n", segment);
      break;
  }
  if (dice.chance(40)) put_timeout(out, dice);
  if (dice.chance(15)) put(out, "    headers:\n      request:\n        set:\n          x-route: {}-{}\n", segment, i);
  put_destination(out, dice, i);
}

void put_virtual_service(std::string& out, Dice& dice, std::size_t i) {
  put(out, "---\napiVersion: networking.istio.io/{}\nkind: VirtualService\n", dice.chance(80) ? "v1" : "v1beta1");
  put(out, "metadata:\n  name: {}-{:06}\n  namespace: {}\n", word(i * 7), i, namespace_of(i));
  if (dice.chance(35)) put(out, "  labels:\n    app: {}\n    tier: web\n", service_name(i));
  put(out, "spec:\n  hosts:\n  - {}\n  gateways:\n  - edge/gateway-{:04}\n  http:\n", host_name(i), gateway_of(i));
  const std::size_t first_word = dice.below(kWords.size());
  const std::size_t rules = 1 + dice.below(3);
  for (std::size_t rule = 0; rule < rules; ++rule) put_rule(out, dice, i, word(first_word + rule));
  out += "  - name: rest\n";
  if (dice.chance(70)) out += "    match:\n    - uri:\n        prefix: /\n";
  put_timeout(out, dice);
  put_destination(out, dice, i);
}

// ---- foreign kinds
// -----------------------------------------------------------------------------------------------------

void put_head(std::string& out, std::string_view api_version, std::string_view kind, std::size_t number) {
  put(out, "---\napiVersion: {}\nkind: {}\nmetadata:\n  name: {}-{:06}\n  namespace: team-{:02}\n", api_version, kind,
      word(number), number, number % kNamespaces);
  put(out, "  labels:\n    app.kubernetes.io/name: {}\n    app.kubernetes.io/managed-by: Helm\n", word(number));
}

void put_config_map(std::string& out, Dice& dice, std::size_t number) {
  put_head(out, "v1", "ConfigMap", number);
  out += "data:\n  application.properties: |\n";
  const std::size_t lines = 10 + dice.below(200);
  for (std::size_t line = 0; line < lines; ++line)
    put(out, "    {}.{}.{} = {:x}\n", word(dice.below(48)), word(dice.below(48)), line, dice.next());
  put(out, "  log.json: '{{\"level\": \"info\", \"fields\": [\"{}\", \"{}\"]}}'\n", word(number), word(number + 1));
}

void put_job(std::string& out, Dice& dice, std::size_t number) {
  put_head(out, "batch/v1", "Job", number);
  out += "spec:\n  backoffLimit: 3\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n";
  put(out, "      - name: {}\n        image: registry.example.com/jobs/{}:{}.{}\n        args:\n", word(number),
      word(number), dice.below(9), dice.below(30));
  const std::size_t arguments = 2 + dice.below(6);
  for (std::size_t arg = 0; arg < arguments; ++arg)
    put(out, "        - --{}={}\n", word(dice.below(48)), dice.below(100000));
  out += "        env:\n";
  const std::size_t variables = 3 + dice.below(12);
  for (std::size_t variable = 0; variable < variables; ++variable)
    put(out, "        - name: SETTING_{}\n          value: \"{}\"\n", variable, word(dice.below(48)));
  out += "        resources:\n          limits: {cpu: 500m, memory: 256Mi}\n";
}

void put_role(std::string& out, Dice& dice, std::size_t number) {
  put_head(out, "rbac.authorization.k8s.io/v1", "Role", number);
  out += "rules:\n";
  const std::size_t rules = 2 + dice.below(8);
  for (std::size_t rule = 0; rule < rules; ++rule)
    put(out, "- apiGroups: [\"\", apps]\n  resources: [{}s, {}s/status]\n  verbs: [get, list, watch]\n",
        word(dice.below(48)), word(dice.below(48)));
}

void put_ingress(std::string& out, Dice& dice, std::size_t number) {
  put_head(out, "networking.k8s.io/v1", "Ingress", number);
  put(out,
      "spec:\n  ingressClassName: nginx\n  rules:\n  - host: {}-{}.internal.example.com\n    http:\n      paths:\n",
      word(number), number);
  const std::size_t paths = 1 + dice.below(12);
  for (std::size_t path = 0; path < paths; ++path) {
    put(out, "      - path: /{}/{}\n        pathType: Prefix\n        backend:\n", word(dice.below(48)), path);
    put(out, "          service:\n            name: {}\n            port:\n              number: 80\n", word(number));
  }
}

void put_schema(std::string& out, Dice& dice, std::size_t indent, std::size_t depth) {
  const std::size_t properties = 3 + dice.below(4);
  for (std::size_t property = 0; property < properties; ++property) {
    const bool leaf = depth == 0 || dice.chance(50);
    put(out, "{:{}}{}{}:\n", "", indent, word(dice.below(48)), property);
    put(out, "{:{}}description: The {} of this {}, as it was before the last {} came in.\n", "", indent + 2,
        word(dice.below(48)), word(dice.below(48)), word(dice.below(48)));
    put(out, "{:{}}type: {}\n", "", indent + 2, leaf ? "string" : "object");
    if (leaf) continue;
    put(out, "{:{}}properties:\n", "", indent + 2);
    put_schema(out, dice, indent + 4, depth - 1);
  }
}

void put_crd(std::string& out, Dice& dice, std::size_t number) {
  const std::string_view name = word(number);
  out += "---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n";
  put(out, "  name: {}{}s.things.example.com\nspec:\n  group: things.example.com\n  names:\n", name, number);
  put(out, "    kind: Thing{}\n    plural: {}{}s\n  scope: Namespaced\n  versions:\n  - name: v1\n", number, name,
      number);
  out += "    served: true\n    storage: true\n    schema:\n      openAPIV3Schema:\n        type: object\n";
  out += "        properties:\n";
  put_schema(out, dice, 10, 3);
}

void put_other(std::string& out, Dice& dice, std::size_t number) {
  switch (dice.below(10)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return put_config_map(out, dice, number);
    case 4:
    case 5:
      return put_job(out, dice, number);
    case 6:
      return put_role(out, dice, number);
    case 7:
    case 8:
      return put_ingress(out, dice, number);
    default:
      return put_crd(out, dice, number);
  }
}

// ---- output
// --------------------------------------------------------------------------------------------------------------

/// Collects text and writes it to standard output, or to DIR/part-00000.yaml and so on.
class Output {
 public:
  Output() = default;
  explicit Output(std::string directory) : directory_(std::move(directory)) {}

  bool open(std::size_t part) {
    if (!finish()) return false;
    if (!directory_) return true;
    if (file_.is_open()) file_.close();
    file_.open(fmt::format("{}/part-{:05}.yaml", *directory_, part), std::ios::binary | std::ios::trunc);
    return file_.is_open();
  }
  void flush_if_full() {
    if (text.size() >= kFlushBytes) flush();
  }
  /// Writes what is left and says whether everything so far has arrived.
  bool finish() {
    flush();
    return stream().flush().good();
  }

  std::string text;

 private:
  std::ostream& stream() { return directory_ ? static_cast<std::ostream&>(file_) : std::cout; }
  void flush() {
    if (text.empty()) return;
    stream().write(text.data(), static_cast<std::streamsize>(text.size()));
    text.clear();
  }

  std::optional<std::string> directory_;
  std::ofstream file_;
};

bool write_estate(const Options& options, Output& output) {
  // Two streams of dice, so that --other-mib adds documents and leaves the others as they are.
  Dice dice(options.seed);
  Dice other_dice(~options.seed);
  std::size_t other_number = 0;
  std::size_t other_bytes = 0;
  const std::size_t steps = std::max(options.virtual_services, options.files);
  std::size_t part = 0;
  if (!output.open(part)) return false;
  for (std::size_t step = 0; step < steps; ++step) {
    if (const std::size_t wanted = step * options.files / steps; wanted != part) {
      part = wanted;
      if (!output.open(part)) return false;
    }
    if (step < options.virtual_services) {
      if (step % shape().hosts_per_gateway == 0) put_gateway(output.text, gateway_of(step), options.virtual_services);
      if (step % shape().virtual_services_per_service == 0) put_service(output.text, step);
      put_virtual_service(output.text, dice, step);
    }
    const double share = static_cast<double>(step + 1) / static_cast<double>(steps);
    while (static_cast<double>(other_bytes) < share * static_cast<double>(options.other_bytes)) {
      const std::size_t before = output.text.size();
      put_other(output.text, other_dice, other_number++);
      other_bytes += output.text.size() - before;
      output.flush_if_full();
    }
    output.flush_if_full();
  }
  return output.finish();
}

// ---- command line
// ----------------------------------------------------------------------------------------------------------

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Options> read_options(int argc, char** argv) {
  Options options;
  bool sized = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (!argument.starts_with("--")) {
      if (!options.target.empty()) return std::nullopt;
      options.target = argument;
      continue;
    }
    const std::optional<std::uint64_t> value = ++i < argc ? number(argv[i]) : std::nullopt;
    if (!value) return std::nullopt;
    if (argument == "--virtual-services") {
      options.virtual_services = *value;
      sized = true;
    } else if (argument == "--hosts-per-gateway") {
      shape().hosts_per_gateway = std::max<std::size_t>(1, *value);
    } else if (argument == "--virtual-services-per-service") {
      shape().virtual_services_per_service = std::max<std::size_t>(1, *value);
    } else if (argument == "--files") {
      options.files = std::max<std::size_t>(1, *value);
    } else if (argument == "--other-mib") {
      options.other_bytes = *value << 20U;
    } else if (argument == "--seed") {
      options.seed = *value;
    } else {
      return std::nullopt;
    }
  }
  if (!sized || options.target.empty()) return std::nullopt;
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  std::optional<Options> options = read_options(argc, argv);
  if (!options) {
    fmt::print(stderr, "{}", kUsage);
    return 2;
  }
  const bool to_stdout = options->target == "-";
  if (to_stdout) {
    options->files = 1;
    std::ios::sync_with_stdio(false);
  } else {
    std::error_code error;
    std::filesystem::create_directories(options->target, error);
    if (error) {
      fmt::print(stderr, "make_estate: cannot create {}: {}\n", options->target, error.message());
      return 3;
    }
  }
  Output output = to_stdout ? Output() : Output(options->target);
  if (!write_estate(*options, output)) {
    fmt::print(stderr, "make_estate: cannot write to {}\n", options->target);
    return 3;
  }
  return 0;
}
