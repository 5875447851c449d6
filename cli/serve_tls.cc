#include "cli/serve_tls.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "model/literals.h"

namespace wicket::cli {
namespace {

using proxy::ClientCertificate;
using proxy::ServerTls;
using proxy::TlsVersion;

struct Identity {
  std::string certificate;
  std::string key;
  std::string ca;
};

// ---- secrets and files ----

std::string value_of(const model::Secret& secret, std::string_view key) {
  if (const auto* text = secret.string_data.find(key); text != nullptr) return std::string(*text->value);
  std::string decoded;
  if (const auto* data = secret.data.find(key); data != nullptr && model::decode_base64(*data->value, decoded))
    return decoded;
  return {};
}

std::string first_of(const model::Secret& secret, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys)
    if (std::string value = value_of(secret, key); !value.empty()) return value;
  return {};
}

const model::Secret* find_secret(const model::Workspace& workspace, std::string_view ns, std::string_view name) {
  const model::Resource* resource = workspace.find(model::Kind::kSecret, ns, name);
  return resource == nullptr ? nullptr : std::get_if<model::Secret>(&resource->spec);
}

// Both spellings of each, and a CA in a secret of its own.
// Source: Istio pilot/pkg/credentials/kube/secrets.go (R-TLS-4).
std::optional<Identity> identity_of_secret(const model::Workspace& workspace, std::string_view ns,
                                           const std::string& name) {
  constexpr std::string_view kScheme = "kubernetes://";
  const std::string bare = name.starts_with(kScheme) ? name.substr(kScheme.size()) : name;
  const model::Secret* secret = find_secret(workspace, ns, bare);
  if (secret == nullptr) return std::nullopt;
  Identity identity{.certificate = first_of(*secret, {"tls.crt", "cert"}),
                    .key = first_of(*secret, {"tls.key", "key"}),
                    .ca = first_of(*secret, {"ca.crt", "cacert"})};
  if (const model::Secret* ca = find_secret(workspace, ns, bare + "-cacert"); ca != nullptr)
    identity.ca = first_of(*ca, {"ca.crt", "cacert"});
  return identity;
}

std::string read_file(std::string_view path) {
  std::ifstream file{std::string(path), std::ios::binary};
  return file ? std::string(std::istreambuf_iterator<char>(file), {}) : std::string();
}

// ---- servers ----

const model::ServerTLSSettings* settings_of(const model::Workspace& workspace, const rules::ServerRef& server) {
  const std::size_t slash = server.gateway.view().find('/');
  const model::Resource* resource = workspace.find(model::Kind::kGateway, server.gateway.view().substr(0, slash),
                                                   server.gateway.view().substr(slash + 1));
  const auto* gateway = resource == nullptr ? nullptr : std::get_if<model::Gateway>(&resource->spec);
  if (gateway == nullptr || server.index >= gateway->servers.size()) return nullptr;
  return gateway->servers[server.index].tls.get();
}

TlsVersion version_of(model::TlsProtocol protocol) {
  switch (protocol) {
    case model::TlsProtocol::kTlsAuto:
      return TlsVersion::kDefault;
    case model::TlsProtocol::kTlsV10:
      return TlsVersion::k10;
    case model::TlsProtocol::kTlsV11:
      return TlsVersion::k11;
    case model::TlsProtocol::kTlsV12:
      return TlsVersion::k12;
    case model::TlsProtocol::kTlsV13:
      return TlsVersion::k13;
  }
  return TlsVersion::kDefault;
}

ClientCertificate client_certificate(model::ServerTlsMode mode) {
  switch (mode) {
    case model::ServerTlsMode::kMutual:
    case model::ServerTlsMode::kIstioMutual:
      return ClientCertificate::kRequired;
    case model::ServerTlsMode::kOptionalMutual:
      return ClientCertificate::kOptional;
    case model::ServerTlsMode::kSimple:
    case model::ServerTlsMode::kPassthrough:
    case model::ServerTlsMode::kAutoPassthrough:
      break;
  }
  return ClientCertificate::kNone;
}

// Source: Istio pilot/pkg/networking/core/listener.go: credentialNames win over credentialName (R-TLS-4).
std::vector<std::string> credentials_of(const model::ServerTLSSettings& tls) {
  std::vector<std::string> names;
  for (const model::Text& name : tls.credential_names) names.emplace_back(*name);
  if (names.empty() && !tls.credential_name->empty()) names.emplace_back(*tls.credential_name);
  return names;
}

// The names of a server, each also with .localhost behind it; "*" cannot be in a certificate.
std::vector<std::string> certificate_names(const rules::FilterChain& chain) {
  std::vector<std::string> names;
  for (const rules::ServerRef& server : chain.servers) {
    for (std::string host : server.hosts) {
      if (const std::size_t slash = host.find('/'); slash != std::string::npos) host.erase(0, slash + 1);
      if (host == "*") host = "localhost";
      names.push_back(host);
      if (host != "localhost") names.push_back(host + ".localhost");
    }
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// What the Gateway names, and a note for each part of it that is not there.
std::vector<Identity> configured_identities(const model::Workspace& workspace, const route::RouteTable& table,
                                            const model::ServerTLSSettings& tls, const std::string& server,
                                            std::vector<std::string>& notes) {
  const std::string& ns = table.rules().workload.ns;
  std::vector<Identity> identities;
  if (const std::vector<std::string> names = credentials_of(tls); !names.empty()) {
    for (const std::string& name : names) {
      std::optional<Identity> found = identity_of_secret(workspace, ns, name);
      if (!found) notes.push_back(fmt::format("{}: the input has no Secret {}/{}", server, ns, name));
      if (found) identities.push_back(*std::move(found));
    }
    return identities;
  }
  const auto add_files = [&](std::string_view certificate, std::string_view key, std::string_view ca) {
    if (certificate.empty()) return;
    Identity identity{.certificate = read_file(certificate), .key = read_file(key), .ca = read_file(ca)};
    if (identity.certificate.empty() || identity.key.empty()) {
      notes.push_back(fmt::format("{}: cannot read {} or {}", server, certificate, key));
    } else {
      identities.push_back(std::move(identity));
    }
  };
  for (const auto& pair : tls.tls_certificates)
    add_files(*pair.server_certificate, *pair.private_key,
              pair.ca_certificates->empty() ? *tls.ca_certificates : *pair.ca_certificates);
  if (tls.tls_certificates.empty()) add_files(*tls.server_certificate, *tls.private_key, *tls.ca_certificates);
  return identities;
}

std::shared_ptr<proxy::TlsContext> context_of(const model::Workspace& workspace, const route::RouteTable& table,
                                              const rules::FilterChain& chain, TlsMemory& memory,
                                              const std::function<const proxy::LocalCa*()>& open_ca,
                                              std::vector<std::string>& notes) {
  const rules::ServerRef& reference = chain.servers.front();
  const model::ServerTLSSettings* tls = settings_of(workspace, reference);
  if (tls == nullptr) return nullptr;
  const std::string server = fmt::format("servers[{}] of {}", reference.index, reference.gateway);
  ServerTls settings{.identities = {},
                     .client_ca = {},
                     .client_certificate = client_certificate(*tls->mode),
                     .min_version = version_of(*tls->min_protocol_version),
                     .max_version = version_of(*tls->max_protocol_version),
                     .ciphers = {}};
  for (const model::Text& cipher : tls->cipher_suites) settings.ciphers.emplace_back(*cipher);

  std::vector<Identity> identities = configured_identities(workspace, table, *tls, server, notes);
  if (identities.empty()) {
    const proxy::LocalCa* ca = open_ca();
    if (ca == nullptr) return nullptr;
    Result<proxy::KeyPair> issued = memory.issue(*ca, certificate_names(chain));
    if (!issued) {
      notes.push_back(fmt::format("{}: {}", server, issued.error().message));
      return nullptr;
    }
    identities.push_back({.certificate = issued->certificate, .key = issued->key, .ca = ca->certificate()});
    notes.push_back(
        fmt::format("{}: has a certificate of wicket's own CA; `wicket serve --trust` says how to trust it", server));
  }
  for (Identity& identity : identities) {
    if (settings.client_certificate != ClientCertificate::kNone && settings.client_ca.empty())
      settings.client_ca = identity.ca;
    settings.identities.push_back({.certificate = std::move(identity.certificate), .key = std::move(identity.key)});
  }
  Result<std::shared_ptr<proxy::TlsContext>> context = memory.server(settings);
  if (context) return *std::move(context);
  notes.push_back(fmt::format("{}: every handshake will fail: {}", server, context.error().message));
  return nullptr;
}

}  // namespace

Result<std::string> ca_folder() {
  const char* data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && *data != '\0') return std::string(data) + "/wicket";
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home != '\0') return std::string(home) + "/.local/share/wicket";
  return failure(ErrorCode::kInvalid, "no place for the local CA: neither XDG_DATA_HOME nor HOME is set");
}

