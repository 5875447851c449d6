#include "check/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/edit_distance.h"
#include "base/ensure.h"
#include "check/policy_rules.h"
#include "check/registry.h"
#include "check/run.h"
#include "model/resource.h"
#include "yaml/comments.h"

namespace wicket::check {
namespace {

consteval const RuleInfo& wk(std::string_view id) { return rule(kPolicyRules, id); }

constexpr std::string_view kAnnotation = "galley.istio.io/analyze-suppress";

Severity severity_of(Level level) {
  switch (level) {
    case Level::kInfo:
      return Severity::kInfo;
    case Level::kWarning:
      return Severity::kWarning;
    case Level::kError:
      return Severity::kError;
    case Level::kAsIs:
    case Level::kOff:
      break;
  }
  ENSURE(false, "a level that is none has no severity");
}

/// One code of a comment, and whether anything answered to it.
struct Code {
  yaml::CommentWord word;
  std::vector<const RuleInfo*> rules;
  bool used = false;
};

struct Comment {
  yaml::IgnoreComment written;
  const yaml::Document* document = nullptr;
  std::vector<Code> codes;
};

/// The comments of the whole input.
class Comments {
 public:
  explicit Comments(const CheckInput& in) {
    for (const auto& file : in.workspace.files()) {
      for (yaml::IgnoreComment& comment : yaml::find_ignore_comments(*file->source)) add(*file, std::move(comment));
    }
    std::ranges::sort(by_line_, {}, [this](std::size_t i) { return key(comments_[i].written.line); });
  }

  /// The comment that silences a finding, nullptr when there is none. Every code that names its rule counts as used.
  const Comment* silencing(const Diagnostic& finding) {
    auto at = std::ranges::upper_bound(by_line_, key(finding.span), {},
                                       [this](std::size_t i) { return key(comments_[i].written.line); });
    const Comment* found = nullptr;
    while (at != by_line_.begin()) {
      Comment& comment = comments_[*--at];
      const Span& line = comment.written.line;
      if (line.file != finding.span.file || finding.span.begin > line.end) break;
      for (Code& code : comment.codes) {
        if (std::ranges::find(code.rules, finding.rule) == code.rules.end()) continue;
        code.used = true;
        found = &comment;
      }
    }
    return found;
  }

  [[nodiscard]] const std::vector<Comment>& all() const { return comments_; }

 private:
  using Key = std::pair<FileId, std::uint32_t>;
  static Key key(const Span& span) { return {span.file, span.begin}; }

  void add(const model::ParsedFile& file, yaml::IgnoreComment written) {
    const auto document = std::ranges::find_if(file.documents, [&](const auto& candidate) {
      return candidate->base <= written.span.begin && written.span.begin < candidate->base + candidate->source.size();
    });
    if (document == file.documents.end()) return;  // of an object that is not checked
    const auto& nodes = (*document)->nodes;
    const bool inside_scalar = std::any_of(nodes.begin() + 1, nodes.end(), [&](const yaml::Node& node) {
      return node.kind == yaml::NodeKind::kScalar && node.begin <= written.span.begin && written.span.begin < node.end;
    });
    if (inside_scalar) return;
    Comment comment{.written = std::move(written), .document = document->get(), .codes = {}};
    for (const yaml::CommentWord& word : comment.written.codes)
      comment.codes.push_back({.word = word, .rules = find_rules(word.text)});
    by_line_.push_back(comments_.size());
    comments_.push_back(std::move(comment));
  }

