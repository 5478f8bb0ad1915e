#pragma once
// The evidence of a table that was rounded or changed by noise: for each small count another table of the same figures in which it is not small.

#include <candour/base/result.hpp>
#include <candour/table/system_move.hpp>

#include <cstdint>
#include <vector>

namespace candour::protect {

struct EvidenceOfChange {
  struct Witness {
    table::SystemCell cell = 0;
    std::uint32_t move = 0;
  };
  std::vector<table::SystemMove> moves;
  std::vector<Witness> witnesses;
  std::vector<table::SystemCell> open;  ///< small counts for which no move was found
};

/// Takes a cube, its true counts, the counts that each published figure leaves possible, and the minimum. Gives for each count from 1 to the minimum less 1 a
/// move that keeps every sum and every count within what its figure leaves possible, after which it is 0 or the minimum or more. Found as the moves of
/// suppression are, with every cell hidden within these bounds. Cost: as suppression of a table in which nothing need be hidden further.
[[nodiscard]] base::Result<EvidenceOfChange> find_evidence_of_change(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts,
                                                                     const std::vector<std::int64_t>& lowest, const std::vector<std::int64_t>& highest,
                                                                     std::int64_t minimum);

}  // namespace candour::protect
