#pragma once
// Sentences that say what a question asked for and what it was given: read off the designs, so they hold no figure.

#include <candour/release/readable_answer.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace candour::release {

/// Stands over the list of kept_words_of.
inline constexpr std::string_view kept_heading = "What this keeps of the breakdown asked for";

/// How the question was answered; `tables` are the question's own.
[[nodiscard]] Outcome outcome_of(const request::Question& question, const std::vector<ReadableTable>& tables);

/// What was asked for, what is given, and the branch taken.
[[nodiscard]] std::vector<std::string> summary_of(const request::Question& question, Outcome outcome, const std::vector<ReadableTable>& tables);

/// What is kept of each variable that the question asked for, and what was done to its figures: sentences for a list, read off designs and marks. Empty where
/// there are no tables, no breakdown was asked for, or all of it is given.
[[nodiscard]] std::vector<std::string> kept_words_of(const request::Question& question, Outcome outcome, const std::vector<ReadableTable>& tables);

/// "by month and age band", read off a design; "the total alone" where no variable is shown.
[[nodiscard]] std::string breakdown_of(const table::AtomSpace& space, const table::TableDesign& design);

}  // namespace candour::release
