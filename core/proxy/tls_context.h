// Certificates, keys and what is asked of the peer.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

struct ssl_st;  // OpenSSL's session

namespace wicket::proxy {

/// What is asked of a client.
enum class ClientCertificate : std::uint8_t { kNone, kOptional, kRequired };

/// Versions of TLS, in OpenSSL's numbers; 0: the default.
enum class TlsVersion : std::uint16_t { kDefault = 0, k10 = 0x0301, k11 = 0x0302, k12 = 0x0303, k13 = 0x0304 };

/// PEM text.
struct KeyPair {
  std::string certificate{};  // with its chain
  std::string key{};
  friend bool operator==(const KeyPair&, const KeyPair&) = default;
};

/// What one filter chain shows and asks. PEM text.
struct ServerTls {
  std::vector<KeyPair> identities;  // one for each kind of key: the client's algorithms choose
  std::string client_ca;            // empty: none
  ClientCertificate client_certificate = ClientCertificate::kNone;
  TlsVersion min_version = TlsVersion::kDefault;  // default: 1.2
  TlsVersion max_version = TlsVersion::kDefault;
  std::vector<std::string> ciphers;  // OpenSSL's names; those that are unknown are left out; empty: the default
  friend bool operator==(const ServerTls&, const ServerTls&) = default;
};

/// What is shown to and asked of an upstream. PEM text.
struct ClientTls {
  std::string certificate;  // empty: none
  std::string key;
  std::string ca;                              // empty: the upstream is not verified
  bool verifies_with_system_roots = false;     // where `ca` is empty
  std::string crl;                             // of verified certificates; empty: none
  std::vector<std::string> subject_alt_names;  // one of them has to be in a verified certificate; empty: any
  friend bool operator==(const ClientTls&, const ClientTls&) = default;
};

/// Settings from which sessions are made. Shared by all loops; immutable once made.
class TlsContext {
 public:
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  /// Errors: kInvalid, with what OpenSSL has to say about certificate or key.
  [[nodiscard]] static Result<std::shared_ptr<TlsContext>> server(const ServerTls& settings);
  [[nodiscard]] static Result<std::shared_ptr<TlsContext>> client(const ClientTls& settings);

  /// Gets the server name that the client asks for, empty when it asks for none, and answers with the context to go on
  /// with; nullptr ends the handshake. Called by several loops at once.
  using Choose = std::function<std::shared_ptr<TlsContext>(const std::string& sni)>;
  /// A server's context that has nothing of its own and chooses another for each connection.
  [[nodiscard]] static std::shared_ptr<TlsContext> choosing(Choose choose);

  /// A new session; the caller frees it. Its app data is a std::string: of a context that chooses it gets the server
  /// name, of a client's it is the name that a verified certificate has to be for, and empty for any.
  [[nodiscard]] ssl_st* open_session();

  struct State;
  explicit TlsContext(std::unique_ptr<State> state);

 private:
  std::unique_ptr<State> state_;
};

}  // namespace wicket::proxy
