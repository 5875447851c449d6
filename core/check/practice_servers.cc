// WK703 to WK705, WK714, WK718 to WK720: servers of a Gateway, one by one.
#include <algorithm>
#include <array>
#include <string>

#include "check/gateway_checks.h"
#include "check/practice.h"
#include "check/repair.h"
#include "check/words.h"
#include "model/protocol.h"

namespace wicket::check::practice {
namespace {

using model::Protocol;
using model::Server;
using model::ServerTLSSettings;
using model::Text;
using model::TlsProtocol;

std::string_view version_name(TlsProtocol version) {
  static constexpr std::array<std::string_view, 5> kNames = {"TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"};
  return kNames.at(static_cast<std::size_t>(version));
}

bool is_obsolete(TlsProtocol version) { return version == TlsProtocol::kTlsV10 || version == TlsProtocol::kTlsV11; }

bool is_set(const Text& text) { return text.present() && (!text.valid || !text->empty()); }

/// How much a cipher suite is worth.
enum class Worth : std::uint8_t { kGood, kNoForwardSecrecy, kCbc, kTripleDes };

/// Unknown ones are ignored by the proxy, and no worse than good ones.
Worth worth_of(std::string_view suite) {
  static constexpr std::string_view kTripleDes = "DES-CBC3-SHA";
  static constexpr std::string_view kCbc[] = {
      "AES128-SHA",          "AES256-SHA", "ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA",
      "ECDHE-RSA-AES256-SHA"};
  if (suite == kTripleDes) return Worth::kTripleDes;
  if (std::ranges::find(kCbc, suite) != std::end(kCbc)) return Worth::kCbc;
  return suite == "AES128-GCM-SHA256" || suite == "AES256-GCM-SHA384" ? Worth::kNoForwardSecrecy : Worth::kGood;
}

std::string_view weakness(Worth worth) {
  switch (worth) {
    case Worth::kTripleDes:
      return "triple DES";
    case Worth::kCbc:
      return "CBC with SHA-1";
    default:
      return "recorded traffic opens with the server's key";
  }
}

/// The checks of one Gateway.
class Checker {
 public:
  Checker(const Scope& scope, const Door& door)
      : scope_(scope), door_(door), places_(*door.resource), document_(*door.resource->document) {}

  void check() {
    check_selector();
    for (const Server& server : door_.spec->servers) {
      check_protocol(server);
      if (server.tls == nullptr) continue;
      check_mode(server);
      if (!passes_tls_on(server)) {
        check_versions(*server.tls);
        check_cipher_suites(*server.tls);
      }
      if (*server.tls->insecure_skip_verify)
        report(wk7("WK714"), places_.value(server.tls->insecure_skip_verify.node),
               "the peer certificate is not verified")
            .help("remove insecureSkipVerify, and name the authority in caCertificates");
    }
  }

 private:
  template <class... Args>
  Finding report(const RuleInfo& rule, const Place& place, fmt::format_string<Args...> format, Args&&... args) {
    return scope_.out.report(rule, place, format, std::forward<Args>(args)...);
  }

  void check_selector() {
    const yaml::NodeId spec = door_.spec->node;
    const bool empty = places_.is_empty(door_.spec->selector.node);
    if (spec == yaml::NodeId::kNone || !(empty || places_.lacks(spec, "selector"))) return;
    if (!empty && !only_known(spec, {"servers", "selector"})) return;  // perhaps misspelt
    report(wk7("WK718"), empty ? places_.value(door_.spec->selector.node) : places_.key(spec),
           "without a selector this Gateway is added to every gateway of the mesh")
        .help("name the proxies that it is for, such as selector: {istio: ingressgateway}");
  }

  /// Whether a mapping has no key but these.
  [[nodiscard]] bool only_known(yaml::NodeId mapping, std::initializer_list<std::string_view> known) const {
    for (yaml::NodeId key = document_[mapping].first(); key != yaml::NodeId::kNone;
         key = document_[document_[key].next()].next())
      if (std::ranges::find(known, document_.text(key)) == known.end()) return false;
    return true;
  }

