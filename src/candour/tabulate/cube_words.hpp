#pragma once
// What an officer writes on the command line about a cube, read into requests.

#include <candour/tabulate/record_cube.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace candour::tabulate {

/// One variable with its levels: "date@month+year".
struct ShownWords {
  std::string variable;
  std::vector<std::string> levels;
};
/// Reads "date@month,age@five-year,ethnicity". Error wrong_input "tabulate.bad_by".
[[nodiscard]] base::Result<std::vector<ShownWords>> read_by(std::string_view text);

/// Reads "sex = F and outcome != 'A1'|A2": terms that must all hold; "|" stands between texts of which one is meant. Error wrong_input "tabulate.bad_where".
[[nodiscard]] base::Result<std::vector<FilterTerm>> read_where(std::string_view text);

/// Reads a hierarchy file: CSV with the columns code, parent and, if there is one, label; any order, one root with an empty parent. Levels are named by depth:
/// "1", "2" ...; with a `stem` "stem:1" ... Errors as open_csv and Hierarchy::build.
[[nodiscard]] base::Result<table::Hierarchy> read_hierarchy_file(const std::filesystem::path& file, const std::string& variable, const std::string& stem);

/// Reads a mapping file: CSV with the columns from and to. Error wrong_input "tabulate.mapped_twice" with file and line.
[[nodiscard]] base::Result<std::map<std::string, std::string>> read_mapping_file(const std::filesystem::path& file);

}  // namespace candour::tabulate
