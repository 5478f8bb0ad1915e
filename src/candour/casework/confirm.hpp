#pragma once
// An officer confirms what the program proposed, part by part, after seeing the letter's words beside it.

#include <candour/casework/case_head.hpp>
#include <candour/casework/case_journal.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::casework {

/// A part of a draft that still has unconfirmed values.
struct UnconfirmedPart {
  std::string part;                                         ///< "request", "question 2", "variable month"
  std::vector<std::pair<std::string, std::string>> values;  ///< key and the value proposed for it, in words
};

/// Lists them in the order of the file. Errors as read_case_head.
[[nodiscard]] base::Result<std::vector<UnconfirmedPart>> unconfirmed_parts(const std::filesystem::path& case_folder);

/// Takes the list `unconfirmed` out of one part of case.toml, changes nothing else in the file, and writes down in the journal who confirmed what.
///
/// Errors: wrong_input "confirm.unknown_part" where no such part has unconfirmed values (with the nearest one), "confirm.not_plain" where the list does not
/// stand on one line of its own: then it is taken out by hand; those of CaseJournal.
[[nodiscard]] base::Result<UnconfirmedPart> confirm_part(const std::filesystem::path& case_folder, const std::string& part, const std::string& by,
                                                         const std::optional<std::string>& place);

}  // namespace candour::casework
