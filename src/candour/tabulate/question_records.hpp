#pragma once
// The records that a question asks for, one by one, as numbers: the plain way, row by row.

#include <candour/table/published_records.hpp>
#include <candour/tabulate/tabulate.hpp>
#include <candour/truth/coded_records.hpp>

#include <memory>
#include <vector>

namespace candour::tabulate {

/// Records, and what was noticed while they were read.
struct QuestionRecords {
  truth::CodedRecords records;
  FeedQuality quality;
};

/// Reads the rows that the one question of `space` counts. Columns of identifying variables become identifiers with the levels of table::record_levels, the
/// others sensitive columns at the level asked for; what is finer is not kept.
///
/// Errors: those of tabulate(); wrong_input "records.person_twice" and "records.no_person" with file and line, where the feed has a column of persons and a row
/// is of nobody, or of somebody who has a row already. Cost: one reading; 4 bytes a record and column, and the different persons.
[[nodiscard]] base::Result<QuestionRecords> records_of_question(const table::AtomSpace& space, const RecordFeed& feed,
                                                                const std::vector<table::AskedColumn>& columns);

}  // namespace candour::tabulate
