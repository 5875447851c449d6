// The only file that includes yaml-cpp. Its events say what there is; the SourceGuard says where it is and whether it
// may be there; the Builder keeps it. An error of either ends the document.
#include "yaml/reader.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <utility>

#include "base/utf8.h"
#include "yaml/abridge.h"
#include "yaml/builder.h"
#include "yaml/source_guard.h"
#include "yaml/syntax_error.h"

namespace wicket::yaml {
namespace {

/// Bytes in memory as a stream, without a copy.
class MemoryBuffer final : public std::streambuf {
 public:
  explicit MemoryBuffer(std::string_view bytes) {
    char* const begin = const_cast<char*>(bytes.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast): only read
    setg(begin, begin, begin + bytes.size());
  }
};

Tag tag_from(const std::string& tag) {
  if (tag.empty() || tag == "?" || tag == "!") return Tag::kNone;
  constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  if (!tag.starts_with(kPrefix)) return Tag::kOther;
  const std::string_view name = std::string_view(tag).substr(kPrefix.size());
  if (name == "str") return Tag::kString;
  if (name == "int") return Tag::kInteger;
  if (name == "float") return Tag::kFloat;
  if (name == "bool") return Tag::kBoolean;
  if (name == "null") return Tag::kNull;
  if (name == "binary") return Tag::kBinary;
  if (name == "timestamp") return Tag::kTimestamp;
  return Tag::kOther;
}

class Handler final : public YAML::EventHandler {
 public:
  /// `abridged`: yaml-cpp gets the source with marks for words.
  Handler(Document& document, SourceGuard& guard, std::vector<Frame>& stack, bool abridged)
      : document_(document), guard_(guard), builder_(document, stack), abridged_(abridged) {}

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] const Problem* alias_problem() const { return alias_problem_.span.end > 0 ? &alias_problem_ : nullptr; }
  [[nodiscard]] Builder& builder() { return builder_; }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t anchor) override {
    if (failed_ || !before_null()) return;
    if (builder_.at_root() && anchor == 0 && guard_.null_literal(false, -1).empty()) return;  // an empty document
    if (anchor != 0 && !check(guard_.properties(in_flow(), indent()))) return;
    const bool in_value = !builder_.at_root() && builder_.top().is_mapping && builder_.top().expects_value;
    const std::string_view literal = guard_.null_literal(in_flow(), in_value ? indent() : -1);
    if (literal.empty()) {
      if (!builder_.at_root() && builder_.top().flow && !builder_.top().is_mapping)
        return fail("an item is missing between two commas");
      if (!builder_.at_root() && builder_.top().is_mapping && !builder_.top().expects_value &&
          !builder_.top().explicit_key)
        return fail("a key is missing in front of the colon");
      remember(anchor, builder_.add(NodeKind::kScalar, Style::kAbsent, guard_.position(), guard_.position()));
      return;
    }
    const auto extent = guard_.scalar(literal, indent());
    if (!check(extent.has_value())) return;
    remember(anchor, builder_.add_scalar(Style::kPlain, extent->begin, extent->end, true, literal));
  }

  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t anchor) override {
    if (failed_ || !before_node() || !check(guard_.skip(in_flow(), indent()))) return;
    const auto extent = guard_.alias();
    if (!check(extent.has_value())) return;
    const NodeId id = builder_.add(NodeKind::kAlias, Style::kPlain, extent->begin, extent->end);
    const NodeId target = anchor < anchors_.size() ? anchors_[anchor] : NodeId::kNone;
    document_[id].set_link(static_cast<std::size_t>(target));
    const bool open = std::ranges::any_of(builder_.stack(), [&](const Frame& f) { return f.node == target; });
    if (!open) return;
    alias_problem_ = {
        .kind = ProblemKind::kRecursiveAlias,
        .span = document_.span(id),
        .node = id,
        .other = {},
        .message = std::string(guard_.source().substr(extent->begin + 1, extent->end - extent->begin - 1)),
        .help = {}};
    failed_ = true;
  }

  void OnScalar(const YAML::Mark& /*mark*/, const std::string& tag, YAML::anchor_t anchor,
                const std::string& read) override {
    if (failed_ || !before_node() || !check(guard_.properties(in_flow(), indent()))) return;
    std::string_view value = read;
    if (abridged_ && !check(give_back(value))) return;
    if (value.empty() && guard_is_at_nothing()) {  // a tag or an anchor and nothing behind it
      const NodeId absent = builder_.add(NodeKind::kScalar, Style::kAbsent, guard_.position(), guard_.position());
      document_[absent].tag = tag_from(tag);
      return remember(anchor, absent);
    }
    const auto extent = guard_.scalar(value, indent());
    if (!check(extent.has_value())) return;
    const bool repair = !extent->verbatim && extent->style != Style::kPlain;
    const NodeId id = builder_.add_scalar(extent->style, extent->begin, extent->end, extent->verbatim,
                                          repair ? repaired(*extent, read) : value);
    document_[id].tag = extent->style == Style::kPlain && tag == "!" ? Tag::kOther : tag_from(tag);
    remember(anchor, id);
  }

  void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(NodeKind::kSequence, tag, anchor, style == YAML::EmitterStyle::Flow);
  }
  void OnMapStart(const YAML::Mark& /*mark*/, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(NodeKind::kMapping, tag, anchor, style == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { end(']'); }
  void OnMapEnd() override { end('}'); }

 private:
  bool check(bool ok) {
    failed_ = failed_ || !ok;
    return ok;
  }
  void fail(std::string message) {
    failed_ = true;
    own_error_ = true;
    message_ = std::move(message);
  }
  [[nodiscard]] bool in_flow() const { return flow_depth_ > 0; }
  [[nodiscard]] int indent() { return builder_.at_root() ? -1 : builder_.top().indent; }
  [[nodiscard]] bool guard_is_at_nothing() const {
    const std::string_view source = guard_.source();
    if (guard_.position() >= source.size()) return true;
    const char c = source[guard_.position()];
    return c != '"' && c != '\'' && c != '|' && c != '>';
  }

  /// The text for a mark. False where a mark is part of a longer value, or stands for nothing.
  [[nodiscard]] bool give_back(std::string_view& value) const {
    if (value.find(kWordMark) == std::string_view::npos) return true;
    if (value.size() > 1) return false;
    value = marked_scalar(guard_.source(), guard_.position());
    if (value.empty()) return false;
    if (value.front() == '"' || value.front() == '\'') value = value.substr(1, value.size() - 2);
    return true;
  }
  bool colon(bool may_be_absent, bool& found) {
    const Frame& frame = builder_.top();
    return check(guard_.colon({.in_flow = in_flow(),
                               .explicit_key = frame.explicit_key,
                               .may_be_absent = may_be_absent,
                               .key_begin = frame.last_begin,
                               .key_end = frame.last_end,
                               .indent = frame.indent},
                              found));
  }
  bool before_key(bool& explicit_key) {
    Frame& frame = builder_.top();
    if (frame.flow && frame.bracketed && !frame.empty && !check(guard_.comma(frame.last_end, frame.indent)))
      return false;
    if (!check(guard_.explicit_key(in_flow(), frame.indent, explicit_key))) return false;
    frame.explicit_key = explicit_key;
    return true;
  }
  bool before_item() {
    Frame& frame = builder_.top();
    if (!frame.flow) return check(guard_.entry(frame.indent));
    return frame.empty || check(guard_.comma(frame.last_end, frame.indent));
  }
  /// The same in front of a null, for which nothing may be written, not even the colon of an entry in { }.
  bool before_null() {
    if (builder_.at_root()) return true;
    const Frame& frame = builder_.top();
    if (!frame.is_mapping || !frame.expects_value) return before_node();
    bool found = false;
    if (!colon(/*may_be_absent=*/true, found)) return false;
    return found || frame.flow || frame.explicit_key || colon(/*may_be_absent=*/false, found);
  }
  /// Steps over what must stand in front of the next node in the open collection.
  bool before_node() {
    if (builder_.is_full()) {
      fail("more values than one document may have");
      return false;
    }
    if (builder_.at_root()) return true;
    Frame& frame = builder_.top();
    if (!frame.is_mapping) return before_item();
    bool found = false;
    return frame.expects_value ? colon(/*may_be_absent=*/false, found) : before_key(found);
  }

  /// Values that yaml-cpp 0.7 gets wrong: \N and \_ come as single bytes that are no UTF-8, and the end of a block
  /// scalar does not always follow its chomping indicator.
  [[nodiscard]] std::string repaired(const ScalarExtent& extent, std::string value) const {
    if (extent.style == Style::kLiteral || extent.style == Style::kFolded) {
      const std::string_view text = guard_.source().substr(extent.begin, extent.end - extent.begin);
      const std::size_t last = text.find_last_not_of(" \t");
      const std::string_view blanks = last == std::string_view::npos ? std::string_view() : text.substr(last + 1);
      while (!value.empty() && (value.back() == '\n' || value.back() == ' ' || value.back() == '\t')) value.pop_back();
      if (!value.empty()) value += blanks;
      return value.append(extent.trailing_breaks, '\n');
    }
    while (const auto bad = find_invalid_utf8(value)) value.insert(*bad, 1, '\xC2');
    return value;
  }
  void start(NodeKind kind, const std::string& tag, YAML::anchor_t anchor, bool flow) {
    if (failed_ || !before_node() || !check(guard_.properties(in_flow(), indent()))) return;
    const std::size_t begin = guard_.position();
    const char opening = kind == NodeKind::kMapping ? '{' : '[';
    const std::string_view source = guard_.source();
    // `[a: b]`: a mapping of one pair without braces; its key is stepped over when it comes.
    const bool pair = flow && kind == NodeKind::kMapping && !(begin < source.size() && source[begin] == '{');
    const int inner_indent = flow ? indent() : guard_.column(begin);
    const bool bracketed = flow && !pair;
    if (bracketed && !check(guard_.bracket(opening, indent(), begin))) return;
    const NodeId id = builder_.open(kind, flow ? Style::kFlow : Style::kBlock, begin, inner_indent, bracketed);
    document_[id].tag = tag_from(tag);
    if (flow) ++flow_depth_;
    remember(anchor, id);
  }
  void end(char closing) {
    if (failed_) return;
    const Frame frame = builder_.top();
    if (frame.bracketed && !check(guard_.bracket(closing, frame.indent, frame.begin))) return;
    if (frame.flow) --flow_depth_;
    builder_.close(frame.bracketed ? guard_.position() : std::max(frame.last_end, frame.begin));
  }
  void remember(YAML::anchor_t anchor, NodeId id) {
    if (anchor == 0) return;
    if (anchors_.size() <= anchor) anchors_.resize(anchor + 1);
    anchors_[anchor] = id;
  }

 public:
  [[nodiscard]] GuardError error() const {
    if (!own_error_) return guard_.error();
    return {.kind = ProblemKind::kSyntax,
            .begin = guard_.position(),
            .end = guard_.position() + 1,
            .message = message_,
            .help = {}};
  }

 private:
  Document& document_;
  SourceGuard& guard_;
  Builder builder_;
  std::vector<NodeId> anchors_;
  Problem alias_problem_;
  int flow_depth_ = 0;
  bool abridged_ = false;
  bool failed_ = false;
  bool own_error_ = false;
  std::string message_;
};

/// Runs yaml-cpp. Throws what it throws.
void run_parser(std::string_view text, Handler& handler) {
  MemoryBuffer buffer(text);
  std::istream stream(&buffer);
  YAML::Parser parser(stream);
  parser.HandleNextDocument(handler);
}

/// The open collections of the document that this thread reads.
std::vector<Frame>& frames() {
  thread_local std::vector<Frame> stack;
  return stack;
}

}  // namespace

