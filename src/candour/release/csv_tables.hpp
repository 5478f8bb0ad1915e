#pragma once
// One CSV file a table, with a value and a status in each row, and its description (CSV on the Web) beside it.

#include <candour/base/files.hpp>
#include <candour/release/readable_answer.hpp>

#include <string>
#include <vector>

namespace candour::release {

/// Gives the CSV of a table: for each shown variable its code, label and level; then value (empty where there is no figure) and status.
/// One row a cell, in the table's order. Texts that a spreadsheet would take for a formula have an apostrophe before them.
[[nodiscard]] std::string csv_of(const ReadableTable& table);

/// Gives the CSVW metadata (JSON) of that file: `csv_name` is its name in the same folder.
[[nodiscard]] std::string csvw_of(const ReadableAnswer& answer, const ReadableTable& table, const std::string& csv_name);

/// Gives all CSV files and their metadata, "csv/NAME.csv" and "csv/NAME.csv-metadata.json".
[[nodiscard]] std::vector<base::FileToWrite> csv_files(const ReadableAnswer& answer);

}  // namespace candour::release
