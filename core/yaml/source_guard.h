// Walks the source beside the parser and holds it to what stands there.
//
// yaml-cpp tells where a node starts and nothing more, takes some documents that the reader of Kubernetes refuses, and
// gives no end positions. The guard therefore keeps a cursor: for each event it steps over the blanks, comments and
// indicators that must stand between two nodes, objects to what is missing or does not belong there, and finds the end
// of each scalar. Every byte of a document is thus either part of a node or accounted for.
//
// The rules for tabs, simple keys and properties are those of libyaml, of which go-yaml is a port.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "yaml/node.h"
#include "yaml/problem.h"

namespace wicket::yaml {

/// What the guard objects to, with offsets into the source it was given.
struct GuardError {
  ProblemKind kind = ProblemKind::kSyntax;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string message;
  std::string help;
};

/// A scalar as it stands in the source.
struct ScalarExtent {
  std::size_t begin = 0;
  std::size_t end = 0;
  Style style = Style::kPlain;
  bool verbatim = false;            // the value is the bytes themselves (without quotes)
  std::size_t trailing_breaks = 0;  // line breaks at the end of a block scalar's value
};

/// The cursor. Every member function returns false or nothing when it objects; `error` then says why.
class SourceGuard {
 public:
  /// `source` outlives the guard. Starts behind a byte-order mark and behind a `---` line.
  explicit SourceGuard(std::string_view source);

  [[nodiscard]] std::size_t position() const { return at_; }
  [[nodiscard]] const GuardError& error() const { return error_; }
  [[nodiscard]] std::string_view source() const { return source_; }

  /// Blanks, line breaks and comments. `indent`: column of the innermost block collection, -1 outside of any.
  bool skip(bool in_flow, int indent);
  /// The `-` of a block sequence.
  bool entry(int indent);
  /// A `,` between the items of a flow collection. `previous_end`: where the item before it ends.
  bool comma(std::size_t previous_end, int indent);
  /// A `?` in front of an explicit key; false in `found` when there is none.
  bool explicit_key(bool in_flow, int indent, bool& found);
  /// The `:` behind a key.
  struct Colon {
    bool in_flow = false;
    bool explicit_key = false;
    bool may_be_absent = false;  // nothing is written for the value either
    std::size_t key_begin = 0;
    std::size_t key_end = 0;
    int indent = -1;
  };
  bool colon(const Colon& expected, bool& found);
  /// Anchors and tags in front of a node.
  bool properties(bool in_flow, int indent);
  /// A single character that opens or closes a flow collection.
  bool bracket(char expected, int indent, std::size_t opened_at);
  /// A scalar whose value the parser says is `value`.
  std::optional<ScalarExtent> scalar(std::string_view value, int indent);
  /// Blanks, and behind them `~` or `null` in one of its spellings: that text, else empty. `indent`: column of the
  /// block mapping whose value it may be, so that the next key is not taken for it; -1 anywhere else.
  [[nodiscard]] std::string_view null_literal(bool in_flow, int indent);
  /// An alias; its extent without the `*`.
  std::optional<ScalarExtent> alias();
  /// Nothing but blanks, comments and an end marker may follow the root node.
  bool finish();
  /// Column of an offset, 0-based in bytes.
  [[nodiscard]] int column(std::size_t offset) const;

 private:
  bool fail(std::size_t begin, std::size_t end, std::string message, std::string help = {});
  bool fail_tab(std::size_t at);
  bool skip_tab(bool in_flow, int indent);
  std::optional<ScalarExtent> quoted(std::string_view value, char quote);
  std::optional<ScalarExtent> block(int indent);
  std::optional<ScalarExtent> plain(std::string_view value, int indent);
  bool tag(bool in_flow);
  [[nodiscard]] std::size_t breaks_behind(std::size_t from, std::size_t to) const;
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool blank_at(std::size_t offset) const;

  std::string_view source_;
  std::size_t at_ = 0;
  bool tabs_allowed_ = false;  // libyaml: no simple key can start here, so a tab is a mere blank
  bool behind_plain_ = false;  // libyaml reads the blanks behind a plain scalar as part of it
  bool line_lead_ = true;      // nothing but blanks so far on this line
  GuardError error_;
};

/// True for a byte that ends a line, and for the end of the text.
[[nodiscard]] constexpr bool is_break_or_end(char c) { return c == '\n' || c == '\r' || c == '\0'; }

}  // namespace wicket::yaml
