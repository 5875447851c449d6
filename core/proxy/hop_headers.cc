#include "proxy/hop_headers.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>

#include "base/text_list.h"
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
  const auto is_trailers = [](std::string_view item) { return route::same_name(item, "trailers"); };
  std::vector<std::string_view> nominated;
  for (const route::HeaderView& line : headers) {
    if (!route::same_name(line.name, "connection")) continue;
    (void)has_item(line.value, [&](std::string_view item) {
      const bool is_known = route::same_name(item, "upgrade") || route::same_name(item, "connection") ||
                            route::same_name(item, "content-length") || route::same_name(item, "transfer-encoding") ||
                            route::same_name(item, "keep-alive");  // dropped anyway
      if (!item.empty() && !is_known) nominated.push_back(item);
      return false;
    });
  }
  for (const std::string_view name : nominated)
    std::erase_if(headers, [&](route::HeaderView& line) {
      if (!route::same_name(line.name, name)) return false;
      if (!route::same_name(name, "te") || !has_item(line.value, is_trailers)) return true;
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
