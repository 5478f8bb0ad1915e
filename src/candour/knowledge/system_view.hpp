#pragma once
// What an intruder sees of a system of cells of which some are hidden, and what protection is asked of it.

#include <candour/table/additive_system.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace candour::knowledge {

/// Published values, hidden cells, and the bounds that everybody knows. `value` of a hidden cell means nothing and is never read.
struct SystemView {
  const table::AdditiveSystem* system = nullptr;
  std::vector<table::CellStanding> standing;
  std::vector<std::int64_t> value;   ///< of shown cells
  std::vector<std::int64_t> lowest;  ///< known bounds of hidden cells
  std::vector<std::int64_t> highest;
};

/// The values that a cell must be able to take, as far as an intruder can tell: one at most `reach_down`, one at least `reach_up`, two that lie `width` apart.
struct AskedInterval {
  table::SystemCell cell = 0;
  std::optional<std::int64_t> reach_down;
  std::optional<std::int64_t> reach_up;
  std::int64_t width = 0;
};

}  // namespace candour::knowledge
