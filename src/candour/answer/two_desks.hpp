#pragma once
// The way cut in two: the data unit walks from the order to the seal, the disclosure unit from the handover to the letter.

#include <candour/answer/answer.hpp>
#include <candour/policy/policy.hpp>
#include <candour/request/case.hpp>
#include <candour/request/detail_wishes.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace candour::answer {

/// What the data unit gives back for an order (design.md section 9, two desks): published things, and what it keeps.
struct ProtectedOrder {
  AnswerOutcome outcome = AnswerOutcome::answered;
  std::vector<QuestionReport> questions;
  std::vector<std::string> lines;
  std::string published;                                         ///< certify::published_text
  std::string seal;                                              ///< certify::seal_text
  std::vector<std::string> people_unknown;                       ///< numbers of questions whose holding does not tell people apart
  std::vector<std::string> beside_earlier;                       ///< for the analyst alone: arithmetic of what more would give away
  std::vector<std::pair<std::string, base::Date>> extracted_on;  ///< by population
  std::vector<base::FileToWrite> private_files;                  ///< certificate, true cells and the like: they stay with the data unit
};

/// The first half of the way, from a case without its requester to the seal, beside the earlier releases that the data unit knows of. Errors as answer_case,
/// without those of the release.
[[nodiscard]] base::ResultOrErrors<ProtectedOrder> protect_order(request::Case the_case, policy::Policy policy,
                                                                 const std::vector<request::DetailWishes>& wishes = {},
                                                                 const std::vector<EarlierRelease>& earlier = {});

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

}  // namespace candour::answer
