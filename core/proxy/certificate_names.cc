#include "proxy/certificate_names.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace wicket::proxy {
namespace {

struct NamesDeleter {
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return lower;
}

std::string text_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string address_of(const ASN1_OCTET_STRING* bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = ASN1_STRING_length(bytes) == 4 ? AF_INET : AF_INET6;
  if (ASN1_STRING_length(bytes) != 4 && ASN1_STRING_length(bytes) != 16) return {};
  return ::inet_ntop(family, ASN1_STRING_get0_data(bytes), text.data(), text.size()) == nullptr ? "" : text.data();
}

bool is_one_of(const GENERAL_NAME& name, std::span<const std::string> names) {
  const auto is = [names](const std::string& text) { return std::ranges::find(names, text) != names.end(); };
  switch (name.type) {
    case GEN_DNS: {
      const std::string pattern = text_of(name.d.dNSName);
      return std::ranges::any_of(names, [&](const std::string& wanted) { return covers_dns_name(pattern, wanted); });
    }
    case GEN_URI:
      return is(text_of(name.d.uniformResourceIdentifier));
    case GEN_EMAIL:
      return is(text_of(name.d.rfc822Name));
    case GEN_IPADD:
      return is(address_of(name.d.iPAddress));
    default:
      return false;
  }
}

}  // namespace

bool covers_dns_name(std::string_view pattern, std::string_view name) {
  const std::string wide = lower_case(pattern), own = lower_case(name);
  if (wide == own) return true;
  const std::size_t wide_dot = wide.find('.'), own_dot = own.find('.');
  if (wide_dot == std::string::npos || own_dot == std::string::npos) return false;
  const std::size_t star = wide.find('*');
  if (star >= wide_dot || wide.find('*', star + 1) != std::string::npos || wide.starts_with("xn--")) return false;
  const std::string_view label = std::string_view(own).substr(0, own_dot);
  const std::string_view front = std::string_view(wide).substr(0, star);
  const std::string_view back = std::string_view(wide).substr(star + 1, wide_dot - star - 1);
  return own.substr(own_dot) == wide.substr(wide_dot) && label.size() >= front.size() + back.size() &&
         label.starts_with(front) && label.ends_with(back);
}

bool is_for_one_of(X509* certificate, std::span<const std::string> names) {
  const std::unique_ptr<GENERAL_NAMES, NamesDeleter> own(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  if (!own) return false;
  for (int i = 0; i < sk_GENERAL_NAME_num(own.get()); ++i)
    if (is_one_of(*sk_GENERAL_NAME_value(own.get(), i), names)) return true;
  return false;
}

}  // namespace wicket::proxy
