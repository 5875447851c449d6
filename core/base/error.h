// What went wrong outside the user's manifests, and what we were doing.
#pragma once

#include <string>
#include <utility>

namespace wicket {

enum class ErrorCode {
  kNotFound,
  kPermission,
  kNotRegular,  // FIFO, socket, device
  kTooLarge,
  kIo,
  kInvalid,  // settings or arguments that make no sense
};

/// An error reads as a chain: "cannot read a.yaml: permission denied".
struct Error {
  ErrorCode code = ErrorCode::kIo;
  std::string message;

  /// The same error with "doing: " in front of its message.
  [[nodiscard]] Error during(const std::string& doing) && {
    message = doing + ": " + message;
    return std::move(*this);
  }
};

}  // namespace wicket
