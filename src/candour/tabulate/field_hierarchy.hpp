#pragma once
// Hierarchies in the forms that the field uses: CSV code,parent[,label]; indented codes (.hrc); sdcTable's two columns.

#include <candour/base/result.hpp>
#include <candour/formats/argus_codes.hpp>
#include <candour/table/hierarchy.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace candour::tabulate {

/// Builds a hierarchy of a total and indented codes. Errors as Hierarchy::build.
[[nodiscard]] base::Result<table::Hierarchy> hierarchy_of_codes(const std::string& name, const std::string& total,
                                                                const std::vector<formats::IndentedCode>& codes);

/// The other way: the codes below the total, depth first.
[[nodiscard]] std::vector<formats::IndentedCode> indented_codes_of(const table::Hierarchy& hierarchy);

/// What the forms leave open: an .hrc holds neither its total nor what its lead string is.
struct HierarchyForm {
  std::string total = "Total";
  std::string lead = "@";
};

/// Reads a hierarchy file in whichever of the three forms it has: .hrc by its name, two columns of @ signs by its first line, else CSV.
/// Errors wrong_input "hrc.malformed", "hierarchy.header", "hierarchy.columns" with file and line, and those of Hierarchy::build.
[[nodiscard]] base::Result<table::Hierarchy> read_field_hierarchy(const std::filesystem::path& file, const std::string& name, const HierarchyForm& form = {});

}  // namespace candour::tabulate
