#pragma once
// Inside suppression: the sums of a system that say all the others.

#include <candour/table/additive_system.hpp>

#include <vector>

namespace candour::protect {

/// Lists sums (short ones first) from which all the others follow; linked and deep hierarchies say much twice, and programs pay for each row.
/// Elimination in the field of 2^31 - 1: should a sum seem to follow there that does not over the whole numbers, a program has a row too few, which whoever
/// checks a move against the system finds, and which leaves every cut from the remaining rows valid.
/// Cost: sums times the fill of the elimination; some tenths of a second for ten thousand sums.
[[nodiscard]] std::vector<table::SystemEquation> independent_sums(const table::AdditiveSystem& system);

}  // namespace candour::protect
