// Headers of what goes upstream and of what is answered here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "route/decision.h"
#include "route/request.h"
#include "rules/rule_set.h"

namespace wicket::route {

using HeaderList = std::vector<Header>;

/// A value with its %COMMANDS% filled in. %REQ(name)%, %PROTOCOL%, %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% and %% are
/// known, as far as the request tells; others stay as written.
/// Source: Envoy access log format strings, as header values use them (R-HOP-6).
[[nodiscard]] std::string expand_format(std::string_view format, const RequestView& request,
                                        std::span<const Header> headers);

/// Applies one unit: removes, then sets, then adds; values are computed in between. Empty ones are skipped.
/// Source: Envoy source/common/router/header_parser.cc, evaluateHeaders (R-HOP-1, R-HOP-2).
void apply_edits(std::span<const rules::HeaderOp> ops, const RequestView& request, HeaderList& headers);

/// x-forwarded-for as it goes on: all lines as one, and the peer behind them.
/// Source: Envoy source/common/http/utility.cc, appendXff (R-EDGE-2).
[[nodiscard]] std::string forwarded_for(const RequestView& request);

/// The headers that the upstream sees, pseudo headers apart: what the gateway takes off and puts on, and the edits of
/// destination and rule. Without a pick only the rule's. What depends on inputs that the request leaves open (client
/// address, request id) is not there.
/// Source: Envoy conn_manager_utility.cc, mutateRequestHeaders; router.cc (R-EDGE-2..6, R-HOP-3, R-HOP-4, R-RW-6,
/// R-RW-7).
[[nodiscard]] HeaderList upstream_headers(const RequestView& request, const Decision& decision);

/// What is done to the headers of an upstream's answer, in order: edits of destination and rule, then CORS.
[[nodiscard]] std::vector<rules::HeaderOp> response_edits(const RequestView& request, const Decision& decision);

/// Applies the edits of destination and rule, and then CORS, to the headers of an upstream's answer.
void edit_response(const RequestView& request, const Decision& decision, HeaderList& headers);

/// An answer of the gateway's own in place of an upstream's. Its text outlives the decision.
struct LocalReply {
  std::uint32_t status = 0;
  std::string_view response_flag;
  std::string_view details;
  std::string_view body;
};

/// Turns a decision to forward into such an answer, as when the upstream fails; gRPC clients get it as theirs. Flags
/// that were set before are the caller's to keep. Source: Envoy router.cc, sendLocalReply (R-LR-4..10, R-DIR-3).
void answer_locally(Decision& decision, const RequestView& request, const LocalReply& reply);

/// The headers of an answer made here, without those that every answer gets (server, date).
/// Source: Envoy source/common/http/utility.cc, prepareLocalReply; cors_filter.cc (R-DIR-1..3, R-CORS-4, R-HOP-7).
[[nodiscard]] HeaderList local_headers(const RequestView& request, const Decision& decision);

}  // namespace wicket::route
