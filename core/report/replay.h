// What a replay of recorded traffic came to, in every format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_set.h"
#include "replay/changes.h"
#include "replay/summary.h"
#include "replay/validator.h"
#include "report/findings.h"
#include "route/table.h"
#include "suite/coverage.h"

namespace wicket::report {

/// A line of a log that is no record.
struct ReplayedUnread {
  std::size_t line = 0;
  std::string why;   // in words that follow "the line"
  std::string text;  // its beginning
};

/// One file of recorded requests.
struct ReplayedLog {
  std::string file;
  std::string format;        // its name; empty: none that is known
  bool has_entries = false;  // numbers are those of entries, not of lines
  std::uint64_t records = 0;
  std::uint64_t unread = 0;
  std::vector<ReplayedUnread> first_unread;
  std::string failure;  // why reading ended early; empty: it did not
};

/// Records that differ from what is decided, in the same way.
struct ReplayDifference {
  std::uint64_t requests = 0;
  std::string file;  // of the first one
  std::size_t line = 0;
  std::string request;        // its method and URL
  bool is_test = false;       // expected by somebody, not recorded
  std::string recorded;       // what was recorded of it
  std::string recorded_rule;  // the rule that leads there, with its place; empty: none does
  std::string decided;        // what it would be
  std::string decided_rule;   // with its place; empty: no rule took it
  std::string difference;
  std::string because;  // why the rule that leads there did not take it; what the log does not tell
};

struct ReplayCount {
  std::string name;
  std::uint64_t requests = 0;
};

/// A rule that took requests.
struct ReplayedRule {
  std::string title;  // http[0].match[1] of VirtualService shop/web
  std::string name;   // of the route; empty: none
  std::string file;
  std::uint32_t line = 0;
  std::uint64_t requests = 0;
};

/// Requests that went nowhere.
struct ReplayLoss {
  std::uint64_t requests = 0;
  std::string why;  // no virtual host for "a.com" on port 80
  std::string file;
  std::size_t line = 0;
  std::string request;  // the first one
};

/// Requests that other manifests answer otherwise.
struct ReplayChange {
  std::uint64_t requests = 0;
  std::string file;  // of the first one
  std::size_t line = 0;
  std::string request;
  std::string before;
  std::string before_rule;  // with its place; empty: no rule took it
  std::string after;
  std::string after_rule;
};

/// What became of all requests with other manifests.
struct ReplayComparison {
  std::uint64_t same = 0;
  std::uint64_t changed = 0;
  std::uint64_t further = 0;          // of changes beyond those that are listed
  std::vector<ReplayChange> changes;  // biggest first
};

/// A test that istio-config-validator judges otherwise than the gateway would.
struct ReplayOtherwise {
  std::string file;
  std::size_t line = 0;
  std::string request;
  bool passes_there = false;
  std::string why;  // it fails where it fails
};

/// Tests as istio-config-validator reads them.
struct ReplayValidator {
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  std::uint64_t differ = 0;                // from the gateway
  std::vector<ReplayOtherwise> otherwise;  // the first ones
};

/// Everything that a replay tells.
struct ReplayReport {
  std::vector<ReplayedLog> logs;
  std::uint64_t requests = 0;
  std::uint64_t broken = 0;
  std::uint64_t elsewhere = 0;
  std::uint64_t guessed_ports = 0;
  std::uint64_t agree = 0, consistent = 0, contradict = 0, untold = 0;
  std::vector<ReplayDifference> contradictions;  // biggest first
  std::vector<ReplayDifference> explained;       // the consistent ones, biggest first
  std::uint64_t further_differences = 0;
  std::vector<ReplayCount> destinations;  // biggest first
  std::vector<ReplayCount> statuses;      // by status
  std::vector<ReplayedRule> rules;        // biggest first
  std::vector<ReplayLoss> lost;           // biggest first
  std::uint64_t further_lost = 0;
  std::optional<ReplayComparison> comparison;
  std::optional<ReplayValidator> validator;
  std::optional<suite::CoverageReport> coverage;
  std::optional<double> fail_under;  // percent
  std::string_view tool_version;
};

/// The counts as values. Decides the first record of each difference once more, for the trace.
[[nodiscard]] ReplayReport replay_report(const replay::Summary& summary, const route::RouteTable& table,
                                         const SourceSet& sources);
/// One side of a comparison.
struct ReplaySide {
  const route::RouteTable& table;
  const SourceSet& sources;
};
/// The changes as values. Decides the first request of each once more.
[[nodiscard]] ReplayComparison replay_comparison(const replay::Changes& changes, const ReplaySide& before,
                                                 const ReplaySide& after);
[[nodiscard]] ReplayValidator replay_validator(const replay::Validator& validator);
/// Whether coverage is below what is asked for.
[[nodiscard]] bool lacks_coverage(const ReplayReport& report);

struct ReplayTextStyle {
  bool color = false;
  bool notes = true;                 // lines that could not be read, what is consistent
  std::size_t max_differences = 10;  // of each kind
  std::size_t max_rows = 20;         // of each table
};

/// Files, verdicts, contradictions, then the tables.
[[nodiscard]] std::string replay_text(const ReplayReport& report, const ReplayTextStyle& style);
/// Schema: schemas/replay.schema.json, version 1.
[[nodiscard]] std::string replay_json(const ReplayReport& report);

}  // namespace wicket::report
