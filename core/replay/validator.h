// How istio-config-validator reads VirtualServices, which is not how a gateway does.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "replay/record.h"
#include "replay/replay.h"
#include "route/table.h"

namespace wicket::replay {

/// One test that it judges otherwise than the gateway would.
struct ReadOtherwise {
  std::string file{};
  std::size_t line = 0;
  std::string request{};
  bool passes_there = false;
  std::string there{};    // why it fails there; empty: it passes
  std::string gateway{};  // why it fails at the gateway; empty: it passes
};

/// Judges tests as that tool does. Its ways: a host is one of the names of a VirtualService to the letter, so that
/// wildcards, ports and upper case match nothing; no Gateway and no order between VirtualServices; the path is compared
/// without its query and with its escapes resolved; an alternative at the edge of a regex is anchored on one side only;
/// conditions on scheme, port, query parameters and withoutHeaders are passed over, and a header that only has to be
/// there never is.
/// Source: istio-config-validator, internal/pkg/unit.
class Validator {
 public:
  /// Keeps a reference to the table.
  explicit Validator(const route::RouteTable& table) : table_(table) {}

  void add(const std::string& file, const Record& record, const Answer& answer);

  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  std::uint64_t differ = 0;
  std::vector<ReadOtherwise> otherwise;  // the first ones

 private:
  const route::RouteTable& table_;
};

}  // namespace wicket::replay
