// WK415, WK416, WK435 and WK436: Secrets that servers take their certificates from.
//
// The control plane reads them in the namespace of the gateway's pods, whatever namespace the Gateway is in. Who that
// is must be certain: pods of the input or of the settings.
#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "check/certificate.h"
#include "check/gateway_checks.h"
#include "check/references.h"
#include "check/words.h"
#include "model/literals.h"
#include "rules/host_names.h"
#include "rules/merge.h"

namespace wicket::check::references {
namespace {

using model::Resource;
using model::Secret;
using model::Server;
using model::Text;

/// The text of an entry; nothing where there is none. What the API server gets as base64 is decoded; what is not
/// base64 stays as it is written.
std::optional<std::string> value_of(const Secret& secret, std::string_view key) {
  if (const auto* text = secret.string_data.find(key)) return std::string(*text->value);
  const auto* data = secret.data.find(key);
  if (data == nullptr) return std::nullopt;
  std::string decoded;
  return model::decode_base64(*data->value, decoded) ? decoded : std::string(*data->value);
}

bool has(const Secret& secret, std::string_view key) {
  const auto value = value_of(secret, key);
  return value && !value->empty();
}

bool has_any(const Secret& secret, std::initializer_list<std::string_view> keys) {
  return std::ranges::any_of(keys, [&](std::string_view key) { return has(secret, key); });
}

/// A value that something else fills in, or that is encrypted in the file.
bool is_placeholder(std::string_view value) {
  return value.starts_with("ENC[") || value.find_first_of("$<{") != std::string_view::npos;
}

/// What can be told of a Secret as the source of a server's certificate.
struct Verdict {
  std::string fault;                       // empty: none
  std::optional<Certificate> certificate;  // that it holds, if it can be read
};

/// Source: Istio pilot/pkg/credentials/kube/secrets.go, extractKeyAndCert; analyzers/gateway/certificate.
Verdict judge(const Secret& secret) {
  std::string_view key;
  if (has(secret, "cert") && has(secret, "key")) key = "cert";
  if (key.empty() && has(secret, "tls.crt") && has(secret, "tls.key")) key = "tls.crt";
  if (key.empty()) {
    if (has(secret, "tls.crt")) return {.fault = "tls.crt without tls.key", .certificate = {}};
    if (has(secret, "tls.key")) return {.fault = "tls.key without tls.crt", .certificate = {}};
    if (has(secret, "cert")) return {.fault = "cert without key", .certificate = {}};
    if (has(secret, "key")) return {.fault = "key without cert", .certificate = {}};
    return {.fault = "neither tls.crt and tls.key nor cert and key", .certificate = {}};
  }
  const std::string pem = *value_of(secret, key);
  Verdict verdict{.fault = {}, .certificate = parse_certificate(pem)};
  if (!verdict.certificate && !is_placeholder(pem)) verdict.fault = fmt::format("{} holds no certificate", key);
  return verdict;
}

std::string date(std::chrono::sys_seconds time) {
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

/// What is wrong with a certificate at a time; empty: nothing.
std::string fault_at(const Certificate& certificate, std::chrono::sys_seconds now) {
  if (now > certificate.not_after) return fmt::format("its certificate expired on {}", date(certificate.not_after));
  if (now < certificate.not_before)
    return fmt::format("its certificate is not valid before {}", date(certificate.not_before));
  return {};
}

/// A name in a server's settings that stands for a Secret of the gateway's namespace.
bool is_plain_name(const Text& name) {
  return name && !name->empty() && name->find("://") == std::string_view::npos && !name->starts_with('/');
}

class Credentials {
 public:
  Credentials(const CheckInput& in, Reporter& out) : in_(in), out_(out) {}

  void check(const Resource& resource, const model::Gateway& gateway) {
    namespaces_.clear();
    for (const GatewayPods& pods : in_.estate->pods_of(resource))
      if (pods.is_certain) namespaces_.push_back(pods.ns);
    if (namespaces_.empty() || gateway.selector.empty()) return;
    resource_ = &resource;
    for (const Server& server : gateway.servers)
      if (server.tls && !has_unsound_mode(server)) check(server);
  }

 private:
  void check(const Server& server) {
    const model::ServerTLSSettings& tls = *server.tls;
    const auto mode = *tls.mode;
    const bool is_mutual = mode == model::ServerTlsMode::kMutual || mode == model::ServerTlsMode::kOptionalMutual;
    const auto kind = rules::chain_kind(server);
    const bool ends_here = kind == rules::ChainKind::kHttps || kind == rules::ChainKind::kTerminatedTls;
    if (!ends_here || mode == model::ServerTlsMode::kIstioMutual) return;
    std::vector<const Text*> names;
    if (is_plain_name(tls.credential_name)) names.push_back(&tls.credential_name);
    for (const Text& name : tls.credential_names)
      if (is_plain_name(name)) names.push_back(&name);

    std::vector<Certificate> certificates;
    const Resource* shown = nullptr;
    for (const Text* name : names) {
      const Reference reference = find(*name);
      const auto* secret = reference.found == nullptr ? nullptr : std::get_if<Secret>(&reference.found->spec);
      if (secret == nullptr) continue;
      const Verdict& verdict = verdict_of(*reference.found, *secret);
      if (!verdict.fault.empty()) {
        out_.report(wk("WK416"), places().value(name->node), "Secret {} cannot be used: {}",
                    name_of(in_, *reference.found), verdict.fault)
            .note(reference.found->span(reference.found->metadata.name.node), "the Secret")
            .help("the Secret needs a certificate in tls.crt and its key in tls.key");
      } else if (verdict.certificate) {
        check_time(*name, *reference.found, *verdict.certificate);
        certificates.push_back(*verdict.certificate);
        shown = reference.found;
      }
    }
    if (!names.empty() && certificates.size() == names.size()) check_names(server, certificates, *shown);
    if (is_mutual && is_plain_name(tls.ca_cert_credential_name)) {
      check_authority(tls.ca_cert_credential_name);
    } else if (is_mutual && !tls.ca_cert_credential_name.present() && is_plain_name(tls.credential_name)) {
      check_authority_of(tls.credential_name);
    }
  }

  struct Name {
    std::string_view ns;
    std::string_view name;
  };
  [[nodiscard]] static Name split(std::string_view name, std::string_view ns) {
    const std::size_t slash = name.find('/');
    return slash == std::string_view::npos ? Name{ns, name} : Name{name.substr(0, slash), name.substr(slash + 1)};
  }
  /// What a name stands for; no finding.
  [[nodiscard]] Reference look(std::string_view name) const {
    Reference last;
    for (const std::string_view ns : namespaces_) {
      const Name full = split(name, ns);
      Reference reference = in_.estate->secret(full.ns, full.name);
      if (reference.answer == Answer::kFound) return reference;
      if (last.answer != Answer::kMissing) last = std::move(reference);
    }
    return last;
  }

  /// What a name stands for; WK415 where that is missing.
  Reference find(const Text& name) {
    Reference reference = look(*name);
    if (reference.answer == Answer::kUnknown) out_.leave_unknown();
    if (reference.answer != Answer::kMissing) return reference;
    const Name full = split(*name, namespaces_.front());
    auto finding = out_.report(wk("WK415"), places().value(name.node),
                               "Secret {}/{} not found in the namespace of the gateway's pods", full.ns, full.name);
    if (reference.near != nullptr)
      finding.note(reference.near->span(reference.near->metadata.name.node), "this one is there");
    if (reference.near != nullptr && reference.near->name() == full.name) {
      finding.help(fmt::format("Secrets are read where the pods are: move it from namespace {} to {}",
                               in_.workspace.ns_of(*reference.near), full.ns));
    } else if (!reference.help.empty()) {
      finding.help(reference.help);
    }
    return reference;
  }

  const Verdict& verdict_of(const Resource& resource, const Secret& secret) {
    const auto [entry, is_new] = verdicts_.try_emplace(&resource);
    if (is_new) entry->second = judge(secret);
    return entry->second;
  }

  void check_time(const Text& name, const Resource& secret, const Certificate& certificate) {
    const std::string fault = in_.now ? fault_at(certificate, *in_.now) : std::string();
    if (fault.empty()) return;
    out_.report(wk("WK416"), places().value(name.node), "Secret {} cannot be used: {}", name_of(in_, secret), fault)
        .note(secret.span(secret.metadata.name.node), "the Secret")
        .help("clients refuse it; put a certificate into the Secret that is valid now");
  }

  // ---- WK435 ----

  void check_names(const Server& server, const std::vector<Certificate>& certificates, const Resource& secret) {
    for (const Text& text : server.hosts) {
      if (!text) continue;
      const std::string host = rules::server_host(*text, in_.workspace.ns_of(*resource_)).name;
      if (host == "*" || (host.starts_with('*') && !host.starts_with("*."))) continue;
      if (std::ranges::any_of(certificates, [&](const Certificate& one) { return one.covers(host); })) continue;
      std::vector<std::string> names;
      for (const Certificate& one : certificates) {
        names.insert(names.end(), one.names.begin(), one.names.end());
        names.insert(names.end(), one.addresses.begin(), one.addresses.end());
      }
      constexpr std::size_t kMostNamed = 4;
      const std::size_t more = names.size() > kMostNamed ? names.size() - kMostNamed : 0;
      names.resize(names.size() - more);
      out_.report(wk("WK435"), places().value(text.node), "the certificate in Secret {} is for {}{}, not for {}",
                  name_of(in_, secret), names.empty() ? "no name" : fmt::format("{}", fmt::join(names, ", ")),
                  more == 0 ? "" : fmt::format(" and {} more", more), host)
          .note(secret.span(secret.metadata.name.node), "the Secret");
    }
  }

  // ---- WK436 ----

  static bool has_authority(const Secret& secret) { return has_any(secret, {"cacert", "ca.crt"}); }

  void check_authority(const Text& name) {
    const Reference reference = find(name);
    const auto* secret = reference.found == nullptr ? nullptr : std::get_if<Secret>(&reference.found->spec);
    if (secret == nullptr || has_authority(*secret)) return;
    out_.report(wk("WK436"), places().value(name.node), "Secret {} has no CA: neither ca.crt nor cacert",
                name_of(in_, *reference.found))
        .note(reference.found->span(reference.found->metadata.name.node), "the Secret");
  }

  /// A Secret with -cacert behind the name comes first, then the credential's own.
  void check_authority_of(const Text& name) {
    const Reference own = look(*name);
    const auto* secret = own.found == nullptr ? nullptr : std::get_if<Secret>(&own.found->spec);
    if (secret == nullptr) return;
    const Reference apart = look(fmt::format("{}-cacert", *name));
    if (apart.answer == Answer::kFound) {
      const auto* authority = apart.found == nullptr ? nullptr : std::get_if<Secret>(&apart.found->spec);
      if (authority == nullptr || has_authority(*authority)) return;
    } else if (has_authority(*secret) || apart.answer == Answer::kUnknown) {
      return;
    }
    const Resource& looked_at = apart.found != nullptr ? *apart.found : *own.found;
    out_.report(wk("WK436"), places().value(name.node),
                "clients' certificates cannot be verified: no CA in Secret {} or {}-cacert", *name, *name)
        .note(looked_at.span(looked_at.metadata.name.node), "has neither ca.crt nor cacert")
        .help("add ca.crt to the Secret, or name another one in caCertCredentialName");
  }

  [[nodiscard]] Places places() const { return Places(*resource_); }

  const CheckInput& in_;
  Reporter& out_;
  const Resource* resource_ = nullptr;
  std::vector<std::string_view> namespaces_;  // of the gateway's pods
  std::unordered_map<const Resource*, Verdict> verdicts_;
};

}  // namespace

void check_credentials(const CheckInput& in, Reporter& out) {
  Credentials credentials(in, out);
  for (const Resource* resource : in.workspace.all(model::Kind::kGateway))
    if (const auto* gateway = std::get_if<model::Gateway>(&resource->spec)) credentials.check(*resource, *gateway);
}

}  // namespace wicket::check::references
