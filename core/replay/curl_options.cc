#include "replay/curl_options.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/edit_distance.h"

namespace wicket::replay {
namespace {

using enum CurlEffect;
constexpr bool kValue = true;
constexpr bool kFlag = false;

// Those that matter, then all others, which are only passed over: those with a value take it along.
constexpr CurlOption kOptions[] = {
    {"request", 'X', kValue, kMethod},
    {"header", 'H', kValue, kHeader},
    {"data", 'd', kValue, kData},
    {"data-ascii", 0, kValue, kData},
    {"data-binary", 0, kValue, kData},
    {"data-raw", 0, kValue, kDataRaw},
    {"data-urlencode", 0, kValue, kDataUrlEncoded},
    {"json", 0, kValue, kJson},
    {"form", 'F', kValue, kForm},
    {"form-string", 0, kValue, kForm},
    {"get", 'G', kFlag, kGet},
    {"head", 'I', kFlag, kHead},
    {"upload-file", 'T', kValue, kUpload},
    {"url", 0, kValue, kUrl},
    {"url-query", 0, kValue, kUrlQuery},
    {"user", 'u', kValue, kUser},
    {"oauth2-bearer", 0, kValue, kBearer},
    {"user-agent", 'A', kValue, kUserAgent},
    {"referer", 'e', kValue, kReferer},
    {"cookie", 'b', kValue, kCookie},
    {"range", 'r', kValue, kRange},
    {"compressed", 0, kFlag, kCompressed},
    {"http1.0", '0', kFlag, kHttp10},
    {"http1.1", 0, kFlag, kHttp11},
    {"http2", 0, kFlag, kHttp2},
    {"http2-prior-knowledge", 0, kFlag, kHttp2Prior},
    {"http3", 0, kFlag, kHttp2},
    {"http3-only", 0, kFlag, kHttp2},
    {"request-target", 0, kValue, kTarget},
    {"path-as-is", 0, kFlag, kPathAsIs},
    {"globoff", 'g', kFlag, kGlobOff},
    {"connect-to", 0, kValue, kConnectTo},
    {"location", 'L', kFlag, kFollow},
    {"location-trusted", 0, kFlag, kFollow},
    {"next", ':', kFlag, kNext},
    {"config", 'K', kValue, kRefused},
    {"variable", 0, kValue, kRefused},

    {"abstract-unix-socket", 0, kValue},
    {"alpn", 0, kFlag},
    {"alt-svc", 0, kValue},
    {"anyauth", 0, kFlag},
    {"append", 'a', kFlag},
    {"aws-sigv4", 0, kValue},
    {"basic", 0, kFlag},
    {"buffer", 'N', kFlag},
    {"ca-native", 0, kFlag},
    {"cacert", 0, kValue},
    {"capath", 0, kValue},
    {"cert", 'E', kValue},
    {"cert-status", 0, kFlag},
    {"cert-type", 0, kValue},
    {"ciphers", 0, kValue},
    {"compressed-ssh", 0, kFlag},
    {"connect-timeout", 0, kValue},
    {"continue-at", 'C', kValue},
    {"cookie-jar", 'c', kValue},
    {"create-dirs", 0, kFlag},
    {"crlf", 0, kFlag},
    {"crlfile", 0, kValue},
    {"curves", 0, kValue},
    {"digest", 0, kFlag},
    {"disable", 'q', kFlag},
    {"dns-servers", 0, kValue},
    {"doh-url", 0, kValue},
    {"dump-header", 'D', kValue},
    {"expect100-timeout", 0, kValue},
    {"fail", 'f', kFlag},
    {"fail-early", 0, kFlag},
    {"fail-with-body", 0, kFlag},
    {"haproxy-protocol", 0, kFlag},
    {"happy-eyeballs-timeout-ms", 0, kValue},
    {"include", 'i', kFlag},
    {"insecure", 'k', kFlag},
    {"interface", 0, kValue},
    {"ip-tos", 0, kValue},
    {"ipv4", '4', kFlag},
    {"ipv6", '6', kFlag},
    {"junk-session-cookies", 'j', kFlag},
    {"keepalive", 0, kFlag},
    {"keepalive-time", 0, kValue},
    {"key", 0, kValue},
    {"key-type", 0, kValue},
    {"limit-rate", 0, kValue},
    {"local-port", 0, kValue},
    {"max-filesize", 0, kValue},
    {"max-redirs", 0, kValue},
    {"max-time", 'm', kValue},
    {"negotiate", 0, kFlag},
    {"netrc", 'n', kFlag},
    {"netrc-file", 0, kValue},
    {"netrc-optional", 0, kFlag},
    {"noproxy", 0, kValue},
    {"ntlm", 0, kFlag},
    {"output", 'o', kValue},
    {"output-dir", 0, kValue},
    {"parallel", 'Z', kFlag},
    {"parallel-immediate", 0, kFlag},
    {"parallel-max", 0, kValue},
    {"pass", 0, kValue},
    {"pinnedpubkey", 0, kValue},
    {"post301", 0, kFlag},
    {"post302", 0, kFlag},
    {"post303", 0, kFlag},
    {"preproxy", 0, kValue},
    {"progress-bar", '#', kFlag},
    {"progress-meter", 0, kFlag},
    {"proto", 0, kValue},
    {"proto-default", 0, kValue},
    {"proto-redir", 0, kValue},
    {"proxy", 'x', kValue},
    {"proxy-header", 0, kValue},
    {"proxy-insecure", 0, kFlag},
    {"proxy-user", 'U', kValue},
    {"rate", 0, kValue},
    {"raw", 0, kFlag},
    {"remote-header-name", 'J', kFlag},
    {"remote-name", 'O', kFlag},
    {"remote-name-all", 0, kFlag},
    {"remote-time", 'R', kFlag},
    {"remove-on-error", 0, kFlag},
    {"resolve", 0, kValue},
    {"retry", 0, kValue},
    {"retry-all-errors", 0, kFlag},
    {"retry-connrefused", 0, kFlag},
    {"retry-delay", 0, kValue},
    {"retry-max-time", 0, kValue},
    {"sessionid", 0, kFlag},
    {"show-error", 'S', kFlag},
    {"silent", 's', kFlag},
    {"socks5", 0, kValue},
    {"socks5-hostname", 0, kValue},
    {"speed-limit", 'Y', kValue},
    {"speed-time", 'y', kValue},
    {"ssl-no-revoke", 0, kFlag},
    {"ssl-revoke-best-effort", 0, kFlag},
    {"stderr", 0, kValue},
    {"styled-output", 0, kFlag},
    {"tcp-fastopen", 0, kFlag},
    {"tcp-nodelay", 0, kFlag},
    {"tls-max", 0, kValue},
    {"tls13-ciphers", 0, kValue},
    {"tlsv1", '1', kFlag},
    {"tlsv1.0", 0, kFlag},
    {"tlsv1.1", 0, kFlag},
    {"tlsv1.2", 0, kFlag},
    {"tlsv1.3", 0, kFlag},
    {"tr-encoding", 0, kFlag},
    {"trace", 0, kValue},
    {"trace-ascii", 0, kValue},
    {"trace-config", 0, kValue},
    {"trace-ids", 0, kFlag},
    {"trace-time", 0, kFlag},
    {"unix-socket", 0, kValue},
    {"use-ascii", 'B', kFlag},
    {"verbose", 'v', kFlag},
    {"write-out", 'w', kValue},
    {"xattr", 0, kFlag},
};

}  // namespace

const CurlOption* find_curl_option(std::string_view name) {
  auto found = std::ranges::find(kOptions, name, &CurlOption::name);
  if (found == std::end(kOptions) && name.starts_with("no-")) {
    found = std::ranges::find(kOptions, name.substr(3), &CurlOption::name);
    if (found != std::end(kOptions) && found->takes_value) return nullptr;
  }
  return found == std::end(kOptions) ? nullptr : &*found;
}

const CurlOption* find_curl_option(char letter) {
  const auto found = std::ranges::find(kOptions, letter, &CurlOption::letter);
  return found == std::end(kOptions) ? nullptr : &*found;
}

std::string_view nearest_curl_option(std::string_view name) {
  std::vector<std::string_view> names;
  for (const CurlOption& option : kOptions) names.push_back(option.name);
  return nearest(name, names).value_or("");
}

}  // namespace wicket::replay
