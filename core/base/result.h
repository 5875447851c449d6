// Result<T>: a value or an Error. The spelling is std::expected's, which GCC 12 lacks in C++20.
#pragma once

#include <tl/expected.hpp>

#include "base/error.h"

namespace wicket {

template <class T>
using Result = tl::expected<T, Error>;

/// The failing case of any Result.
[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

}  // namespace wicket
