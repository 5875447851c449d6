#include "route/request.h"

namespace wicket::route {

void Request::set_target(std::string_view text) {
  if (!text.starts_with("http://") && !text.starts_with("https://")) {
    target = text;
    return;
  }
  const std::size_t begin = text.find("://") + 3;
  const std::size_t end = text.find_first_of("/?#", begin);
  scheme = text.substr(0, begin - 3);
  authority = text.substr(begin, end == std::string_view::npos ? end : end - begin);
  const std::string_view rest = end == std::string_view::npos ? std::string_view() : text.substr(end);
  target.clear();
  if (!rest.starts_with('/')) target.push_back('/');
  target.append(rest);
}

RequestView Request::view(std::vector<HeaderView>& lines) const {
  lines.clear();
  for (const auto& [name, value] : headers) lines.push_back({name, value});
  RequestView view;
  view.method = method;
  view.scheme = scheme;
  view.authority = authority;
  view.target = target;
  view.headers = lines;
  view.version = version;
  view.port = port;
  view.tls = tls;
  view.sni = sni;
  return view;
}

}  // namespace wicket::route
