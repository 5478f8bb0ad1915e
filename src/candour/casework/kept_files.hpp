#pragma once
// private/casework/: what casework keeps with an answer and a new run of candour answer carries over.

#include <candour/base/files.hpp>
#include <candour/base/result.hpp>
#include <candour/release/approval.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace candour::casework {

/// Keeps a copy of the files that somebody approves in this role, in place of the one before: what the next approval is held against.
[[nodiscard]] base::Result<base::Done> keep_approved(const std::filesystem::path& output, release::Role role, const release::ReleasedFiles& final);
/// Gives the files of the last approval in this role; nothing where there was none.
[[nodiscard]] base::Result<std::optional<release::ReleasedFiles>> last_approved(const std::filesystem::path& output, release::Role role);

/// Puts a folder below private/casework/ in the place of the one before, whole or not at all.
[[nodiscard]] base::Result<base::Done> keep_folder(const std::filesystem::path& output, const std::string& name, std::vector<base::FileToWrite> files);

}  // namespace candour::casework
