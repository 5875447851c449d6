// Certificates of our own, for servers whose own ones are not in the input.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace wicket::proxy {

/// PEM text.
struct IssuedCertificate {
  std::string certificate;
  std::string key;
};

/// A certificate authority that lives in a folder of the user's.
class LocalCa {
 public:
  ~LocalCa();
  LocalCa(LocalCa&&) noexcept;
  LocalCa& operator=(LocalCa&&) noexcept;

  /// Reads it from `folder`, or makes it there: the folder and the key are the user's alone.
  /// Errors: kIo when it cannot be read or written, kInvalid when what is there is no CA.
  [[nodiscard]] static Result<LocalCa> open(const std::string& folder);

  /// The file that a browser has to trust.
  [[nodiscard]] const std::string& certificate_file() const { return file_; }
  /// PEM text of the same.
  [[nodiscard]] const std::string& certificate() const { return certificate_; }

  /// A certificate for these names, of which wildcards may be some, with a new key. Valid for 90 days from an hour ago.
  [[nodiscard]] Result<IssuedCertificate> issue(const std::vector<std::string>& names) const;

 private:
  struct State;
  LocalCa(std::unique_ptr<State> state, std::string file, std::string certificate);

  std::unique_ptr<State> state_;
  std::string file_;
  std::string certificate_;
};

}  // namespace wicket::proxy
