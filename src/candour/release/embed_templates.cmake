# Writes a C++ file that holds the templates as raw strings: cmake -DOUTPUT=FILE -DFILES=a;b -P embed_templates.cmake
set(entries "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND entries "    {\"${name}\", R\"template(${text})template\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made from templates/ by embed_templates.cmake.
#include <candour/release/templates.hpp>

#include <candour/base/check.hpp>

#include <utility>

namespace candour::release {
namespace {
constexpr std::pair<std::string_view, std::string_view> templates[] = {
${entries}};
}  // namespace

std::string_view template_text(std::string_view file_name) {
  for (const auto& [name, text] : templates) {
    if (name == file_name) return text;
  }
  base::stop_with_internal_fault(\"a template has the name of a file in templates/\", __FILE__, __LINE__);
}

}  // namespace candour::release
")
