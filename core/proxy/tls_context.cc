// The certificate is chosen in the client-hello callback, which runs before versions and ciphers are: so they may
// differ from one server name to the next, as they do between filter chains.

#include "proxy/tls_context.h"

#include <openssl/pem.h>

#include <array>
#include <span>
#include <utility>

#include "proxy/certificate_names.h"
#include "proxy/openssl_types.h"

namespace wicket::proxy {
namespace {

Result<void> use_certificate(SSL_CTX* context, const std::string& certificate, const std::string& key) {
  const Owned<BIO> chain = text_reader(certificate);
  const Owned<X509> leaf(PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr));
  if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1)
    return failure(ErrorCode::kInvalid, "certificate: " + openssl_error());
  while (X509* next = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr))
    SSL_CTX_add0_chain_cert(context, next);  // takes it over
  ERR_clear_error();                         // the end of the text
  const Owned<BIO> key_text = text_reader(key);
  const Owned<EVP_PKEY> private_key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr));
  if (!private_key) return failure(ErrorCode::kInvalid, "key: " + openssl_error());
  if (SSL_CTX_use_PrivateKey(context, private_key.get()) != 1)
    return failure(ErrorCode::kInvalid, "key: " + openssl_error());
  return {};
}

Result<void> trust(SSL_CTX* context, const std::string& ca) {
  const Owned<BIO> text = text_reader(ca);
  std::size_t count = 0;
  while (X509* next = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)) {
    const Owned<X509> certificate(next);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
    SSL_CTX_add_client_CA(context, certificate.get());
    ++count;
  }
  ERR_clear_error();
  if (count == 0) return failure(ErrorCode::kInvalid, "CA: holds no certificate");
  return {};
}

// Source: Envoy default_validator.cc, initializeSslContexts: the whole chain is looked up.
Result<void> use_crl(SSL_CTX* context, const std::string& crl) {
  const Owned<BIO> text = text_reader(crl);
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  std::size_t count = 0;
  while (X509_CRL* next = PEM_read_bio_X509_CRL(text.get(), nullptr, nullptr, nullptr)) {
    const Owned<X509_CRL> list(next);
    X509_STORE_add_crl(store, list.get());
    ++count;
  }
  ERR_clear_error();
  if (count == 0) return failure(ErrorCode::kInvalid, "CRL: holds no list");
  X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  return {};
}

Owned<SSL_CTX> new_context(const SSL_METHOD* method) {
  Owned<SSL_CTX> context(SSL_CTX_new(method));
  SSL_CTX_set_read_ahead(context.get(), 1);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  return context;
}

int version_number(TlsVersion version) { return static_cast<int>(version); }

int select_protocol(SSL* /*session*/, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                    unsigned int in_size, void* /*unused*/) {
  static constexpr std::array<unsigned char, 9> kHttp1 = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_size, kHttp1.data(), kHttp1.size(), in, in_size) != OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

// TLS 1.3 suites cannot be configured in Envoy, and stay as they are.
void set_ciphers(SSL_CTX* context, const std::vector<std::string>& ciphers) {
  std::string list;
  for (const std::string& cipher : ciphers) list.append(list.empty() ? "" : ":").append(cipher);
  if (!list.empty()) SSL_CTX_set_cipher_list(context, list.c_str());
}

// Source: RFC 6066 section 3: list length, type, name length, name.
std::string server_name(SSL* session) {
  const unsigned char* data = nullptr;
  std::size_t size = 0;
  if (SSL_client_hello_get0_ext(session, TLSEXT_TYPE_server_name, &data, &size) != 1 || size < 5 ||
      data[2] != TLSEXT_NAMETYPE_host_name)
    return {};
  const std::size_t length = (static_cast<std::size_t>(data[3]) << 8U) | data[4];
  if (length > size - 5) return {};
  std::string name(reinterpret_cast<const char*>(data) + 5, length);
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return name;
}

}  // namespace

struct TlsContext::State {
  Owned<SSL_CTX> context;
  Choose choose;
  std::vector<std::string> subject_alt_names;

  // The chain first, then the names: what the request asks for, and what the settings ask for.
  static int verify(X509_STORE_CTX* store, void* argument) {
    const auto* self = static_cast<State*>(argument);
    if (const int verified = X509_verify_cert(store); verified != 1) return verified;
    auto* session = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    const auto* expected = static_cast<std::string*>(SSL_get_app_data(session));
    X509* leaf = X509_STORE_CTX_get0_cert(store);
    const bool is_expected = expected == nullptr || expected->empty() || is_for_one_of(leaf, std::span(expected, 1));
    if (is_expected && (self->subject_alt_names.empty() || is_for_one_of(leaf, self->subject_alt_names))) return 1;
    X509_STORE_CTX_set_error(store, X509_V_ERR_HOSTNAME_MISMATCH);
    return 0;
  }

