// A text that many hold and nobody changes: names of resources, that stand on thousands of rules.
#pragma once

#include <fmt/core.h>

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace wicket {

/// A copy shares the characters. Nothing is kept for the empty text.
class SharedText {
 public:
  SharedText() = default;
  // NOLINTBEGIN(google-explicit-constructor): it stands where a string could
  SharedText(std::string text) : text_(text.empty() ? nullptr : std::make_shared<const std::string>(std::move(text))) {}
  SharedText(std::string_view text) : SharedText(std::string(text)) {}
  SharedText(const char* text) : SharedText(std::string(text)) {}
  operator std::string_view() const { return view(); }
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] std::string_view view() const { return text_ == nullptr ? std::string_view() : *text_; }
  /// A copy of its own.
  [[nodiscard]] std::string str() const { return std::string(view()); }
  [[nodiscard]] bool empty() const { return text_ == nullptr; }

  friend bool operator==(const SharedText& a, const SharedText& b) {
    return a.text_ == b.text_ || a.view() == b.view();
  }
  template <std::convertible_to<std::string_view> Text>
  friend bool operator==(const SharedText& a, const Text& b) {
    return a.view() == std::string_view(b);
  }
  friend auto operator<=>(const SharedText& a, const SharedText& b) { return a.view() <=> b.view(); }

 private:
  std::shared_ptr<const std::string> text_;  // null: empty
};

}  // namespace wicket

template <>
struct fmt::formatter<wicket::SharedText> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const wicket::SharedText& text, Context& context) const {
    return fmt::formatter<std::string_view>::format(text.view(), context);
  }
};
