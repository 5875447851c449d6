// The API server's rules for names of objects, labels and annotations.
#pragma once

#include <string_view>

namespace wicket::model {

/// Lower-case letters, digits and `-`, first and last one not a `-`, at most 63. Source: RFC 1123 label as Kubernetes
/// has it.
[[nodiscard]] bool is_dns_label(std::string_view text);
/// The same, and the first one is a letter: names of Services. Source: RFC 1035 label.
[[nodiscard]] bool is_dns1035_label(std::string_view text);
/// Labels joined by dots, at most 253. Source: Kubernetes' DNS subdomain.
[[nodiscard]] bool is_dns_subdomain(std::string_view text);
/// Empty, or at most 63 of letters, digits, `-`, `_` and `.`, first and last one a letter or digit.
[[nodiscard]] bool is_label_value(std::string_view text);
/// A name like a label value that is not empty, with an optional DNS subdomain and `/` in front.
[[nodiscard]] bool is_qualified_name(std::string_view text);

}  // namespace wicket::model
