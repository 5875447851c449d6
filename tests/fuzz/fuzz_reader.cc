// Bytes ▸ one reader of recorded requests, which WICKET_READER names: a target for each, so that none waits for the
// others' inputs. What is done with records is fuzz_replay's.
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "replay/curl_line.h"
#include "replay/document.h"
#include "replay/json_log.h"
#include "replay/line_source.h"
#include "replay/log_format.h"
#include "replay/shell_words.h"
#include "replay/text_formats.h"

namespace {

using namespace wicket;

void lines_of(const replay::LineReader& reader, std::string_view text) {
  replay::Record record;
  replay::each_line(text, 1, [&](std::string_view line, std::size_t) { (void)reader.read(line, record); });
}

void read_text(std::string_view text) {
  for (const replay::TextFormat& format : replay::text_formats()) lines_of(format.format, text);
}

void read_json(std::string_view text) {
  static const replay::JsonLog kLog;
  lines_of(kLog, text);
  (void)replay::read_json_entries(text, kLog);
}

// A format string on the first line, lines behind it.
void read_format(std::string_view text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view lines = text.substr(std::min(end + 1, text.size()));
  if (const Result<replay::LogFormat> format = replay::LogFormat::envoy(text.substr(0, end))) lines_of(*format, lines);
  if (const auto format = replay::JsonLog::envoy(text.substr(0, end))) lines_of(**format, lines);
}

void read_har(std::string_view text) { (void)replay::read_har(text); }

void read_curl(std::string_view text) {
  (void)replay::read_curl_file(text);
  for (const replay::Shell shell : {replay::Shell::kPosix, replay::Shell::kCmd, replay::Shell::kPowerShell})
    (void)replay::read_curl(text, shell);
}

void read_powershell(std::string_view text) { (void)replay::read_powershell(text); }

void read_hurl(std::string_view text) { (void)replay::read_hurl(text, {{"host", "http://a.io"}}); }

void read_tests(std::string_view text) {
  (void)replay::read_icv(text);
  (void)replay::read_router_check(text);
}

struct Reader {
  std::string_view name;
  void (*read)(std::string_view text);
};
constexpr std::array<Reader, 8> kReaders = {{{"text", read_text},
                                             {"json", read_json},
                                             {"format", read_format},
                                             {"har", read_har},
                                             {"curl", read_curl},
                                             {"powershell", read_powershell},
                                             {"hurl", read_hurl},
                                             {"tests", read_tests}}};
constexpr const Reader* kReader = std::ranges::find(kReaders, std::string_view(WICKET_READER), &Reader::name);
static_assert(kReader != kReaders.end(), "no reader of that name");

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  kReader->read({reinterpret_cast<const char*>(data), size});
  return 0;
}
