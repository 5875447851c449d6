// A text that many hold and nobody changes: names of resources, that stand on thousands of rules.
#pragma once

#include <fmt/core.h>

#include <atomic>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace wicket {

/// A copy shares the characters. In the room of a pointer; nothing is kept for the empty text.
class SharedText {
 public:
  SharedText() = default;
  // NOLINTBEGIN(google-explicit-constructor): it stands where a string could
  SharedText(std::string_view text) : shared_(text.empty() ? nullptr : make(text)) {}
  SharedText(const std::string& text) : SharedText(std::string_view(text)) {}
  SharedText(const char* text) : SharedText(std::string_view(text)) {}
  operator std::string_view() const { return view(); }
  // NOLINTEND(google-explicit-constructor)
  SharedText(const SharedText& other) noexcept : shared_(other.shared_) {
    if (shared_ != nullptr) shared_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  SharedText(SharedText&& other) noexcept : shared_(std::exchange(other.shared_, nullptr)) {}
  SharedText& operator=(SharedText other) noexcept {
    std::swap(shared_, other.shared_);
    return *this;
  }
  ~SharedText() {
    if (shared_ == nullptr || shared_->owners.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    shared_->~Shared();
    ::operator delete(shared_);
  }

  [[nodiscard]] std::string_view view() const {
    return shared_ == nullptr ? std::string_view() : std::string_view(characters(shared_), shared_->size);
  }
  /// A copy of its own.
  [[nodiscard]] std::string str() const { return std::string(view()); }
  [[nodiscard]] bool empty() const { return shared_ == nullptr; }

  friend bool operator==(const SharedText& a, const SharedText& b) {
    return a.shared_ == b.shared_ || a.view() == b.view();
  }
  template <std::convertible_to<std::string_view> Text>
  friend bool operator==(const SharedText& a, const Text& b) {
    return a.view() == std::string_view(b);
  }
  friend auto operator<=>(const SharedText& a, const SharedText& b) { return a.view() <=> b.view(); }

 private:
  /// The characters stand behind it.
  struct Shared {
    std::atomic<std::uint32_t> owners;
    std::uint32_t size;
  };

  static char* characters(Shared* shared) { return reinterpret_cast<char*>(shared + 1); }
  static Shared* make(std::string_view text) {
    auto* shared = new (::operator new(sizeof(Shared) + text.size()))
        Shared{.owners = 1, .size = static_cast<std::uint32_t>(text.size())};
    std::memcpy(characters(shared), text.data(), text.size());
    return shared;
  }

  Shared* shared_ = nullptr;  // null: empty
};

}  // namespace wicket

template <>
struct fmt::formatter<wicket::SharedText> : fmt::formatter<std::string_view> {
  template <class Context>
  auto format(const wicket::SharedText& text, Context& context) const {
    return fmt::formatter<std::string_view>::format(text.view(), context);
  }
};
