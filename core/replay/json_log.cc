// Lines are read as a stream of values, each put where its key says; no tree is built.

#include "replay/json_log.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "replay/log_format.h"
#include "replay/text_formats.h"

namespace wicket::replay {
namespace {

constexpr int kMaxEnvelopes = 3;  // one inside the other

struct KnownKey {
  std::string_view key;
  Field field;
  std::string_view header = {};
};

// Those of Istio first, then what people call the same things in formats of their own.
constexpr KnownKey kKnownKeys[] = {
    {"start_time", Field::kTime},
    {"route_name", Field::kRouteName},
    {"method", Field::kMethod},
    {"path", Field::kPath},
    {"protocol", Field::kProtocol},
    {"response_code", Field::kStatus},
    {"response_flags", Field::kFlags},
    {"response_code_details", Field::kDetails},
    {"x_forwarded_for", Field::kHeader, "x-forwarded-for"},
    {"user_agent", Field::kHeader, "user-agent"},
    {"request_id", Field::kHeader, "x-request-id"},
    {"authority", Field::kAuthority},
    {"upstream_cluster", Field::kCluster},
    {"downstream_local_address", Field::kLocalAddress},
    {"downstream_remote_address", Field::kRemoteAddress},
    {"requested_server_name", Field::kServerName},
    {":authority", Field::kAuthority},
    {":method", Field::kMethod},
    {":path", Field::kPath},
    {"x_envoy_original_path", Field::kPath},
    {"scheme", Field::kScheme},
    {"location", Field::kLocation},
    {"referer", Field::kHeader, "referer"},
};

// Objects that hold the object of a line, and keys that hold its text.
constexpr std::array<std::string_view, 6> kPayloads = {"jsonPayload", "json", "log",
                                                       "message",     "data", "log_processed"};
constexpr std::array<std::string_view, 6> kTexts = {"log", "line", "textPayload", "message", "msg", "MESSAGE"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

namespace {

/// What nlohmann's lexer puts a token into, byte by byte: a std::string's push_back is a call for each of them.
class Token {
 public:
  using value_type = char;

  void clear() { size_ = 0; }
  [[gnu::always_inline]] void push_back(char c) {
    if (size_ + 1 >= bytes_.size()) [[unlikely]]
      grow();
    bytes_[size_++] = c;
  }
  /// Ends in a NUL, which conversions of numbers look for.
  [[nodiscard]] char* data() {
    bytes_[size_] = '\0';
    return bytes_.data();
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  [[gnu::noinline]] void grow() { bytes_.resize(bytes_.size() * 2); }

  std::string bytes_ = std::string(256, '\0');
  std::size_t size_ = 0;
};

/// What the value of a key is.
struct Wanted {
  std::string name;  // keys from the outside in, joined with dots
  FieldSpec plain{};
  std::optional<LogFormat> format{};  // of a whole value
  bool is_envelope = false;           // the value is the text of a line
};

/// Few names, asked for at every key of every line: length and ends of a name tell most of them apart.
class WantedByName {
 public:
  void add(Wanted wanted) {
    if (find(wanted.name) != nullptr) return;
    std::vector<Wanted>& bucket = buckets_[place_of(wanted.name)];
    bucket.push_back(std::move(wanted));
  }
  [[nodiscard]] const Wanted* find(std::string_view name) const {
    for (const Wanted& wanted : buckets_[place_of(name)])
      if (wanted.name == name) return &wanted;
    return nullptr;
  }

 private:
  static std::size_t place_of(std::string_view name) {
    if (name.empty()) return 0;
    return (name.size() + static_cast<unsigned char>(name.front()) * 5U +
            static_cast<unsigned char>(name[name.size() / 2]) * 3U + static_cast<unsigned char>(name.back())) %
           kBuckets;
  }

  static constexpr std::size_t kBuckets = 128;
  std::array<std::vector<Wanted>, kBuckets> buckets_;
};

}  // namespace

struct JsonLog::Keys {
  WantedByName wanted;
  bool has_formats = false;
  Telling telling;
};

// nlohmann's SAX interface. One of them reads line after line, so that its texts keep their memory.
class JsonLog::Handler {
 public:
  using Json = nlohmann::basic_json<std::map, std::vector, Token>;

  void begin(const Keys& keys, Record& out) {
    keys_ = &keys;
    out_ = &out;
    wanted_ = nullptr;
    path_.clear();
    text_.clear();
    misfit_.clear();
    lengths_.clear();
    lists_ = fields_ = 0;
    error_at_ = 0;
    is_open_ = false;
  }

  // nlohmann's sax_parse(), less its readers of binary formats, which ask more of a string than a Token has.
  bool parse(std::string_view json) {
    auto bytes = nlohmann::detail::input_adapter(json.data(), json.data() + json.size());
    return nlohmann::detail::parser<Json, decltype(bytes)>(std::move(bytes)).sax_parse(this);
  }

  bool null() { return wanted_ == nullptr || value("-"); }
  bool boolean(bool on) { return wanted_ == nullptr || value(on ? "true" : "false"); }
  bool number_integer(Json::number_integer_t number) {
    return wanted_ == nullptr || value(fmt::format_int(number).c_str());
  }
  bool number_unsigned(Json::number_unsigned_t number) {
    return wanted_ == nullptr || value(fmt::format_int(number).c_str());
  }
  bool number_float(Json::number_float_t /*number*/, const Token& text) {
    return wanted_ == nullptr || value(text.view());
  }
  bool string(Token& text) { return wanted_ == nullptr || value(text.view()); }
  bool binary(Json::binary_t& /*bytes*/) { return true; }
  bool start_object(std::size_t /*size*/) {
    lengths_.push_back(path_.size());
    if (lengths_.size() > 1 && lists_ == 0) {
      // The object of a payload stands for the whole line.
      if (is_one_of(kPayloads, key_) && !keys_->has_formats) {
        path_.clear();
      } else {
        if (!path_.empty()) path_.push_back('.');
        path_ += key_;
      }
    }
    return lengths_.size() < 64;
  }
  bool end_object() {
    path_.resize(std::min(lengths_.back(), path_.size()));
    lengths_.pop_back();
    return true;
  }
  bool start_array(std::size_t /*size*/) {
    wanted_ = nullptr;
    return ++lists_ < 64;
  }
  bool end_array() {
    --lists_;
    return true;
  }
  bool key(Token& text) {
    key_ = text.view();
    wanted_ = lists_ > 0 ? nullptr : keys_->wanted.find(path_.empty() ? key_ : full_name());
    return true;
  }
  bool parse_error(std::size_t position, const std::string& /*token*/, const nlohmann::detail::exception& /*what*/) {
    error_at_ = position;
    is_open_ = !lengths_.empty();
    return false;
  }

  [[nodiscard]] std::size_t error_at() const { return error_at_; }
  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] bool has_request() const { return fields_ > 0; }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::string& misfit() const { return misfit_; }

 private:
  const std::string& full_name() { return full_.assign(path_).append(1, '.').append(key_); }

  // Of a key that is wanted.
  bool value(std::string_view text) {
    if (wanted_->format) {
      ++fields_;
      if (!wanted_->format->read_into(text, *out_)) misfit_ = wanted_->name;
      return true;
    }
    if (wanted_->is_envelope) {
      text_ = text;
      return true;
    }
    // Beside :path an original path wins, whichever comes first; "-" of one of two spellings is nothing.
    const Field field = wanted_->plain.field;
    fields_ += field == Field::kPath || field == Field::kStatus ? 1 : 0;
    if (field == Field::kPath && text == "-" && out_->request.target.size() > 1) return true;
    if (!put(wanted_->plain, text, *out_)) misfit_ = wanted_->name;
    return true;
  }

  const Keys* keys_ = nullptr;
  Record* out_ = nullptr;
  const Wanted* wanted_ = nullptr;  // what the next value is; nullptr: nothing
  std::string key_, path_, full_, text_, misfit_;
  std::vector<std::size_t> lengths_;  // of path_, where each open object began
  int lists_ = 0;
  int fields_ = 0;
  std::size_t error_at_ = 0;
  bool is_open_ = false;  // at the error
};

namespace {

void add_envelopes(WantedByName& wanted) {
  for (const std::string_view key : kTexts) wanted.add({.name = std::string(key), .is_envelope = true});
}

}  // namespace

JsonLog::JsonLog(const LineReader* inner) : keys_(std::make_unique<Keys>()), inner_(inner) {
  std::vector<FieldSpec> specs;
  for (const KnownKey& known : kKnownKeys) {
    FieldSpec spec{.field = known.field, .name = std::string(known.header)};
    if (known.key != "referer") specs.push_back(spec);
    keys_->wanted.add({.name = std::string(known.key), .plain = std::move(spec)});
  }
  add_envelopes(keys_->wanted);
  keys_->telling = telling_of(specs);
}

JsonLog::~JsonLog() = default;

const Telling& JsonLog::telling() const { return keys_->telling; }

namespace {

std::string at(std::string_view line, std::size_t position, bool is_open) {
  if (position >= line.size() && is_open) return "is cut off: its JSON does not end";
  return fmt::format("is no JSON from its column {} on", position);
}

}  // namespace

std::string JsonLog::read(std::string_view line, Record& out) const {
  std::string unwrapped;
  for (int envelopes = 0; envelopes <= kMaxEnvelopes; ++envelopes) {
    // Collectors put their own things in front: times, names of pods.
    const std::size_t begin = line.find('{');
    if (begin == std::string_view::npos || line.front() == '[') {
      std::string why = (inner_ != nullptr ? *inner_ : text_formats().front().format).read(line, out);
      if (why.empty() || envelopes > 0) return why;
      if (begin == std::string_view::npos) return "holds no JSON object";
    }
    const std::string_view json = line.substr(begin);
    out.clear();
    out.request.method.clear();
    out.request.target.clear();
    out.telling = &keys_->telling;
    thread_local Handler handler;
    handler.begin(*keys_, out);
    const bool is_sound = handler.parse(json);
    if (!is_sound) return at(json, handler.error_at(), handler.is_open());
    if (handler.has_request()) {
      if (!handler.misfit().empty()) return fmt::format("has a \"{}\" that is none", handler.misfit());
      settle(out);
      return {};
    }
    if (handler.text().empty()) return "has none of the keys of an access log";
    std::string text = handler.text();
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    unwrapped = std::move(text);
    line = unwrapped;
  }
  return "is wrapped too often";
}

namespace {

using Json = nlohmann::json;

// Every string of the object as a format, by its path.
Result<void> add_formats(const Json& object, const std::string& path, std::vector<Wanted>& formats) {
  for (const auto& [key, value] : object.items()) {
    const std::string name = path.empty() ? key : path + "." + key;
    if (value.is_object()) {
      if (Result<void> added = add_formats(value, name, formats); !added) return added;
    } else if (value.is_string()) {
      Result<LogFormat> format = LogFormat::envoy(value.get<std::string>());
      if (!format) return failure(ErrorCode::kInvalid, fmt::format("{} (\"{}\")", format.error().message, name));
      formats.push_back({.name = name, .format = *std::move(format)});
    }
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<JsonLog>> JsonLog::envoy(std::string_view format) {
  const Json json = Json::parse(format.begin(), format.end(), nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return failure(ErrorCode::kInvalid, "is neither a format string nor a JSON object");
  std::vector<Wanted> formats;
  if (Result<void> added = add_formats(json, "", formats); !added) return tl::unexpected<Error>(added.error());
  auto log = std::make_unique<JsonLog>();
  *log->keys_ = {};
  log->keys_->has_formats = true;
  std::vector<FieldSpec> specs;
  bool has_request = false;
  for (Wanted& one : formats) {
    has_request = has_request || one.format->has_request();
    for (FieldSpec& spec : one.format->fields()) specs.push_back(std::move(spec));
    log->keys_->wanted.add(std::move(one));
  }
  add_envelopes(log->keys_->wanted);
  if (!has_request) return failure(ErrorCode::kInvalid, "has no %REQ(:PATH)% in it");
  log->keys_->telling = telling_of(specs);
  return log;
}

}  // namespace wicket::replay
