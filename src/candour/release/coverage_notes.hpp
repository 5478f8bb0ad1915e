#pragma once
// Sentences about the periods of a question, made from its coverage data.

#include <candour/request/case.hpp>
#include <candour/table/atoms.hpp>

#include <set>
#include <string>
#include <vector>

namespace candour::release {

/// One sentence for each stretch that is not available ("January 2021 to March 2021: Operation Alder did not run, so there was nothing to count. Marked [z]."),
/// with the officer's reason behind it, and one that says what totals cover. Empty where every period is available.
/// "Marked [z]" is said only of symbols that the tables show: `symbols`. `space` may be null (questions without a population): then the codes stand for the
/// labels.
[[nodiscard]] std::vector<std::string> coverage_notes(const request::Question& question, const table::AtomSpace* space, const std::set<std::string>& symbols);

}  // namespace candour::release
