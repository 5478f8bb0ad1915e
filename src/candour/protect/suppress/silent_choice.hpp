#pragma once
// Inside suppression: the replay rule. In every witness something must still need hiding wherever cells are hidden.

#include <candour/protect/suppress/witness_book.hpp>

namespace candour::protect {

/// Stretches witnesses in which a connected set of hidden cells would hold no count from 1 to threshold - 1: the same move is taken further, until a cell that
/// it lowers becomes such a count. Witnesses for which no stretch does it are left as they are (the checker then refuses).
/// Cost: linear in the system and the witnesses.
void keep_choice_silent(WitnessBook& book, std::int64_t threshold);

}  // namespace candour::protect
