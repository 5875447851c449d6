// hurl's format is read by lines: an entry begins with a method and a URL; what follows is headers, sections in
// brackets, a body, and from a line that begins with HTTP on what is expected of the answer.

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "replay/document.h"
#include "replay/hurl_entry.h"
#include "replay/line_source.h"
#include "route/matcher.h"

namespace wicket::replay {
namespace {

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
  std::string name;
  std::string value;
};

std::optional<Pair> pair_of(std::string_view line) {
  // A colon may stand in a template and, behind a backslash, in a name.
  std::size_t colon = 0;
  for (bool inside = false; colon < line.size() && (inside || line[colon] != ':'); ++colon) {
    if (line[colon] == '\\') ++colon;
    if (line.substr(std::min(colon, line.size())).starts_with("{{")) inside = true;
    if (line.substr(std::min(colon, line.size())).starts_with("}}")) inside = false;
  }
  if (colon >= line.size() || colon == 0) return std::nullopt;
  return Pair{std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))};
}

enum class Part : std::uint8_t {
  kHeaders,
  kQuery,
  kForm,
  kCookies,
  kUser,
  kOptions,
  kOther,
  kBody,
  kAnswer,
  kCaptures,
  kAsserts,
};

struct Section {
  std::string_view name;
  Part part;
  std::string_view content_type = {};
};
constexpr std::string_view kFormType = "application/x-www-form-urlencoded";
constexpr std::string_view kMultipartType = "multipart/form-data; boundary=------------------------wicket";
constexpr std::array<Section, 11> kSections = {{{"[Query]", Part::kQuery},
                                                {"[QueryStringParams]", Part::kQuery},
                                                {"[Form]", Part::kForm, kFormType},
                                                {"[FormParams]", Part::kForm, kFormType},
                                                {"[Multipart]", Part::kForm, kMultipartType},
                                                {"[MultipartFormData]", Part::kForm, kMultipartType},
                                                {"[Cookies]", Part::kCookies},
                                                {"[BasicAuth]", Part::kUser},
                                                {"[Options]", Part::kOptions},
                                                {"[Captures]", Part::kCaptures},
                                                {"[Asserts]", Part::kAsserts}}};

bool is_section(std::string_view line) {
  return line.size() > 2 && line.front() == '[' && line.back() == ']' &&
         std::ranges::all_of(line.substr(1, line.size() - 2),
                             [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// The parts of a request line: METHOD URL.
std::optional<Pair> request_line(std::string_view line) {
  const std::size_t blank = line.find(' ');
  if (blank == std::string_view::npos || blank == 0 || blank > 20) return std::nullopt;
  const std::string_view method = line.substr(0, blank), url = trimmed(line.substr(blank));
  if (!std::ranges::all_of(method, [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; })) return std::nullopt;
  if (!url.starts_with("http://") && !url.starts_with("https://") && !url.starts_with("{{")) return std::nullopt;
  return Pair{std::string(method), std::string(url)};
}

// "200"; "*" is none.
void take_status(std::string_view text, HurlEntry& entry) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), entry.status);
  entry.knows_status = error == std::errc();
}

// `header "location" == "…"`, `status == 301`.
void take_assert(std::string_view line, HurlEntry& entry) {
  const std::size_t equals = line.find("==");
  if (equals == std::string_view::npos) return;
  const std::string_view subject = trimmed(line.substr(0, equals));
  std::string_view value = trimmed(line.substr(equals + 2));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  if (subject == "status") {
    take_status(value, entry);
  } else if (subject.starts_with("header") && route::same_name(trimmed(subject.substr(6)), "\"location\"")) {
    entry.location = value;
  }
}

// What a body that begins so is sent as.
std::string_view type_of_body(std::string_view line) {
  if (line.starts_with("```json") || line.starts_with("```graphql")) return "application/json";
  if (line.starts_with("```xml") || line.front() == '<') return "application/xml";
  return line.front() == '{' || line.front() == '[' ? std::string_view("application/json") : std::string_view();
}

class Reading {
 public:
  explicit Reading(const Variables& given) : given_(given) {
    for (const auto& [name, value] : given) names_.values.insert_or_assign(name, value);
  }

  Requests run(std::string_view text) {
    each_line(text, 1, [this](std::string_view line, std::size_t number) { take(line, number); });
    finish();
    return std::move(out_);
  }

 private:
  void take(std::string_view raw, std::size_t number) {
    if (raw.starts_with("```")) {
      if (!is_fenced_ && entry_ && !is_answer_) entry_->content_type = type_of_body(raw);
      // One line may hold both ends.
      is_fenced_ = !is_fenced_ && raw.find("```", 3) == std::string_view::npos;
      part_ = Part::kBody;
      return;
    }
    if (is_fenced_) return;
    const std::string_view line = trimmed(without_comment(raw));
    if (line.empty()) return;
    if (auto begin = request_line(line)) return this->begin(*std::move(begin), number);
    if (!entry_) return;
    if (line.starts_with("HTTP ") || line.starts_with("HTTP/")) {
      take_status(trimmed(line.substr(std::min(line.find(' '), line.size()))), *entry_);
      part_ = Part::kAnswer;
      is_answer_ = true;
    } else if (is_section(line) && part_ != Part::kBody) {
      begin_section(line);
    } else {
      take_line(line, number);
    }
  }

