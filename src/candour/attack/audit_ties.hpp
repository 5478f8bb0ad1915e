#pragma once
// Inside the auditor: hidden cells that move together become one column.

#include <candour/attack/audit_reduced.hpp>

#include <cstdint>
#include <vector>

namespace candour::attack::inside {

/// How the value of a hidden cell follows from a column of the tied system: sign * column + offset, or `offset` alone where it is known.
struct CellPlace {
  std::uint32_t column = not_open;
  std::int32_t sign = 1;
  std::int64_t offset = 0;
};

/// A system in which each column stands for the cells that rise and fall together; its value is that of the cell `system.cell[column]`.
struct TiedSystem {
  Reduced system;
  std::vector<CellPlace> place;  ///< by column of the system that was tied
};

/// Two hidden cells alone in a sum are tied: one is known from the other. Replaces each such pair by one column whose bounds are those of both, takes known
/// cells out and one of two equal sums off, tightens, and begins again until nothing changes. Every table that fits the one system is one that fits the
/// other, over the real and over the whole numbers, so nothing is gained or lost.
///
/// Gives a system without known columns. Error "audit.inconsistent" where no table fits. Cost: linear in the terms, times few rounds.
[[nodiscard]] base::Result<TiedSystem> tie(Reduced system, BoundRounding rounding);

}  // namespace candour::attack::inside
