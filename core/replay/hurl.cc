// hurl's format is read by lines: an entry begins with a method and a URL; what follows is headers, sections in
// brackets, a body, and from a line that begins with HTTP on what is expected of the answer.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "replay/document.h"
#include "replay/line_source.h"
#include "route/matcher.h"
#include "route/url.h"

namespace wicket::replay {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

// A comment begins at a # that stands alone, and never inside a URL or a value in quotes.
std::string_view without_comment(std::string_view line) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '"') {
      is_quoted = !is_quoted;
    } else if (line[i] == '#' && !is_quoted && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) {
      return line.substr(0, i);
    }
  }
  return line;
}

struct Pair {
  std::string_view name;
  std::string_view value;
};

std::optional<Pair> pair_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  return Pair{trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1))};
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~").find(c) != std::string_view::npos;
}

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out.push_back(c);
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

enum class Part : std::uint8_t { kHeaders, kQuery, kForm, kCookies, kOther, kBody, kAnswer, kAsserts };

// The parts of a request line: METHOD URL.
std::optional<Pair> request_line(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || blank == 0 || blank > 20) return std::nullopt;
  const std::string_view method = line.substr(0, blank), url = trimmed(line.substr(blank));
  if (!std::ranges::all_of(method, [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; })) return std::nullopt;
  if (!url.starts_with("http://") && !url.starts_with("https://") && !url.starts_with("{{")) return std::nullopt;
  return Pair{method, url};
}

/// One entry as far as it was read.
struct Entry {
  std::size_t line = 0;
  std::string method;
  std::string url;
  std::vector<route::Header> headers;
  std::vector<std::string> query;
  std::string cookies;
  bool has_form = false;
  Recorded recorded;
};

// `header "location" == "…"`, `status == 301`.
void take_assert(std::string_view line, Recorded& recorded) {
  const std::size_t equals = line.find("==");
  if (equals == std::string_view::npos) return;
  const std::string_view subject = trimmed(line.substr(0, equals));
  std::string_view value = trimmed(line.substr(equals + 2));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  if (subject == "status") {
    recorded.knows_status =
        std::from_chars(value.data(), value.data() + value.size(), recorded.status).ec == std::errc();
  } else if (subject.starts_with("header") && route::same_name(trimmed(subject.substr(6)), "\"location\"")) {
    recorded.location.set(value);
  }
}

// "HTTP 200", "HTTP/2 *".
void take_status(std::string_view line, Recorded& recorded) {
  const std::string_view status = trimmed(line.substr(std::min(line.find(' '), line.size())));
  const auto [end, error] = std::from_chars(status.data(), status.data() + status.size(), recorded.status);
  recorded.knows_status = error == std::errc();
}

class Reading {
 public:
  Requests run(std::string_view text) {
    each_line(text, 1, [this](std::string_view line, std::size_t number) { take(line, number); });
    finish();
    return std::move(out_);
  }

 private:
  static Part part_named(std::string_view section, Part now) {
    if (now == Part::kAnswer || now == Part::kAsserts) return section == "[Asserts]" ? Part::kAsserts : Part::kOther;
    if (section == "[Query]" || section == "[QueryStringParams]") return Part::kQuery;
    if (section == "[Form]" || section == "[FormParams]" || section == "[Multipart]" ||
        section == "[MultipartFormData]")
      return Part::kForm;
    return section == "[Cookies]" ? Part::kCookies : Part::kOther;
  }

