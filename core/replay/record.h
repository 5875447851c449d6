// One request as somebody wrote it down, and what became of it where that was written down as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "replay/expected.h"
#include "route/request.h"

namespace wicket::replay {

/// What every record of one source tells. What it does not tell may have been anything.
struct Telling {
  bool every_header = false;
  std::vector<std::string> headers{};  // in lower case: told where they were sent
  std::vector<std::string> lacks{};    // in lower case: of every header the ones that are kept back
  bool port = false;                   // that the client connected to
  bool server_name = false;            // of the TLS handshake; none: no TLS

  [[nodiscard]] bool header(std::string_view lower_name) const;
};

/// A text that a source may keep quiet about. "-" of a log is told, and empty.
struct Told {
  bool known = false;
  std::string text{};

  void set(std::string_view value) {
    known = true;
    text = value;
  }
  void clear() {
    known = false;
    text.clear();
  }
};

/// What was decided, and what came of it.
struct Recorded {
  Told cluster{};
  Told route{};
  Told flags{};               // as in access logs
  Told details{};             // response code details
  Told location{};            // of a redirect
  bool knows_status = false;  // 0: nobody answered
  std::uint32_t status = 0;

  void clear();
};

enum class RecordKind : std::uint8_t {
  kHttp,
  kTcp,        // a connection of which no request was read
  kBroken,     // a request that the gateway could not read
  kElsewhere,  // of a sidecar that took a call: no gateway decided anything
};

/// One of them. Readers use one again and again, so that its texts keep their memory.
struct Record {
  RecordKind kind = RecordKind::kHttp;
  route::Request request{};
  std::string peer_address{};   // without port; empty: not known
  std::string local_address{};  // without port; empty: not known
  std::string request_id{};     // that the gateway gave it; empty: not known
  bool is_path_cut = false;     // there was more of it
  std::string time{};           // as written
  std::size_t line = 0;         // 1-based; of a file that has no lines of its own: where the request begins
  Recorded recorded{};
  std::shared_ptr<const Expected> expected{};  // of a test; nullptr: none
  std::optional<std::uint64_t> draw{};         // picks one of several destinations
  const Telling* telling = nullptr;            // the reader's
  std::vector<std::string> notes{};            // what the answer is to be taken with
  std::vector<route::Header> spare{};          // headers of records before, for their memory

  void clear();
  void add_header(std::string_view name, std::string_view value);
  /// Views of the request; valid while the record and `lines` stay as they are.
  [[nodiscard]] route::RequestView view(std::vector<route::HeaderView>& lines) const;
};

/// "GET https://a.com/cart", "TCP port 443 for a.com".
[[nodiscard]] std::string title(const Record& record);
/// The URL of an HTTP request, with the port where it is not the scheme's own.
[[nodiscard]] std::string url_of(const route::Request& request);

}  // namespace wicket::replay
