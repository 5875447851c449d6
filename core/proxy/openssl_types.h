// Owners of OpenSSL's objects. For the sources that include OpenSSL.
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

namespace wicket::proxy {

struct OpensslDeleter {
  void operator()(BIO* object) const { BIO_free(object); }
  void operator()(X509* object) const { X509_free(object); }
  void operator()(X509_CRL* object) const { X509_CRL_free(object); }
  void operator()(X509_EXTENSION* object) const { X509_EXTENSION_free(object); }
  void operator()(EVP_PKEY* object) const { EVP_PKEY_free(object); }
  void operator()(SSL_CTX* object) const { SSL_CTX_free(object); }
};
template <class T>
using Owned = std::unique_ptr<T, OpensslDeleter>;

/// What OpenSSL has to say about its last failure, which is then forgotten.
[[nodiscard]] inline std::string openssl_error() {
  const unsigned long number = ERR_peek_last_error();  // NOLINT(google-runtime-int): OpenSSL's type
  const char* reason = number == 0 ? nullptr : ERR_reason_error_string(number);
  ERR_clear_error();
  return reason == nullptr ? "unusable" : reason;
}

/// Reads from text, which has to stay.
[[nodiscard]] inline Owned<BIO> text_reader(const std::string& text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

}  // namespace wicket::proxy