  void take(std::string_view raw, std::size_t number) {
    if (raw.starts_with("```")) {
      is_fenced_ = !is_fenced_;
      part_ = Part::kBody;
      return;
    }
    if (is_fenced_) return;
    const std::string_view line = trimmed(without_comment(raw));
    if (line.empty()) return;
    if (const auto begin = request_line(line)) {
      finish();
      entry_.emplace();
      entry_->line = number;
      entry_->method = begin->name;
      entry_->url = begin->value;
      part_ = Part::kHeaders;
      is_answer_ = false;
      return;
    }
    if (!entry_) return;
    if (line.starts_with("HTTP ") || line.starts_with("HTTP/")) {
      take_status(line, entry_->recorded);
      part_ = Part::kAnswer;
      is_answer_ = true;
      return;
    }
    if (line.front() == '[' && line.back() == ']' && part_ != Part::kBody) {
      part_ = part_named(line, is_answer_ ? Part::kAnswer : part_);
      return;
    }
    take_line(line);
  }

  void take_line(std::string_view line) {
    const std::optional<Pair> pair = pair_of(line);
    switch (part_) {
      case Part::kHeaders:
        if (!pair || line.front() == '{' || line.front() == '<') {
          part_ = Part::kBody;
        } else {
          entry_->headers.emplace_back(pair->name, pair->value);
        }
        return;
      case Part::kQuery:
        if (pair) entry_->query.push_back(percent_encoded(pair->name) + "=" + percent_encoded(pair->value));
        return;
      case Part::kForm:
        entry_->has_form = true;
        return;
      case Part::kCookies:
        if (pair)
          entry_->cookies += fmt::format("{}{}={}", entry_->cookies.empty() ? "" : "; ", pair->name, pair->value);
        return;
      case Part::kAnswer:
        if (pair && route::same_name(pair->name, "location")) entry_->recorded.location.set(pair->value);
        return;
      case Part::kAsserts:
        return take_assert(line, entry_->recorded);
      case Part::kOther:
      case Part::kBody:
        return;
    }
  }

  [[nodiscard]] std::string make(const Entry& entry, Record& record) const {
    std::string all = entry.url;
    for (const std::string& part : entry.query) all += (all.find('?') == std::string::npos ? "?" : "&") + part;
    for (const auto& [name, value] : entry.headers) all += value;
    if (const std::size_t open = all.find("{{"); open != std::string::npos)
      return fmt::format("needs a value for {}", all.substr(open, all.find("}}", open) + 2 - open));
    std::string url = entry.url;
    for (const std::string& part : entry.query) url += (url.find('?') == std::string::npos ? "?" : "&") + part;
    const Result<route::Url> parts = route::parse_url(url);
    if (!parts) return fmt::format("has a URL '{}' that {}", url, parts.error().message);
    record.request = route::request_to(*parts);
    record.request.method = entry.method;
    for (const auto& [name, value] : entry.headers) {
      if (route::same_name(name, "host")) {
        record.request.authority = value;
      } else {
        record.request.headers.emplace_back(name, value);
      }
    }
    if (!entry.cookies.empty()) record.request.headers.emplace_back("Cookie", entry.cookies);
    if (entry.has_form && !route::find_header(record_view(record), "content-type"))
      record.request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    record.recorded = entry.recorded;
    return {};
  }

  static route::RequestView record_view(const Record& record) {
    thread_local std::vector<route::HeaderView> lines;
    return record.view(lines);
  }

  void finish() {
    static const Telling kTelling{.every_header = true, .headers = {}, .lacks = {}, .port = true, .server_name = true};
    if (!entry_) return;
    Record record;
    std::string why = make(*entry_, record);
    record.line = entry_->line;
    record.telling = &kTelling;
    if (why.empty()) {
      out_.records.push_back(std::move(record));
    } else {
      out_.unread.push_back({entry_->line, std::move(why), entry_->method + " " + entry_->url});
    }
    entry_.reset();
  }

  Requests out_;
  std::optional<Entry> entry_;
  Part part_ = Part::kHeaders;
  bool is_answer_ = false;
  bool is_fenced_ = false;
};

}  // namespace

Result<Requests> read_hurl(std::string_view text) {
  Requests requests = Reading().run(text);
  if (requests.records.empty() && requests.unread.empty()) return failure(ErrorCode::kInvalid, "has no request in it");
  return requests;
}

}  // namespace wicket::replay
