#pragma once
// The whole way on one screen: from a case to letter, tables, log page and private proof.

#include <candour/base/files.hpp>
#include <candour/base/result.hpp>
#include <candour/release/answer_content.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace candour::answer {

struct AnswerOptions {
  std::filesystem::path case_folder;
};

/// How it ended: `only_withhold_all` means that nothing but "withhold all" certifies (the files are complete, still a draft).
enum class AnswerOutcome { answered, only_withhold_all };

/// What was decided about one question, for the officer; private where it tells of counts.
struct QuestionReport {
  std::string question;              ///< its number
  std::string given;                 ///< "by month; by age": the plan in words
  std::vector<std::string> reasons;  ///< for each finer step, why it was not taken: sealed sentences
};

/// A case answered, as bytes: publish puts them in place.
struct AnsweredCase {
  AnswerOutcome outcome = AnswerOutcome::answered;
  std::vector<QuestionReport> questions;
  std::vector<std::string> lines;                ///< for the officer: what was given, what not and why
  release::ReleasedFiles draft;                  ///< reply/ and public/ as drafts
  release::ReleasedFiles final;                  ///< the same, for the day on which two people have approved
  std::vector<base::FileToWrite> private_files;  ///< certificate, true cells, plans, audit, data quality
};

/// Walks the whole way: case, policy, holdings, truth, secrets, search, attack, certificate, release. Nothing is written.
///
/// Errors: those of the stages (all mistakes of a case together); refused "answer.not_certified" if not even withholding everything certifies, and
/// "answer.hides_something" where a file for reply/ or public/ does not pass the last look (way_out.hpp).
/// The same case on the same day gives the same bytes.
[[nodiscard]] base::ResultOrErrors<AnsweredCase> answer_case(const AnswerOptions& options);

/// What a plan search found for one population, for `candour plans`.
struct PopulationPlans {
  std::string population;
  std::vector<QuestionReport> best;
  std::vector<std::vector<QuestionReport>> front;  ///< other safe plans that give more of one thing and less of another
  std::int64_t plans_tried = 0;
  std::vector<std::string> notes;
};

/// The front of plans of a case, with the reason for each step not taken. Nothing is released.
[[nodiscard]] base::ResultOrErrors<std::vector<PopulationPlans>> plans_of_case(const AnswerOptions& options);

}  // namespace candour::answer
