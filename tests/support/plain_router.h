// The routing of an ingress gateway in its simplest form: slow, obvious, and made to be compared with.
#pragma once

#include <cstdint>
#include <string>

#include "model/workspace.h"
#include "route/decision.h"
#include "route/request.h"

namespace wicket::test {

/// Where a request goes, read straight from the manifests: nothing is prepared, indexed or shared with rules/ and
/// route/, but for RE2. The workload is the default ingress gateway.
///
/// Knows Gateways with plaintext HTTP and terminating HTTPS servers, and the http rules of VirtualServices that no
/// other one includes; no delegates, no bytes, no Services. Requests are sound, their paths normal.
/// Answers: "no listener", "no chain", "not HTTP", "no host", "a.io: https redirect", "a.io: no route",
///          "a.io: default/v[0].1" and, of rules that forward, " to outbound|80||web.default.svc.cluster.local".
[[nodiscard]] std::string plain_route(const model::Workspace& workspace, const route::RequestView& request,
                                      std::uint64_t draw);

/// A decision in the words of plain_route().
[[nodiscard]] std::string in_plain_words(const route::Decision& decision);

}  // namespace wicket::test
