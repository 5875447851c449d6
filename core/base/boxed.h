// An optional value that lies beside its owner: for what most owners lack, of which there are many.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

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

/// A std::vector in the room of a pointer, for lists that mostly are empty. A copy copies the values.
template <class T>
class BoxedList {
 public:
  BoxedList() = default;
  BoxedList(std::initializer_list<T> values) : BoxedList(std::vector<T>(values)) {}
  // NOLINTNEXTLINE(google-explicit-constructor): it stands where a vector could
  BoxedList(std::vector<T> values) {
    if (!values.empty()) values_ = std::move(values);
  }

  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t size() const { return values_ ? values_->size() : 0; }
  [[nodiscard]] const T* data() const { return values_ ? values_->data() : nullptr; }
  [[nodiscard]] T* data() { return values_ ? values_->data() : nullptr; }
  [[nodiscard]] const T* begin() const { return data(); }
  [[nodiscard]] const T* end() const { return data() + size(); }
  [[nodiscard]] T* begin() { return data(); }
  [[nodiscard]] T* end() { return data() + size(); }
  [[nodiscard]] const T& operator[](std::size_t i) const { return (*values_)[i]; }
  [[nodiscard]] const T& front() const { return values_->front(); }

  void push_back(T value) {
    if (!values_) values_ = std::vector<T>();
    values_->push_back(std::move(value));
  }

 private:
  Boxed<std::vector<T>> values_;
};

}  // namespace wicket
