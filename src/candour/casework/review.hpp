#pragma once
// The internal review: somebody who had no part in the answer looks at it again.

#include <candour/base/date.hpp>
#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>
#include <candour/base/signature.hpp>
#include <candour/casework/keyring.hpp>
#include <candour/release/answer_content.hpp>
#include <candour/request/case.hpp>
#include <candour/table/releases.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::casework {

/// What became of the answer that was reviewed.
enum class ReviewResult { upheld, partly_upheld, overturned };
[[nodiscard]] std::string_view word_of(ReviewResult result);
[[nodiscard]] std::optional<ReviewResult> review_result_of(std::string_view word);

/// A review as the journal has it.
struct Review {
  std::string reviewer;
  base::Date asked_on = {};  ///< when the requester asked for it
  base::Date opened_on = {};
  base::Digest final;  ///< of the files that are reviewed
  std::optional<ReviewResult> result;
  std::string because;
  std::string changes;
  std::optional<base::Date> decided_on;
};
/// The last review of an answer, open or decided.
[[nodiscard]] base::Result<std::optional<Review>> last_review(const std::filesystem::path& output);

/// Who may not review: whoever answers the case, decided a question of it, prepared or approved it. Refused "review.same_person".
[[nodiscard]] base::Result<base::Done> check_reviewer(const std::filesystem::path& output, const request::Case& the_case, const std::string& reviewer);

/// Opens a review: a copy of what is reviewed is kept in private/casework/reviewed/, so that it stays whatever is answered later, with what its tables say as
/// releases, and the journal notes who reviews and when it was asked for.
/// Errors: wrong_input "review.incomplete", "review.future_day"; refused "review.open_already".
[[nodiscard]] base::Result<base::Done> open_review(const std::filesystem::path& output, const Review& review, const release::ReleasedFiles& reviewed,
                                                   const std::vector<table::Release>& releases);

/// The reviewer's word.
struct ReviewDecision {
  std::string reviewer;
  ReviewResult result = ReviewResult::upheld;
  std::string because;
  std::string changes;  ///< what is done about it; empty where the answer is upheld
  base::Date on = {};
};
/// Records the outcome of the open review, and writes it for the letter: [review] in case.toml where the case file has that part, and
/// private/casework/review/review.toml. Errors: wrong_input "review.incomplete"; refused "review.none_open", "review.other_reviewer",
/// "review.written_otherwise" where case.toml says something else already.
[[nodiscard]] base::Result<base::Done> decide_review(const std::filesystem::path& output, const std::filesystem::path& case_folder,
                                                     const ReviewDecision& decision);

}  // namespace candour::casework
