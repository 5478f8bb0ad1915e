#pragma once
// The same truth over another tree of the same categories.

#include <candour/truth/population.hpp>

#include <memory>
#include <optional>

namespace candour::truth {

/// Lays a population over a space that differs from its own in the trees of its variables alone: each leaf has the same code, perhaps in another place.
/// Gives: nothing where a leaf of one space is missing in the other, or questions or memberships differ. Cost: atoms, and sorting the contributions.
[[nodiscard]] std::optional<Population> relaid(const Population& population, std::shared_ptr<const table::AtomSpace> space);

}  // namespace candour::truth
