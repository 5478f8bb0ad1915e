#pragma once
// Letters beside the answer: an acknowledgement, a request for clarification, an extension, a fees notice, news of a late answer, the reply to a review.

#include <candour/base/files.hpp>
#include <candour/release/letter.hpp>

#include <string_view>
#include <vector>

namespace candour::release {

enum class LetterKind { acknowledgement, clarification, extension, fees, interim, review };
[[nodiscard]] std::string_view word_of(LetterKind kind);
/// Error wrong_input "letter.unknown_kind".
[[nodiscard]] base::Result<LetterKind> letter_kind_of(std::string_view word);

/// Gives the letter. It says only what the case records: nothing is decided or filled in here.
///
/// Errors wrong_input: "letter.not_in_case" where the case lacks what the letter is about, with the part to add; "notice.regime" for kinds that are known under
/// the Act of 2000 alone; those of the clock and of the notice; "release.untraced_digit" and the faults of sentences that people wrote.
[[nodiscard]] base::ResultOrErrors<Letter> other_letter(LetterKind kind, const request::Case& the_case, const request::Requester& requester,
                                                        base::Date written_on);

/// Gives "acknowledgement.html" and "acknowledgement.pdf". Errors as other_letter and letter_pdf.
[[nodiscard]] base::ResultOrErrors<std::vector<base::FileToWrite>> letter_files(LetterKind kind, const request::Case& the_case,
                                                                                const request::Requester& requester, base::Date written_on);

}  // namespace candour::release
