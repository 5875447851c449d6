#include "proxy/hop_headers.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "route/matcher.h"

namespace wicket::proxy {
namespace {

constexpr std::array<std::string_view, 5> kHopByHop = {"connection", "keep-alive", "proxy-connection",
                                                       "transfer-encoding", "upgrade"};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return lower;
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

void set_header(route::HeaderList& headers, std::string_view name, std::string_view value) {
  const auto is_it = [name](const route::Header& header) { return header.first == name; };
  const auto first = std::ranges::find_if(headers, is_it);
  if (first == headers.end()) {
    headers.emplace_back(name, value);
    return;
  }
  first->second = value;
  headers.erase(std::remove_if(std::next(first), headers.end(), is_it), headers.end());
}

void drop_nominated(std::vector<route::HeaderView>& headers) {
  const auto has_trailers = [](std::string_view list) {  // of TE: what may be asked for across hops
    while (!list.empty()) {
      const std::string_view item = list.substr(0, list.find(','));
      list.remove_prefix(std::min(list.size(), item.size() + 1));
      if (route::same_name(without_blanks(item), "trailers")) return true;
    }
    return false;
  };
  std::vector<std::string_view> nominated;
  for (const route::HeaderView& line : headers) {
    if (!route::same_name(line.name, "connection")) continue;
    std::string_view list = line.value;
    while (!list.empty()) {
      const std::string_view piece = list.substr(0, list.find(','));
      list.remove_prefix(std::min(list.size(), piece.size() + 1));
      const std::string_view item = without_blanks(piece);
      const bool is_known = route::same_name(item, "upgrade") || route::same_name(item, "connection") ||
                            route::same_name(item, "content-length") || route::same_name(item, "transfer-encoding") ||
                            route::same_name(item, "keep-alive");  // dropped anyway
      if (!item.empty() && !is_known) nominated.push_back(item);
    }
  }
  for (const std::string_view name : nominated)
    std::erase_if(headers, [&](route::HeaderView& line) {
      if (!route::same_name(line.name, name)) return false;
      if (!route::same_name(name, "te") || !has_trailers(line.value)) return true;
      line.value = "trailers";
      return false;
    });
}

route::HeaderList end_to_end(MessageHead& head) {
  drop_nominated(head.headers);
  route::HeaderList headers;
  headers.reserve(head.headers.size() + 4);
  for (const route::HeaderView& line : head.headers) {
    std::string name = lower_case(line.name);
    if (std::ranges::find(kHopByHop, name) == kHopByHop.end()) headers.emplace_back(std::move(name), line.value);
  }
  return headers;
}

}  // namespace wicket::proxy
