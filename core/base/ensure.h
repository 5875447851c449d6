// ENSURE: our own invariants, checked in release builds too.
#pragma once

namespace wicket {

/// Prints the broken invariant with its place to stderr and aborts.
[[noreturn]] void ensure_failed(const char* condition, const char* message, const char* file, int line);

}  // namespace wicket

/// Aborts with `message` unless `condition` holds. For what only a defect of wicket can break, never for bad input.
#define ENSURE(condition, message) \
  ((condition) ? static_cast<void>(0) : ::wicket::ensure_failed(#condition, message, __FILE__, __LINE__))