  void check_protocol(const Server& server) {
    if (server.port == nullptr || !server.port->protocol.valid) return;
    const Text& written = server.port->protocol;
    const Protocol protocol = server_protocol(server);
    const Place place = places_.value(written.node);
    const std::uint32_t number = *server.port->number;
    switch (protocol) {
      case Protocol::kUdp:
        report(wk7("WK719"), place, "a Gateway opens no {} ports: this server does nothing", *written)
            .help("gateways carry TCP; reach the service with a Service of its own");
        return;
      case Protocol::kHttpProxy:
        report(wk7("WK719"), place, "{} is accepted, but a Gateway treats it as plain HTTP", *written)
            .help("write HTTP, or use another proxy for CONNECT");
        return;
      case Protocol::kRedis:
      case Protocol::kMySql:
        report(wk7("WK719"), place, "{} is treated as plain TCP unless its filter is switched on in the control plane",
               *written)
            .help("write TCP");
        return;
      case Protocol::kGrpcWeb:
        if (server.tls != nullptr || !is_tls_port(number)) return;
        report(wk7("WK719"), place, "{} on port {} is served without TLS, which browsers do not speak there", *written,
               number)
            .help("use HTTPS with a certificate; gRPC-Web needs no protocol of its own");
        return;
      default:
        break;
    }
    // Only sidecars speak the mesh's own TLS; they send it to any port.
    const bool is_mesh = server.tls != nullptr && *server.tls->mode == model::ServerTlsMode::kIstioMutual;
    const bool swapped = (model::is_http(protocol) && is_tls_port(number)) ||
                         (protocol == Protocol::kHttps && !is_mesh && (number == kHttp || number == kOtherHttp)) ||
                         (protocol == Protocol::kTcp && number == kHttps && !has_tls_beside(number));
    if (swapped && !is_tls_ended_in_front())
      report(wk7("WK720"), place, "protocol {} on port {} looks swapped", *written, number)
          .help(model::is_http(protocol)     ? "write HTTPS with a tls block, or use port 80"
                : protocol == Protocol::kTcp ? "write TLS or HTTPS with a tls block, or use another port"
                                             : "write HTTP, or use port 443");
  }

  [[nodiscard]] static bool is_tls_port(std::uint32_t number) { return number == kHttps || number == kOtherHttps; }

  /// Whether a server for TLS shares the port: the one without TLS is then for clients that do not speak it.
  [[nodiscard]] bool has_tls_beside(std::uint32_t number) const {
    return std::ranges::any_of(scope_.doors, [&](const Door& other) {
      return share_proxies(*other.spec, *door_.spec) &&
             std::ranges::any_of(other.spec->servers, [&](const Server& server) {
               return server.port != nullptr && *server.port->number == number &&
                      model::is_tls(server_protocol(server));
             });
    });
  }

  /// Whether a load balancer in front of the proxies may end TLS, as annotations of their Service tell.
  [[nodiscard]] bool is_tls_ended_in_front() const {
    return std::ranges::any_of(scope_.in.workspace.all(model::Kind::kService), [&](const model::Resource* resource) {
      const auto* service = std::get_if<model::Service>(&resource->spec);
      if (service == nullptr || service->selector.empty()) return false;
      const bool same = std::ranges::any_of(door_.spec->selector, [&](const auto& label) {
        const auto* own = service->selector.find(label.key);
        return own != nullptr && *own->value == *label.value;
      });
      return same && std::ranges::any_of(resource->metadata.annotations, [](const auto& annotation) {
               return annotation.key.find("ssl") != std::string_view::npos ||
                      annotation.key.find("tls") != std::string_view::npos ||
                      annotation.key.find("cert") != std::string_view::npos;
             });
    });
  }

  void check_mode(const Server& server) {
    const ServerTLSSettings& tls = *server.tls;
    if (tls.mode.present() || !places_.lacks(tls.node, "mode")) return;
    const Protocol protocol = server_protocol(server);
    const bool has_certificate = is_set(tls.server_certificate) || is_set(tls.private_key) ||
                                 is_set(tls.ca_certificates) || is_set(tls.credential_name) ||
                                 !tls.credential_names.empty() || !tls.tls_certificates.empty() ||
                                 is_set(tls.ca_cert_credential_name);
    if (model::is_http(protocol) || (!has_certificate && !model::is_tls(protocol))) return;
    auto finding = report(wk7("WK705"), places_.key(tls.node), "tls.mode is missing and defaults to PASSTHROUGH{}",
                          has_certificate ? ": the certificate is not used" : "");
    finding.help("did you mean mode: SIMPLE?");
    if (has_certificate) {
      finding.fix("set mode: SIMPLE", mode_edit(tls.node));
    } else {
      finding.level(Severity::kWarning);
    }
  }

