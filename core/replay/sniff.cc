// Content decides, never a file's name. Lines of other things stand between those of an access log, such as what the
// proxy's agent says: the format that most lines are in is the one.

#include "replay/sniff.h"

#include <algorithm>
#include <string>
#include <vector>

#include "replay/json_log.h"
#include "replay/line_source.h"
#include "replay/text_formats.h"
#include "rules/host_names.h"

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

namespace {

bool has_line(std::string_view bytes, std::string_view beginning) {
  bool found = false;
  first_lines(bytes, [&](std::string_view line) {
    const std::size_t begin = line.find_first_not_of(" \t");
    if (begin != std::string_view::npos) found = found || line.substr(begin).starts_with(beginning);
  });
  return found;
}

// Whether a key of JSON stands near the beginning.
bool has_key(std::string_view bytes, std::string_view key) {
  const std::string quoted = "\"" + std::string(key) + "\"";
  return bytes.find(quoted) != std::string_view::npos;
}

// One JSON document, which may go on over many lines.
InputFormat sniff_document(std::string_view bytes) {
  if (bytes.front() == '{') {
    if (has_key(bytes, "log") && has_key(bytes, "entries")) return InputFormat::kHar;
    if (has_key(bytes, "testCases")) return InputFormat::kIcv;
    if (has_key(bytes, "tests") && has_key(bytes, "input")) return InputFormat::kRouterCheck;
    if (has_key(bytes, "streams") || (has_key(bytes, "data") && has_key(bytes, "result"))) return InputFormat::kEntries;
    return InputFormat::kAuto;
  }
  const std::size_t next = bytes.find_first_not_of(" \t\r\n", 1);
  if (bytes.front() != '[' || next == std::string_view::npos || bytes[next] != '{') return InputFormat::kAuto;
  return has_key(bytes, "input") && has_key(bytes, "validate") ? InputFormat::kRouterCheck : InputFormat::kEntries;
}

bool is_hurl(std::string_view bytes) {
  bool is_first = true, found = false;
  first_lines(bytes, [&](std::string_view line) {
    if (!is_first || line.front() == '#') return;
    is_first = false;
    const std::size_t blank = line.find(' ');
    const std::string_view method = line.substr(0, blank);
    const std::string_view url = blank == std::string_view::npos ? "" : line.substr(blank + 1);
    found = !method.empty() && std::ranges::all_of(method, [](char c) { return c >= 'A' && c <= 'Z'; }) &&
            (url.starts_with("http://") || url.starts_with("https://") || url.starts_with("{{")) &&
            url.find(' ') == std::string_view::npos;
  });
  return found;
}

// Whether a command of PowerShell's stands on a line, alone or behind `$response =` or a bracket.
bool is_powershell(std::string_view bytes) {
  bool found = false;
  first_lines(bytes, [&](std::string_view line) {
    if (line.find_first_not_of(" \t") != std::string_view::npos && line[line.find_first_not_of(" \t")] == '#') return;
    const std::string lower = rules::lower_case(line);
    for (const std::string_view command : {"invoke-webrequest ", "invoke-restmethod ", "iwr ", "irm "}) {
      const std::size_t at = lower.find(command);
      const bool begins =
          at != std::string::npos && std::string_view("$(").find(line.front()) != std::string_view::npos;
      found = found || at == 0 || (begins && std::string_view(" =(").find(lower[at - 1]) != std::string_view::npos);
    }
  });
  return found;
}

InputFormat sniff_whole(std::string_view bytes) {
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return InputFormat::kAuto;
  if (const InputFormat document = sniff_document(bytes.substr(begin)); document != InputFormat::kAuto) return document;
  if (has_line(bytes, "testCases:")) return InputFormat::kIcv;
  if (has_line(bytes, "tests:") && has_line(bytes, "input:") && has_line(bytes, "validate:"))
    return InputFormat::kRouterCheck;
  if (is_hurl(bytes)) return InputFormat::kHurl;
  if (is_powershell(bytes)) return InputFormat::kPowerShell;
  for (const std::string_view beginning : {"curl ", "curl.exe ", "$ curl "})
    if (has_line(bytes, beginning)) return InputFormat::kCurl;
  return InputFormat::kAuto;
}

}  // namespace

InputFormat sniff(std::string_view bytes) {
  std::size_t json = 0, text = 0;
  Record record;
  static const JsonLog kJson;
  first_lines(bytes, [&](std::string_view line) {
    if (sniff_text(line) >= 0) {
      ++text;
    } else if (kJson.read(line, record).empty()) {
      ++json;
    }
  });
  if (json == 0 && text == 0) return sniff_whole(bytes);
  return json >= text ? InputFormat::kJson : InputFormat::kText;
}

}  // namespace wicket::replay
