// Lines of JSON ▸ records, and what collectors of logs wrap lines in.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "replay/reader.h"

namespace wicket::replay {

/// One JSON object a line. Envelopes are taken off: the log driver of Docker, Kubernetes, Google Cloud and Loki put the
/// line, or its object, under a key of their own.
class JsonLog final : public LineReader {
 public:
  /// Istio's JSON. `inner` reads lines of text that stand in an envelope; nullptr: Istio's text. Kept as a reference.
  /// Source: Istio pilot/pkg/model/telemetry_logging.go, EnvoyJSONLogFormatIstio (R-LOG-3).
  explicit JsonLog(const LineReader* inner = nullptr);
  /// Envoy's json_format: an object whose values are format strings.
  /// Errors: kInvalid, worded as something that the format "has" or "is".
  [[nodiscard]] static Result<std::unique_ptr<JsonLog>> envoy(std::string_view format);
  ~JsonLog() override;

  [[nodiscard]] std::string read(std::string_view line, Record& out) const override;
  [[nodiscard]] const Telling& telling() const override;

 private:
  struct Keys;
  class Handler;
  std::unique_ptr<Keys> keys_;
  const LineReader* inner_;
};

}  // namespace wicket::replay
