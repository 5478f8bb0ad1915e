#pragma once
// The whole way on one screen: from a case to letter, tables, log page and private proof.

#include <candour/base/files.hpp>
#include <candour/base/result.hpp>
#include <candour/policy/policy.hpp>
#include <candour/release/answer_content.hpp>
#include <candour/request/case.hpp>

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

/// What the data unit gives back for an order (design.md section 9, two desks): published things, and what it keeps.
struct ProtectedOrder {
  AnswerOutcome outcome = AnswerOutcome::answered;
  std::vector<QuestionReport> questions;
  std::vector<std::string> lines;
  std::string published;                         ///< certify::published_text
  std::string seal;                              ///< certify::seal_text
  std::vector<std::string> people_unknown;       ///< numbers of questions whose holding does not tell people apart
  std::vector<base::FileToWrite> private_files;  ///< certificate, true cells and the like: they stay with the data unit
};

/// The first half of the way, from a case without its requester to the seal. Errors as answer_case, without those of the release.
[[nodiscard]] base::ResultOrErrors<ProtectedOrder> protect_order(request::Case the_case, policy::Policy policy);

/// What came back, its signature already checked.
struct Handover {
  AnswerOutcome outcome = AnswerOutcome::answered;
  std::vector<QuestionReport> questions;
  std::vector<std::string> lines;
  std::string published;
  std::string seal;
  std::vector<std::string> people_unknown;
  std::vector<request::CostItem> hours;  ///< added to the cost ledger of the case
};

/// The second half: from a handover to the bytes of letter and log. No record is read.
/// Errors beside those of the release: refused "handover.other_tables" where the tables are not about the populations of this case, "certify.seal" and
/// "certify.published"; wrong_input "answer.people_unknown" where an officer's acceptance is missing.
[[nodiscard]] base::ResultOrErrors<AnsweredCase> answer_from_handover(const std::filesystem::path& case_folder, const Handover& handover);

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
