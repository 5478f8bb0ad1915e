#pragma once
// How a changed table came about, as public data: what `protect` writes beside it and `attack` reads.

#include <candour/attack/changed_table.hpp>
#include <candour/base/result.hpp>

#include <filesystem>
#include <optional>
#include <string>

namespace candour::cli {

/// {"kind": "controlled", "base": 5, "totals_within": 4}.
[[nodiscard]] std::string text_of_change(const table::Change& change);

/// Reads "change" of a table.json; nothing where the file or the part is missing. Error wrong_input "table.change".
[[nodiscard]] base::Result<std::optional<table::Change>> read_change(const std::filesystem::path& table_json);

/// Reads what --changed says: "nearest,5", "random,5", "controlled,5,4", "small,5,8", "cell-key,5" or "cell-key,5,2" (largest noise, forbidden results). Error
/// wrong_input "attack.changed".
[[nodiscard]] base::Result<table::Change> change_of_words(const std::string& text);

}  // namespace candour::cli
