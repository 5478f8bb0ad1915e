#pragma once
// Tables in the forms of the field, so that others can give a second opinion: JJ, and .tab with .rda, .hst and .hrc.

#include <candour/base/files.hpp>
#include <candour/formats/jj.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/table/hierarchy.hpp>
#include <candour/table/published_table.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace candour::cli {

/// One published cube, its cells in their own order.
struct CubeToExport {
  const std::vector<table::Hierarchy>* variables = nullptr;
  const table::AdditiveSystem* cube = nullptr;
  std::vector<table::CellStanding> standing;
  std::vector<std::int64_t> value;           ///< of hidden cells never read for public files
  std::vector<std::int64_t> cost;            ///< private
  std::vector<truth::SystemSecret> secrets;  ///< private; cells of the cube
  int decimals = 0;
  enum class Unit { counts, amounts } unit = Unit::counts;
};

/// What a JJ file may tell of the whole system without telling a hidden value: hidden cells have status x, their known bounds, and the lower bound in place of
/// a value.
[[nodiscard]] formats::JjFile public_jj_of(const table::AdditiveSystem& system, const std::vector<table::CellStanding>& standing,
                                           const std::vector<std::int64_t>& value, table::ZeroConvention convention, int decimals);

/// NAME.tab, NAME.rda and an .hrc a variable that is deeper than one step. Hidden values are written x.
[[nodiscard]] std::vector<base::FileToWrite> public_tab_of(const CubeToExport& cube, const std::string& name);
/// The same with true values, and NAME.hst with statuses, protection levels and costs.
[[nodiscard]] std::vector<base::FileToWrite> private_tab_of(const CubeToExport& cube, const std::string& name);

/// A value in units of 10^-decimals as a decimal number.
[[nodiscard]] std::string amount_text(std::int64_t units, int decimals);

}  // namespace candour::cli
