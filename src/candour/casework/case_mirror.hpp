#pragma once
// What the journal of an answer notes (approvals, orders, recalls) told to the journal of its case as well, so that candour case history shows it.

#include <candour/base/result.hpp>

#include <filesystem>

namespace candour::casework {

/// Adds to the case's journal every line of the answer's journal that it does not have yet, in order; each names the digest of its line, so that no line is
/// told twice, and one that a kill kept back is told the next time. A case without a journal of its own, in its folder or in a database, is left as it is.
/// To whom something was sent is not told: the case's journal names nobody outside the authority.
/// Errors: those of CaseJournal.
[[nodiscard]] base::Result<base::Done> tell_case_journal(const std::filesystem::path& case_folder, const std::filesystem::path& output);

}  // namespace candour::casework
