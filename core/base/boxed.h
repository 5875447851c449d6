// An optional value that lies beside its owner: for what most owners lack, of which there are many.
#pragma once

#include <memory>
#include <optional>
#include <utility>

namespace wicket {

/// As std::optional, in the room of a pointer. A copy copies the value.
template <class T>
class Boxed {
 public:
  Boxed() = default;
  // NOLINTBEGIN(google-explicit-constructor): it stands where an optional could
  Boxed(std::nullopt_t /*nothing*/) {}
  Boxed(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Boxed(std::optional<T> value) : value_(value ? std::make_unique<T>(*std::move(value)) : nullptr) {}
  // NOLINTEND(google-explicit-constructor)
  Boxed(const Boxed& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(const Boxed& other) {
    if (this != &other) value_ = other ? std::make_unique<T>(*other) : nullptr;
    return *this;
  }
  Boxed& operator=(Boxed&&) noexcept = default;
  ~Boxed() = default;

  [[nodiscard]] explicit operator bool() const { return value_ != nullptr; }
  [[nodiscard]] bool has_value() const { return value_ != nullptr; }
  [[nodiscard]] const T& operator*() const { return *value_; }
  [[nodiscard]] T& operator*() { return *value_; }
  [[nodiscard]] const T* operator->() const { return value_.get(); }
  [[nodiscard]] T* operator->() { return value_.get(); }

  [[nodiscard]] T value_or(T otherwise) const { return value_ != nullptr ? *value_ : std::move(otherwise); }

  friend bool operator==(const Boxed& a, const Boxed& b) { return a && b ? *a == *b : a.has_value() == b.has_value(); }
  friend bool operator==(const Boxed& a, const T& b) { return a && *a == b; }
  friend bool operator==(const Boxed& a, std::nullopt_t /*nothing*/) { return !a; }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace wicket
