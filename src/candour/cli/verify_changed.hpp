#pragma once
// `verify` for a table that `protect` rounded or changed by noise.

#include <candour/cli/command.hpp>
#include <candour/table/change.hpp>

#include <filesystem>

namespace candour::cli {

/// Adds up again, from the true counts in private/table.jj and the published cells: each figure can come of its count, and each count below the minimum has
/// another table of the same figures in which it is not. Prints the faults. Errors: wrong_input of the files.
[[nodiscard]] base::Result<ExitStatus> verify_changed(const std::filesystem::path& folder, const table::Change& change, Console& console);

}  // namespace candour::cli
