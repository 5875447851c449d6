// Copies of requests that nobody waits for.
#pragma once

#include <string>

#include "proxy/message.h"
#include "proxy/serving_set.h"

namespace wicket::proxy {

class Worker;

/// Sends a copy to one endpoint of the backend, which has some; the answer is read and dropped.
/// Source: Envoy source/common/router/shadow_writer_impl.cc (R-MIR-2).
void send_mirror(Worker& worker, const Backend& backend, const UpstreamHead& head, const std::string& body);

}  // namespace wicket::proxy
