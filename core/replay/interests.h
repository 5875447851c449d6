// What of a request its decision depends on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "replay/record.h"
#include "route/table.h"

namespace wicket::replay {

/// What any rule of a table may look at. Requests that agree in it are decided alike.
class Interests {
 public:
  explicit Interests(const route::RouteTable& table);

  /// Equal for two records of one class. Replaces what `key` holds.
  void key_of(const Record& record, std::string& key) const;
  /// Takes out of a record what no rule looks at: it is decided as before.
  void reduce(Record& record) const;

 private:
  std::vector<std::string> headers_;  // in lower case, sorted
  bool every_header_ = false;
  bool query_ = false;
  bool peer_ = false;
  bool request_id_ = false;
  bool local_address_ = false;
};

}  // namespace wicket::replay
