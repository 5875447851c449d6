// Content decides, never a file's name. Lines of other things stand between those of an access log, such as what the
// proxy's agent says: the format that most lines are in is the one.

#include "replay/sniff.h"

#include <algorithm>
#include <vector>

#include "replay/json_log.h"
#include "replay/line_source.h"
#include "replay/text_formats.h"

namespace wicket::replay {
namespace {

constexpr std::size_t kLines = 400;  // that are looked at

template <class Look>
void first_lines(std::string_view bytes, Look look) {
  std::size_t left = kLines;
  for (std::size_t begin = 0; begin < bytes.size() && left > 0;) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    std::string_view line = bytes.substr(begin, end - begin);
    begin = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    --left;
    look(line);
  }
}

}  // namespace

int sniff_text(std::string_view bytes) {
  const auto formats = text_formats();
  std::vector<std::size_t> fit(formats.size());
  Record record;
  first_lines(bytes, [&](std::string_view line) {
    for (std::size_t i = 0; i < formats.size(); ++i)
      if (formats[i].format.read(line, record).empty()) {
        ++fit[i];
        break;
      }
  });
  const auto best = std::ranges::max_element(fit);
  return *best == 0 ? -1 : static_cast<int>(best - fit.begin());
}

InputFormat sniff(std::string_view bytes) {
  std::size_t json = 0, text = 0;
  Record record;
  static const JsonLog kJson;
  first_lines(bytes, [&](std::string_view line) {
    if (kJson.read(line, record).empty()) {
      ++json;
    } else if (sniff_text(line) >= 0) {
      ++text;
    }
  });
  if (json == 0 && text == 0) return InputFormat::kAuto;
  return json >= text ? InputFormat::kJson : InputFormat::kText;
}

}  // namespace wicket::replay
