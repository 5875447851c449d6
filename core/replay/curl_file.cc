#include <utility>

#include "replay/curl_line.h"
#include "replay/document.h"

namespace wicket::replay {

Result<Requests> read_curl_file(std::string_view text) {
  static const Telling kTelling{.every_header = true, .headers = {}, .lacks = {}, .port = true, .server_name = true};
  std::vector<CurlMistake> mistakes;
  Result<std::vector<CurlRequest>> read = read_curl(text, mistakes);
  if (!read) return tl::unexpected<Error>(read.error());
  Requests requests;
  for (CurlRequest& one : *read) {
    Record& record = requests.records.emplace_back();
    record.request = std::move(one.request);
    record.line = one.line;
    record.notes = std::move(one.notes);
    record.telling = &kTelling;
  }
  for (CurlMistake& mistake : mistakes)
    requests.unread.push_back({mistake.line, std::move(mistake.why), std::move(mistake.text)});
  return requests;
}

}  // namespace wicket::replay
