#pragma once
// All tables of an answer as JSON-stat 2.0, for programs that read cubes.

#include <candour/release/readable_answer.hpp>

#include <string>

namespace candour::release {

/// Gives tables.json: a collection with one data set a table. A cell without a figure has the value null and its status ("confidential", "did-not-run", ...);
/// statuses are those of the CSV files. Categories of all levels shown stand in one dimension, as in the CSV.
[[nodiscard]] std::string json_stat_of(const ReadableAnswer& answer);

}  // namespace candour::release
