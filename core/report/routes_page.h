// The files in page/ inside the program. The source is made by CMake.
#pragma once

#include <string_view>

namespace wicket::report {

/// page/routes.html, with marks where the other two and the data belong.
[[nodiscard]] std::string_view routes_page();
/// page/routes.css
[[nodiscard]] std::string_view routes_page_style();
/// page/routes.js
[[nodiscard]] std::string_view routes_page_code();

}  // namespace wicket::report
