// One pass over the lines: count them, notice `---`, and look at what stands in the first column. The kind of an object
// stands there as `kind: X` in everything that people and tools write in block style; where it does not (flow style,
// JSON, quotes, a List), the document counts as one to read, so that the look can cost time but never a finding.
#include "yaml/split.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace wicket::yaml {
namespace {

constexpr std::array<std::string_view, 21> kKindsRead = {
    "Gateway",     "VirtualService", "DestinationRule", "ServiceEntry", "Service",    "Pod",
    "Deployment",  "DaemonSet",      "StatefulSet",     "ReplicaSet",   "Rollout",    "Secret",
    "Namespace",   "List",           "GatewayList",     "ServiceList",  "SecretList", "PodList",
    "Certificate", "ExternalSecret", "SealedSecret"};

/// The plain value behind a key, without blanks and comment; empty when it is quoted, missing or anything special.
std::string_view plain_value(std::string_view line, std::size_t from) {
  line.remove_prefix(std::min(from, line.size()));
  if (const std::size_t comment = line.find(" #"); comment != std::string_view::npos) line = line.substr(0, comment);
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.remove_suffix(1);
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '/' ||
           c == '-';
  };
  return std::ranges::all_of(line, is_plain) ? line : std::string_view();
}

struct Look {
  std::string_view kind;
  std::string_view api_version;
  bool odd = false;      // keys that are not plain, or twice
  bool content = false;  // anything but blanks and comments

  void at(std::string_view line) {
    switch (line.front()) {
      case 'k':
        if (line.starts_with("kind:")) {
          odd = odd || !kind.empty();
          kind = plain_value(line, 5);
          odd = odd || kind.empty();
        }
        content = true;
        break;
      case 'a':
        if (line.starts_with("apiVersion:")) api_version = plain_value(line, 11);
        content = true;
        break;
      case '"':
      case '\'':
      case '{':
      case '[':
      case '<':
      case '?':
      case '%':
      case '!':
      case '&':
      case '*':
        odd = content = true;
        break;
      case '#':
      case ' ':
      case '\t':
      case '\r':
        break;
      default:
        content = true;
    }
  }
};

bool is_read(const Look& look) {
  if (look.odd || look.kind.empty() || look.api_version.find("istio") != std::string_view::npos) return true;
  return std::ranges::find(kKindsRead, look.kind) != kKindsRead.end() || look.kind.ends_with("List");
}

}  // namespace

Slice first_document(std::string_view text) {
  Slice slice;
  Look look;
  bool indented_content = false;
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  bool first = true;
  while (at < text.size()) {
    const char* const begin = text.data() + at;
    const auto* const found = static_cast<const char*>(std::memchr(begin, '\n', text.size() - at));
    const std::size_t length = found == nullptr ? text.size() - at : static_cast<std::size_t>(found - begin);
    if (length > 0) {
      const char c = *begin;
      if (c == '-' && length >= 3 && begin[1] == '-' && begin[2] == '-') {
        if (!first) {
          slice.complete = true;
          break;
        }
        const std::string_view rest = plain_value({begin, length}, 3);
        look.content = look.content || !rest.empty();
      } else if (c != ' ') {
        look.at({begin, length});
      } else if (!indented_content && !look.content) {
        const std::string_view line{begin, length};
        const std::size_t word = line.find_first_not_of(" \t\r");
        indented_content = word != std::string_view::npos && line[word] != '#';
      }
    }
    first = false;
    at += length;
    if (found != nullptr) {
      ++at;
      ++slice.lines;
    }
  }
  slice.size = at;
  if (!look.content && !indented_content) {
    slice.sniff = Sniff::kEmpty;
  } else {
    slice.sniff = indented_content || is_read(look) ? Sniff::kRead : Sniff::kForeign;
  }
  return slice;
}

}  // namespace wicket::yaml
