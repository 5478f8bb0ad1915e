#pragma once
// Recoding: a variable moves up its hierarchy, until it is left out.

#include <candour/table/table_design.hpp>

#include <vector>

namespace candour::protect {

/// The levels that may be the finest one shown of an asked variable, coarsest first: 0 (left out) up to the level asked for. Levels that show the same
/// categories as a coarser one are left out.
[[nodiscard]] std::vector<int> levels_to_choose(const table::Hierarchy& hierarchy, const table::ShownVariable& asked);

/// The asked levels down to `finest`, so that every coarser margin stays in the table.
[[nodiscard]] table::ShownVariable recoded(const table::ShownVariable& asked, int finest);

}  // namespace candour::protect
