// PowerShell's text ▸ statements of tokens, as far as browsers and API tools write it when they copy a request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace wicket::replay {

enum class PowerShellKind : std::uint8_t {
  kWord,      // Invoke-WebRequest, -Uri, 2.0, [System.Net.Cookie]::new
  kText,      // in quotes, or a here-string
  kVariable,  // $session, $session.Cookies.Add: without the $
  kOperator,  // = or ,
  kGroup,     // ( … ), @( … ), { … }
  kTable,     // @{ … }: keys, = and values
};

struct PowerShellToken {
  PowerShellKind kind = PowerShellKind::kWord;
  std::string text{};
  std::vector<PowerShellToken> inner{};      // of groups and tables
  std::vector<std::string> substitutions{};  // of a text: what only a shell knows the value of, as it stands in it
  std::size_t line = 1;                      // 1-based
};

/// Gives out one statement at a time.
/// Source: PowerShell language specification, about_Quoting_Rules, about_Special_Characters.
class PowerShellText {
 public:
  /// The value of a variable that stands in a text; nothing when it is not known.
  using Lookup = std::function<std::optional<std::string>(std::string_view name)>;

  PowerShellText(std::string_view text, Lookup lookup) : text_(text), lookup_(std::move(lookup)) {}

  /// The tokens of the next statement, up to the end of its line, a `;` or a `|`; empty at the end.
  /// Limits: 32 brackets in each other. Errors: kInvalid for what is not closed, in words that follow the file's name.
  [[nodiscard]] Result<std::vector<PowerShellToken>> next();

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  char take();
  void skip(std::size_t count);
  void skip_comment();
  bool skip_filling(bool inside);
  Result<void> token(std::vector<PowerShellToken>& out, int depth);
  Result<void> brackets(std::vector<PowerShellToken>& out, PowerShellKind kind, std::string_view opening, int depth);
  Result<void> quoted(std::vector<PowerShellToken>& out);
  Result<void> here_string(std::vector<PowerShellToken>& out);
  void escape(std::string& to);
  void substitution(PowerShellToken& token);
  void bare(std::vector<PowerShellToken>& out);
  void variable(std::vector<PowerShellToken>& out);

  std::string_view text_;
  Lookup lookup_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::uint32_t high_surrogate_ = 0;  // of a pair whose other half has not come yet
};

}  // namespace wicket::replay
