#pragma once
// What changed between two releases of one answer, in plain words: for the person who is asked to approve the later one.

#include <candour/release/answer_content.hpp>

#include <string>
#include <vector>

namespace candour::casework {

/// Compares published things only: tables cell by cell (public/csv), sentences of the page (public/answer.html); of other files it says that they changed.
///
///   table q2-month: May 2022: 12, was 14
///   table q2-month: September 2023: no longer there
///   sentence new: "Figures by age are not given: ..."
///
/// Nothing of reply/ is repeated, since it names who asked. Empty where both are the same bytes. Cost: linear in the bytes.
[[nodiscard]] std::vector<std::string> differences(const release::ReleasedFiles& before, const release::ReleasedFiles& now);

}  // namespace candour::casework
