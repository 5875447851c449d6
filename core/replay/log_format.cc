#include "replay/log_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace wicket::replay {
namespace {

constexpr std::size_t kMaxSteps = 4000;      // of looking for a reading of one line
constexpr std::size_t kMaxPrefix = 400;      // bytes that tools put in front of a line: pod, container, time
constexpr std::size_t kMaxPrefixStarts = 4;  // places at which a line may begin behind them

struct Variable {
  std::string_view name;
  Field field;
  std::string_view header = {};
};

// Source: nginx ngx_http_core_module and ngx_http_log_module, "Embedded Variables".
constexpr Variable kVariables[] = {
    {"remote_addr", Field::kRemoteAddress},
    {"remote_user", Field::kIgnored},
    {"time_local", Field::kIgnored},
    {"time_iso8601", Field::kTime},
    {"request", Field::kRequestLine},
    {"request_method", Field::kMethod},
    {"request_uri", Field::kPath},
    {"status", Field::kStatus},
    {"body_bytes_sent", Field::kNumber},
    {"bytes_sent", Field::kNumber},
    {"request_length", Field::kNumber},
    {"request_time", Field::kNumber},
    {"http_referer", Field::kHeader, "referer"},
    {"http_user_agent", Field::kHeader, "user-agent"},
    {"http_x_forwarded_for", Field::kIgnored},
    {"host", Field::kAuthority},
    {"http_host", Field::kAuthority},
    {"server_name", Field::kAuthority},
    {"server_port", Field::kLocalPort},
    {"scheme", Field::kScheme},
};

FieldSpec field_of_variable(std::string_view name) {
  const auto* found = std::ranges::find(kVariables, name, &Variable::name);
  if (found == std::end(kVariables)) return {};
  return {.field = found->field, .name = std::string(found->header)};
}

// Backslash escapes of nginx and Apache: \xHH, \", \\.
std::string unescaped(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto digit = [&](char c) { return kDigits.find(static_cast<char>(c | 0x20)); };
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain.push_back(text[i]);
    } else if (text[i + 1] == 'x' && i + 3 < text.size() && digit(text[i + 2]) < 16 && digit(text[i + 3]) < 16) {
      plain.push_back(static_cast<char>(digit(text[i + 2]) * 16 + digit(text[i + 3])));
      i += 3;
    } else {
      plain.push_back(text[++i]);
    }
  }
  return plain;
}

std::string_view words(Field field) {
  switch (field) {
    case Field::kMethod:
      return "the method";
    case Field::kPath:
      return "the path";
    case Field::kProtocol:
      return "the protocol";
    case Field::kScheme:
      return "the scheme";
    case Field::kAuthority:
      return "the host";
    case Field::kRequestLine:
      return "the request";
    case Field::kHeader:
      return "a header";
    case Field::kStatus:
      return "the status";
    case Field::kFlags:
      return "the response flags";
    case Field::kDetails:
      return "the response code details";
    case Field::kCluster:
      return "the cluster";
    case Field::kRouteName:
      return "the name of the route";
    case Field::kTime:
      return "the time";
    case Field::kLocalAddress:
    case Field::kLocalPort:
      return "the gateway's address";
    case Field::kRemoteAddress:
      return "the client's address";
    case Field::kServerName:
      return "the server name";
    case Field::kRequestId:
      return "the request id";
    case Field::kLocation:
      return "the location";
    case Field::kNumber:
      return "a number";
    case Field::kWord:
    case Field::kIgnored:
      break;
  }
  return "a value";
}

}  // namespace

void LogFormat::add(FieldSpec spec, std::string literal) {
  const std::string& before = pieces_.empty() ? front_ : pieces_.back().behind;
  const bool is_quoted = !before.empty() && (before.back() == '"' || before.back() == '\'' || before.back() == '[');
  pieces_.push_back({.spec = std::move(spec), .behind = std::move(literal), .is_quoted = is_quoted});
}

void LogFormat::finish() { telling_ = telling_of(fields()); }

Result<LogFormat> LogFormat::envoy(std::string_view format) {
  LogFormat compiled;
  std::string literal;
  std::vector<FieldSpec> waiting;  // the field that the literal stands behind, if any
  const auto flush = [&] {
    if (waiting.empty()) {
      compiled.front_ = literal;
    } else {
      compiled.add(std::move(waiting.front()), literal);
      waiting.clear();
    }
    literal.clear();
  };
  while (format.ends_with('\n') || format.ends_with("\\n")) format.remove_suffix(format.ends_with('\n') ? 1 : 2);
  for (std::size_t i = 0; i < format.size();) {
    if (format[i] != '%' || format.substr(i, 2) == "%%") {
      literal.push_back(format[i]);
      i += format[i] == '%' ? 2 : 1;
      continue;
    }
    // A percent sign inside parentheses belongs to the argument: %START_TIME(%Y-%m)%.
    std::size_t end = i + 1;
    for (bool inside = false; end < format.size() && (inside || format[end] != '%'); ++end)
      inside = format[end] == '(' || (inside && format[end] != ')');
    if (end >= format.size())
      return failure(ErrorCode::kInvalid, fmt::format("has an operator without its closing %: {}", format.substr(i)));
    Result<FieldSpec> spec = field_of_operator(format.substr(i + 1, end - i - 1));
    if (!spec) return failure(ErrorCode::kInvalid, "has a mistake: " + spec.error().message);
    flush();
    waiting.push_back(*std::move(spec));
    i = end + 1;
  }
  flush();
  for (std::size_t i = 0; i + 1 < compiled.pieces_.size(); ++i)
    if (compiled.pieces_[i].behind.empty())
      return failure(ErrorCode::kInvalid, "has two operators with nothing between them: where one ends cannot be seen");
  compiled.finish();
  return compiled;
}

