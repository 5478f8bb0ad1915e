#pragma once
// The public tables of an answer, read back from their CSV files.

#include <candour/base/result.hpp>
#include <candour/certify/verify.hpp>

#include <filesystem>
#include <string_view>
#include <vector>

namespace candour::cli {

/// Reads every .csv below `folder`/csv, ordered by name. A table's identifier is its file's name without "draft-" and ".csv".
/// Errors: could_not_finish "file.unreadable" where the folder is missing; wrong_input for a file that is no CSV.
[[nodiscard]] base::Result<std::vector<certify::PublicTableFile>> read_public_tables(const std::filesystem::path& folder);

/// Reads one such file from its text.
[[nodiscard]] base::Result<certify::PublicTableFile> public_table_from(const std::filesystem::path& file, std::string_view text);

}  // namespace candour::cli
