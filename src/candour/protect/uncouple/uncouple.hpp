#pragma once
// Uncoupling: lower-order tables in place of the full cross. Not safe in itself; the attack decides.

#include <candour/protect/draft.hpp>

#include <cstddef>
#include <vector>

namespace candour::protect {

/// The sets of variables (by their place in `shown`) that get a table each.
[[nodiscard]] std::vector<std::vector<std::size_t>> tables_of_crossing(Crossing crossing, const std::vector<std::size_t>& shown);

}  // namespace candour::protect