// ---- memory ----

namespace {

// What was made for the same settings; nullptr: nothing was.
template <class Entries, class Settings>
auto* remembered(Entries& entries, const Settings& settings) {
  const auto found = std::ranges::find(
      entries, settings, [](const auto& entry) -> const auto& { return entry.settings; });
  if (found == entries.end()) return static_cast<decltype(&found->made)>(nullptr);
  found->used = true;
  return &found->made;
}

}  // namespace

Result<std::shared_ptr<proxy::TlsContext>> TlsMemory::server(const ServerTls& settings) {
  if (const auto* made = remembered(servers_, settings)) return *made;
  Result<std::shared_ptr<proxy::TlsContext>> made = proxy::TlsContext::server(settings);
  if (made) servers_.push_back({.settings = settings, .made = *made});
  return made;
}

std::shared_ptr<const proxy::UpstreamTls> TlsMemory::upstream(const proxy::ClientTls& settings,
                                                              proxy::UpstreamTls names, std::string& error) {
  if (const auto* made = remembered(upstreams_, std::pair(settings, names))) return *made;
  Result<std::shared_ptr<proxy::TlsContext>> context = proxy::TlsContext::client(settings);
  if (!context) {
    error = context.error().message;
    return nullptr;
  }
  std::pair key(settings, names);
  names.context = *context;
  auto made = std::make_shared<const proxy::UpstreamTls>(std::move(names));
  upstreams_.push_back({.settings = std::move(key), .made = made});
  return made;
}

