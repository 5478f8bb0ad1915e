#include <candour/tabulate/field_hierarchy.hpp>

#include <candour/base/files.hpp>
#include <candour/tabulate/cube.hpp>

namespace candour::tabulate {

base::Result<table::Hierarchy> hierarchy_of_codes(const std::string& name, const std::string& total, const std::vector<formats::IndentedCode>& codes) {
  std::vector<table::CategoryRow> rows{{total, "", total}};
  std::vector<std::string> above{total};
  for (const formats::IndentedCode& code : codes) {
    above.resize(static_cast<std::size_t>(code.depth));
    rows.push_back({code.code, above.back(), code.code});
    above.push_back(code.code);
  }
  return table::Hierarchy::build(name, {}, rows);
}

std::vector<formats::IndentedCode> indented_codes_of(const table::Hierarchy& hierarchy) {
  std::vector<formats::IndentedCode> codes;
  for (table::NodeIndex node = 1; node < hierarchy.size(); ++node) codes.push_back({hierarchy.level(node), hierarchy.code(node)});
  return codes;
}

namespace {

base::Result<table::Hierarchy> read_any_form(const std::filesystem::path& file, const std::string& name, const HierarchyForm& form) {
  CANDOUR_TRY(text, base::read_file(file));
  if (file.extension() == ".hrc") {
    CANDOUR_TRY(codes, formats::read_hrc(text, file.string(), form.lead));
    return hierarchy_of_codes(name, form.total, codes);
  }
  if (formats::looks_like_leveled_codes(text)) {
    CANDOUR_TRY(leveled, formats::read_leveled_codes(text, file.string()));
    return hierarchy_of_codes(name, leveled.total, leveled.codes);
  }
  return read_hierarchy(file, name);
}

}  // namespace

base::Result<table::Hierarchy> read_field_hierarchy(const std::filesystem::path& file, const std::string& name, const HierarchyForm& form) {
  auto hierarchy = read_any_form(file, name, form);
  if (!hierarchy && hierarchy.error().place.file == name) hierarchy.error().place.file = file.string();  // a hierarchy itself knows no file
  return hierarchy;
}

}  // namespace candour::tabulate
