#include "check/host_words.h"

#include <fmt/format.h>

#include "base/utf8.h"
#include "check/words.h"
#include "model/host_name.h"

namespace wicket::check {
namespace {

bool is_allowed(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string character_fault(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos && is_port(text.substr(colon + 1))) return "it has a port";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_allowed(text[at]) || (text[at] == '*' && at == 0)) continue;
    if (text[at] == '*') return "a wildcard may only be the whole first label";
    if (text[at] == ' ') return "it has a blank in it";
    const CodePoint found = first_code_point(text.substr(at));
    if (found.value < 0x20 || found.value >= 0x7F) return fmt::format("U+{:04X} is not allowed in it", found.value);
    return fmt::format("\"{}\" is not allowed in it", text[at]);
  }
  return {};
}

std::string label_fault(std::string_view label) {
  if (label.empty()) return "a label between two dots is empty";
  if (label.size() > 63) return fmt::format("label {} has {} characters, more than 63", quoted(label), label.size());
  return fmt::format("label {} starts or ends with \"-\"", quoted(label));
}

}  // namespace

std::string host_fault(std::string_view text) {
  if (model::is_wildcard_domain(text)) return {};
  if (text.empty()) return "it is empty";
  if (std::string fault = character_fault(text); !fault.empty()) return fault;
  if (text.size() > 255) return fmt::format("it has {} characters, more than 255", text.size());
  std::string_view rest = text;
  for (bool first = true;; first = false) {
    const std::size_t dot = rest.find('.');
    const std::string_view label = rest.substr(0, dot);
    const bool sound = first ? model::is_wildcard_domain(label) : model::is_istio_label(label);
    if (!sound && !(dot == std::string_view::npos && label.empty())) return label_fault(label);
    if (dot == std::string_view::npos) return fmt::format("its last label, {}, is a number", quoted(label));
    rest.remove_prefix(dot + 1);
  }
}

std::string_view bare_host(std::string_view text) {
  std::string_view bare = text;
  if (const std::size_t scheme = bare.find("://"); scheme != std::string_view::npos) bare.remove_prefix(scheme + 3);
  bare = bare.substr(0, bare.find('/'));
  if (const std::size_t colon = bare.rfind(':'); colon != std::string_view::npos && is_port(bare.substr(colon + 1)))
    bare = bare.substr(0, colon);
  const bool whole_wildcard = model::is_wildcard_domain(bare) && !model::is_partial_wildcard(bare);
  const bool sound = (whole_wildcard && bare.find('.') != std::string_view::npos) || model::is_ip_address(bare);
  return sound && bare.size() != text.size() ? bare : std::string_view();
}

}  // namespace wicket::check
