#pragma once
// The replay condition with people: would the hidden cells of a witness still have been hidden?

#include <candour/table/worlds.hpp>
#include <candour/truth/population.hpp>

#include <span>

namespace candour::truth {

/// Says whether a table of atoms meets one replay condition: a cell with 1 to `highest` records; or, for hidden cells only, a cell that the table leaves
/// as it truly is and that truly has 1 to `highest` people. Cost: the atoms of the condition's cells.
[[nodiscard]] bool meets(const Population& population, const table::OneIsSmall& condition, std::span<const std::int64_t> counts);

/// table::fits, with the replay conditions met as above.
[[nodiscard]] bool fits_with_people(const Population& population, const table::Worlds& worlds, std::span<const std::int64_t> counts);

}  // namespace candour::truth
