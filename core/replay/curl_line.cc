// Options are collected into a Transfer, whatever their order; build() then makes one request of each URL, as curl does
// when the transfer starts.

#include "replay/curl_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "replay/curl_options.h"
#include "replay/url_text.h"
#include "route/matcher.h"
#include "route/url.h"

namespace wicket::replay {
namespace {

// The lowest version that all options read here exist in; curl names its own in User-Agent.
constexpr std::string_view kUserAgent = "curl/8.0.0";

// A header as -H says it.
struct HeaderLine {
  std::string name;
  std::optional<std::string> value;  // nothing: leave it out
};

// What stands between two --next.
struct Transfer {
  std::vector<std::string> urls;
  std::optional<std::string> method;
  std::vector<HeaderLine> headers;
  std::vector<HeaderLine> defaults;  // that an option other than -H sets
  std::vector<std::string> query;
  std::optional<std::string> body;
  std::optional<std::string> target;
  std::optional<std::uint32_t> port;  // of --connect-to
  route::HttpVersion version = route::HttpVersion::kHttp11;
  bool get = false;
  bool head = false;
  bool upload = false;
  bool form = false;
  bool path_as_is = false;
  bool globbing = true;
  std::vector<std::string> notes;
};

tl::unexpected<Error> refuse(std::string message) { return failure(ErrorCode::kInvalid, std::move(message)); }

// ---- values ----

// "name=content" and "=content"; a file is none that we read.
Result<std::string> url_encoded(std::string_view value) {
  const std::size_t mark = value.find_first_of("=@");
  if (mark != std::string_view::npos && value[mark] == '@')
    return refuse(fmt::format("takes data from the file {}, which is not on the line", value.substr(mark + 1)));
  if (mark == std::string_view::npos) return percent_encoded(value);
  const std::string name(value.substr(0, mark));
  return (name.empty() ? "" : name + "=") + percent_encoded(value.substr(mark + 1));
}

Result<HeaderLine> header_line(std::string_view text) {
  if (text.starts_with('@')) return refuse(fmt::format("takes headers from the file {}", text.substr(1)));
  const std::size_t mark = text.find_first_of(":;", 1);
  if (mark == std::string_view::npos) return refuse(fmt::format("has a header that is none: '{}'", text));
  HeaderLine line{std::string(text.substr(0, mark)), std::nullopt};
  if (text[mark] == ';') {
    if (mark + 1 != text.size()) return refuse(fmt::format("has a header that is none: '{}'", text));
    line.value = "";
  } else if (const std::size_t begin = text.find_first_not_of(" \t", mark + 1); begin != std::string_view::npos) {
    line.value = text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
  }
  return line;
}

// HOST1:PORT1:HOST2:PORT2 connects to PORT2 and says HOST1.
std::optional<std::uint32_t> port_of_connect_to(std::string_view value) {
  const std::size_t colon = value.rfind(':');
  std::uint32_t port = 0;
  if (colon == std::string_view::npos || colon + 1 == value.size()) return std::nullopt;
  for (const char c : value.substr(colon + 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    port = port * 10 + static_cast<std::uint32_t>(c - '0');
    if (port > 65535) return std::nullopt;
  }
  return port == 0 ? std::nullopt : std::optional(port);
}

// ---- options ----

void add_body(Transfer& transfer, std::string_view data) {
  transfer.body = transfer.body ? *transfer.body + "&" + std::string(data) : std::string(data);
}

void set_default(Transfer& transfer, std::string_view name, std::string value) {
  transfer.defaults.push_back({std::string(name), std::move(value)});
}

Result<void> take_data(Transfer& transfer, std::string_view value, CurlEffect effect) {
  if (effect == CurlEffect::kDataUrlEncoded) {
    const Result<std::string> encoded = url_encoded(value);
    if (!encoded) return tl::unexpected<Error>(encoded.error());
    add_body(transfer, *encoded);
    return {};
  }
  if (effect != CurlEffect::kDataRaw && value.starts_with('@')) {
    if (transfer.get) return refuse(fmt::format("takes its query from the file {}", value.substr(1)));
    add_body(transfer, "");  // a body all the same; what is in it routes nothing
    return {};
  }
  if (effect == CurlEffect::kJson) {
    set_default(transfer, "Content-Type", "application/json");
    set_default(transfer, "Accept", "application/json");
    transfer.body = transfer.body.value_or("") + std::string(value);
    return {};
  }
  add_body(transfer, value);
  return {};
}

Result<void> take_query(Transfer& transfer, std::string_view value) {
  if (value.starts_with('+')) {
    transfer.query.emplace_back(value.substr(1));
    return {};
  }
  const Result<std::string> encoded = url_encoded(value);
  if (!encoded) return tl::unexpected<Error>(encoded.error());
  transfer.query.push_back(*encoded);
  return {};
}

void take_cookie(Transfer& transfer, std::string_view value) {
  if (value.find('=') != std::string_view::npos) return set_default(transfer, "Cookie", std::string(value));
  transfer.notes.push_back(fmt::format("cookies come from the file {}; none is sent here", value));
}

// An option with its value, which is empty for a flag.
Result<void> apply(Transfer& transfer, const CurlOption& option, std::string_view value) {
  switch (option.effect) {
    case CurlEffect::kNone:
    case CurlEffect::kNext:
      return {};
    case CurlEffect::kMethod:
      transfer.method = value;
      return {};
    case CurlEffect::kHeader: {
      Result<HeaderLine> line = header_line(value);
      if (!line) return tl::unexpected<Error>(line.error());
      transfer.headers.push_back(*std::move(line));
      return {};
    }
    case CurlEffect::kData:
    case CurlEffect::kDataRaw:
    case CurlEffect::kDataUrlEncoded:
    case CurlEffect::kJson:
      return take_data(transfer, value, option.effect);
    case CurlEffect::kForm:
      transfer.form = true;
      return {};
    case CurlEffect::kGet:
      transfer.get = true;
      return {};
    case CurlEffect::kHead:
      transfer.head = true;
      return {};
    case CurlEffect::kUpload:
      transfer.upload = true;
      return {};
    case CurlEffect::kUrl:
      transfer.urls.emplace_back(value);
      return {};
    case CurlEffect::kUrlQuery:
      return take_query(transfer, value);
    case CurlEffect::kUser:
      set_default(
          transfer, "Authorization",
          "Basic " + base64(value.find(':') == std::string_view::npos ? std::string(value) + ":" : std::string(value)));
      return {};
    case CurlEffect::kBearer:
      set_default(transfer, "Authorization", "Bearer " + std::string(value));
      return {};
    case CurlEffect::kUserAgent:
      set_default(transfer, "User-Agent", std::string(value));
      return {};
    case CurlEffect::kReferer:
      set_default(transfer, "Referer", std::string(value.substr(0, value.find(";auto"))));
      return {};
    case CurlEffect::kCookie:
      take_cookie(transfer, value);
      return {};
    case CurlEffect::kRange:
      set_default(transfer, "Range", "bytes=" + std::string(value));
      return {};
    case CurlEffect::kCompressed:
      set_default(transfer, "Accept-Encoding", "deflate, gzip");
      return {};
    case CurlEffect::kHttp10:
      transfer.version = route::HttpVersion::kHttp10;
      return {};
    case CurlEffect::kHttp11:
      transfer.version = route::HttpVersion::kHttp11;
      return {};
    case CurlEffect::kHttp2:
    case CurlEffect::kHttp2Prior:
      transfer.version = route::HttpVersion::kHttp2;
      return {};
    case CurlEffect::kTarget:
      transfer.target = value;
      return {};
    case CurlEffect::kPathAsIs:
      transfer.path_as_is = true;
      return {};
    case CurlEffect::kGlobOff:
      transfer.globbing = false;
      return {};
    case CurlEffect::kConnectTo:
      transfer.port = port_of_connect_to(value);
      return {};
    case CurlEffect::kFollow:
      transfer.notes.emplace_back("curl would follow a redirect; this is the answer to the first request");
      return {};
    case CurlEffect::kRefused:
      return refuse(fmt::format("uses --{}, so that the line does not say what is sent", option.name));
  }
  return {};
}

// Where the reader of a command's words stands.
struct Words {
  std::span<const std::string> all;
  std::size_t at = 1;  // behind "curl"

  [[nodiscard]] bool at_end() const { return at >= all.size(); }
  const std::string& take() { return all[at++]; }
};

Result<void> take_long(Words& words, std::string_view name, std::vector<Transfer>& transfers) {
  const CurlOption* option = find_curl_option(name);
  if (option == nullptr) {
    const std::string_view near = nearest_curl_option(name);
    return refuse(fmt::format("has an option that curl does not: --{}{}", name,
                              near.empty() ? "" : fmt::format("; did you mean --{}?", near)));
  }
  if (option->effect == CurlEffect::kNext) transfers.emplace_back();
  if (option->takes_value && words.at_end()) return refuse(fmt::format("has no value behind --{}", name));
  return apply(transfers.back(), *option, option->takes_value ? words.take() : std::string_view());
}

// "-sSL", "-XPOST", "-X POST".
Result<void> take_short(Words& words, std::string_view letters, std::vector<Transfer>& transfers) {
  while (!letters.empty()) {
    const CurlOption* option = find_curl_option(letters.front());
    if (option == nullptr) return refuse(fmt::format("has an option that curl does not: -{}", letters.front()));
    letters.remove_prefix(1);
    if (option->effect == CurlEffect::kNext) transfers.emplace_back();
    std::string_view value;
    if (option->takes_value) {
      if (letters.empty() && words.at_end()) return refuse(fmt::format("has no value behind -{}", option->letter));
      value = letters.empty() ? std::string_view(words.take()) : letters;
      letters = {};
    }
    if (Result<void> applied = apply(transfers.back(), *option, value); !applied) return applied;
  }
  return {};
}

Result<std::vector<Transfer>> read_options(std::span<const std::string> all) {
  std::vector<Transfer> transfers(1);
  Words words{all};
  bool only_urls = false;
  while (!words.at_end()) {
    const std::string& word = words.take();
    Result<void> taken;
    if (only_urls || !word.starts_with('-') || word == "-") {
      transfers.back().urls.push_back(word);
    } else if (word == "--") {
      only_urls = true;
    } else if (word.starts_with("--")) {
      taken = take_long(words, std::string_view(word).substr(2), transfers);
    } else {
      taken = take_short(words, std::string_view(word).substr(1), transfers);
    }
    if (!taken) return tl::unexpected<Error>(taken.error());
  }
  return transfers;
}

// ---- requests ----

// A backslash in front of a bracket or brace keeps it from being a pattern; one that is left over is a pattern.
Result<std::string> without_globs(std::string_view url, bool globbing) {
  if (!globbing) return std::string(url);
  std::string plain;
  const std::size_t authority = url.find("://") == std::string_view::npos ? 0 : url.find("://") + 3;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const bool escapes = url[i] == '\\' && i + 1 < url.size() && std::string_view("{}[]").find(url[i + 1]) < 4;
    if (escapes) {
      plain.push_back(url[++i]);
      continue;
    }
    const bool address = url[i] == '[' && i == authority;  // IPv6
    if ((url[i] == '{' || url[i] == '[') && !address)
      return refuse(fmt::format("has a URL that stands for several: '{}'; name one, or say --globoff", url));
    plain.push_back(url[i]);
  }
  return plain;
}

const HeaderLine* find(std::span<const HeaderLine> lines, std::string_view name) {
  const auto found = std::ranges::find_if(lines, [&](const auto& line) { return route::same_name(line.name, name); });
  return found == lines.end() ? nullptr : &*found;
}

bool has_body(const Transfer& transfer) { return transfer.form || (transfer.body && !transfer.get); }

std::string method_of(const Transfer& transfer) {
  if (transfer.method) return *transfer.method;
  if (transfer.head) return "HEAD";
  if (transfer.upload) return "PUT";
  return has_body(transfer) ? "POST" : "GET";
}

// Those of -H in their order win over those that other options and curl itself would send.
void add_headers(const Transfer& transfer, route::Request& request) {
  std::vector<HeaderLine> own = {{"User-Agent", std::string(kUserAgent)}, {"Accept", "*/*"}};
  if (transfer.form) own.push_back({"Content-Type", "multipart/form-data; boundary=------------------------wicket"});
  if (has_body(transfer) && !transfer.form) own.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  std::vector<HeaderLine> defaults = transfer.defaults;
  for (const HeaderLine& line : own)
    if (find(transfer.defaults, line.name) == nullptr) defaults.push_back(line);
  for (const HeaderLine& line : defaults)
    if (find(transfer.headers, line.name) == nullptr) request.headers.emplace_back(line.name, *line.value);
  for (const HeaderLine& line : transfer.headers) {
    if (!line.value) continue;
    if (route::same_name(line.name, "host")) {
      request.authority = *line.value;
    } else {
      request.headers.emplace_back(line.name, *line.value);
    }
  }
}

void add_query(const Transfer& transfer, std::string& target) {
  std::vector<std::string> parts = transfer.query;
  if (transfer.get && transfer.body && !transfer.body->empty()) parts.insert(parts.begin(), *transfer.body);
  for (const std::string& part : parts) add_to_query(target, part);
}

bool is_address(std::string_view host) {
  return host.starts_with('[') || host.find_first_not_of("0123456789.") == std::string_view::npos;
}

Result<CurlRequest> build(const Transfer& transfer, const std::string& written, const ShellCommand& command) {
  const Result<std::string> plain = without_globs(written, transfer.globbing);
  if (!plain) return tl::unexpected<Error>(plain.error());
  const Result<route::Url> url = route::parse_url(*plain);
  if (!url) return refuse(fmt::format("has a URL '{}' that {}", *plain, url.error().message));
  CurlRequest one{.url = *plain, .request = {}, .line = command.line, .notes = transfer.notes};
  one.request.method = method_of(transfer);
  one.request.authority = url->authority;
  one.request.target = transfer.path_as_is ? url->target : without_dot_segments(url->target);
  add_query(transfer, one.request.target);
  if (transfer.target) one.request.set_target(*transfer.target);
  one.request.port = transfer.port.value_or(url->port);
  one.request.tls = url->scheme == "https";
  if (one.request.tls && !is_address(url->host)) one.request.sni = url->host;
  one.request.version = transfer.version;
  add_headers(transfer, one.request);
  for (const std::string& text : command.substitutions)
    one.notes.push_back(fmt::format("{} is sent as it stands: no shell has put a value in its place", text));
  return one;
}

bool is_curl(std::string_view word) {
  const std::size_t slash = word.find_last_of("/\\");
  if (slash != std::string_view::npos) word.remove_prefix(slash + 1);
  return word == "curl" || word == "curl.exe";
}

// `curl` may stand behind assignments, `$`, sudo, time …: whatever stands in front of it is no part of the request.
std::span<const std::string> curl_words(const ShellCommand& command) {
  const auto found = std::ranges::find_if(command.words, is_curl);
  return std::span(command.words).subspan(static_cast<std::size_t>(found - command.words.begin()));
}

Result<void> read_command(const ShellCommand& command, std::vector<CurlRequest>& out) {
  const std::span<const std::string> words = curl_words(command);
  if (words.empty()) return {};
  const Result<std::vector<Transfer>> transfers = read_options(words);
  if (!transfers) return tl::unexpected<Error>(transfers.error());
  for (const Transfer& transfer : *transfers) {
    if (transfer.urls.empty()) return refuse("has a curl command without a URL");
    for (const std::string& url : transfer.urls) {
      Result<CurlRequest> one = build(transfer, url, command);
      if (!one) return tl::unexpected<Error>(one.error());
      out.push_back(*std::move(one));
    }
  }
  return {};
}

constexpr std::size_t kShownWords = 8;

std::string beginning_of(const ShellCommand& command) {
  std::string text;
  for (std::size_t i = 0; i < std::min(kShownWords, command.words.size()); ++i)
    text += (i == 0 ? "" : " ") + command.words[i];
  return text;
}

}  // namespace

Result<std::vector<CurlRequest>> read_curl(std::string_view text, Shell shell) {
  const Result<std::vector<ShellCommand>> commands = split_commands(text, shell);
  if (!commands) return tl::unexpected<Error>(commands.error());
  std::vector<CurlRequest> requests;
  for (const ShellCommand& command : *commands)
    if (Result<void> read = read_command(command, requests); !read) return tl::unexpected<Error>(read.error());
  if (requests.empty()) return refuse("has no curl command in it");
  return requests;
}

Result<std::vector<CurlRequest>> read_curl(std::string_view text, std::vector<CurlMistake>& mistakes) {
  const Result<std::vector<ShellCommand>> commands = split_commands(text, guess_shell(text));
  if (!commands) return tl::unexpected<Error>(commands.error());
  std::vector<CurlRequest> requests;
  for (const ShellCommand& command : *commands) {
    std::vector<CurlRequest> some;
    if (Result<void> read = read_command(command, some); !read) {
      mistakes.push_back({.line = command.line, .why = read.error().message, .text = beginning_of(command)});
      continue;
    }
    std::ranges::move(some, std::back_inserter(requests));
  }
  if (requests.empty() && mistakes.empty()) return refuse("has no curl command in it");
  return requests;
}

Result<std::vector<CurlRequest>> read_curl(std::string_view text) { return read_curl(text, guess_shell(text)); }

}  // namespace wicket::replay
