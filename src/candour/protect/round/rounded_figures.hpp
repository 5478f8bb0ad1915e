#pragma once
// Rounding as a treatment of a plan: finer figures to one of their two nearest multiples, beside coarser ones that stay exact.

#include <candour/base/digest.hpp>
#include <candour/protect/draft.hpp>

#include <cstdint>
#include <vector>

namespace candour::protect {

/// How the figures of a plan are rounded where it says so.
struct FigureRounding {
  std::int64_t base = 0;  ///< at least 2
  base::SecretKey key;    ///< of the authority: draws each direction, so the same count of the same cell is rounded the same way whenever it is asked for
};

/// Rounds the exact figures of the plan's rounded margins (docs/methods/rounded-margins.md): noughts stay, a count below the base goes up to it, a multiple
/// stays, any other count goes to one of its two nearest multiples, drawn by the key with the count as mean. A sum that a margin of the plan which is not
/// rounded shows too, stays as it stands there. Takes the published tables of that plan. Cost: the atoms of all cells.
void round_figures(const std::vector<table::TableDesign>& asked, const Plan& plan, const FigureRounding& rounding, table::PublishedPopulation& published);

}  // namespace candour::protect
