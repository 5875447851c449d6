// A file of recorded requests ▸ records, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/file_reader.h"
#include "base/result.h"
#include "replay/reader.h"
#include "replay/record.h"
#include "replay/sniff.h"

namespace wicket::replay {

/// Names and values that requests with templates are read with.
using Variables = std::vector<std::pair<std::string, std::string>>;

struct ReadOptions {
  InputFormat format = InputFormat::kAuto;
  const LineReader* lines = nullptr;    // a format of the user's own, in place of `format`
  std::string host{};                   // of records that have none
  std::optional<std::uint32_t> port{};  // in place of what records say
  std::size_t threads = 0;              // 0: one per core
  Variables variables{};
  std::function<bool()> stops{};  // asked after each block: true ends reading there; empty: never
};

/// Something that is no record.
struct Unread {
  std::size_t line = 0;
  std::string why{};   // in words that follow "the line"
  std::string text{};  // its beginning
};

/// What was found in a file.
struct ReadSummary {
  std::string format{};      // its name; empty: nothing that is known
  bool has_entries = false;  // what is counted are entries, not lines
  bool is_filled = false;    // there is something in it
  std::uint64_t records = 0;
  std::uint64_t unread = 0;
  std::vector<Unread> first_unread{};  // a few
  std::string failure{};               // why reading ended early; empty: it did not
};

/// Reads all of it, and calls `take` with each record in order: one at a time, from whatever thread.
/// Memory: a few blocks of a mebibyte, whatever the size of the file.
[[nodiscard]] ReadSummary read_log(std::unique_ptr<OpenFile> file, const ReadOptions& options,
                                   const std::function<void(const Record&)>& take);

}  // namespace wicket::replay