Result<proxy::KeyPair> TlsMemory::issue(const proxy::LocalCa& ca, const std::vector<std::string>& names) {
  if (const auto* made = remembered(issued_, names)) return *made;
  Result<proxy::IssuedCertificate> issued = ca.issue(names);
  if (!issued) return tl::unexpected<Error>(issued.error());
  issued_.push_back({.settings = names, .made = {.certificate = issued->certificate, .key = issued->key}});
  return issued_.back().made;
}

void TlsMemory::forget_unused() {
  const auto forget = [](auto& entries) {
    std::erase_if(entries, [](auto& entry) { return !std::exchange(entry.used, false); });
  };
  forget(servers_);
  forget(upstreams_);
  forget(issued_);
}

ChainCertificates chain_certificates(const model::Workspace& workspace, const route::RouteTable& table,
                                     TlsMemory& memory, const std::function<const proxy::LocalCa*()>& open_ca) {
  ChainCertificates certificates;
  for (const route::Listener& listener : table.listeners()) {
    for (const rules::FilterChain& chain : listener.source->chains) {
      if (chain.kind != rules::ChainKind::kHttps) continue;
      if (auto context = context_of(workspace, table, chain, memory, open_ca, certificates.notes); context != nullptr)
        certificates.contexts.emplace(&chain, std::move(context));
    }
  }
  return certificates;
}

