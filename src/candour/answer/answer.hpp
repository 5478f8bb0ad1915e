#pragma once
// The whole way on one screen: from a case to letter, tables, log page and private proof.

#include <candour/base/digest.hpp>
#include <candour/base/files.hpp>
#include <candour/base/result.hpp>
#include <candour/release/answer_content.hpp>
#include <candour/table/releases.hpp>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::answer {

/// A release that was called back may have said what the records never gave; one that stands did not.
/// Records that go out with the answer itself are known like an earlier release, and are none.
enum class EarlierStanding { stands, recalled, goes_out_with_it };

/// A release of the register, with the digest under which it stands there, or one of this very case.
struct EarlierRelease {
  table::Release release;
  base::Digest digest;
  EarlierStanding standing = EarlierStanding::stands;
};

/// A plan of the front that an officer picks in place of the most detailed one, by its number in `candour plans`.
struct Picked {
  std::string population;  ///< id; empty where the case has one population only
  std::size_t number = 1;
  std::string by;       ///< who picked it
  std::string because;  ///< why
};

/// Whether somebody said that records may go out one by one. Where nothing goes out, it is as the case asks.
enum class Microdata { not_asked_for, asked_for, as_the_case_asks };

struct AnswerOptions {
  std::filesystem::path case_folder;
  std::optional<Picked> picked = std::nullopt;
  std::vector<EarlierRelease> earlier = {};  ///< all that the register holds: what speaks of other populations is left aside
  Microdata microdata = Microdata::not_asked_for;
};

/// How it ended: `only_withhold_all` means that nothing but "withhold all" certifies (the files are complete, still a draft).
enum class AnswerOutcome { answered, only_withhold_all };

/// What was decided about one question, for the officer; private where it tells of counts.
struct QuestionReport {
  std::string question;              ///< its number
  std::string given;                 ///< "by month; by age": the plan in words
  std::vector<std::string> reasons;  ///< for each finer step, why it was not taken: sealed sentences
  std::vector<std::string> kept;     ///< for each variable asked for, what is kept of it
};

/// A case answered, as bytes: publish puts them in place.
struct AnsweredCase {
  AnswerOutcome outcome = AnswerOutcome::answered;
  std::vector<QuestionReport> questions;
  std::vector<std::string> beside_earlier;       ///< for the officer: what earlier releases there are, and which of them keep the answer from saying more
  std::vector<std::string> lines;                ///< for the officer: what was given, what not and why
  release::ReleasedFiles draft;                  ///< reply/ and public/ as drafts
  release::ReleasedFiles final;                  ///< the same, for the day on which two people have approved
  std::vector<base::FileToWrite> private_files;  ///< certificate, true cells, plans, audit, data quality; of records their own
};

/// Walks the whole way: case, policy, holdings, truth, secrets, search, attack, certificate, release. Nothing is written.
///
/// Errors: wrong_input "answer.no_such_plan" where a plan is picked that the front does not have, or for a population that is not there; those of the stages
/// (all mistakes of a case together); refused "answer.not_certified" if not even withholding everything certifies, and "answer.hides_something" where a file
/// for reply/ or public/ does not pass the last look (way_out.hpp). The same case on the same day gives the same bytes.
[[nodiscard]] base::ResultOrErrors<AnsweredCase> answer_case(const AnswerOptions& options);

/// One plan of a population, for the officer. Private: its detail is computed from the truth.
struct PlanReport {
  std::vector<QuestionReport> questions;
  std::int64_t detail_share = 0;  ///< in units of 10^-9 (docs/methods/detail.md)
  std::size_t tables = 0;
  std::int64_t figures = 0;
};

/// What a plan search found for one population, for `candour plans`.
struct PopulationPlans {
  std::string population;
  std::vector<PlanReport> plans;  ///< number 1 is the one that is answered unless another is picked; the others give more of one thing and less of another
  std::int64_t plans_tried = 0;
  std::int64_t plans_in_all = 0;  ///< exact plans that there are; the largest number where they are more
  std::int64_t bound = 0;         ///< no exact plan that was not looked at has more detail
  std::vector<std::string> notes;
};

/// The front of plans of a case, with the reason for each step not taken. Nothing is released.
[[nodiscard]] base::ResultOrErrors<std::vector<PopulationPlans>> plans_of_case(const AnswerOptions& options);

}  // namespace candour::answer
