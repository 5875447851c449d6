// Gateway of networking.istio.io: ports and hosts that a set of proxies opens.
// Names, order and meaning of the fields are those of the Istio API reference.
#pragma once

#include <cstdint>

#include "model/spanned.h"

namespace wicket::model {

enum class ServerTlsMode : std::uint8_t {
  kPassthrough,
  kSimple,
  kMutual,
  kAutoPassthrough,
  kIstioMutual,
  kOptionalMutual
};
enum class TlsProtocol : std::uint8_t { kTlsAuto, kTlsV10, kTlsV11, kTlsV12, kTlsV13 };

struct Port {
  NodeId node{};
  Spanned<std::uint32_t> number;
  Text protocol;
  Text name;
  Spanned<std::uint32_t> target_port;
};

struct TLSCertificate {
  NodeId node{};
  Text server_certificate;
  Text private_key;
  Text ca_certificates;
};

struct ServerTLSSettings {
  NodeId node{};
  Spanned<bool> https_redirect;
  Spanned<ServerTlsMode> mode;
  Text server_certificate;
  Text private_key;
  Text ca_certificates;
  Text ca_crl;
  Text credential_name;
  List<Text> credential_names;
  Text ca_cert_credential_name;
  List<TLSCertificate> tls_certificates;
  List<Text> subject_alt_names;
  List<Text> verify_certificate_spki;
  List<Text> verify_certificate_hash;
  Spanned<TlsProtocol> min_protocol_version;
  Spanned<TlsProtocol> max_protocol_version;
  List<Text> cipher_suites;
  Spanned<bool> insecure_skip_verify;
  List<Text> ecdh_curves;
};

struct Server {
  NodeId node{};
  Box<Port> port;
  Text bind;
  List<Text> hosts;
  Box<ServerTLSSettings> tls;
  Text default_endpoint;
  Text name;
};

struct Gateway {
  NodeId node{};
  List<Server> servers;
  TextMap selector;
};

}  // namespace wicket::model
