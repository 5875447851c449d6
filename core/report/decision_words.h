// The words that decisions are told in. Internal to report/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source_set.h"
#include "report/decision.h"
#include "route/trace.h"
#include "rules/rule_set.h"

namespace wicket::report {

/// "testdata/hello/vs.yaml:12".
[[nodiscard]] std::string place(const SourceSet& sources, const Span& span);

/// "testdata/hello/vs.yaml:12:7".
[[nodiscard]] std::string exact_place(const SourceSet& sources, const Span& span);

/// "http[0].match[1] of VirtualService default/shop".
[[nodiscard]] std::string rule_title(const rules::Provenance& from);

/// "hello.default.svc.cluster.local:80 (subset v1)".
[[nodiscard]] std::string cluster_title(const rules::Cluster& cluster);

/// "plaintext HTTP", "TLS passed through" …
[[nodiscard]] std::string_view chain_title(rules::ChainKind kind);

/// "path \"/x\" does not start with \"/api\"".
[[nodiscard]] std::string failure_text(const route::FailedPredicate& failed);

/// What a Problem says about a request that got lost.
[[nodiscard]] std::string problem_text(const rules::Problem& problem);

/// Something to say beside the decision, with its place where it has one.
struct Remark {
  std::string text;
  const Span* span = nullptr;
};

/// Why the request got lost, why a destination is missing, why Envoy would refuse the configuration.
[[nodiscard]] std::vector<Remark> remarks(const DecisionReport& report);

/// The share of a destination among those that can be picked.
[[nodiscard]] double probability(const route::Decision& decision, const rules::WeightedDestination& destination);

/// The Gateway that the decision belongs to, "namespace/name"; empty when several share it.
[[nodiscard]] std::string_view gateway_of(const route::Decision& decision);

}  // namespace wicket::report
