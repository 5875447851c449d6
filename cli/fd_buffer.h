// A stream buffer over a file descriptor that remembers why writing failed.
#pragma once

#include <array>
#include <streambuf>

namespace wicket::cli {

/// Output only. The first error ends all writing: what comes later is refused, and error() says what it was.
class FdBuffer final : public std::streambuf {
 public:
  /// Does not own the descriptor.
  explicit FdBuffer(int fd);
  ~FdBuffer() override;
  FdBuffer(const FdBuffer&) = delete;
  FdBuffer& operator=(const FdBuffer&) = delete;

  /// errno of the first write that failed; 0: none did.
  [[nodiscard]] int error() const { return error_; }

 protected:
  int_type overflow(int_type c) override;
  int sync() override;

 private:
  int fd_;
  int error_ = 0;
  std::array<char, 64 * 1024> bytes_;
};

}  // namespace wicket::cli
