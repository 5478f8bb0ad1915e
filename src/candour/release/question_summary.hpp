#pragma once
// Sentences that say what a question asked for and what it was given: read off the designs, so they hold no figure.

#include <candour/release/readable_answer.hpp>

#include <string>
#include <vector>

namespace candour::release {

/// How the question was answered; `tables` are the question's own.
[[nodiscard]] Outcome outcome_of(const request::Question& question, const std::vector<ReadableTable>& tables);

/// What was asked for, what is given, and the branch taken.
[[nodiscard]] std::vector<std::string> summary_of(const request::Question& question, Outcome outcome, const std::vector<ReadableTable>& tables);

/// "by month and age band", read off a design; "the total alone" where no variable is shown.
[[nodiscard]] std::string breakdown_of(const table::AtomSpace& space, const table::TableDesign& design);

}  // namespace candour::release
