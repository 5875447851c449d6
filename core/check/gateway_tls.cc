// WK219 to WK234: TLS settings of servers.
//
// Two questions, asked apart: whether the protocol goes with a tls block at all, and whether the settings in it go
// together. A mode that decoding objected to leaves the second one open.
// Source: Istio pkg/config/validation, validateServer and validateTLSOptions.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/edit_distance.h"
#include "check/gateway_checks.h"
#include "check/registry.h"
#include "check/repair.h"
#include "check/words.h"

namespace wicket::check {
namespace {

using model::Protocol;
using model::Server;
using model::ServerTlsMode;
using model::ServerTLSSettings;
using model::Text;
using yaml::NodeId;

consteval const RuleInfo& wk(std::string_view id) { return gateway_rule(id); }

constexpr std::size_t kMostCertificates = 2;
// Source: Istio pkg/config/security, ValidCipherSuites.
constexpr std::string_view kCipherSuites[] = {
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-RSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305",
    "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES128-SHA",
    "ECDHE-RSA-AES128-SHA",
    "ECDHE-ECDSA-AES256-SHA",
    "ECDHE-RSA-AES256-SHA",
    "AES128-GCM-SHA256",
    "AES256-GCM-SHA384",
    "AES128-SHA",
    "AES256-SHA",
    "DES-CBC3-SHA",
};

std::string_view mode_name(ServerTlsMode mode) {
  switch (mode) {
    case ServerTlsMode::kPassthrough:
      return "PASSTHROUGH";
    case ServerTlsMode::kSimple:
      return "SIMPLE";
    case ServerTlsMode::kMutual:
      return "MUTUAL";
    case ServerTlsMode::kAutoPassthrough:
      return "AUTO_PASSTHROUGH";
    case ServerTlsMode::kIstioMutual:
      return "ISTIO_MUTUAL";
    case ServerTlsMode::kOptionalMutual:
      return "OPTIONAL_MUTUAL";
  }
  return {};
}

bool is_passthrough(ServerTlsMode mode) {
  return mode == ServerTlsMode::kPassthrough || mode == ServerTlsMode::kAutoPassthrough;
}
bool asks_for_client_certificates(ServerTlsMode mode) {
  return mode == ServerTlsMode::kMutual || mode == ServerTlsMode::kOptionalMutual;
}

/// Set, perhaps to something that decoding objected to.
bool is_set(const Text& text) { return text.present() && (!text.valid || !text->empty()); }

/// A certificate field of a tls block that is set.
struct Member {
  std::string_view name;
  NodeId node{};
};

/// The settings of one server.
class TlsBlock {
 public:
  TlsBlock(const GatewayScope& scope, const Server& server)
      : scope_(scope), server_(server), tls_(*server.tls), mode_(*server.tls->mode) {}

  void check() {
    check_versions();
    check_cipher_suites();
    if (has_unsound_mode(server_)) return;
    if (mode_ == ServerTlsMode::kIstioMutual) return check_istio_mutual();
    if (is_passthrough(mode_)) check_passthrough();
    check_sources();
    if (!is_passthrough(mode_) && !has_credential()) {
      check_certificates();
      check_client_ca();
      check_count();
    }
    check_crl();
  }

 private:
  [[nodiscard]] const Places& places() const { return scope_.places; }
  [[nodiscard]] bool is_filled(NodeId list) const { return list != NodeId::kNone && !places().is_empty(list); }
  [[nodiscard]] bool has_credential() const {
    return is_set(tls_.credential_name) || is_filled(tls_.credential_names.node);
  }

  [[nodiscard]] bool has_files() const {
    return is_set(tls_.server_certificate) || is_set(tls_.private_key) || is_set(tls_.ca_certificates);
  }

  /// The fields that hold or name certificates, in the order of the reference.
  [[nodiscard]] std::vector<Member> certificate_members() const {
    std::vector<Member> members;
    const auto add = [&members](std::string_view name, NodeId node, bool set) {
      if (set) members.push_back({name, node});
    };
    add("serverCertificate", tls_.server_certificate.node, is_set(tls_.server_certificate));
    add("privateKey", tls_.private_key.node, is_set(tls_.private_key));
    add("caCertificates", tls_.ca_certificates.node, is_set(tls_.ca_certificates));
    add("tlsCertificates", tls_.tls_certificates.node, is_filled(tls_.tls_certificates.node));
    add("credentialName", tls_.credential_name.node, is_set(tls_.credential_name));
    add("credentialNames", tls_.credential_names.node, is_filled(tls_.credential_names.node));
    return members;
  }

