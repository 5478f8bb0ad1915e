#pragma once
// Documents that are given: read, looked at, and put beside the answer.

#include <candour/base/files.hpp>
#include <candour/release/answer_content.hpp>
#include <candour/request/case.hpp>

#include <vector>

namespace candour::answer {

/// Gives documents/NAME for every file of a question that gives its document; in a draft documents/draft-NAME.
///
/// Errors: wrong_input "answer.document_unreadable"; refused "answer.hides_something" for a file in which an inspection finds anything, or which it could not
/// look through: candour inspect shows it.
[[nodiscard]] base::ResultOrErrors<std::vector<base::FileToWrite>> documents_of(const request::Case& the_case, release::ApprovalState state);

}  // namespace candour::answer
