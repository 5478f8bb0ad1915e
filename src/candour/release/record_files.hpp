#pragma once
// Records that go out one by one, as files: CSV with a description of its columns, and workbooks.

#include <candour/release/readable_answer.hpp>

#include <string>
#include <utility>
#include <vector>

namespace candour::release {

/// Beyond so many records of a question no workbook is written: a sheet does not hold them. The CSV has them all.
inline constexpr std::size_t most_records_in_a_sheet = 1'000'000;

/// Gives "records/draft-q1-records.csv" or "records/q1-records.csv".
[[nodiscard]] std::string records_path(ApprovalState state, const table::PublishedRecords& records);

/// The files of all records of the answer; none where it has none. Errors: those of the workbook's writers.
[[nodiscard]] base::Result<std::vector<base::FileToWrite>> record_files(const ReadableAnswer& answer);

/// Each file with what it is, for lists of files.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> record_files_in_words(const ReadableAnswer& answer);

}  // namespace candour::release
