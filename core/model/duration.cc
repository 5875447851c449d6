#include "model/duration.h"

#include <fmt/format.h>

#include <limits>

namespace wicket::model {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};

constexpr Unit kUnits[] = {
    {"ns", 1},         {"us", 1'000},        {"\xC2\xB5s", 1'000},  {"\xCE\xBCs", 1'000},
    {"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000},
};

constexpr std::uint64_t kLimit = std::uint64_t{1} << 63;  // Go's int64, and one more for the most negative

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  bool negative = false;
  if (text.starts_with('-') || text.starts_with('+')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text == "0") return Duration(0);
  if (text.empty()) return std::nullopt;
  std::uint64_t total = 0;
  while (!text.empty()) {
    std::uint64_t whole = 0;
    std::uint64_t fraction = 0;
    double scale = 1;
    bool digits = false;
    std::size_t at = 0;
    for (; at < text.size() && is_digit(text[at]); ++at) {
      if (whole > kLimit / 10) return std::nullopt;
      whole = whole * 10 + static_cast<std::uint64_t>(text[at] - '0');
      if (whole > kLimit) return std::nullopt;
      digits = true;
    }
    if (at < text.size() && text[at] == '.') {
      bool full = false;  // further digits are beyond what 63 bits hold
      for (++at; at < text.size() && is_digit(text[at]); ++at) {
        digits = true;
        if (full || fraction > (kLimit - 1) / 10) {
          full = true;
          continue;
        }
        fraction = fraction * 10 + static_cast<std::uint64_t>(text[at] - '0');
        scale *= 10;
      }
    }
    if (!digits) return std::nullopt;
    std::size_t end = at;
    while (end < text.size() && text[end] != '.' && !is_digit(text[end])) ++end;
    const std::string_view name = text.substr(at, end - at);
    const Unit* unit = nullptr;
    for (const Unit& candidate : kUnits)
      if (candidate.name == name) unit = &candidate;
    if (unit == nullptr || whole > kLimit / unit->nanoseconds) return std::nullopt;
    std::uint64_t value = whole * unit->nanoseconds;
    if (fraction > 0) {
      value +=
          static_cast<std::uint64_t>(static_cast<double>(fraction) * (static_cast<double>(unit->nanoseconds) / scale));
      if (value > kLimit) return std::nullopt;
    }
    total += value;
    if (total > kLimit) return std::nullopt;
    text.remove_prefix(end);
  }
  if (negative)
    return Duration(total == kLimit ? std::numeric_limits<std::int64_t>::min() : -static_cast<std::int64_t>(total));
  if (total > kLimit - 1) return std::nullopt;
  return Duration(static_cast<std::int64_t>(total));
}

std::string format_duration(Duration duration) {
  const bool negative = duration.count() < 0;
  auto left =
      negative ? ~static_cast<std::uint64_t>(duration.count()) + 1 : static_cast<std::uint64_t>(duration.count());
  if (left == 0) return "0s";
  std::string text = negative ? "-" : "";
  const auto decimal = [&](std::uint64_t unit, std::string_view name) {
    std::string number = fmt::format("{}.{:09d}", left / unit, left % unit * (1'000'000'000 / unit));
    while (number.ends_with('0')) number.pop_back();
    if (number.ends_with('.')) number.pop_back();
    return number + std::string(name);
  };
  if (left < 1'000) return text + fmt::format("{}ns", left);
  if (left < 1'000'000) return text + decimal(1'000, "us");
  if (left < 1'000'000'000) return text + decimal(1'000'000, "ms");
  constexpr std::uint64_t kHour = 3'600'000'000'000;
  constexpr std::uint64_t kMinute = 60'000'000'000;
  if (left >= kHour) text += fmt::format("{}h", left / kHour);
  left %= kHour;
  if (left >= kMinute) text += fmt::format("{}m", left / kMinute);
  left %= kMinute;
  if (left > 0) text += decimal(1'000'000'000, "s");
  return text;
}

}  // namespace wicket::model
