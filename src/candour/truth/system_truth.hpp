#pragma once
// The truth about a system of cells: values, what hiding costs, and the protection that is asked. Only stages inside the wall include this.

#include <candour/table/additive_system.hpp>

#include <cstdint>
#include <vector>

namespace candour::truth {

/// One cell that must be protected: the worlds must hold a value <= reach_down, one >= reach_up, and two that are `width` apart.
struct SystemSecret {
  table::SystemCell cell = 0;
  std::int64_t reach_down = 0;
  std::int64_t reach_up = 0;
  std::int64_t width = 0;
};

struct SystemTruth {
  std::vector<std::int64_t> value;
  std::vector<std::int64_t> loss;    ///< information lost by hiding a cell; positive
  std::vector<std::int64_t> lowest;  ///< what everybody knows of a hidden cell
  std::vector<std::int64_t> highest;
  std::vector<std::int64_t> largest;          ///< largest contribution to a cell; empty where nobody inside knows a part
  std::vector<table::CellStanding> standing;  ///< primary, always shown, or shown (may be hidden)
  std::vector<SystemSecret> secrets;
};

}  // namespace candour::truth
