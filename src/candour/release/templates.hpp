#pragma once
// The templates of templates/, carried inside the program.

#include <string_view>

namespace candour::release {

/// Gives the text of a template by its file name ("answer.html"); an unknown name stops with an internal fault.
[[nodiscard]] std::string_view template_text(std::string_view file_name);

}  // namespace candour::release
