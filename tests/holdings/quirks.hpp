#pragma once
// What holdings of one kind cannot do as the others do. A difference is declared here with its reason, or it is a fault.

#include <string>

namespace candour::holdings_tests {

struct Quirks {
  std::string kind;
  /// A cell can hold an empty text that is not a missing value.
  bool tells_empty_from_missing = true;
  /// A text keeps a line end, a tab and a backslash.
  bool keeps_line_ends = true;
  /// Counts inside itself.
  bool counts_inside = false;
  /// An error names the line of a file or sheet; a database names the number of the record in its answer.
  bool errors_name_lines = true;
  /// A change after opening is noticed; a database answers from one state of its own, or (ClickHouse) from the newest.
  bool notices_changes = true;
  /// May have columns with a type of time.
  bool has_typed_days = false;
  /// Which columns it adds up inside; all others, and the largest contributors, are read record by record. Weights multiply inside in PostgreSQL only.
  std::string sums_inside = "none";
};

inline Quirks csv_quirks() { return {"csv"}; }
inline Quirks gzip_quirks() { return {"csv.gz"}; }
inline Quirks shards_quirks() { return {"shards"}; }
inline Quirks xlsx_quirks() {
  Quirks quirks{"xlsx"};
  quirks.tells_empty_from_missing = false;  // an empty cell is an empty cell
  return quirks;
}
inline Quirks ods_quirks() {
  Quirks quirks = xlsx_quirks();
  quirks.kind = "ods";
  return quirks;
}
inline Quirks sqlite_quirks() {
  Quirks quirks{"sqlite"};
  quirks.counts_inside = true;
  quirks.errors_name_lines = false;
  quirks.sums_inside = "whole numbers, if all values are";
  return quirks;
}
inline Quirks postgresql_quirks() {
  Quirks quirks{"postgresql"};
  quirks.counts_inside = true;
  quirks.errors_name_lines = false;
  quirks.notices_changes = false;  // one transaction sees one state
  quirks.has_typed_days = true;
  quirks.sums_inside = "whole numbers, numeric, and texts that are all short decimals";
  return quirks;
}
inline Quirks clickhouse_quirks() {
  Quirks quirks = postgresql_quirks();
  quirks.kind = "clickhouse";  // plain GROUP BY only in version 18.16; no transactions
  quirks.sums_inside = "whole numbers of up to 32 bits: wider sums would wrap";
  return quirks;
}

}  // namespace candour::holdings_tests
