// The same records through other routes: whose answer changes, and how many there are of each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "replay/record.h"
#include "replay/replay.h"

namespace wicket::replay {

/// Records whose answers changed in the same way, and the first of them.
struct ChangeGroup {
  std::uint64_t requests = 0;
  std::string file{};
  Record first{};  // with the port that was asked at before
  std::uint32_t port_after = 0;
  bool tls_after = false;
};

/// What one table answers.
struct AnswerSide {
  const Answer& answer;
  const std::string& signature;  // of it
};

/// Memory: bounded.
class Changes {
 public:
  void add(const std::string& file, const Record& record, const AnswerSide& before, const AnswerSide& after);

  std::uint64_t same = 0;
  std::uint64_t changed = 0;
  std::uint64_t further = 0;                         // of groups beyond those
  std::vector<std::unique_ptr<ChangeGroup>> groups;  // in the order of their first records

 private:
  std::unordered_map<std::string, ChangeGroup*> by_key_;
  std::string key_;
};

/// Equal for two decisions that a client and a service cannot tell apart, whatever the tables that they come from.
/// Queries have no part in it: routes carry them along.
[[nodiscard]] std::string signature(const route::Decision& decision);

}  // namespace wicket::replay
