// Bytes of a test file ▸ Suite.
#pragma once

#include <string>
#include <string_view>

#include "suite/suite.h"

namespace wicket::suite {

/// Whether files of this name are looked for: *_test.yaml, *_test.yml and *_test.json.
[[nodiscard]] bool is_test_file(std::string_view path);

struct ReadOptions {
  std::string default_namespace = "default";  // where the file does not say it
  std::string cluster_domain = "cluster.local";
};

/// Reads a test file and makes every combination. Unknown keys are errors with a suggestion, like everything else that
/// could mean two things; a test with an error is left out, the others are there.
/// Limits: 100,000 requests a file.
/// Errors: none as a whole; whatever is wrong stands in the result.
/// Schema: schemas/test.schema.json.
[[nodiscard]] Suite read_suite(std::string path, std::string bytes, const ReadOptions& options = {});

}  // namespace wicket::suite
