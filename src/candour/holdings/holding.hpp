#pragma once
// A holding: recorded information that the authority holds, as a stream of record batches. One contract for files and databases.

#include <candour/base/date.hpp>
#include <candour/base/decimal.hpp>
#include <candour/base/digest.hpp>
#include <candour/base/result.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::holdings {

/// How a column is read.
enum class ColumnKind { text, integer, decimal, date, truth_value };

/// A column asked for.
struct ColumnRequest {
  std::string name;  ///< as in the holding's header
  ColumnKind kind = ColumnKind::text;
  base::DateForm date_form = base::DateForm::iso;
  std::string time_zone = "Europe/London";  ///< for RFC 3339 stamps
};

/// One column of a batch: each row's value as a number into Holding::texts, or `missing`. Of a column asked for as it is written, the texts stand here instead.
struct ColumnBatch {
  static constexpr std::uint32_t missing = 0xFFFFFFFFU;
  std::vector<std::uint32_t> codes;
  std::string bytes;                ///< of all rows, one after another; 16 more may be read
  std::vector<std::uint32_t> ends;  ///< of each row's text in `bytes`; empty unless asked for
  [[nodiscard]] std::string_view written(std::size_t row) const {
    const std::uint32_t start = row == 0 ? 0 : ends[row - 1];
    return std::string_view(bytes).substr(start, ends[row] - start);
  }
};

/// A run of rows. Column i belongs to the i-th request; texts are looked up in Holding::texts(i), which only grows.
struct RecordBatch {
  std::uint64_t first_row = 0;  ///< 0-based record number of the first row in the holding
  std::uint64_t row_count = 0;
  std::vector<ColumnBatch> columns;
  std::vector<std::uint64_t> lines;  ///< of files: the 1-based line on which each row starts; empty where there are no lines

  /// Where a row stands, for an error: the line of a file, else the 1-based record number.
  [[nodiscard]] std::uint64_t line_of(std::uint64_t row) const { return lines.empty() ? first_row + row + 1 : lines[row]; }
};

/// What was noticed while reading; goes to the data-quality page (private). Counts and positions, never a row's contents.
struct DataQuality {
  std::uint64_t rows = 0;
  std::uint64_t identical_rows = 0;  ///< rows equal to an earlier one in every column of the file
  std::vector<std::string> notes;    ///< sentences with counts
};

using BatchSink = std::function<base::Result<base::Done>(const RecordBatch&, const std::vector<std::vector<std::string>>& texts)>;

struct CsvSettings;

/// A holding that gives records. Reading may be repeated and gives the same rows, else Error holding_unreachable "holding.changed".
class RecordHolding {
 public:
  virtual ~RecordHolding() = default;
  [[nodiscard]] virtual const std::string& name() const = 0;
  /// Gives the header's column names.
  [[nodiscard]] virtual base::Result<std::vector<std::string>> column_names() = 0;
  /// Streams the columns asked for, dictionary coded: `texts[i]` are the distinct texts of column i so far (trimmed by no one; dates as ISO local days,
  /// truth values as "true"/"false", numbers as written). A value that cannot be read as its kind is Error wrong_input with file, line and column name.
  [[nodiscard]] virtual base::Result<DataQuality> read(const std::vector<ColumnRequest>& columns, const BatchSink& sink) = 0;
  /// A digest of the records, for the certificate.
  [[nodiscard]] virtual base::Result<base::Digest> digest() = 0;
  /// Of a CSV: its settings, with which ParallelCsv gives the same rows faster. Null for every other kind.
  [[nodiscard]] virtual const CsvSettings* csv_settings() const { return nullptr; }
};

/// A term of a filter, inside a database: the column's canonical text is among the texts, or not. A missing value is among none.
struct ValueCondition {
  std::string column;
  std::vector<std::string> any_of;
  enum class Sense { is_one_of, is_none_of } sense = Sense::is_one_of;
};

/// A column to be added up inside a database; with a weight each amount is multiplied by it, and an amount without one does not count.
struct GroupedSum {
  std::string column;
  std::optional<std::string> weight_column;
};
/// Where a column can be added up exactly.
enum class SumPlace { inside, record_by_record };

/// What a holding is to count inside itself: one row for each combination of the columns' values that occurs.
struct GroupedRequest {
  std::vector<ColumnRequest> columns;
  /// Columns with so many different texts that a dictionary is of no use (persons): given as they are written. Indexes into `columns`, of kind text.
  std::vector<std::size_t> as_written;
  /// Of a date column, only its month matters: any day of it may come instead, so that fewer rows travel. Indexes into `columns`.
  std::vector<std::size_t> months;
  /// Of a column of whole numbers, only the band of this width matters: any number of it may come instead.
  struct Bands {
    std::size_t column = 0;
    std::int64_t width = 1;
  };
  std::vector<Bands> bands;
  std::vector<ValueCondition> where;
  std::optional<GroupedSum> sum;  ///< only where place_of_sum says inside
};

/// Groups: `counts[i]` records share the values of row i of `batch`.
struct GroupedBatch {
  RecordBatch batch;
  std::vector<std::int64_t> counts;
  std::vector<std::optional<base::Decimal>> sums;  ///< of the amounts that there are; empty where no sum was asked for
};
using GroupedSink = std::function<base::Result<base::Done>(const GroupedBatch&, const std::vector<std::vector<std::string>>& texts)>;

/// A holding that can count inside itself: only counts travel.
class CountingHolding : public RecordHolding {
 public:
  /// Streams the groups, in any order; a combination may come in several rows (one from each shard). Texts are canonical as in RecordHolding::read, where the
  /// holding cannot make them canonical itself several texts of it may fall together. Errors as read.
  [[nodiscard]] virtual base::Result<DataQuality> count(const GroupedRequest& request, const GroupedSink& sink) = 0;
  /// How many rows are equal to an earlier one in every column. Cost: a GROUP BY over all columns.
  [[nodiscard]] virtual base::Result<std::uint64_t> identical_rows() = 0;
  /// Says whether amounts can be added up inside without losing a digit or passing over a value that is no number. May ask the database. Error: unknown_column.
  [[nodiscard]] virtual base::Result<SumPlace> place_of_sum(const GroupedSum& sum) = 0;
  /// The statement of the last count, for an operator who wants to see or time it; it may hold values of the filter, so it is not for logs. Empty before.
  [[nodiscard]] virtual const std::string& last_statement() const = 0;
  /// How long the last count, or the last place_of_sum, waited for the database: from sending the question to the end of the answer, less the time that the
  /// answer had to wait for us; zero before.
  [[nodiscard]] virtual std::chrono::nanoseconds time_in_database() const = 0;
};

/// CSV as RFC 4180: quoted newlines, byte-order mark, UTF-8 or Windows-1252, any one-character delimiter.
struct CsvSettings {
  std::string path;
  char delimiter = ',';
  enum class Encoding { utf_8, windows_1252 } encoding = Encoding::utf_8;
  /// Texts that mean "missing" when unquoted (an empty unquoted field always does; a quoted empty field is an empty text).
  std::vector<std::string> missing_texts;
};
/// Reads the header only. Strict: a row with another number of fields than the header, a quote inside an unquoted field, text after a closing quote, a quote
/// never closed and bytes that are not of the encoding are errors wrong_input "csv.*" with file and line; blank lines are skipped and counted (in a file with
/// one column they are rows with a missing value). Errors holding_unreachable "holding.unreachable" and "holding.changed".
[[nodiscard]] base::Result<std::unique_ptr<RecordHolding>> open_csv(const CsvSettings& settings);

}  // namespace candour::holdings