namespace {

// Source: Istio pilot/pkg/serviceregistry/serviceentry/conversion.go: they are its service's accounts.
std::vector<std::string> names_of_service(const model::Workspace& workspace, const std::string& host) {
  std::vector<std::string> names;
  for (const model::Resource* resource : workspace.all(model::Kind::kServiceEntry)) {
    const auto* entry = std::get_if<model::ServiceEntry>(&resource->spec);
    if (entry == nullptr || std::ranges::none_of(entry->hosts, [&](const auto& own) { return *own == host; })) continue;
    for (const model::Text& name : entry->subject_alt_names) names.emplace_back(*name);
    break;
  }
  return names;
}

// What the Secret or the files hold; empty text and a complaint for what is not there.
proxy::ClientTls credentials_for(const model::Workspace& workspace, const rules::RuleSet& rules,
                                 const rules::UpstreamTls& wanted, std::string& complaint) {
  const bool is_mutual = wanted.mode == rules::UpstreamTlsMode::kMutual;
  const bool verifies = !wanted.insecure_skip_verify.value_or(false);
  proxy::ClientTls settings;
  const auto need = [&complaint](const std::string& text, const std::string& what) {
    if (text.empty() && complaint.empty()) complaint = what;
    return text;
  };
  if (!wanted.credential_name.empty()) {
    const std::string secret = fmt::format("{}/{}", rules.workload.ns, wanted.credential_name);
    const auto identity = identity_of_secret(workspace, rules.workload.ns, wanted.credential_name);
    if (!identity) {
      complaint = fmt::format("the input has no Secret {}", secret);
      return settings;
    }
    if (is_mutual) {
      settings.certificate = need(identity->certificate, fmt::format("Secret {} has no certificate", secret));
      settings.key = need(identity->key, fmt::format("Secret {} has no key", secret));
    }
    if (verifies) settings.ca = need(identity->ca, fmt::format("Secret {} has no CA certificate", secret));
    return settings;
  }
  const auto read = [&need](const std::string& path) {
    return need(read_file(path), fmt::format("cannot read {}", path));
  };
  if (is_mutual) {
    settings.certificate = read(wanted.client_certificate);
    settings.key = read(wanted.private_key);
  }
  if (!verifies) return settings;
  if (!wanted.ca_certificates.empty()) settings.ca = read(wanted.ca_certificates);
  settings.verifies_with_system_roots =
      wanted.ca_certificates.empty() && rules.mesh.version >= rules::IstioVersion{1, 21};
  if (!wanted.ca_crl.empty()) settings.crl = read(wanted.ca_crl);
  return settings;
}

}  // namespace

std::shared_ptr<const proxy::UpstreamTls> upstream_tls(const model::Workspace& workspace, const rules::RuleSet& rules,
                                                       const rules::Cluster& cluster, TlsMemory& memory,
                                                       std::vector<std::string>& notes) {
  const std::optional<rules::UpstreamTls>& wanted = cluster.policy->tls;
  if (!wanted || wanted->mode == rules::UpstreamTlsMode::kDisable) return nullptr;
  // What is outside the mesh's own certificates is a plain service on this machine.
  if (wanted->mode == rules::UpstreamTlsMode::kIstioMutual) return nullptr;
  std::string complaint;
  proxy::ClientTls settings = credentials_for(workspace, rules, *wanted, complaint);
  const bool verifies = !settings.ca.empty() || settings.verifies_with_system_roots;
  if (verifies) {
    settings.subject_alt_names = wanted->subject_alt_names;
    if (settings.subject_alt_names.empty()) settings.subject_alt_names = names_of_service(workspace, cluster.host);
  }
  const bool takes_authority = wanted->sni.empty() && rules.mesh.version >= rules::IstioVersion{1, 21};
  const proxy::UpstreamTls names{.context = {},
                                 .sni = wanted->sni,
                                 .sni_is_authority = takes_authority,
                                 .name_is_authority = takes_authority && verifies && wanted->subject_alt_names.empty()};
  if (complaint.empty())
    if (auto made = memory.upstream(settings, names, complaint)) return made;
  notes.push_back(fmt::format("{}: TLS to the service: {}; every connection will fail", cluster.name, complaint));
  return std::make_shared<const proxy::UpstreamTls>(names);
}

}  // namespace wicket::cli
