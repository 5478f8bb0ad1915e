#pragma once
// What the journal of an answer notes (approvals, orders, recalls) told to the journal of its case as well, so that candour case history shows it.

#include <candour/base/result.hpp>
#include <candour/casework/case_journal.hpp>

#include <cstddef>
#include <filesystem>
#include <vector>

namespace candour::casework {

/// A line of the answer's journal that the case's does not have.
struct Untold {
  Happening happening;
  std::size_t line = 0;  ///< in private/journal.jsonl
};
/// Lists them, in order; `recorded` is the case's journal. Errors: refused "journal.damaged".
[[nodiscard]] base::Result<std::vector<Untold>> untold(const std::vector<Recorded>& recorded, const std::filesystem::path& output);

/// Adds to the case's journal every line of the answer's journal that it does not have yet, in order; each names the digest of its line, so that no line is
/// told twice, and one that a kill kept back is told the next time. A case without a journal of its own, in its folder or in a database, is left as it is.
/// To whom something was sent is not told: the case's journal names nobody outside the authority.
/// Errors: those of CaseJournal.
[[nodiscard]] base::Result<base::Done> tell_case_journal(const std::filesystem::path& case_folder, const std::filesystem::path& output);

}  // namespace candour::casework