LogFormat LogFormat::nginx(std::string_view format) {
  LogFormat compiled;
  compiled.has_escapes_ = true;
  const auto is_name = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  const std::size_t first = std::min(format.find('$'), format.size());
  compiled.front_ = format.substr(0, first);
  for (std::size_t i = first; i < format.size();) {
    std::size_t end = i + 1;
    while (end < format.size() && is_name(format[end])) ++end;
    const std::size_t next = std::min(format.find('$', end), format.size());
    compiled.add(field_of_variable(format.substr(i + 1, end - i - 1)), std::string(format.substr(end, next - end)));
    i = next;
  }
  compiled.finish();
  return compiled;
}

std::vector<FieldSpec> LogFormat::fields() const {
  std::vector<FieldSpec> specs;
  for (const Piece& piece : pieces_) specs.push_back(piece.spec);
  return specs;
}

bool LogFormat::has_request() const {
  return std::ranges::any_of(
      pieces_, [](const Piece& p) { return p.spec.field == Field::kPath || p.spec.field == Field::kRequestLine; });
}

// The shortest value that lets the rest of the line be read.
bool LogFormat::split(std::size_t number, std::string_view rest, Attempt& attempt) const {
  attempt.furthest = std::max(attempt.furthest, number);
  if (number == pieces_.size()) return rest.empty();
  const Piece& piece = pieces_[number];
  const bool is_last = number + 1 == pieces_.size();
  for (std::size_t from = 0; ++attempt.steps <= kMaxSteps;) {
    const std::size_t end = is_last && piece.behind.empty() ? rest.size() : rest.find(piece.behind, from);
    if (end == std::string_view::npos) return false;
    const std::string_view value = rest.substr(0, end);
    if (!piece.is_quoted && value.find(' ') != std::string_view::npos) return false;
    const bool is_escaped = has_escapes_ && piece.is_quoted && value.ends_with('\\') && !value.ends_with("\\\\");
    if (!is_escaped && is_plausible(piece.spec.field, value)) {
      attempt.values[number] = value;
      if (split(number + 1, rest.substr(end + piece.behind.size()), attempt)) return true;
    }
    if (end >= rest.size()) return false;
    from = end + 1;
  }
  return false;
}

// Tools that collect logs put things of their own in front of a line.
bool LogFormat::split_line(std::string_view line, Attempt& attempt) const {
  attempt.values.resize(pieces_.size());
  std::size_t begin = 0;
  for (std::size_t i = 0; i < kMaxPrefixStarts && begin <= std::min(kMaxPrefix, line.size()); ++i) {
    if (line.substr(begin).starts_with(front_) && split(0, line.substr(begin + front_.size()), attempt)) return true;
    begin = front_.empty() ? line.find(' ', begin) : line.find(front_, begin + 1);
    if (begin == std::string_view::npos) return false;
    if (front_.empty()) ++begin;
  }
  return false;
}

bool LogFormat::read_into(std::string_view text, Record& out) const {
  thread_local Attempt attempt;  // keeps its memory from line to line
  attempt.steps = attempt.furthest = 0;
  attempt.values.resize(pieces_.size());
  if (!text.starts_with(front_) || !split(0, text.substr(front_.size()), attempt)) return false;
  for (std::size_t i = 0; i < pieces_.size(); ++i)
    if (!put(pieces_[i].spec, attempt.values[i], out)) return false;
  return true;
}

std::string LogFormat::read(std::string_view line, Record& out) const {
  thread_local Attempt attempt;
  attempt.steps = attempt.furthest = 0;
  out.clear();
  out.telling = &telling_;
  if (!split_line(line, attempt))
    return attempt.furthest < pieces_.size()
               ? fmt::format("does not fit the format at {}", words(pieces_[attempt.furthest].spec.field))
               : "goes on behind the end of the format";
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const std::string_view value = attempt.values[i];
    const bool has_escape = has_escapes_ && value.find('\\') != std::string_view::npos;
    if (!put(pieces_[i].spec, has_escape ? unescaped(value) : value, out))
      return fmt::format("has '{}' for {}", value.substr(0, 40), words(pieces_[i].spec.field));
  }
  settle(out);
  return {};
}

}  // namespace wicket::replay
