// Istio's rules for host names: what its validation takes for a name, a wildcard or an address.
#pragma once

#include <string_view>

namespace wicket::model {

/// Letters of either case, digits and `-`, first and last one not a `-`, at most 63.
/// Source: Istio pkg/config/labels, IsDNS1123Label.
[[nodiscard]] bool is_istio_label(std::string_view text);
/// Labels joined by dots, at most 255, perhaps with a dot at the end; the last label is not a number. One label is
/// enough. Source: Istio pkg/config/validation/agent, ValidateFQDN. (A number that does not fit 64 bits passes there,
/// and here.)
[[nodiscard]] bool is_fqdn(std::string_view text);
/// The same with a first label that may also be `*`, `*label` or `*-label`; a number is taken if there is no dot.
/// Source: Istio pkg/config/validation/agent, ValidateWildcardDomain.
[[nodiscard]] bool is_wildcard_domain(std::string_view text);
/// An IPv4 or IPv6 address; the latter may have a zone. No brackets, port or prefix length.
/// Source: Go net/netip, ParseAddr.
[[nodiscard]] bool is_ip_address(std::string_view text);
/// An IPv4 or IPv6 address with a prefix length. Source: Go net/netip, ParsePrefix.
[[nodiscard]] bool is_ip_prefix(std::string_view text);
/// A `*` that is not a whole first label: `*-eu.example.com`, `foo.*`. `*` alone is none.
/// Source: Istio pkg/config/validation/agent, ValidatePartialWildCard.
[[nodiscard]] bool is_partial_wildcard(std::string_view text);

}  // namespace wicket::model
