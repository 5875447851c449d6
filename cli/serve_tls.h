// Where the proxy's certificates come from.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/workspace.h"
#include "proxy/local_ca.h"
#include "proxy/serving_set.h"
#include "proxy/tls_context.h"
#include "route/table.h"

namespace wicket::cli {

/// The folder of the local CA: below XDG_DATA_HOME, else ~/.local/share. Errors: kInvalid when neither is known.
[[nodiscard]] Result<std::string> ca_folder();

/// Certificates for all filter chains that end TLS, and what there is to say about them.
struct ChainCertificates {
  std::unordered_map<const rules::FilterChain*, std::shared_ptr<proxy::TlsContext>> contexts;
  std::vector<std::string> notes;  // a line each
};

/// What was made before, so that a new table whose TLS settings are the same goes on with the same contexts, and with
/// the connections that were made with them.
class TlsMemory {
 public:
  [[nodiscard]] Result<std::shared_ptr<proxy::TlsContext>> server(const proxy::ServerTls& settings);
  /// `names` without a context; nullptr, and an error, when none can be made.
  [[nodiscard]] std::shared_ptr<const proxy::UpstreamTls> upstream(const proxy::ClientTls& settings,
                                                                   proxy::UpstreamTls names, std::string& error);
  /// A certificate of our own for these names.
  [[nodiscard]] Result<proxy::KeyPair> issue(const proxy::LocalCa& ca, const std::vector<std::string>& names);
  /// Forgets what was not asked for since the last call.
  void forget_unused();

 private:
  template <class Settings, class Made>
  struct Entry {
    Settings settings;
    Made made;
    bool used = true;
  };
  std::vector<Entry<proxy::ServerTls, std::shared_ptr<proxy::TlsContext>>> servers_;
  std::vector<Entry<std::pair<proxy::ClientTls, proxy::UpstreamTls>, std::shared_ptr<const proxy::UpstreamTls>>>
      upstreams_;
  std::vector<Entry<std::vector<std::string>, proxy::KeyPair>> issued_;
};

/// From the Secret that a Gateway names, from its files, or else made by the CA, which `open_ca` is asked for then. A
/// chain whose certificate cannot be used gets none: its handshakes fail, as they would in the gateway. Source: Istio
/// core/listener.go, BuildListenerTLSContext (R-TLS-1, R-TLS-3..5).
[[nodiscard]] ChainCertificates chain_certificates(const model::Workspace& workspace, const route::RouteTable& table,
                                                   TlsMemory& memory,
                                                   const std::function<const proxy::LocalCa*()>& open_ca);

/// TLS towards the endpoints of a cluster; nullptr: none. What cannot be read is a note, and then every connection
/// fails, as it does in a gateway that lacks the secret. From Istio 1.21 on the system's roots verify where no CA is
/// named, and names that are not given are those of the request.
/// Source: Istio core/cluster_tls.go, constructUpstreamTLS, setAutoSniAndAutoSanValidation; pilot/pkg/security/model,
/// ApplyCustomSDSToClientCommonTLSContext; pilot/pkg/features, VERIFY_CERTIFICATE_AT_CLIENT, ENABLE_AUTO_SNI.
[[nodiscard]] std::shared_ptr<const proxy::UpstreamTls> upstream_tls(const model::Workspace& workspace,
                                                                     const rules::RuleSet& rules,
                                                                     const rules::Cluster& cluster, TlsMemory& memory,
                                                                     std::vector<std::string>& notes);

}  // namespace wicket::cli
