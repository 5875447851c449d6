// Values that several commands take, and the forms that names have.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "cli/value_reader.h"

namespace wicket::cli {

/// Source: RFC 1123 label, as Kubernetes checks namespaces.
[[nodiscard]] bool is_namespace(std::string_view text);
/// Source: RFC 1123 subdomain, as Kubernetes checks names of objects.
[[nodiscard]] bool is_object_name(std::string_view text);
/// Source: RFC 9110 section 5.6.2, token.
[[nodiscard]] bool is_token(std::string_view text);

/// What every command takes.
[[nodiscard]] CommonOptions common(ValueReader& in);
/// --namespace.
[[nodiscard]] std::string namespace_of(ValueReader& in);
/// --cluster-domain.
[[nodiscard]] std::string cluster_domain(ValueReader& in);
/// A percentage, with or without its mark; nothing when it was not given.
[[nodiscard]] std::optional<double> percentage(ValueReader& in, OptionId id);
/// Paths from arguments, `first` of which are something else.
[[nodiscard]] std::vector<std::string> paths(ValueReader& in, std::size_t first);

}  // namespace wicket::cli
