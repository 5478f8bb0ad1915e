#pragma once
// Where the answer of a case lies, for the verbs that take CASE and --out.

#include <candour/base/result.hpp>
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

[[nodiscard]] base::Result<StandingAnswer> read_standing_answer(const std::filesystem::path& folder);

}  // namespace candour::cli
