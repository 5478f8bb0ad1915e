#pragma once
// Derivations of leaks in words, sum by sum, so that a person can add them up again from the published table.

#include <candour/attack/audit_derivation.hpp>

#include <functional>
#include <string>
#include <vector>

namespace candour::cli {

using CellName = std::function<std::string(table::SystemCell)>;
using AmountText = std::function<std::string(std::int64_t)>;

/// A line a sum, "A1, f + A2, f = 9 - 5 = 4", and a last line with what follows.
[[nodiscard]] std::vector<std::string> words_of_derivation(const knowledge::SystemView& view, const attack::BoundDerivation& derivation, const CellName& name,
                                                           const AmountText& amount);

}  // namespace candour::cli
