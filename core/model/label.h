// Istio's rules for labels of pods and endpoints.
#pragma once

#include <string_view>

namespace wicket::model {

/// A name of at most 63 like a label value, with an optional prefix of labels joined by dots (letters of either case,
/// together at most 253) and `/` in front. More lenient than the API server's rule for labels of objects.
/// Source: Istio pkg/config/labels, validateTagKey.
[[nodiscard]] bool is_istio_label_key(std::string_view text);
/// Empty, or letters, digits, `-`, `_` and `.`, first and last one a letter or digit. Of any length, though a pod's
/// label has at most 63. Source: Istio pkg/config/labels, Instance.Validate.
[[nodiscard]] bool is_istio_label_value(std::string_view text);

}  // namespace wicket::model
