#include "route/regex.h"

#include <re2/re2.h>

#include <utility>

namespace wicket::route {
namespace {

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::optional<Regex> Regex::compile(std::string_view pattern, std::string* why) {
  auto compiled = std::make_shared<const re2::RE2>(piece(pattern), re2::RE2::Quiet);
  if (!compiled->ok()) {
    if (why != nullptr) *why = compiled->error();
    return std::nullopt;
  }
  return Regex(std::move(compiled));
}

bool Regex::full_match(std::string_view text) const { return re2::RE2::FullMatch(piece(text), *compiled_); }

std::string Regex::replace_all(std::string_view text, std::string_view substitution) const {
  std::string replaced(text);
  std::string why;
  if (compiled_->CheckRewriteString(piece(substitution), &why))
    re2::RE2::GlobalReplace(&replaced, *compiled_, piece(substitution));
  return replaced;
}

int Regex::program_size() const { return compiled_->ProgramSize(); }

}  // namespace wicket::route
