// curl's options, as far as a reader of its command lines has to know them.
#pragma once

#include <cstdint>
#include <string_view>

namespace wicket::replay {

/// What an option does to the request.
enum class CurlEffect : std::uint8_t {
  kNone,  // nothing that routes could see
  kMethod,
  kHeader,
  kData,
  kDataRaw,
  kDataUrlEncoded,
  kJson,
  kForm,
  kGet,
  kHead,
  kUpload,
  kUrl,
  kUrlQuery,
  kUser,
  kBearer,
  kUserAgent,
  kReferer,
  kCookie,
  kRange,
  kCompressed,
  kHttp10,
  kHttp11,
  kHttp2,
  kHttp2Prior,
  kTarget,
  kPathAsIs,
  kGlobOff,
  kConnectTo,
  kFollow,
  kNext,
  kRefused,  // changes the request in a way that is not on the line
};

struct CurlOption {
  std::string_view name;  // long, without dashes
  char letter = '\0';     // short; 0: none
  bool takes_value = false;
  CurlEffect effect = CurlEffect::kNone;
};

/// The option of this long name; nullptr when curl has none. "no-NAME" is found as well. Source: curl(1), 8.x.
[[nodiscard]] const CurlOption* find_curl_option(std::string_view name);
/// The same by its letter.
[[nodiscard]] const CurlOption* find_curl_option(char letter);
/// The nearest long name, for a message; empty when none is near.
[[nodiscard]] std::string_view nearest_curl_option(std::string_view name);

}  // namespace wicket::replay
