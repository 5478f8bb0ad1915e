#pragma once
// An answer that was published by other means: its tables, described once in a small file, as a release.

#include <candour/base/result.hpp>
#include <candour/base/settings.hpp>
#include <candour/table/releases.hpp>

#include <filesystem>
#include <span>

namespace candour::casework {

/// Reads the description (TOML) and the tables that it names: CSV, ODS or XLSX files beside it.
///
/// Errors, all wrong_input and all of the description together: "import.*" with file and line for keys that are missing, unknown or of another kind, for a
/// column that the table does not have, a category without a code and a text that is neither a figure nor one of the symbols. Of the tables themselves the
/// first error.
[[nodiscard]] base::ResultOrErrors<table::Release> import_release(const std::filesystem::path& description);

/// The keys of a description, for reader and manual.
[[nodiscard]] std::span<const base::KeyTable> import_keys();

}  // namespace candour::casework
