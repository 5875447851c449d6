// The fields of Gateway, one row each. Limits, defaults and meaning: Istio API reference and CRD schema.
#include "model/gateway.h"

#include "model/schema_tables.h"

namespace wicket::model {
namespace {

constexpr std::string_view kServerTlsModeNames[] = {"PASSTHROUGH",      "SIMPLE",       "MUTUAL",
                                                    "AUTO_PASSTHROUGH", "ISTIO_MUTUAL", "OPTIONAL_MUTUAL"};
constexpr std::string_view kTlsProtocolNames[] = {"TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"};

constexpr FieldInfo kGatewayFields[] = {
    field<&Gateway::servers>("servers").describe(
        "Ports to open, each with its protocol, hosts and TLS settings; at least one."),
    field<&Gateway::selector>("selector")
        .describe("Labels of the gateway pods that open these ports; empty: every gateway pod of the mesh."),
};
constexpr FieldInfo kServerFields[] = {
    field<&Server::port>("port").required().describe("Where to listen, and in which protocol."),
    field<&Server::bind>("bind")
        .is(Format::kHost)
        .describe("Address to listen on, or unix:///path; default: all addresses of the pod."),
    field<&Server::hosts>("hosts")
        .required()
        .is(Format::kHost)
        .describe("Names served here, [namespace/]name; * and *.example.com are wildcards. At least one."),
    field<&Server::tls>("tls").describe("How TLS is terminated or passed on; needed with HTTPS and TLS."),
    field<&Server::default_endpoint>("defaultEndpoint").describe("Accepted, but without effect."),
    field<&Server::name>("name")
        .is(Format::kName)
        .describe("Prefix of this server's statistics; no two servers should share it."),
};
constexpr FieldInfo kPortFields[] = {
    field<&Port::number>("number").required().describe("1 to 65535; 0 only where bind is a unix socket."),
    field<&Port::protocol>("protocol")
        .required()
        .is(Format::kName)
        .describe("HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, MONGO, REDIS or MYSQL, in any letter case."),
    field<&Port::name>("name")
        .required()
        .is(Format::kName)
        .describe("Any name that no other server of this Gateway has."),
    field<&Port::target_port>("targetPort").deprecated().describe("A Gateway with a value other than 0 is refused."),
};
constexpr FieldInfo kServerTLSSettingsFields[] = {
    field<&ServerTLSSettings::https_redirect>("httpsRedirect")
        .describe("Answer plain HTTP with a 301 to https; default: false."),
    field<&ServerTLSSettings::mode>("mode").describe(
        "Who terminates TLS, and whether clients show certificates. Default: PASSTHROUGH, not SIMPLE."),
    field<&ServerTLSSettings::server_certificate>("serverCertificate")
        .describe("Path in the proxy of the PEM certificate chain, where no secret holds it."),
    field<&ServerTLSSettings::private_key>("privateKey")
        .describe("Path in the proxy of the certificate's private key, in PEM."),
    field<&ServerTLSSettings::ca_certificates>("caCertificates")
        .describe("Path in the proxy of the PEM bundle that client certificates are checked against."),
    field<&ServerTLSSettings::ca_crl>("caCrl").describe(
        "Path in the proxy of a PEM list of revoked client certificates; not with credentialName."),
    field<&ServerTLSSettings::credential_name>("credentialName")
        .is(Format::kName)
        .describe("Secret with key, certificate and CA, in the namespace of the gateway pods."),
    field<&ServerTLSSettings::credential_names>("credentialNames")
        .is(Format::kName)
        .items(1, 2)
        .describe("One or two secrets, such as one RSA and one ECDSA; not with credentialName."),
    field<&ServerTLSSettings::ca_cert_credential_name>("caCertCredentialName")
        .is(Format::kName)
        .describe("Secret or ConfigMap with the CA for client certificates; wins over credentialName's."),
    field<&ServerTLSSettings::tls_certificates>("tlsCertificates")
        .items(1, 2)
        .describe("One or two certificates by path; not with the other sources of certificates."),
    field<&ServerTLSSettings::subject_alt_names>("subjectAltNames")
        .describe("Names of which a client certificate must carry one; for mutual TLS."),
    field<&ServerTLSSettings::verify_certificate_spki>("verifyCertificateSpki")
        .describe("SHA-256 of the public keys that clients may have, in base64 (44 characters)."),
    field<&ServerTLSSettings::verify_certificate_hash>("verifyCertificateHash")
        .describe("SHA-256 of the certificates that clients may show: 64 hex digits, colons allowed."),
    field<&ServerTLSSettings::min_protocol_version>("minProtocolVersion")
        .describe("Oldest TLS version that clients may speak; default: TLSV1_2."),
    field<&ServerTLSSettings::max_protocol_version>("maxProtocolVersion")
        .describe("Newest TLS version that clients may speak; default: the proxy's newest."),
    field<&ServerTLSSettings::cipher_suites>("cipherSuites")
        .describe("Cipher suites up to TLS 1.2; names that are not known are dropped."),
    field<&ServerTLSSettings::insecure_skip_verify>("insecureSkipVerify")
        .nullable()
        .describe("Let clients in whose certificate fails the check; default: false. Since 1.31."),
    field<&ServerTLSSettings::ecdh_curves>("ecdhCurves")
        .describe("Curves for the key exchange, such as X25519 and P-256. For releases after 1.31."),
};
constexpr FieldInfo kTLSCertificateFields[] = {
    field<&TLSCertificate::server_certificate>("serverCertificate")
        .describe("Path in the proxy of the PEM certificate chain."),
    field<&TLSCertificate::private_key>("privateKey")
        .describe("Path in the proxy of the certificate's private key, in PEM."),
    field<&TLSCertificate::ca_certificates>("caCertificates")
        .describe("Path in the proxy of the PEM bundle that client certificates are checked against."),
};

}  // namespace

constinit const EnumInfo kServerTlsModeEnum{.name = "TLSmode", .values = kServerTlsModeNames};
constinit const EnumInfo kTlsProtocolEnum{.name = "TLSProtocol", .values = kTlsProtocolNames};
constinit const TypeInfo kGatewayType{.name = "Gateway",
                                      .doc = "Ports that the gateway pods open, and the hosts served on them.",
                                      .fields = kGatewayFields};
constinit const TypeInfo kServerType{
    .name = "Server", .doc = "One port with the hosts served on it.", .fields = kServerFields};
constinit const TypeInfo kPortType{.name = "Port", .doc = "A port to listen on.", .fields = kPortFields};
constinit const TypeInfo kServerTLSSettingsType{
    .name = "ServerTLSSettings", .doc = "TLS towards clients.", .fields = kServerTLSSettingsFields};
constinit const TypeInfo kTLSCertificateType{
    .name = "TLSCertificate", .doc = "A certificate and its key as files.", .fields = kTLSCertificateFields};

const TypeInfo& gateway_type() { return kGatewayType; }

}  // namespace wicket::model
