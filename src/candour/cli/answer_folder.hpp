#pragma once
// Where the answer of a case lies, for the verbs that take CASE and --out.

#include <candour/base/lock.hpp>
#include <candour/base/result.hpp>
#include <candour/casework/keyring.hpp>
#include <candour/publish/publish.hpp>
#include <candour/release/approval.hpp>

#include <filesystem>
#include <optional>
#include <vector>

namespace candour::cli {

/// Gives the folder with reply/, public/ and private/: `out` if given, else out/ in the case's folder. CASE may name case.toml itself.
[[nodiscard]] std::filesystem::path answer_folder(const std::filesystem::path& case_folder, const std::optional<std::filesystem::path>& out);

/// An answer's files and the approvals in its journal.
struct StandingAnswer {
  publish::StandingFiles files;
  std::vector<release::Approval> approvals;
};

/// With a keyring only signed approvals count (casework::read_approvals).
[[nodiscard]] base::Result<StandingAnswer> read_standing_answer(const std::filesystem::path& folder, const casework::Keyring* keyring);

/// Holds the folder of an answer that is there, for this process alone (base::FolderLock). Error wrong_input "publish.no_answer" where there is none.
[[nodiscard]] base::Result<base::FolderLock> lock_answer(const std::filesystem::path& folder);

}  // namespace candour::cli
