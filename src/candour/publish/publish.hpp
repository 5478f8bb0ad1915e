#pragma once
// Puts an answer into its three folders, whole or not at all; and the approved files into the place of the draft.

#include <candour/base/files.hpp>
#include <candour/base/result.hpp>
#include <candour/release/answer_content.hpp>
#include <candour/release/approval.hpp>

#include <filesystem>
#include <span>
#include <vector>

namespace candour::publish {

/// An answer as it leaves the program for the first time.
struct PublishOrder {
  std::filesystem::path output;  ///< gets reply/, public/ and private/
  release::ReleasedFiles draft;  ///< released with ApprovalState::draft: written now
  release::ReleasedFiles final;  ///< released from the same order with ApprovalState::approved: kept in private/final/ until two people approved
  std::vector<base::FileToWrite> private_files;  ///< certificate, audit, true cells; their bytes are not looked at
};

/// Writes the three folders; private/ is for its owner only. The journal of an earlier run (private/journal.jsonl) is carried over;
/// a journal.jsonl among the private files is put behind it. Approvals of other bytes no longer count (release::standing_of).
/// Errors: could_not_finish "file.unwritable"; then every folder is whole, old or new, or absent.
[[nodiscard]] base::Result<base::Done> publish(const PublishOrder& order);

/// The files of an answer as they stand in its folders.
struct StandingFiles {
  release::ReleasedFiles shown;  ///< reply/ and public/
  release::ReleasedFiles final;  ///< private/final/
};

/// Reads reply/, public/ and private/final/. Errors: wrong_input "publish.no_answer" where one of them is missing; refused "publish.foreign_file" for
/// anything in them that is neither a file nor a folder (a link could show other bytes tomorrow).
[[nodiscard]] base::Result<StandingFiles> read_standing_files(const std::filesystem::path& output);

/// Where an answer stands between its draft and the log.
enum class PublicationStanding {
  draft,     ///< reply/ and public/ hold a draft that lacks an approval
  approved,  ///< the draft has two approvals; the final files are not yet in place
  final,     ///< reply/ and public/ hold exactly the approved final files
  changed,   ///< reply/ and public/ hold something that nobody approved: changed by hand, or final files without approvals
};

[[nodiscard]] PublicationStanding publication_standing(const StandingFiles& files, std::span<const release::Approval> approvals);

/// Puts the final files into reply/ and public/. Refused "publish.not_approved" unless two approvals name these very bytes.
/// Does nothing where they are in place already.
[[nodiscard]] base::Result<base::Done> put_final_in_place(const std::filesystem::path& output, std::span<const release::Approval> approvals);

}  // namespace candour::publish
