#pragma once
// Plans in words for the officer: what a reader keeps of each variable, and what the next finer plan would give away.

#include <candour/answer/prepared_case.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace candour::answer {

/// For each variable asked for, in the words that the letter will use (release::kept_of): "month: kept in full, on its own"; "nationality: not given".
/// Says nothing of any count: it follows from the plan and the code lists.
[[nodiscard]] std::vector<std::string> kept_of_variables(const table::AtomSpace& space, const table::TableDesign& asked, const protect::QuestionPlan& plan);

/// A next finer step that was not taken, and a leak that it would make. Private: it tells of counts.
struct StepNotTaken {
  std::string question;
  std::string step;         ///< "by month and age range"
  std::string intruder;     ///< who could tell
  std::string derivation;   ///< from which published figures, in words; empty where only the whole of the figures proves it
  std::int64_t counts = 0;  ///< how many counts from 1 to T-1, or groups, would be given away
  std::int64_t people = 0;  ///< how many people (records, where people are unknown) stand in them
};

/// For each next finer margin of each question: where its own table shows small counts, these; else what the attack finds on the exact plan with it. A step
/// against which nothing is found there was refused for want of evidence, or because its cells could not be hidden well enough; it stands with no counts.
/// Cost: an attack for each step without small counts.
[[nodiscard]] std::vector<StepNotTaken> steps_not_taken(const PreparedCase& prepared, std::size_t population, const PlannedDraft& draft);

}  // namespace candour::answer
