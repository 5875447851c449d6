// One pass over the path. Output so far is always normal, so ".." only has to cut back to the slash before the last
// one.

#include "route/normalize.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace wicket::route {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

constexpr bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '~';
}

// Bytes that a URL path never holds as they are.
constexpr bool must_escape(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  return byte <= 0x20 || byte >= 0x7f || std::string_view("\"<>^`{|}").find(c) != std::string_view::npos;
}

enum class Byte : std::uint8_t {
  kPlain,    // nothing can happen; a path of nothing else is normal already, but for "//"
  kSpecial,  // a dot, an escape …
  kEnd       // the path ends here
};

constexpr std::array<Byte, 256> kBytes = [] {
  std::array<Byte, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char c = static_cast<char>(i);
    if (c == '.' || c == '%' || c == '\\' || must_escape(c)) table[i] = Byte::kSpecial;
    if (c == '?' || c == '#') table[i] = Byte::kEnd;
  }
  return table;
}();

Byte kind_of(char c) { return kBytes[static_cast<std::uint8_t>(c)]; }

// The value of the escape at `at`; nothing when there is none.
std::optional<char> escape_at(std::string_view path, std::size_t at) {
  if (at + 2 >= path.size() || path[at] != '%') return std::nullopt;
  const int high = hex_value(path[at + 1]);
  const int low = hex_value(path[at + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

// Bytes that spell a dot: 1, 3 as an escape, 0 for anything else.
std::size_t dot_at(std::string_view path, std::size_t at) {
  if (at >= path.size()) return 0;
  if (path[at] == '.') return 1;
  return escape_at(path, at) == '.' ? 3 : 0;
}

bool segment_ends(std::string_view path, std::size_t at) {
  return at >= path.size() || path[at] == '/' || path[at] == '\\';
}

class Normalizer {
 public:
  Normalizer(std::string_view path, const NormalizeOptions& options, std::string& out)
      : path_(path), options_(options), out_(out) {}

  [[nodiscard]] bool run() {
    while (at_ < path_.size()) {
      const char c = path_[at_];
      if (const std::size_t dot = dot_at(path_, at_); dot != 0) {
        take_dot(dot);
      } else if (c == '\\') {
        out_ += '/';
        ++at_;
      } else if (c == '%') {
        if (!take_escape()) return false;
      } else {
        put(c);
        ++at_;
      }
    }
    return true;
  }

 private:
  void put(char c) {
    if (!must_escape(c)) {
      out_ += c;
      return;
    }
    const auto byte = static_cast<std::uint8_t>(c);
    out_ += '%';
    out_ += kHexDigits[byte >> 4U];
    out_ += kHexDigits[byte & 15U];
  }

  // A dot at the start of a segment may be "." or ".."; elsewhere, and in front of other bytes, it is a byte like any.
  void take_dot(std::size_t dot) {
    const std::size_t second = dot_at(path_, at_ + dot);
    const std::size_t behind = at_ + dot + second;
    if (!out_.empty() && out_.back() == '/' && segment_ends(path_, behind)) {
      if (second != 0) leave_segment();
      at_ = behind < path_.size() ? behind + 1 : behind;
      return;
    }
    out_ += '.';
    at_ += dot;
  }

  void leave_segment() {
    if (out_.size() <= 1) return;  // above the root there is nothing
    out_.pop_back();
    out_.erase(out_.rfind('/') + 1);
  }

  // Escapes stay as written, but for NUL, which is refused, and letters and the like, which need none.
  bool take_escape() {
    const std::optional<char> value = escape_at(path_, at_);
    if (!value) {
      out_ += '%';
      ++at_;
      return true;
    }
    if (*value == '\0') return false;
    if (options_.decode_unreserved && is_unreserved(*value)) {
      out_ += *value;
    } else {
      out_ += path_.substr(at_, 3);
    }
    at_ += 3;
    return true;
  }

  std::string_view path_;
  const NormalizeOptions& options_;
  std::string& out_;
  std::size_t at_ = 0;
};

// Whether an escape stands for a slash or a backslash.
bool is_slash(std::optional<char> escaped) { return escaped == '/' || escaped == '\\'; }

// Source: Envoy source/common/http/path_utility.cc, unescapeSlashes.
std::string decode_slashes(std::string_view path) {
  std::string decoded;
  decoded.reserve(path.size());
  for (std::size_t at = 0; at < path.size(); ++at) {
    const std::optional<char> value = escape_at(path, at);
    if (!is_slash(value)) {
      decoded += path[at];
      continue;
    }
    decoded += *value;
    at += 2;
  }
  return decoded;
}

void merge_slashes(std::string& path) {
  std::size_t kept = 0;
  for (const char c : path)
    if (c != '/' || kept == 0 || path[kept - 1] != '/') path[kept++] = c;
  path.resize(kept);
}

}  // namespace

std::string_view path_of(std::string_view target) {
  const auto end = std::ranges::find(target, Byte::kEnd, kind_of);
  return target.substr(0, static_cast<std::size_t>(end - target.begin()));
}

bool has_escaped_slash(std::string_view target) {
  const std::string_view path = path_of(target);
  for (std::size_t at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1))
    if (is_slash(escape_at(path, at))) return true;
  return false;
}

std::string_view query_of(std::string_view target) {
  const std::size_t mark = target.find('?');
  return mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
}

std::optional<std::string_view> normalize_target(std::string_view target, const NormalizeOptions& options,
                                                 std::string& storage) {
  std::size_t end = 0;
  bool is_plain = true;
  for (; end < target.size() && kind_of(target[end]) != Byte::kEnd; ++end)
    is_plain &= kind_of(target[end]) == Byte::kPlain;
  std::string_view path = target.substr(0, end);
  const std::string_view behind = target.substr(end);
  const std::string_view query = behind.substr(0, behind.find('#'));
  std::string decoded;
  const bool decode = options.decode_slashes && has_escaped_slash(path);
  if (decode) path = decoded = decode_slashes(path);
  const bool resolve = options.resolve_dots && !is_plain;
  const bool merge = options.merge_slashes && path.find("//") != std::string_view::npos;
  if (!decode && !resolve && !merge) return target.substr(0, path.size() + query.size());
  storage.clear();
  if (!resolve) {
    storage = path;
  } else if (!Normalizer(path, options, storage).run()) {
    return std::nullopt;
  }
  if (options.merge_slashes) merge_slashes(storage);
  storage += query;
  return storage;
}

}  // namespace wicket::route
