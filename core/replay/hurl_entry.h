// One entry of a hurl file ▸ a record.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "replay/record.h"
#include "route/request.h"

namespace wicket::replay {

/// Without the blanks at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// What names of templates stand for.
struct HurlNames {
  std::map<std::string, std::string, std::less<>> values{};
  std::map<std::string, std::size_t, std::less<>> captured{};  // from an answer, on which line

  /// A URL with its {{templates}} filled in. What cannot be known goes into `why`, unless something is there already.
  [[nodiscard]] std::string in_url(std::string_view url, std::string& why) const;
  /// A name or value with its templates filled in and its escapes taken off: \#, \\, \n, \u{e9}.
  [[nodiscard]] std::string in_text(std::string_view text, std::string& why) const;
};

/// An entry as it is written, with its templates.
struct HurlEntry {
  std::size_t line = 0;
  std::string method{};
  std::string url{};
  std::vector<route::Header> headers{};
  std::vector<route::Header> query{};
  std::vector<route::Header> cookies{};
  std::string user{};          // name:password
  std::string content_type{};  // that the kind of the body implies
  route::HttpVersion version = route::HttpVersion::kHttp11;
  bool path_as_is = false;
  bool is_compressed = false;
  bool follows = false;  // redirects: what is expected, is so of the last answer
  bool is_skipped = false;
  bool knows_status = false;
  std::uint32_t status = 0;
  std::string location{};
};

/// Makes a record. Returns why it cannot be, in words that follow "the line"; empty when it could.
/// Source: hurl.dev, "Request", "Templates".
[[nodiscard]] std::string make_record(const HurlEntry& entry, const HurlNames& names, Record& record);

}  // namespace wicket::replay