  std::vector<Comment> comments_;
  std::vector<std::size_t> by_line_;  // indexes, by the line that a comment speaks for
};

void report_comments(const Comments& comments, const std::function<bool(const RuleInfo&)>& is_heard, Reporter& out) {
  for (const Comment& comment : comments.all()) {
    const auto place = [&](const Span& span) { return Place{.span = span, .document = comment.document}; };
    if (comment.codes.empty()) {
      out.report(wk("WK002"), place(comment.written.span), "this comment names no check, so nothing is ignored")
          .help("write `# wicket:ignore CODE -- reason`");
    }
    const bool readable = comment.document->root != yaml::NodeId::kNone;  // else its findings did not come up
    for (const Code& code : comment.codes) {
      if (code.rules.empty()) {
        out.report(wk("WK002"), place(code.word.span), "no check is called \"{}\"{}", code.word.text,
                   suggestion_for(code.word.text));
      } else if (readable && !code.used &&
                 std::ranges::all_of(code.rules, [&](const RuleInfo* rule) { return is_heard(*rule); })) {
        out.report(wk("WK001"), place(code.word.span), "nothing to ignore here: {} finds no fault on this line",
                   code.rules.size() == 1 ? code.rules.front()->name : code.word.text)
            .help(code.used ? "" : "remove the comment, or move it to the line of the finding or above it");
      }
    }
  }
}

/// Whether the object's annotation names a code of the rule. Codes are compared as they stand between the commas.
/// Source: Istio pkg/config/analysis/local, filterMessages.
bool annotated(const Diagnostic& finding) {
  if (finding.object == nullptr) return false;
  const auto* entry = finding.object->metadata.annotations.find(kAnnotation);
  if (entry == nullptr || !entry->value.valid) return false;
  const auto aliases = aliases_of(*finding.rule);
  for (std::string_view left = *entry->value; !left.empty();) {
    const std::string_view code = left.substr(0, left.find(','));
    left.remove_prefix(std::min(code.size() + 1, left.size()));
    if (std::ranges::any_of(aliases, [&](std::string_view alias) {
          return alias.starts_with("IST") && (code == "*" || code == alias);
        }))
      return true;
  }
  return false;
}

/// The level that the settings give to a finding.
Level level_of(const CheckInput& in, const Policy& policy, const Diagnostic& finding) {
  Level level = policy.levels.of(*finding.rule);
  for (const FileRules& file : policy.files) {
    const Level here = file.levels.of(*finding.rule);
    if (here != Level::kAsIs && file.covers(in.sources.name(finding.span.file))) level = here;
  }
  return level;
}

}  // namespace

void Levels::set(const RuleInfo& rule, Level level) { levels_[rule_number(rule.id)] = level; }
Level Levels::of(const RuleInfo& rule) const { return levels_[rule_number(rule.id)]; }

std::string suggestion_for(std::string_view code) {
  std::vector<std::string_view> words;
  for (const RuleInfo* rule : find_rules("all")) {
    words.push_back(rule->id);
    words.push_back(rule->name);
  }
  const auto near = nearest(code, words);
  return near ? fmt::format("; did you mean {}?", *near) : std::string();
}

void apply_policy(const CheckInput& in, const Policy& policy, const std::function<bool(const RuleInfo&)>& is_heard,
                  std::vector<Diagnostic>& findings, std::vector<Suppressed>& suppressed, Reporter& reporter) {
  Comments comments(in);
  std::vector<Diagnostic> kept;
  kept.reserve(findings.size());
  const auto silence = [&](Diagnostic& finding, Silencer by, std::string_view reason) {
    suppressed.push_back({.finding = std::move(finding), .by = by, .reason = std::string(reason)});
  };
  for (Diagnostic& finding : findings) {
    const Level level = level_of(in, policy, finding);
    if (level != Level::kAsIs && level != Level::kOff) finding.severity = severity_of(level);
    if (const Comment* comment = comments.silencing(finding)) {
      silence(finding, Silencer::kComment, comment->written.reason);
    } else if (annotated(finding)) {
      silence(finding, Silencer::kAnnotation, "");
    } else if (level == Level::kOff) {
      silence(finding, Silencer::kSettings, "");
    } else if (policy.baseline != nullptr && policy.baseline->take(finding.fingerprint)) {
      silence(finding, Silencer::kBaseline, "");
    } else {
      kept.push_back(std::move(finding));
    }
  }
  findings = std::move(kept);
  report_comments(comments, is_heard, reporter);
}

std::vector<Diagnostic> check_policy(const SourceSet& sources, const Selection& selection,
                                     const std::vector<UnknownCode>& unknown,
                                     const std::vector<const BaselineEntry*>& stale) {
  Reporter out(selection, sources);
  for (const UnknownCode& code : unknown)
    out.report(wk("WK002"), {.span = code.span}, "no check is called \"{}\"{}", code.code, suggestion_for(code.code));
  for (const BaselineEntry* entry : stale) {
    out.report(wk("WK003"), {.span = entry->span}, "{} is gone from {}{}", entry->code,
               entry->what.empty() ? "" : entry->what + " in ", entry->file.empty() ? "the input" : entry->file)
        .help("write the baseline anew with --write-baseline");
  }
  return std::move(out).take();
}

extern const Family kPolicy;
// Speaks last, about what the other families found: see apply_policy and check_policy.
constinit const Family kPolicy{
    .prefix = "WK0", .title = "Suppressions, settings and baseline", .rules = kPolicyRules, .run = nullptr};

}  // namespace wicket::check
