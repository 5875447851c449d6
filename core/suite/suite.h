// A test file after reading: whose routes are asked for, and every request with what is expected of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source_set.h"
#include "base/span.h"
#include "route/decision.h"
#include "route/regex.h"
#include "route/request.h"

namespace wicket::suite {

/// What a text has to be.
struct TextTest {
  enum class Kind : std::uint8_t { kExact, kPrefix, kContains, kRegex, kPresent, kAbsent };
  Kind kind = Kind::kExact;
  std::string text{};
  std::optional<route::Regex> regex{};  // kRegex: takes the whole text
};

/// What an expectation looks at.
enum class Subject : std::uint8_t {
  kOutcome,
  kStage,
  kNoRoute,
  kStatus,
  kGrpcStatus,
  kResponseFlag,
  kLocation,
  kBody,
  kDestination,
  kWeights,
  kPath,
  kQuery,
  kHost,
  kRequestHeader,
  kResponseHeader,
  kResponseSet,
  kResponseAdd,
  kResponseRemove,
  kTimeout,
  kAttempts,
  kPerTryTimeout,
  kRetryOn,
  kRetryCodes,
  kMirrors,
  kDelay,
  kDelayPercent,
  kAbortStatus,
  kAbortGrpcStatus,
  kAbortPercent,
  kCors,
  kRouteName,
  kVirtualService,
  kGateway,
  kVirtualHost,
};

/// A destination as a test names it.
struct WantedDestination {
  std::string text{};                   // as written
  std::vector<std::string> hosts{};     // one of these names
  std::optional<std::uint32_t> port{};  // nothing: any
  std::optional<std::string> subset{};  // nothing: any
  std::string cluster{};                // the name of the cluster; in place of the three
  std::optional<double> share{};        // weight, or percent of a mirror
};

/// One thing that is compared.
struct Check {
  Subject subject{};
  std::string key{};   // as in the file: request-headers.x-user
  std::string name{};  // of a header
  bool negated = false;
  TextTest want{};
  std::vector<WantedDestination> destinations{};  // kDestination, kWeights, kMirrors
  Span span{};                                    // in the test file
};

/// One request, and what is expected of it.
struct Case {
  std::string name{};  // with its choices where the name does not tell them
  Span span{};         // of the test, or of its row
  std::string url{};
  route::Request request{};
  std::string client_address{};
  route::Draw draw{};
  std::vector<Check> checks{};
};

using Labels = std::vector<std::pair<std::string, std::string>>;

/// Whose routes a file asks about. Nothing: as the command line has it.
struct Target {
  std::vector<std::string> manifests{};  // paths from the file's folder; empty: that folder
  std::optional<std::string> gateway{};  // NS/NAME, NAME, or mesh
  std::optional<std::string> default_namespace{};
  std::optional<std::string> cluster_domain{};
  std::optional<std::string> workload_namespace{};
  std::optional<std::string> source_namespace{};
  Labels workload_labels{};
  Labels source_labels{};
  std::optional<std::pair<std::uint32_t, std::uint32_t>> istio_version{};  // major, minor
  std::optional<bool> closed_world{};
};

/// Something wrong with a test file. The tests that it does not concern are there all the same.
struct SuiteError {
  Span span{};
  std::string message{};
};

/// One test file.
struct Suite {
  std::string file{};
  SourceSet sources{};  // the file alone
  Target target{};
  std::vector<Case> cases{};  // in the order of the file
  std::size_t tests = 0;      // before combinations
  std::vector<SuiteError> errors{};
  bool is_manifest = false;  // it holds objects of Kubernetes and no tests
};

}  // namespace wicket::suite
