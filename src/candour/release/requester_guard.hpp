#pragma once
// Nobody who asked is named in public.

#include <candour/release/answer_content.hpp>

namespace candour::release {

/// Looks for the requester's name and the lines of the address in texts that are about to go public; upper and lower case, and runs of blanks, do not
/// matter; lines of less than four letters are not looked for. Gives one error "release.requester_in_public" a place; it does not repeat what was found.
/// `public_texts`: where each stands, and its plain text.
[[nodiscard]] base::Errors find_requester(const request::Requester& requester, const std::vector<std::pair<std::string, std::string>>& public_texts);

/// All texts of an answer's public files that come from people: the request, the questions, notes, reasons, labels.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> public_texts_of(const ReleaseOrder& order);

}  // namespace candour::release