  void begin(Pair line, std::size_t number) {
    finish();
    entry_.emplace();
    entry_->line = number;
    entry_->method = std::move(line.name);
    entry_->url = std::move(line.value);
    part_ = Part::kHeaders;
    is_answer_ = false;
  }

  void begin_section(std::string_view line) {
    const auto* found = std::ranges::find(kSections, line, &Section::name);
    part_ = found == kSections.end() ? Part::kOther : found->part;
    const bool is_of_answer = part_ == Part::kCaptures || part_ == Part::kAsserts;
    if (is_answer_ != is_of_answer) part_ = Part::kOther;
    if (part_ == Part::kForm) entry_->content_type = found->content_type;
  }

  void take_line(std::string_view line, std::size_t number) {
    std::optional<Pair> pair = pair_of(line);
    switch (part_) {
      case Part::kHeaders:
        if (!pair || std::string_view("{[<`\"").find(line.front()) != std::string_view::npos) {
          if (!line.starts_with("{{") || !pair) return take_body(line);
        }
        entry_->headers.emplace_back(std::move(pair->name), std::move(pair->value));
        return;
      case Part::kQuery:
        if (pair) entry_->query.emplace_back(std::move(pair->name), std::move(pair->value));
        return;
      case Part::kCookies:
        if (pair) entry_->cookies.emplace_back(std::move(pair->name), std::move(pair->value));
        return;
      case Part::kUser:
        if (pair) entry_->user = pair->name + ":" + pair->value;
        return;
      case Part::kOptions:
        if (pair) take_option(*pair);
        return;
      case Part::kAnswer:
        if (pair && route::same_name(pair->name, "location")) entry_->location = pair->value;
        return;
      case Part::kCaptures:
        if (pair) captured_.emplace_back(pair->name, number);
        return;
      case Part::kAsserts:
        return take_assert(line, *entry_);
      case Part::kForm:
      case Part::kOther:
      case Part::kBody:
        return;
    }
  }

  void take_body(std::string_view line) {
    part_ = Part::kBody;
    entry_->content_type = type_of_body(line);
  }

  // Source: hurl.dev, "Options".
  void take_option(const Pair& option) {
    const bool is_on = option.value == "true";
    if (option.name == "variable") {
      const std::size_t equals = option.value.find('=');
      std::string unknown;
      std::string value =
          names_.in_text(std::string_view(option.value).substr(std::min(equals, option.value.size() - 1) + 1), unknown);
      if (equals != std::string::npos && unknown.empty())
        names_.values.insert_or_assign(std::string(trimmed(option.value.substr(0, equals))),
                                       std::string(trimmed(value)));
    } else if (option.name == "http1.0" && is_on) {
      entry_->version = route::HttpVersion::kHttp10;
    } else if ((option.name == "http2" || option.name == "http3") && is_on) {
      entry_->version = route::HttpVersion::kHttp2;
    } else if (option.name == "user") {
      entry_->user = option.value;
    } else if (option.name == "path-as-is") {
      entry_->path_as_is = is_on;
    } else if (option.name == "compressed") {
      entry_->is_compressed = is_on;
    } else if (option.name == "location" || option.name == "location-trusted") {
      entry_->follows = is_on;
    } else if (option.name == "skip") {
      entry_->is_skipped = is_on;
    }
  }

  void finish() {
    if (!entry_) return;
    if (!entry_->is_skipped) make();
    // What an entry captures, those behind it use; nobody knows what it is, unless it was given.
    for (const auto& [name, line] : captured_) {
      if (std::ranges::find(given_, name, &Variables::value_type::first) != given_.end()) continue;
      names_.values.erase(name);
      names_.captured.insert_or_assign(name, line);
    }
    captured_.clear();
    entry_.reset();
  }

  void make() {
    Record record;
    std::string why = make_record(*entry_, names_, record);
    record.line = entry_->line;
    if (why.empty()) {
      out_.records.push_back(std::move(record));
    } else {
      out_.unread.push_back({entry_->line, std::move(why), entry_->method + " " + entry_->url});
    }
  }

  const Variables& given_;
  Requests out_;
  HurlNames names_;
  std::vector<std::pair<std::string, std::size_t>> captured_;  // by the entry that is being read
  std::optional<HurlEntry> entry_;
  Part part_ = Part::kHeaders;
  bool is_answer_ = false;
  bool is_fenced_ = false;
};

}  // namespace

Result<Requests> read_hurl(std::string_view text, const Variables& variables) {
  Requests requests = Reading(variables).run(text);
  if (requests.records.empty() && requests.unread.empty()) return failure(ErrorCode::kInvalid, "has no request in it");
  return requests;
}

}  // namespace wicket::replay
