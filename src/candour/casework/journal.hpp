#pragma once
// private/journal.jsonl: who did what, when and why, one JSON object a line. Only ever added to. Nothing of the people in the records stands in it.

#include <candour/base/result.hpp>
#include <candour/casework/keyring.hpp>
#include <candour/release/approval.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candour::casework {

/// One line of the journal: what happened, and its facts in order. The line also names the digest of all bytes before it (`previous`), and ends with one of
/// all bytes so far but for itself (`digest`).
struct JournalEvent {
  std::string event;
  std::vector<std::pair<std::string, std::string>> facts;

  /// The fact of this name; empty where there is none.
  [[nodiscard]] std::string fact(std::string_view name) const;
};

/// Reads all lines. A line changed in any byte, added between, or taken out before the last shows: refused "journal.damaged" with the line's number. None where
/// there is no journal.
[[nodiscard]] base::Result<std::vector<JournalEvent>> read_journal(const std::filesystem::path& output);

/// Adds a line, durable before it returns; whoever calls it holds the folder (base::FolderLock). Errors: could_not_finish "file.unwritable": then the
/// journal is as it was.
[[nodiscard]] base::Result<base::Done> record(const std::filesystem::path& output, const JournalEvent& event);

/// The digest of the journal as it stands: it changes with every line. That of an empty text where there is none.
[[nodiscard]] base::Result<base::Digest> head_of_journal(const std::filesystem::path& output);

/// Reads the approvals of the journal below an answer's folder. With a keyring only those count that are signed by a person's key in it, under the name that
/// the keyring gives. Refused "journal.keys_left_out" if there are signed approvals and no keyring: what was signed once is not taken back to typed names.
[[nodiscard]] base::Result<std::vector<release::Approval>> read_approvals(const std::filesystem::path& output, const Keyring* keyring = nullptr);

/// The key with which a person approves, and the keyring in which it stands.
struct ApprovalKey {
  const Keyring* keyring = nullptr;
  const base::SigningKey* key = nullptr;
};

/// Adds an approval and gives all that count.
///
/// The same name in the same role for the same bytes is said once only. Refused: "approval.same_name" if this person already has the other role for
/// these bytes, "approval.same_key" if the key has, "approval.unknown_key" and "approval.other_name" if the keyring does not know the key, or knows it by
/// another name. Errors: wrong_input "approval.no_name" for an empty name; could_not_finish "file.unwritable": then the journal is as it was.
[[nodiscard]] base::Result<std::vector<release::Approval>> record_approval(const std::filesystem::path& output, const release::Approval& approval,
                                                                           const ApprovalKey& signing = {});

}  // namespace candour::casework
