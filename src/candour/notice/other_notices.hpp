#pragma once
// Parts of notices for letters other than the answer: an extension, and the ways to complain.

#include <candour/notice/free_texts.hpp>
#include <candour/notice/notice.hpp>

#include <vector>

namespace candour::notice {

/// The notice that the public interest is still being weighed (sections 10(3) and 17(2)): for each question that waits, the exemption, why it applies and the
/// estimated day of the decision; then the ways to complain.
///
/// Errors wrong_input: "notice.nothing_pending"; "law.extension_late" after day 20, "law.no_extension" under the Act of 2002; what build_notice says of
/// incomplete decisions; "notice.date_order" where an estimate does not lie after the letter.
[[nodiscard]] base::ResultOrErrors<std::vector<NoticeSection>> extension_notice(const request::Case& the_case, base::Date written_on);

enum class RemediesLeft { review_and_complaint, complaint };
/// How to ask for a review, and the right to apply to the regulator; after a review only the latter.
[[nodiscard]] base::ResultOrErrors<std::vector<NoticeSection>> remedies(const request::Case& the_case, base::Date written_on, RemediesLeft left);

/// Faults of sentences that people wrote, wherever they go out: a subsection of another Act, a section that no decision relies on, a month that did not run and
/// is said to be staffed, a promise that nobody may make.
[[nodiscard]] base::Errors faults_of(const request::Case& the_case, const std::vector<FreeText>& texts);

}  // namespace candour::notice
