// Every number of the proxy, with its unit.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace wicket::proxy::limits {

using namespace std::chrono_literals;

// ---- what one message may be; more is answered 431, or breaks the upstream connection (R-PRE-8) ----
inline constexpr std::size_t kMaxHeadBytes = 60 * 1024;
inline constexpr std::size_t kMaxHeaders = 100;
inline constexpr std::size_t kMaxChunkLineBytes = 4 * 1024;

// ---- buffers, in bytes ----
inline constexpr std::size_t kEarlyBytes = 2 * 1024;         // room that each connection has while it waits
inline constexpr std::size_t kReadBytes = 16 * 1024;         // one read of heads
inline constexpr std::size_t kBodyReadBytes = 96 * 1024;     // one read of a body, perhaps with its head
inline constexpr std::size_t kReadBatch = 4;                 // reads in one turn
inline constexpr std::size_t kDirectBytes = 8 * 1024;        // pieces of a body so long are sent from where they lie
inline constexpr std::size_t kHighWater = 64 * 1024;         // more queued for a peer: the other side is not read
inline constexpr std::size_t kReplayBytes = 1024 * 1024;     // body kept for a retry or a mirror (R-RT-10, R-MIR-4)
inline constexpr std::size_t kEchoBodyBytes = 64 * 1024;     // of a request's body that the echo shows
inline constexpr std::size_t kAdminBodyBytes = 1024 * 1024;  // of a request to the admin port
inline constexpr std::size_t kDiscardBytes = 256 * 1024;     // read from a client after the last answer

// ---- time ----
inline constexpr std::chrono::seconds kTick = 1s;                 // granularity of those that count in seconds
inline constexpr std::chrono::seconds kHeadTimeout = 60s;         // from a request's first byte to the end of its head
inline constexpr std::chrono::seconds kHandshakeTimeout = 15s;    // TLS (R-TO-5)
inline constexpr std::chrono::seconds kIdleTimeout = 3600s;       // a connection without request (R-TO-5)
inline constexpr std::chrono::seconds kConnectTimeout = 10s;      // to an upstream (R-TO-5)
inline constexpr std::chrono::seconds kFlushTimeout = 60s;        // for a client to take a bit more of its last answer
inline constexpr std::chrono::seconds kLingerTimeout = 2s;        // for a client to end, once it was sent all
inline constexpr std::chrono::seconds kMirrorTimeout = 60s;       // a mirrored request that nobody waits for
inline constexpr std::chrono::seconds kDrainTimeout = 30s;        // from the first SIGTERM to the end of patience
inline constexpr std::chrono::seconds kAdminTimeout = 30s;        // a whole connection to the admin port
inline constexpr std::chrono::milliseconds kBackoff = 25ms;       // base of the pause in front of a retry (R-RT-6)
inline constexpr int kBackoffCap = 10;                            // times the base
inline constexpr std::chrono::milliseconds kAcceptPause = 100ms;  // when the process is out of descriptors

// ---- how many ----
inline constexpr std::size_t kMaxClients = 20'000;   // connections of one loop
inline constexpr std::size_t kMaxIdle = 256;         // idle connections of one loop to one endpoint
inline constexpr std::size_t kMaxAdminClients = 64;  // connections to the admin port
inline constexpr std::size_t kAcceptBatch = 32;      // connections taken in one turn
inline constexpr std::size_t kTurnBatch = 32;        // events handled before output is written
inline constexpr int kListenBacklog = 1024;

}  // namespace wicket::proxy::limits
