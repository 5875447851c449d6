#include "check/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>

#include <arpa/inet.h>

namespace wicket::check {
namespace {

template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using X509Ptr = std::unique_ptr<X509, Deleter<X509_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Deleter<GENERAL_NAMES_free>>;

std::string lower(std::string_view text) {
  std::string made(text);
  std::ranges::transform(made, made.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return made;
}

std::string_view bytes(const ASN1_STRING* text) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): OpenSSL has its bytes unsigned
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string address(std::string_view raw) {
  constexpr std::size_t kBytesOfIpv4 = 4;
  constexpr std::size_t kBytesOfIpv6 = 16;
  if (raw.size() != kBytesOfIpv4 && raw.size() != kBytesOfIpv6) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = raw.size() == kBytesOfIpv4 ? AF_INET : AF_INET6;
  return inet_ntop(family, raw.data(), text.data(), text.size()) == nullptr ? std::string() : std::string(text.data());
}

std::chrono::sys_seconds time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) == 0) return {};
  constexpr int kFirstYear = 1900;
  const std::chrono::year_month_day day{std::chrono::year(parts.tm_year + kFirstYear),
                                        std::chrono::month(static_cast<unsigned>(parts.tm_mon + 1)),
                                        std::chrono::day(static_cast<unsigned>(parts.tm_mday))};
  return std::chrono::sys_days(day) + std::chrono::hours(parts.tm_hour) + std::chrono::minutes(parts.tm_min) +
         std::chrono::seconds(parts.tm_sec);
}

}  // namespace

bool Certificate::covers(std::string_view host) const {
  const std::string wanted = lower(host);
  if (std::ranges::find(addresses, wanted) != addresses.end()) return true;
  const std::size_t dot = wanted.find('.');
  const std::string wildcard = dot == std::string::npos ? std::string() : "*" + wanted.substr(dot);
  return std::ranges::any_of(names, [&](const std::string& name) { return name == wanted || name == wildcard; });
}

std::optional<Certificate> parse_certificate(std::string_view pem) {
  const Bio source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const X509Ptr parsed(source ? PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr) : nullptr);
  ERR_clear_error();
  if (!parsed) return std::nullopt;
  Certificate certificate;
  certificate.not_before = time_of(X509_get0_notBefore(parsed.get()));
  certificate.not_after = time_of(X509_get0_notAfter(parsed.get()));
  const Names names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(parsed.get(), NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS) certificate.names.push_back(lower(bytes(name->d.dNSName)));
    if (name->type == GEN_IPADD) certificate.addresses.push_back(address(bytes(name->d.iPAddress)));
  }
  return certificate;
}

}  // namespace wicket::check
