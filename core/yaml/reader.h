// Reads the nodes of a document with yaml-cpp. What it finds still has its aliases and repeated keys.
#pragma once

#include <optional>

#include "yaml/node.h"
#include "yaml/problem.h"
#include "yaml/source_guard.h"

namespace wicket::yaml {

/// Reads the document by its structure alone, see abridge(). False where that is not enough: where it is broken, and
/// where something looks like words and is none. Whatever it accepts is what read_whole() finds.
[[nodiscard]] bool read_abridged(Document& document);

/// Reads the whole document, in place of what is there. Returns the problem that ended it, if any.
[[nodiscard]] std::optional<Problem> read_whole(Document& document);

/// An error at offsets of the document's source, as a problem at offsets of the file.
[[nodiscard]] Problem to_problem(const Document& document, const GuardError& error);

}  // namespace wicket::yaml
