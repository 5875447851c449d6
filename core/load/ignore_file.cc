#include "load/ignore_file.h"

namespace wicket::load {
namespace {

/// Matches a bracket expression at the front of `pattern` (behind the `[`). Sets `length` to what it takes.
bool matches_class(std::string_view pattern, char c, std::size_t& length) {
  std::size_t at = 0;
  const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated) ++at;
  bool found = false;
  for (bool first = true; at < pattern.size() && (first || pattern[at] != ']'); first = false) {
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      found = found || (c >= pattern[at] && c <= pattern[at + 2]);
      at += 3;
    } else {
      found = found || c == pattern[at];
      ++at;
    }
  }
  length = at + 1;
  return found != negated;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view path) {
  // Backtracks to the last star only, so that the cost is the product of the lengths at worst.
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star_p = std::string_view::npos;
  std::size_t star_t = 0;
  bool star_crosses = false;
  while (t < path.size()) {
    bool advanced = false;
    if (p < pattern.size()) {
      if (pattern[p] == '*') {
        const bool twice = pattern.substr(p).starts_with("**");
        star_p = p;
        star_t = t;
        star_crosses = twice;
        p += twice ? 2 : 1;
        // "**/" also matches nothing at all.
        if (twice && p < pattern.size() && pattern[p] == '/') ++p;
        continue;
      }
      if (pattern[p] == '?' && path[t] != '/') {
        ++p;
        ++t;
        advanced = true;
      } else if (pattern[p] == '[') {
        std::size_t length = 0;
        if (path[t] != '/' && matches_class(pattern.substr(p + 1), path[t], length)) {
          p += length + 1;
          ++t;
          advanced = true;
        }
      } else {
        const bool escaped = pattern[p] == '\\' && p + 1 < pattern.size();
        if (pattern[p + (escaped ? 1 : 0)] == path[t]) {
          p += escaped ? 2 : 1;
          ++t;
          advanced = true;
        }
      }
    }
    if (advanced) continue;
    if (star_p == std::string_view::npos || (!star_crosses && path[star_t] == '/')) return false;
    t = ++star_t;
    p = star_p + (star_crosses ? 2 : 1);
    if (star_crosses && p < pattern.size() && pattern[p] == '/') {
      // Behind "**/" a match starts at a segment.
      while (star_t < path.size() && path[star_t - 1] != '/') ++star_t;
      t = star_t;
      ++p;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

IgnoreFile::IgnoreFile(std::string folder, std::string_view text) : folder_(std::move(folder)) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
    if (line.empty() || line[0] == '#') continue;
    Rule rule;
    if (line[0] == '!') {
      rule.negated = true;
      line.remove_prefix(1);
    }
    if (line.ends_with('/')) {
      rule.folders_only = true;
      line.remove_suffix(1);
    }
    rule.anchored = line.find('/') != std::string_view::npos;
    if (line.starts_with('/')) line.remove_prefix(1);
    rule.pattern = line;
    if (!rule.pattern.empty()) rules_.push_back(std::move(rule));
  }
}

IgnoreFile::Verdict IgnoreFile::verdict(std::string_view path, bool is_folder) const {
  if (!folder_.empty()) {
    if (!path.starts_with(folder_) || path.size() <= folder_.size() || path[folder_.size()] != '/')
      return Verdict::kNone;
    path.remove_prefix(folder_.size() + 1);
  }
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule) {
    if (rule->folders_only && !is_folder) continue;
    if (matches_pattern(rule->pattern, rule->anchored ? path : name))
      return rule->negated ? Verdict::kKept : Verdict::kIgnored;
  }
  return Verdict::kNone;
}

}  // namespace wicket::load
