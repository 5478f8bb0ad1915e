#pragma once
// Lays the tables of many releases over one common ground.

#include <candour/base/result.hpp>
#include <candour/table/regions.hpp>
#include <candour/table/releases.hpp>

#include <span>
#include <string>

namespace candour::table {

/// How the records of a population change from one extract to the next, as a reader takes it.
enum class Extracts {
  only_grow,        ///< late records come in; none is taken out: the strongest reader, who can prove most
  grow_and_shrink,  ///< records come in once and may go once
};

/// Takes releases of one population. Gives a system whose dimensions are the variables seen in any of them (by name), then "counted", then "extract"; figures
/// in the order of releases, tables and cells. A variable that a table does not show is everything, within what the table is limited to.
/// Errors: wrong_input "releases.shape" for a table whose cells do not match its categories; "releases.counted" where what is counted contains itself, or has
/// more than 512 combinations; "releases.limited" for a limit that is not one category. Cost: linear in figures times dimensions.
[[nodiscard]] base::Result<RegionSystem> regions_of(std::span<const Release> releases, Extracts extracts);

/// Gives a figure's place in words: "FOI-2023-17, arrested by month and age: 18-24, 2023-03".
[[nodiscard]] std::string words_of(const FigureSource& source, std::span<const Release> releases);
/// Only the categories: "arrested, 18-24, 2023-03".
[[nodiscard]] std::string words_of_cell(const ReleasedTable& table, CellIndex cell);
/// A region in words: for each dimension that is not whole, its pieces.
[[nodiscard]] std::string words_of(const Region& region, const RegionSystem& system);

/// Says whether figures of the same region fall from one extract to a later one: then records were taken out in between.
[[nodiscard]] bool has_shrunk(const RegionSystem& only_growing);

}  // namespace candour::table
