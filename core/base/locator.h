// Many offsets ▸ lines and columns.
#pragma once

#include <cstdint>
#include <vector>

#include "base/source_set.h"

namespace wicket {

/// Answers what SourceSet::position answers, and remembers where the lines of a file begin: a report of many findings
/// then costs one look over each file instead of one a finding. Keeps a reference to the sources.
class Locator {
 public:
  explicit Locator(const SourceSet& sources) : sources_(sources), lines_(sources.size()) {}

  /// Line and column of an offset, as SourceSet::position.
  [[nodiscard]] Position position(FileId id, std::uint32_t offset);

 private:
  struct Lines {
    bool known = false;
    std::vector<std::vector<std::uint32_t>> starts;  // by segment: where its lines begin, counted from its first byte
  };

  const SourceSet& sources_;
  std::vector<Lines> lines_;
};

}  // namespace wicket