  /// `mode: SIMPLE` in front of the first field.
  [[nodiscard]] std::vector<Edit> mode_edit(yaml::NodeId mapping) const {
    if (document_.original_of(mapping) != yaml::NodeId::kNone) return {};
    const yaml::NodeId key = document_[mapping].first();
    const std::uint32_t at = document_[key].begin;
    const Span place{document_.file, at, at};
    if (document_[mapping].style == yaml::Style::kFlow) return {{place, "mode: SIMPLE, "}};
    const std::string_view front = document_.source.substr(0, at - document_.base);
    const std::size_t line = front.rfind('\n') + 1;
    const std::string_view indentation = front.substr(line);
    if (indentation.find_first_not_of(' ') != std::string_view::npos) return {};
    return {{place, fmt::format("mode: SIMPLE\n{}", indentation)}};
  }

  void check_versions(const ServerTLSSettings& tls) {
    const auto& least = tls.min_protocol_version;
    const auto& most = tls.max_protocol_version;
    const bool bounded = least && most && *least != TlsProtocol::kTlsAuto && *most != TlsProtocol::kTlsAuto;
    if (bounded && *least > *most) {
      report(wk7("WK703"), places_.value(least.node), "{} is above maxProtocolVersion {}: no client can connect",
             version_name(*least), version_name(*most))
          .level(Severity::kError)
          .note(door_.resource->span(most.node), "the highest version")
          .help("remove maxProtocolVersion");
      return;
    }
    if (least && is_obsolete(*least))
      report(wk7("WK703"), places_.value(least.node), "{} is obsolete", version_name(*least))
          .help("require TLSV1_2, which every current client speaks");
    if (!most) return;
    if (is_obsolete(*most)) {
      report(wk7("WK703"), places_.value(most.node), "{} is obsolete, and nothing newer is offered",
             version_name(*most))
          .help("remove maxProtocolVersion");
    } else if (*most == TlsProtocol::kTlsV12) {
      report(wk7("WK703"), places_.value(most.node), "maxProtocolVersion switches TLS 1.3 off")
          .level(Severity::kInfo)
          .help("remove it unless a client cannot cope with TLS 1.3");
    }
  }

  void check_cipher_suites(const ServerTLSSettings& tls) {
    const auto& suites = tls.cipher_suites;
    const bool has_good_one =
        std::ranges::any_of(suites, [](const Text& suite) { return suite.valid && worth_of(*suite) == Worth::kGood; });
    for (auto suite = suites.begin(); suite != suites.end(); ++suite) {
      if (!suite->valid || worth_of(**suite) == Worth::kGood) continue;
      if (std::any_of(suites.begin(), suite, [&](const Text& other) { return other.valid && *other == **suite; }))
        continue;  // WK225
      const Worth worth = worth_of(**suite);
      auto finding = report(wk7("WK704"), places_.value(suite->node), "{} is weak: {}", **suite, weakness(worth));
      finding.level(worth == Worth::kNoForwardSecrecy ? Severity::kInfo : Severity::kWarning);
      if (!has_good_one) {
        finding.help("remove cipherSuites: the default ones are good");
      } else {
        finding.help("remove it").fix("remove it", remove_item(document_, suite->node));
      }
    }
  }

  static constexpr std::uint32_t kHttp = 80;
  static constexpr std::uint32_t kOtherHttp = 8080;
  static constexpr std::uint32_t kHttps = 443;
  static constexpr std::uint32_t kOtherHttps = 8443;

  const Scope& scope_;
  const Door& door_;
  Places places_;
  const yaml::Document& document_;
};

}  // namespace

void check_servers(const Scope& scope) {
  for (const Door& door : scope.doors) Checker(scope, door).check();
}

}  // namespace wicket::check::practice
