#pragma once
// Inside suppression: few moves for many secrets, so that a certificate is small and quick to re-add.

#include <candour/protect/suppress/single_guard.hpp>
#include <candour/protect/suppress/witness_book.hpp>

#include <cstdint>
#include <vector>

namespace candour::protect {

struct SharedWitnesses {
  std::vector<table::SystemMove> moves;
  std::vector<std::vector<std::uint32_t>> moves_of;  ///< one a secret, in the order of the truth
};

/// Chooses among the witnesses of the book some that serve every need that has one: a move changes many cells and so speaks for many secrets. Takes the
/// chosen moves out of the book, which is of no use afterwards. `guard` (or none): no secret becomes open to a single contributor by it; where it would, the
/// secret keeps its own witnesses.
/// Cost: linear in the changes of all witnesses, but for a sort of the moves.
[[nodiscard]] SharedWitnesses share_witnesses(WitnessBook& book, const SingleGuard* guard);

}  // namespace candour::protect
