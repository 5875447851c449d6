// A stream of documents, cut at the lines that start with `---`, and a cheap look at what each one is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wicket::yaml {

/// What a look at the first column tells about a document, without parsing it.
enum class Sniff : std::uint8_t {
  kEmpty,    // blanks and comments only
  kForeign,  // an object of a kind that wicket does not read
  kRead,     // everything else, and whatever is not sure
};

/// The first document of `text`.
struct Slice {
  std::size_t size = 0;     // bytes up to the next line that starts with `---`, or to the end
  std::uint32_t lines = 0;  // line breaks inside
  Sniff sniff = Sniff::kEmpty;
  bool complete = false;  // false: the end of `text` was reached without such a line
};

/// Cuts off the first document. A `---` on the first line belongs to it. `text` begins at the start of a line.
/// Source: Kubernetes' YAML reader splits at lines that start with `---`, wherever they stand.
[[nodiscard]] Slice first_document(std::string_view text);

}  // namespace wicket::yaml