Problem to_problem(const Document& document, const GuardError& error) {
  const auto offset = [&](std::size_t at) {
    return document.base + static_cast<std::uint32_t>(std::min(at, document.source.size()));
  };
  return {.kind = error.kind,
          .span = {document.file, offset(error.begin), offset(error.end)},
          .node = {},
          .other = {},
          .message = error.message,
          .help = error.help};
}

bool read_abridged(Document& document) {
  thread_local std::string text;
  if (!abridge(document.source, text)) return false;
  SourceGuard guard(document.source);
  Handler handler(document, guard, frames(), /*abridged=*/true);
  try {
    run_parser(text, handler);
  } catch (const YAML::Exception&) {
    return false;
  }
  return !handler.failed() && guard.finish();
}

std::optional<Problem> read_whole(Document& document) {
  document.root = NodeId::kNone;
  document.decoded.clear();
  SourceGuard guard(document.source);
  Handler handler(document, guard, frames(), /*abridged=*/false);
  try {
    run_parser(document.source, handler);
  } catch (const YAML::Exception& exception) {
    if (!handler.failed()) {
      const std::size_t mark = exception.mark.pos < 0 ? guard.position() : static_cast<std::size_t>(exception.mark.pos);
      const std::size_t bom = document.source.starts_with("\xEF\xBB\xBF") ? 3 : 0;
      SyntaxErrorContext context{.source = document.source,
                                 .reached = guard.position(),
                                 .mark = std::min(mark + bom, document.source.size()),
                                 .what = exception.msg,
                                 .stack = handler.builder().stack()};
      const GuardError error = explain_syntax_error(context);
      Problem problem = to_problem(document, error);
      if (error.kind == ProblemKind::kUnknownAlias) {
        const NodeId at = handler.builder().add(NodeKind::kAlias, Style::kPlain, error.begin, error.end);
        problem.node = at;
      }
      document.root = NodeId::kNone;
      return problem;
    }
  }
  if (!handler.failed() && !guard.finish()) return to_problem(document, guard.error());
  if (!handler.failed()) return std::nullopt;
  if (const Problem* alias = handler.alias_problem()) return *alias;
  return to_problem(document, handler.error());
}

}  // namespace wicket::yaml
