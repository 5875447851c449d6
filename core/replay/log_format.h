// Lines of text that were written by a format string ▸ records.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "replay/field.h"
#include "replay/reader.h"

namespace wicket::replay {

/// A format string, turned round: it says where in a line which value stands.
///
/// Values are found by the text that stands between them. Where that text also occurs inside a value (quotes in a
/// user agent, which Envoy does not escape), the reading is taken in which every place holds what it can hold.
class LogFormat final : public LineReader {
 public:
  /// Of Envoy: %OPERATOR(ARGUMENT):LENGTH% between literal text.
  /// Errors: kInvalid, worded as something that the format "has".
  [[nodiscard]] static Result<LogFormat> envoy(std::string_view format);
  /// Of nginx and Apache, as $names of nginx; strings in quotes have \xHH, \" and \\ in them.
  [[nodiscard]] static LogFormat nginx(std::string_view format);

  [[nodiscard]] std::string read(std::string_view line, Record& out) const override;
  [[nodiscard]] const Telling& telling() const override { return telling_; }
  /// Reads a part of a line, such as one value of a JSON object, beside what the record has already.
  [[nodiscard]] bool read_into(std::string_view text, Record& out) const;
  /// Of every place, in order.
  [[nodiscard]] std::vector<FieldSpec> fields() const;
  /// Whether requests can be made of its lines: it has a path.
  [[nodiscard]] bool has_request() const;

 private:
  struct Piece {
    FieldSpec spec;
    std::string behind;      // the literal text that follows
    bool is_quoted = false;  // may have blanks
  };
  /// Values of one reading.
  struct Attempt {
    std::vector<std::string_view> values;
    std::size_t steps = 0;
    std::size_t furthest = 0;  // piece that no value was found for
  };

  [[nodiscard]] bool split(std::size_t piece, std::string_view rest, Attempt& attempt) const;
  [[nodiscard]] bool split_line(std::string_view line, Attempt& attempt) const;
  void add(FieldSpec spec, std::string literal);
  void finish();

  std::string front_;  // literal text before the first value
  std::vector<Piece> pieces_;
  Telling telling_;
  bool has_escapes_ = false;
};

}  // namespace wicket::replay
