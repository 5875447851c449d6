// What a replay came to, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "replay/read_log.h"
#include "replay/record.h"
#include "replay/replay.h"

namespace wicket::replay {

/// Records that differ from their decisions in the same way, and the first of them.
struct DifferenceGroup {
  std::uint64_t requests = 0;
  std::string file{};  // of the first one
  Record first{};      // with the port that was asked at
  Judgement judgement{};
  route::Decision decision{};
};

/// Requests that went nowhere for the same reason.
struct LostGroup {
  std::uint64_t requests = 0;
  std::string file{};
  std::size_t line = 0;
  std::string host{};
  std::uint32_t port = 0;
  route::Stage stage{};
  std::string first{};  // title of the first one
};

/// One rule, with what it took.
struct RuleCount {
  const rules::Rule* rule = nullptr;
  std::uint64_t requests = 0;
};

/// One file.
struct ReplayedFile {
  std::string name{};
  ReadSummary read{};
};

/// Counts of everything.
class Summary {
 public:
  /// Takes the answer to one record in. `file` is the name that it stands in.
  void add(const std::string& file, const Record& record, const Answer& answer);
  /// A record that nothing is decided about.
  void add_undecided(const Record& record);

  std::vector<ReplayedFile> files;
  std::uint64_t requests = 0;   // that were decided
  std::uint64_t broken = 0;     // that the gateway could not read, and neither can we
  std::uint64_t elsewhere = 0;  // lines of sidecars
  std::uint64_t guessed_ports = 0;
  std::uint64_t verdicts[4] = {};                     // by Verdict
  std::map<std::string, std::uint64_t> destinations;  // cluster, "a | b" while it is open, or an outcome's name
  std::map<std::uint32_t, std::uint64_t> statuses;  // as recorded, else as decided; 0: nobody answered, or an upstream
  std::unordered_map<const rules::Rule*, std::uint64_t> rules;
  std::vector<std::unique_ptr<DifferenceGroup>> contradictions;  // in the order of their first records
  std::vector<std::unique_ptr<DifferenceGroup>> consistent;
  std::uint64_t further_differences = 0;  // records of groups beyond those
  std::vector<LostGroup> lost;
  std::uint64_t further_lost = 0;

  [[nodiscard]] std::uint64_t count(Verdict verdict) const { return verdicts[static_cast<std::size_t>(verdict)]; }

 private:
  void add_difference(const std::string& file, const Record& record, const Answer& answer);
  void add_lost(const std::string& file, const Record& record, const Answer& answer);

  std::unordered_map<std::string, DifferenceGroup*> groups_;
  std::unordered_map<std::string, std::size_t> lost_by_key_;
  std::string key_;
};

}  // namespace wicket::replay
