#pragma once
// private/journal.jsonl: who approved which bytes, one JSON object a line. Only ever added to.

#include <candour/base/result.hpp>
#include <candour/release/approval.hpp>

#include <filesystem>
#include <vector>

namespace candour::casework {

/// Reads the approvals of the journal below an answer's folder; none where there is no journal. Other lines are passed over.
/// An approval's line names the digest of all bytes before it, so that a line changed or taken out later shows: refused "journal.damaged".
[[nodiscard]] base::Result<std::vector<release::Approval>> read_approvals(const std::filesystem::path& output);

/// Adds an approval and gives all that the journal then holds.
///
/// The same name in the same role for the same bytes is said once only. Refused: "approval.same_name" if this person already has the other role for
/// these bytes. Errors: wrong_input "approval.no_name" for an empty name; could_not_finish "file.unwritable": then the journal is as it was.
[[nodiscard]] base::Result<std::vector<release::Approval>> record_approval(const std::filesystem::path& output, const release::Approval& approval);

}  // namespace candour::casework
