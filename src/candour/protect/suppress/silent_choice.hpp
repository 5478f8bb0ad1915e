#pragma once
// Inside suppression: the replay rule. In every witness something must still need hiding wherever cells are hidden.

#include <candour/protect/suppress/improve.hpp>

namespace candour::protect {

/// Changes witnesses in which a connected set of hidden cells would hold no count from 1 to threshold - 1: the same move is taken further, or the witness of
/// another need is added to it, or another is looked for that leaves such a count alone, for which more may be hidden. Says whether any was changed; those for
/// which nothing helps are left as they are (the checker then refuses). Cost: linear in the system and the witnesses; for each witness to be changed some
/// thousands of sums of two and a few searches.
bool keep_choice_silent(WitnessBook& book, std::int64_t threshold, const Satisfy& satisfy);

}  // namespace candour::protect
