// Mappings with a key that the schema does not know. What such a mapping seems to lack may stand behind that key, which
// was told: no check may say that it is missing.
#pragma once

#include <utility>
#include <vector>

#include "model/workspace.h"
#include "yaml/node.h"

namespace wicket::check {

/// Those of one file.
class UnknownFields {
 public:
  explicit UnknownFields(const model::ParsedFile& file);

  [[nodiscard]] bool in(const yaml::Document& document, yaml::NodeId mapping) const;

 private:
  std::vector<std::pair<const yaml::Document*, yaml::NodeId>> mappings_;  // sorted
};

}  // namespace wicket::check
