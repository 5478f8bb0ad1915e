#pragma once
// A move: whole-numbered changes of cells that keep every sum. The evidence of suppression.

#include <candour/table/additive_system.hpp>

#include <cstdint>
#include <vector>

namespace candour::table {

struct SystemChange {
  SystemCell cell = 0;
  std::int64_t change = 0;
  bool operator==(const SystemChange&) const = default;
};
/// Each cell once, no zero changes.
using SystemMove = std::vector<SystemChange>;

}  // namespace candour::table
