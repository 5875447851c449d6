#include "load/pattern_list.h"

namespace wicket::load {
namespace {

std::string joined(const std::vector<std::string>& patterns) {
  std::string text;
  for (const std::string& pattern : patterns) text += pattern + "\n";
  return text;
}

}  // namespace

PatternList::PatternList(const std::vector<std::string>& patterns) : rules_("", joined(patterns)) {}

bool PatternList::matches(std::string_view path, bool is_folder) const {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1))
    if (rules_.verdict(path.substr(0, slash), true) == IgnoreFile::Verdict::kIgnored) return true;
  return rules_.verdict(path, is_folder) == IgnoreFile::Verdict::kIgnored;
}

}  // namespace wicket::load
