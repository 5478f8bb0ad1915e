#pragma once
// A new case from a letter: the folder with its draft, the request's words, the requester apart, and the first entry of the journal.

#include <candour/casework/intake/proposal.hpp>
#include <candour/casework/office.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace candour::casework {

struct NewCaseOrder {
  std::filesystem::path letter;  ///< .txt or .eml
  std::filesystem::path cases;   ///< the folder that holds the cases
  std::optional<Office> office;
  std::optional<std::string> reference;  ///< in place of the next one of the pattern
  std::optional<base::Date> received;    ///< nothing: the day of the e-mail, or today
  std::string opened_by;
  std::optional<std::string> database;  ///< where the journal is to be kept; nothing: in the folder
};

struct NewCase {
  std::filesystem::path folder;
  std::string reference;
  base::Date received = {};
  intake::Proposal proposal;
  std::vector<std::string> cut;  ///< what of the letter is not in request.txt
  bool has_requester = false;    ///< a name or an address was found
};

/// Makes the folder. It appears whole or not at all; two officers at once get two references. The letter itself is not copied: its digest goes into the
/// journal, its words without their sender into request.txt, and the sender into requester.toml (readable by the owner only).
///
/// Errors: those of intake::read_letter; wrong_input "case.no_name" without a person, "case.letter_kind" for another kind of file, "case.exists" where the
/// given reference has a case, "case.reference" for one that is no folder's name; could_not_finish "file.unreadable", "file.unwritable".
[[nodiscard]] base::Result<NewCase> open_new_case(const NewCaseOrder& order);

}  // namespace candour::casework
