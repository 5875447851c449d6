// Whom a certificate is for.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "proxy/openssl_types.h"

namespace wicket::proxy {

/// Whether `pattern`, a DNS name of a certificate, covers the name: the first label may hold one `*`.
/// Source: Envoy source/common/tls/utility.cc, dnsNameMatch.
[[nodiscard]] bool covers_dns_name(std::string_view pattern, std::string_view name);

/// Whether one of the names is among the certificate's alternative names: DNS names, addresses, URIs and mail
/// addresses. The subject counts for nothing. Source: Envoy source/common/tls/cert_validator/default_validator.cc,
/// verifySubjectAltName, matchSubjectAltName.
[[nodiscard]] bool is_for_one_of(X509* certificate, std::span<const std::string> names);

}  // namespace wicket::proxy