  static int on_client_hello(SSL* session, int* alert, void* argument) {
    const auto* self = static_cast<State*>(argument);
    const std::string name = server_name(session);
    if (auto* asked = static_cast<std::string*>(SSL_get_app_data(session)); asked != nullptr) *asked = name;
    const std::shared_ptr<TlsContext> chosen = self->choose(name);
    if (!chosen) {
      *alert = SSL_AD_UNRECOGNIZED_NAME;
      return SSL_CLIENT_HELLO_ERROR;
    }
    SSL_CTX* context = chosen->state_->context.get();
    SSL_set_SSL_CTX(session, context);  // certificate and key; the rest is not taken over
    SSL_set_verify(session, SSL_CTX_get_verify_mode(context), nullptr);
    SSL_set_security_level(session, SSL_CTX_get_security_level(context));
    SSL_set_min_proto_version(session, static_cast<int>(SSL_CTX_get_min_proto_version(context)));
    SSL_set_max_proto_version(session, static_cast<int>(SSL_CTX_get_max_proto_version(context)));
    if (STACK_OF(SSL_CIPHER)* ciphers = SSL_CTX_get_ciphers(context); ciphers != nullptr) {
      std::string list;
      for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i)
        list.append(list.empty() ? "" : ":").append(SSL_CIPHER_get_name(sk_SSL_CIPHER_value(ciphers, i)));
      SSL_set_cipher_list(session, list.c_str());
    }
    return SSL_CLIENT_HELLO_SUCCESS;
  }
};

TlsContext::TlsContext(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsContext::~TlsContext() = default;

Result<std::shared_ptr<TlsContext>> TlsContext::server(const ServerTls& settings) {
  auto state = std::make_unique<State>();
  state->context = new_context(TLS_server_method());
  SSL_CTX* context = state->context.get();
  for (const KeyPair& identity : settings.identities)
    if (Result<void> used = use_certificate(context, identity.certificate, identity.key); !used)
      return tl::unexpected<Error>(used.error());
  if (!settings.client_ca.empty())
    if (Result<void> trusted = trust(context, settings.client_ca); !trusted)
      return tl::unexpected<Error>(trusted.error());
  // Source: Envoy's defaults for servers, TLS 1.2 and newer (R-TLS-3)
  SSL_CTX_set_min_proto_version(
      context, settings.min_version == TlsVersion::kDefault ? TLS1_2_VERSION : version_number(settings.min_version));
  SSL_CTX_set_max_proto_version(context, version_number(settings.max_version));
  // OpenSSL 3 takes versions below 1.2 only where it is told that their signatures will do
  if (settings.min_version == TlsVersion::k10 || settings.min_version == TlsVersion::k11)
    SSL_CTX_set_security_level(context, 0);
  set_ciphers(context, settings.ciphers);
  switch (settings.client_certificate) {
    case ClientCertificate::kNone:
      break;
    case ClientCertificate::kOptional:
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
      break;
    case ClientCertificate::kRequired:
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
      break;
  }
  return std::make_shared<TlsContext>(std::move(state));
}

Result<std::shared_ptr<TlsContext>> TlsContext::client(const ClientTls& settings) {
  auto state = std::make_unique<State>();
  state->context = new_context(TLS_client_method());
  SSL_CTX* context = state->context.get();
  if (!settings.certificate.empty())
    if (Result<void> used = use_certificate(context, settings.certificate, settings.key); !used)
      return tl::unexpected<Error>(used.error());
  if (!settings.ca.empty()) {
    if (Result<void> trusted = trust(context, settings.ca); !trusted) return tl::unexpected<Error>(trusted.error());
  } else if (settings.verifies_with_system_roots) {
    SSL_CTX_set_default_verify_paths(context);
  }
  const bool verifies = !settings.ca.empty() || settings.verifies_with_system_roots;
  SSL_CTX_set_verify(context, verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  if (!settings.crl.empty())
    if (Result<void> used = use_crl(context, settings.crl); !used) return tl::unexpected<Error>(used.error());
  state->subject_alt_names = settings.subject_alt_names;
  if (verifies) SSL_CTX_set_cert_verify_callback(context, &State::verify, state.get());
  return std::make_shared<TlsContext>(std::move(state));
}

std::shared_ptr<TlsContext> TlsContext::choosing(Choose choose) {
  auto state = std::make_unique<State>();
  state->context = new_context(TLS_server_method());
  state->choose = std::move(choose);
  SSL_CTX_set_client_hello_cb(state->context.get(), &State::on_client_hello, state.get());
  SSL_CTX_set_alpn_select_cb(state->context.get(), &select_protocol, nullptr);
  // sessions would go past the choice of a chain, and its demand for a client certificate
  SSL_CTX_set_session_cache_mode(state->context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(state->context.get(), 0);
  SSL_CTX_set_options(state->context.get(), SSL_OP_NO_TICKET);
  return std::make_shared<TlsContext>(std::move(state));
}

ssl_st* TlsContext::open_session() { return SSL_new(state_->context.get()); }

}  // namespace wicket::proxy
