#pragma once
// The witnesses of a suppressed system as text, read for whoever checks them again.

#include <candour/base/result.hpp>
#include <candour/certify/system_check.hpp>

#include <string>
#include <string_view>

namespace candour::certify {

/// Reads `witnesses.txt`: a first line "candour witnesses 1", a line a secret `secret cell reach_down reach_up width move ...`, a line a move `move cell:change ...`. Gives the
/// evidence for the secrets of `truth`; a secret that the text does not name, or names with less protection than the truth asks, is left without moves, which the
/// checker counts as a fault. `standing` is taken over as it is.
/// Errors: wrong_input "witnesses.malformed" with the line. Cost: linear in the text.
[[nodiscard]] base::Result<SystemEvidence> read_system_witnesses(std::string_view text, const std::string& name, const truth::SystemTruth& truth,
                                                                 std::vector<table::CellStanding> standing);

}  // namespace candour::certify