  void check_versions() {
    const auto& version = tls_.min_protocol_version;
    const bool old = *version == model::TlsProtocol::kTlsV10 || *version == model::TlsProtocol::kTlsV11;
    const NodeId suites = tls_.cipher_suites.node;
    const bool none = places().lacks(tls_.node, "cipherSuites") || places().is_empty(suites);
    if (!version.valid || !old || !none) return;
    const std::string_view name = *version == model::TlsProtocol::kTlsV10 ? "TLSV1_0" : "TLSV1_1";
    scope_.out
        .report(wk("WK223"), places().value(version.node),
                "{} needs cipherSuites: the default ones are all for newer versions", name)
        .help("require TLSV1_2, or list suites such as ECDHE-RSA-AES128-SHA");
  }

  /// Nothing, ALL and expressions of OpenSSL (-x, +x, [a|b]) pass without a look.
  [[nodiscard]] static bool is_known_suite(std::string_view suite) {
    if (suite.empty() || suite == "ALL" || std::ranges::find(kCipherSuites, suite) != std::end(kCipherSuites))
      return true;
    const auto first = static_cast<unsigned char>(suite.front());
    const bool digit_or_letter = (first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z') ||
                                 (first >= 'a' && first <= 'z') || (first >= 0xC0 && first != 0xD7);
    return !digit_or_letter;  // the byte taken for a Latin-1 character, as in Go's rune(text[0])
  }

  void check_cipher_suites() {
    for (std::size_t i = 0; i < tls_.cipher_suites.size(); ++i) {
      const Text& suite = tls_.cipher_suites[i];
      if (!suite.valid) continue;
      if (!is_known_suite(*suite)) {
        unknown_suite(suite);
        continue;
      }
      const auto earlier =
          std::find_if(tls_.cipher_suites.begin(), tls_.cipher_suites.begin() + static_cast<std::ptrdiff_t>(i),
                       [&](const Text& other) { return other.valid && *other == *suite; });
      if (earlier == tls_.cipher_suites.begin() + static_cast<std::ptrdiff_t>(i)) continue;
      scope_.out.report(wk("WK225"), places().value(suite.node), "cipher suite {} is listed twice", quoted(*suite))
          .note(scope_.resource.span(earlier->node), "first listed here")
          .help("remove one of the two")
          .fix("remove it", remove_item(scope_.document(), suite.node));
    }
  }

  void unknown_suite(const Text& suite) {
    auto finding = scope_.out.report(wk("WK224"), places().value(suite.node), "cipher suite {} is unknown and ignored",
                                     quoted(*suite));
    if (suite->starts_with("TLS_AES_") || suite->starts_with("TLS_CHACHA20_")) {
      finding.help("the suites of TLS 1.3 cannot be chosen; they are always there")
          .fix("remove it", remove_item(scope_.document(), suite.node));
    } else if (const auto near = nearest(*suite, kCipherSuites)) {
      finding.help(fmt::format("did you mean {}?", *near));
    } else {
      finding.help("remove it; `wicket explain WK224` lists those that are known");
    }
  }

  void check_istio_mutual() {
    for (const Member& member : certificate_members())
      scope_.out
          .report(wk("WK226"), places().key(member.node), "ISTIO_MUTUAL uses the certificates of the mesh; remove {}",
                  member.name)
          .note(scope_.resource.span(tls_.mode.node), "the mode is set here")
          .help("for certificates of your own use SIMPLE or MUTUAL");
  }

  void check_passthrough() {
    const bool is_absent = !tls_.mode.present();
    const bool is_plain = model::is_http(server_protocol(server_));
    if (is_absent && (is_plain ? has_files() : scope_.out.is_heard(*find_rule("WK705")))) return;  // WK220 and WK705
    std::string names;
    const auto add = [&names](std::string_view name) { names.append(names.empty() ? "" : ", ").append(name); };
    for (const Member& member : certificate_members()) add(member.name);
    if (is_set(tls_.ca_crl)) add("caCrl");
    if (names.empty()) return;
    const bool one = names.find(',') == std::string::npos;
    scope_.out
        .report(wk("WK227"), is_absent ? places().key(tls_.node) : places().value(tls_.mode.node),
                "{} does not use certificates; {} {} ignored", is_absent ? "tls without a mode" : mode_name(mode_),
                names, one ? "is" : "are")
        .help(fmt::format("{}remove {}", is_plain ? "" : "use SIMPLE to terminate TLS here, or ", one ? "it" : "them"));
  }

  void check_sources() {
    std::vector<Member> sources;
    if (is_set(tls_.server_certificate) && is_set(tls_.private_key))
      sources.push_back({"serverCertificate with privateKey", tls_.server_certificate.node});
    for (const Member& member : certificate_members())
      if (member.name == "credentialName" || member.name == "credentialNames" || member.name == "tlsCertificates")
        sources.push_back(member);
    if (sources.size() < 2) return;
    std::ranges::sort(sources, {}, [&](const Member& member) { return scope_.document().key_span(member.node).begin; });
    scope_.out
        .report(wk("WK228"), places().key(sources[1].node), "{} and {} are two sources of one certificate",
                sources[0].name, sources[1].name)
        .note(scope_.document().key_span(sources[0].node), fmt::format("{} is set here", sources[0].name))
        .help("keep one of credentialName, credentialNames, tlsCertificates, and serverCertificate with privateKey");
  }

  void check_certificates() {
    if (is_filled(tls_.tls_certificates.node)) {
      for (const model::TLSCertificate& certificate : tls_.tls_certificates)
        check_pair(certificate.server_certificate, certificate.private_key, places().lack(certificate.node),
                   "this entry of tlsCertificates");
      return;
    }
    // Of the wrong type, or without an entry (WK122): what was meant is not known.
    if (tls_.tls_certificates.present() || !places().lacks(tls_.node, "tlsCertificates")) return;
    if (!places().lacks(tls_.node, "credentialNames")) return;
    check_pair(tls_.server_certificate, tls_.private_key, places().key(tls_.node), mode_name(mode_));
  }

  void check_pair(const Text& certificate, const Text& key, const Place& place, std::string_view who) {
    if (!is_set(certificate)) {
      auto finding = scope_.out.report(wk("WK229"), place, "{} needs a server certificate", who);
      if (place.node != tls_.node) {
        finding.help("set its serverCertificate");
      } else if (is_set(key)) {
        finding.help("set serverCertificate beside privateKey, or credentialName in their place");
      } else {
        finding.help("set credentialName, or serverCertificate and privateKey");
      }
    } else if (!is_set(key)) {
      scope_.out.report(wk("WK230"), place, "{} needs the private key of its server certificate", who)
          .note(scope_.document().key_span(certificate.node), "the certificate")
          .help(place.node == tls_.node ? "set privateKey beside serverCertificate, or credentialName in their place"
                                        : "set its privateKey");
    }
  }

  void check_client_ca() {
    if (!asks_for_client_certificates(mode_) || is_set(tls_.ca_certificates)) return;
    // With nothing set at all, what is missing is the one credential that holds everything: WK229.
    if (certificate_members().empty()) return;
    auto finding = scope_.out.report(wk("WK231"), places().value(tls_.mode.node),
                                     "{} needs caCertificates to check client certificates with", mode_name(mode_));
    if (is_set(tls_.ca_cert_credential_name)) {
      finding.help("caCertCredentialName counts only beside credentialName or credentialNames");
    } else if (is_filled(tls_.tls_certificates.node)) {
      finding.help("set it beside mode; in the entries of tlsCertificates it does not count");
    } else {
      finding.help("set it, or use SIMPLE if clients show no certificate");
    }
  }

  void check_count() {
    if (tls_.tls_certificates.size() > kMostCertificates)
      scope_.out.report(wk("WK232"), places().value(tls_.tls_certificates[kMostCertificates].node),
                        "{} server certificates; at most {} are used", tls_.tls_certificates.size(), kMostCertificates);
  }

  void check_crl() {
    if (!is_set(tls_.ca_crl)) return;
    const Place place = places().key(tls_.ca_crl.node);
    if (has_credential()) {
      const bool single = is_set(tls_.credential_name);
      const bool refused = single && is_passthrough(mode_);
      const NodeId other = single ? tls_.credential_name.node : tls_.credential_names.node;
      scope_.out
          .report(wk("WK233"), place, "caCrl is not used together with {}",
                  single ? "credentialName" : "credentialNames")
          .level(refused ? Severity::kError : Severity::kWarning)
          .origin(refused ? Origin::kWebhook : Origin::kOwn)
          .note(scope_.document().key_span(other), "the credential")
          .help("put the revocation list into the secret, under the key ca.crl");
    } else if (mode_ == ServerTlsMode::kSimple) {
      scope_.out.report(wk("WK234"), place, "SIMPLE checks no client certificates; caCrl has no place beside it")
          .note(scope_.resource.span(tls_.mode.node), "the mode is set here")
          .help("remove it, or use MUTUAL with caCertificates");
    }
  }

  const GatewayScope& scope_;
  const Server& server_;
  const ServerTLSSettings& tls_;
  ServerTlsMode mode_;
};

/// Whether the protocol goes with TLS settings.
void check_protocol(const GatewayScope& scope, const Server& server) {
  const Protocol protocol = server_protocol(server);
  if (protocol == Protocol::kUnsupported) return;  // WK211, or missing
  const Text& written = server.port->protocol;
  if (model::is_tls(protocol)) {
    if (server.tls == nullptr && scope.places.lacks(server.node, "tls"))
      scope.out.report(wk("WK219"), scope.places.value(written.node), "protocol {} needs a tls block", *written)
          .help(
              "add for example `tls: {mode: SIMPLE, credentialName: ...}`, or PASSTHROUGH to leave TLS to the service");
    if (server.tls != nullptr && server.tls->https_redirect.valid && *server.tls->https_redirect)
      scope.out
          .report(wk("WK222"), scope.places.key(server.tls->https_redirect.node),
                  "httpsRedirect on a server with protocol {}; it is for HTTP servers", *written)
          .help("set it on the server of port 80");
    return;
  }
  if (server.tls == nullptr) return;
  const ServerTLSSettings& tls = *server.tls;
  const Place block = scope.places.key(tls.node);
  if (!model::is_http(protocol)) {
    scope.out.report(wk("WK221"), block, "protocol {} cannot have a tls block", *written)
        .note(scope.resource.span(written.node), "the protocol")
        .help("use protocol TLS, which hands on the decrypted bytes, or remove the block");
    if (tls.https_redirect.valid && *tls.https_redirect)
      scope.out.report(wk("WK222"), scope.places.key(tls.https_redirect.node),
                       "httpsRedirect on a server with protocol {}; it is for HTTP servers", *written);
    return;
  }
  if (has_unsound_mode(server)) return;
  if (!is_passthrough(*tls.mode)) {
    scope.out
        .report(wk("WK220"), block, "a server with protocol {} cannot terminate TLS ({})", *written,
                mode_name(*tls.mode))
        .note(scope.resource.span(written.node), "the protocol")
        .help("use protocol HTTPS, or keep nothing but httpsRedirect in tls");
    return;
  }
  for (const auto& [name, text] :
       {std::pair<std::string_view, const Text*>{"serverCertificate", &tls.server_certificate},
        {"privateKey", &tls.private_key},
        {"caCertificates", &tls.ca_certificates}}) {
    if (!is_set(*text)) continue;
    scope.out
        .report(wk("WK220"), scope.places.key(text->node),
                "a server with protocol {} cannot terminate TLS; {} has no place", *written, name)
        .note(scope.resource.span(written.node), "the protocol")
        .help("use protocol HTTPS with mode SIMPLE, or keep nothing but httpsRedirect in tls");
    return;  // the other ones are there for the same reason
  }
}

}  // namespace

void check_gateway_tls(const GatewayScope& scope) {
  for (const Server& server : scope.gateway.servers) {
    check_protocol(scope, server);
    if (server.tls != nullptr) TlsBlock(scope, server).check();
  }
}

}  // namespace wicket::check
