#pragma once
// Checks again what `protect` wrote: every witness of every secret, from the private folder alone.

#include <candour/cli/command.hpp>

#include <filesystem>

namespace candour::cli {

/// Whether the folder holds the witnesses of a suppressed table.
[[nodiscard]] bool holds_witnesses(const std::filesystem::path& folder);

/// Reads private/table.jj (true values, statuses, protection asked) and private/witnesses.txt, re-adds every witness with the checker that shares nothing with the search, and
/// compares what stands in public/ with it. Refused where anything fails.
[[nodiscard]] base::Result<ExitStatus> verify_pattern(const std::filesystem::path& folder, Console& console);

}  // namespace candour::cli
