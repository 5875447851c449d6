// Records × routes ▸ answers, and what is to be thought of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "replay/interests.h"
#include "replay/record.h"
#include "route/decision.h"
#include "route/table.h"

namespace wicket::replay {

/// How a decision stands to what was recorded.
enum class Verdict : std::uint8_t {
  kUntold,  // nothing was recorded that could be compared
  kAgrees,
  kConsistent,  // it differs, and what the record does not tell could explain it
  kContradicts,
};
/// "agrees", "consistent" …
[[nodiscard]] std::string_view verdict_word(Verdict verdict);

/// A verdict with what led to it.
struct Judgement {
  Verdict verdict = Verdict::kUntold;
  std::string difference{};   // in words; empty: there is none
  std::string explanation{};  // kConsistent: what the record does not tell
};

/// The answer to one record. Pointers and views lead into the Replay and its table.
struct Answer {
  const route::Decision* decision = nullptr;
  const Judgement* judgement = nullptr;
  std::uint32_t port = 0;  // that was asked at; differs from the record's where the log does not know
  bool tls = false;
  bool is_guessed_port = false;
  bool is_new = false;  // nothing like it was decided before, as far as anybody remembers
};

/// Decides records, each class of equal ones once.
/// Memory: bounded; classes that were not seen for long are decided again.
class Replay {
 public:
  /// Keeps a reference to the table.
  explicit Replay(const route::RouteTable& table);
  ~Replay();
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  /// The answer is valid until the next call.
  [[nodiscard]] Answer take(const Record& record);
  /// What take() answers, in short; see signature() in changes.h. Valid until the next call.
  [[nodiscard]] const std::string& signature_of(const Record& record);
  [[nodiscard]] const Interests& interests() const { return interests_; }
  [[nodiscard]] const route::RouteTable& table() const { return table_; }
  /// Times that the engine was asked.
  [[nodiscard]] std::uint64_t decided() const { return decided_; }

 private:
  struct Class;
  struct Rewritten;

  [[nodiscard]] Class& class_of(const Record& record, bool& is_new);
  [[nodiscard]] const Judgement& judgement_of(const Record& record, Class& known);

  const route::RouteTable& table_;
  Interests interests_;
  std::unique_ptr<Rewritten> rewritten_;
  std::unordered_map<std::string, std::unique_ptr<Class>> classes_;
  std::unordered_map<std::string, std::unique_ptr<Class>> older_;
  std::string key_;
  std::uint64_t decided_ = 0;
};

}  // namespace wicket::replay
