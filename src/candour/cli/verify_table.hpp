#pragma once
// Re-adding the witnesses of a table that `protect` wrote: no solver, nothing of the methods.

#include <candour/cli/command.hpp>

#include <filesystem>

namespace candour::cli {

/// True for a folder with private/witnesses.txt.
[[nodiscard]] bool is_protected_table(const std::filesystem::path& folder);

/// Checks the private table and witnesses, and that the public table shows the true values of what is not hidden and nothing of what is. Prints a line a fault;
/// `refused` if there is one. Errors: wrong_input of the files.
[[nodiscard]] base::Result<ExitStatus> verify_table(const std::filesystem::path& folder, Console& console);

}  // namespace candour::cli
