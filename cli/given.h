// What was typed, before any of it is understood.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/option_table.h"

namespace wicket::cli {

/// Values by option, each in the order in which they were typed, and the arguments that belong to no option.
struct Given {
  std::map<OptionId, std::vector<std::string>> values;  // of a flag: one entry each time
  std::vector<std::string> arguments;

  [[nodiscard]] bool has(OptionId id) const { return values.contains(id); }

  /// The value that counts for an option that is not repeatable; nothing when it was not given.
  [[nodiscard]] const std::string* last(OptionId id) const {
    const auto found = values.find(id);
    return found == values.end() ? nullptr : &found->second.back();
  }

  /// All values of a repeatable option.
  [[nodiscard]] std::vector<std::string> all(OptionId id) const {
    const auto found = values.find(id);
    return found == values.end() ? std::vector<std::string>() : found->second;
  }
};

}  // namespace wicket::cli
