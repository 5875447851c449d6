// tls of a trafficPolicy: how a proxy connects to the service.
#include <optional>
#include <string>

#include "check/destinations.h"
#include "check/words.h"

namespace wicket::check {
namespace {

using model::ClientTlsMode;
using model::ClientTLSSettings;

/// Source: Istio pilot/pkg/model/credentials, ParseResourceName: what stands behind a second slash does not count.
void check_config_map(const Subject& subject, const ClientTLSSettings& tls) {
  constexpr std::string_view kScheme = "configmap://";
  if (!is_set(tls.credential_name) || !tls.credential_name->starts_with(kScheme)) return;
  const std::string_view rest = tls.credential_name->substr(kScheme.size());
  const std::size_t slash = rest.find('/');
  const std::string_view ns = rest.substr(0, slash);
  const std::string_view name = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  const Place place = subject.places.value(tls.credential_name.node);
  if (ns.empty() || name.substr(0, name.find('/')).empty()) {
    subject.out
        .report(wk6("WK622"), place, "{} does not name a namespace and a ConfigMap", quoted(*tls.credential_name))
        .help(fmt::format("write configmap://{}/NAME", subject.ns()));
  } else if (ns != subject.ns()) {
    subject.out.report(wk6("WK622"), place, "the ConfigMap is in namespace {}, the rule in {}; both must be in one", ns,
                       subject.ns());
  }
}

}  // namespace

void check_client_tls(const Subject& subject, const ClientTLSSettings& tls) {
  const Places& places = subject.places;
  check_config_map(subject, tls);

  const bool simple = tls.mode && *tls.mode == ClientTlsMode::kSimple;
  const bool mutual = tls.mode && *tls.mode == ClientTlsMode::kMutual;
  if (!simple && !mutual) return;

  if (tls.insecure_skip_verify && *tls.insecure_skip_verify) {
    const auto excluded = [&](yaml::NodeId node, std::string_view field) {
      subject.out.report(wk6("WK621"), places.key(node), "insecureSkipVerify excludes {}", field)
          .note(subject.resource.span(tls.insecure_skip_verify.node), "verification is switched off here")
          .help(fmt::format("remove {}, or verify the certificate", field));
    };
    if (is_set(tls.ca_certificates)) excluded(tls.ca_certificates.node, "caCertificates");
    if (simple && is_set(tls.credential_name)) excluded(tls.credential_name.node, "credentialName");
    if (!tls.subject_alt_names.empty()) excluded(tls.subject_alt_names.node, "subjectAltNames");
  }

  if (is_set(tls.credential_name)) {
    const auto excluded = [&](const model::Text& field, std::string_view name) {
      if (!is_set(field)) return;
      subject.out.report(wk6("WK620"), places.key(field.node), "credentialName excludes {}", name)
          .note(subject.resource.span(tls.credential_name.node), "the credential")
          .help("the Secret has it all: remove the path, or remove credentialName");
    };
    excluded(tls.client_certificate, "clientCertificate");
    excluded(tls.private_key, "privateKey");
    excluded(tls.ca_certificates, "caCertificates");
    excluded(tls.ca_crl, "caCrl");
    return;
  }
  if (!mutual || !is_unset(tls.credential_name)) return;
  const bool no_certificate = is_unset(tls.client_certificate);
  const bool no_key = is_unset(tls.private_key);
  const bool known = has_only(*subject.resource.document, tls.node,
                              {"mode", "clientCertificate", "privateKey", "caCertificates", "credentialName",
                               "subjectAltNames", "sni", "insecureSkipVerify", "caCrl"});
  if ((no_certificate || no_key) && known)
    subject.out.report(wk6("WK619"), places.key(tls.node), "MUTUAL needs {}, or a credentialName",
                       no_certificate && no_key ? "clientCertificate and privateKey"
                       : no_certificate         ? "clientCertificate"
                                                : "privateKey");
}

}  // namespace wicket::check
