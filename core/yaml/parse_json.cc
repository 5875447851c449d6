// nlohmann tells what there is but not where. What it has accepted is known to be JSON, so a cursor that steps over
// blanks, commas and colons, and over one token for each event, knows the place of everything.
#include "yaml/parse_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "yaml/builder.h"

namespace wicket::yaml {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxDepth = 500;

class Sax final : public nlohmann::json_sax<json> {
 public:
  explicit Sax(Document& document) : source_(document.source), builder_(document, stack_) {
    at_ = source_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  }

  bool null() override { return word(); }
  bool boolean(bool /*value*/) override { return word(); }
  bool number_integer(number_integer_t /*value*/) override { return word(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return word(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return word(); }
  bool string(string_t& value) override { return quoted(value); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool key(string_t& value) override { return quoted(value); }
  bool start_object(std::size_t /*elements*/) override { return open(NodeKind::kMapping); }
  bool start_array(std::size_t /*elements*/) override { return open(NodeKind::kSequence); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string& /*token*/, const json::exception& /*error*/) override {
    error_at_ = position;
    return false;
  }
  [[nodiscard]] std::size_t error_at() const { return error_at_; }

 private:
  void skip() {
    while (at_ < source_.size() && std::string_view(" \t\r\n,:").find(source_[at_]) != std::string_view::npos) ++at_;
  }
  bool word() {
    if (builder_.is_full()) return false;
    skip();
    const std::size_t begin = at_;
    at_ = std::min(source_.find_first_of(" \t\r\n,]}", at_), source_.size());
    builder_.add_scalar(Style::kPlain, begin, at_, true, {});
    return true;
  }
  bool quoted(const std::string& value) {
    if (builder_.is_full()) return false;
    skip();
    const std::size_t begin = at_++;
    while (at_ < source_.size() && source_[at_] != '"') at_ += source_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, source_.size());
    const bool verbatim = source_.substr(begin + 1, at_ - begin - 2) == value;
    builder_.add_scalar(Style::kDoubleQuoted, begin, at_, verbatim, value);
    return true;
  }
  bool open(NodeKind kind) {
    if (stack_.size() >= kMaxDepth || builder_.is_full()) return false;
    skip();
    builder_.open(kind, Style::kFlow, at_, -1, true);
    ++at_;
    return true;
  }
  bool close() {
    skip();
    ++at_;
    builder_.close(std::min(at_, source_.size()));
    return true;
  }

  std::string_view source_;
  std::vector<Frame> stack_;
  Builder builder_;
  std::size_t at_ = 0;
  std::size_t error_at_ = 0;
};

}  // namespace

bool read_json(Document& document) {
  document.root = NodeId::kNone;
  document.decoded.clear();
  Sax sax(document);
  const bool read = json::sax_parse(document.source.begin(), document.source.end(), &sax);
  if (!read) document.root = NodeId::kNone;
  return read;
}

std::optional<Problem> check_json(const Document& document) {
  Document scratch;
  scratch.source = document.source;
  Sax sax(scratch);
  if (json::sax_parse(scratch.source.begin(), scratch.source.end(), &sax)) return std::nullopt;
  const std::size_t at = std::min(sax.error_at() == 0 ? 0 : sax.error_at() - 1, document.source.size());
  const auto begin = document.base + static_cast<std::uint32_t>(at);
  return Problem{.kind = ProblemKind::kNotStrictJson,
                 .span = {document.file, begin, begin + 1},
                 .node = {},
                 .other = {},
                 .message = {},
                 .help = {}};
}

}  // namespace wicket::yaml
