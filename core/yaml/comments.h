// Comments that speak to wicket: `# wicket:ignore WK506, WK404 -- reason`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source_set.h"
#include "base/span.h"

namespace wicket::yaml {

/// A word of a comment, and where it stands.
struct CommentWord {
  std::string_view text;  // bytes of the file
  Span span;
};

/// One comment. It speaks for its own line, or, when nothing else stands there, for the next line that holds something.
struct IgnoreComment {
  Span span;                       // from its # to the end of the line
  Span line;                       // the line that it speaks for, without its line break; empty: there is none
  std::vector<CommentWord> codes;  // separated by commas or blanks
  std::string_view reason;         // behind `--`
};

/// All of them in a file, in order. Text that looks like one inside a scalar is among them: whoever has the nodes drops
/// it.
/// Cost:   one search over the bytes of the file.
[[nodiscard]] std::vector<IgnoreComment> find_ignore_comments(const SourceFile& file);

}  // namespace wicket::yaml
