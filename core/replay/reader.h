// Lines ▸ records.
#pragma once

#include <string>
#include <string_view>

#include "replay/record.h"

namespace wicket::replay {

/// Reads one line at a time. Has no state of its own: several threads may share it.
class LineReader {
 public:
  virtual ~LineReader() = default;
  /// Makes a record of a line without its line end. What the record held before is gone.
  /// Returns why it cannot be read, in words that follow "the line"; empty when it could.
  [[nodiscard]] virtual std::string read(std::string_view line, Record& out) const = 0;
  [[nodiscard]] virtual const Telling& telling() const = 0;
};

}  // namespace wicket::replay
