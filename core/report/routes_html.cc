// The page is made of three files beside this one and the JSON of the routes. The JSON stands in a script element that
// is not run: there `<` would be read as HTML, so it is escaped, as are the two line separators of JavaScript.

#include <string>

#include "report/routes.h"
#include "report/routes_page.h"

namespace wicket::report {
namespace {

std::string escaped(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '<') {
      out += "\\u003c";
    } else if (json.substr(i).starts_with("\xe2\x80\xa8") || json.substr(i).starts_with("\xe2\x80\xa9")) {
      out += json[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out.push_back(json[i]);
    }
  }
  return out;
}

// Text as a JSON string.
std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) continue;
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "\"";
}

struct Part {
  std::string_view mark;  // in the page, in this order
  std::string content;
};

}  // namespace

std::string routes_html(const RoutesReport& report, std::string_view arguments) {
  const Part parts[] = {{"/*STYLE*/", std::string(routes_page_style())},
                        {"/*ROUTES*/", escaped(routes_json(report, JsonLayout::kOneLine))},
                        {"/*COMMAND*/", escaped(json_string(arguments))},
                        {"/*CODE*/", std::string(routes_page_code())}};
  std::string_view rest = routes_page();
  std::string page;
  for (const Part& part : parts) {
    const std::size_t at = rest.find(part.mark);
    page.append(rest.substr(0, at)).append(part.content);
    rest.remove_prefix(at + part.mark.size());
  }
  page.append(rest);
  return page;
}

}  // namespace wicket::report
