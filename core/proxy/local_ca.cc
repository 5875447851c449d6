#include "proxy/local_ca.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "proxy/openssl_types.h"

namespace wicket::proxy {

struct LocalCa::State {
  Owned<X509> certificate;
  Owned<EVP_PKEY> key;
};

namespace {

constexpr long kDay = 24L * 60 * 60;  // NOLINT(google-runtime-int): OpenSSL's type, seconds
constexpr long kCaLife = 10 * 365 * kDay;
constexpr long kLeafLife = 90 * kDay;
constexpr long kBackdating = 60L * 60;  // clocks differ

Error io_error(const std::string& what) {
  return {ErrorCode::kIo, fmt::format("{}: {}", what, std::generic_category().message(errno))};
}

std::string pem_of(X509* certificate) {
  const Owned<BIO> out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), certificate);
  char* data = nullptr;
  const auto size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(EVP_PKEY* key) {
  const Owned<BIO> out(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const auto size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

bool add_extension(X509* certificate, X509* issuer, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Owned<X509_EXTENSION> extension(X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

void set_name(X509_NAME* name, const std::string& text) {
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(text.c_str()), -1, -1,
                             0);
}

// A certificate without extensions and signature; the serial number is random (RFC 5280 section 4.1.2.2).
Owned<X509> new_certificate(EVP_PKEY* key, const std::string& common_name, long life) {  // NOLINT(google-runtime-int)
  Owned<X509> certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  unsigned char serial[8] = {};
  RAND_bytes(serial, sizeof(serial));
  serial[0] &= 0x7fU;
  std::uint64_t number = 0;
  for (const unsigned char byte : serial) number = number << 8U | byte;
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), number | 1U);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kBackdating);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), life);
  X509_set_pubkey(certificate.get(), key);
  set_name(X509_get_subject_name(certificate.get()), common_name);
  return certificate;
}

Result<void> write_file(const std::filesystem::path& path, const std::string& text, mode_t mode) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (fd < 0) return tl::unexpected<Error>(io_error("cannot write " + path.string()));
  const ssize_t written = ::write(fd, text.data(), text.size());
  const bool is_done = written == static_cast<ssize_t>(text.size());
  const Error error = io_error("cannot write " + path.string());
  ::close(fd);
  if (!is_done) return tl::unexpected<Error>(error);
  return {};
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

LocalCa::LocalCa(std::unique_ptr<State> state, std::string file, std::string certificate)
    : state_(std::move(state)), file_(std::move(file)), certificate_(std::move(certificate)) {}
LocalCa::~LocalCa() = default;
LocalCa::LocalCa(LocalCa&&) noexcept = default;
LocalCa& LocalCa::operator=(LocalCa&&) noexcept = default;

Result<LocalCa> LocalCa::open(const std::string& folder) {
  const std::filesystem::path certificate_path = std::filesystem::path(folder) / "ca.pem";
  const std::filesystem::path key_path = std::filesystem::path(folder) / "ca-key.pem";
  auto state = std::make_unique<State>();
  std::error_code error;
  if (std::filesystem::exists(certificate_path, error) && std::filesystem::exists(key_path, error)) {
    const std::string certificate = read_file(certificate_path), key = read_file(key_path);
    state->certificate.reset(PEM_read_bio_X509(text_reader(certificate).get(), nullptr, nullptr, nullptr));
    state->key.reset(PEM_read_bio_PrivateKey(text_reader(key).get(), nullptr, nullptr, nullptr));
    if (!state->certificate || !state->key || X509_check_private_key(state->certificate.get(), state->key.get()) != 1)
      return failure(ErrorCode::kInvalid, fmt::format("{} holds no usable CA; remove it to get a new one", folder));
    return LocalCa(std::move(state), certificate_path, certificate);
  }

  std::filesystem::create_directories(folder, error);
  if (error) return failure(ErrorCode::kIo, fmt::format("cannot make {}: {}", folder, error.message()));
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  state->key.reset(EVP_EC_gen("P-256"));
  state->certificate = new_certificate(state->key.get(), "wicket local CA", kCaLife);
  X509* certificate = state->certificate.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(certificate, certificate, NID_subject_key_identifier, "hash");
  X509_sign(certificate, state->key.get(), EVP_sha256());
  if (Result<void> written = write_file(key_path, pem_of(state->key.get()), 0600); !written)
    return tl::unexpected<Error>(written.error());
  if (Result<void> written = write_file(certificate_path, pem_of(certificate), 0644); !written)
    return tl::unexpected<Error>(written.error());
  return LocalCa(std::move(state), certificate_path, pem_of(certificate));
}

Result<IssuedCertificate> LocalCa::issue(const std::vector<std::string>& names) const {
  const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
  constexpr std::size_t kMaxCommonName = 64;  // RFC 5280, ub-common-name
  const std::string first = names.empty() || names.front().size() > kMaxCommonName ? "wicket" : names.front();
  const Owned<X509> certificate = new_certificate(key.get(), first, kLeafLife);
  X509* issuer = state_->certificate.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
  std::string alternatives;
  for (const std::string& name : names) alternatives += (alternatives.empty() ? "DNS:" : ",DNS:") + name;
  add_extension(certificate.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate.get(), issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(certificate.get(), issuer, NID_ext_key_usage, "serverAuth,clientAuth");
  add_extension(certificate.get(), issuer, NID_authority_key_identifier, "keyid");
  if (!alternatives.empty() && !add_extension(certificate.get(), issuer, NID_subject_alt_name, alternatives))
    return failure(ErrorCode::kInvalid, "cannot make a certificate for " + alternatives + ": " + openssl_error());
  if (X509_sign(certificate.get(), state_->key.get(), EVP_sha256()) == 0)
    return failure(ErrorCode::kInvalid, "cannot sign a certificate: " + openssl_error());
  return IssuedCertificate{pem_of(certificate.get()), pem_of(key.get())};
}

}  // namespace wicket::proxy
