// Byte edits that repair: of scalars, fields and items. All of them give no edit where the repair is not sure to do
// just that: for what comes through an alias, holds an anchor, or is spread over lines.
#pragma once

#include <string_view>
#include <vector>

#include "check/diagnostic.h"
#include "yaml/node.h"

namespace wicket::check {

/// Writes another value into a scalar, in its own style of quotes. A plain one stays plain where the new value is made
/// of letters, digits and `.`, `-`, `_`, `/` with a letter, digit or `/` in front.
[[nodiscard]] std::vector<Edit> replace_scalar(const yaml::Document& document, yaml::NodeId scalar,
                                               std::string_view text);
/// Takes a field out of its mapping, which keeps another one. `value` is the field's value.
[[nodiscard]] std::vector<Edit> remove_field(const yaml::Document& document, yaml::NodeId value);
/// Takes an item out of its list, which keeps another one.
[[nodiscard]] std::vector<Edit> remove_item(const yaml::Document& document, yaml::NodeId item);

}  // namespace wicket::check
