#pragma once
// Rows of text fields into batches of the columns asked for: shared by the holdings that read row by row.

#include <candour/holdings/column_dictionary.hpp>
#include <candour/holdings/csv_scanner.hpp>
#include <candour/holdings/holding.hpp>

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace candour::holdings {

/// What stands in a field: a text, or nothing.
enum class Presence { present, missing };

/// Collects rows until a batch is full, and hands it on. Memory: one batch and the dictionaries.
class RowCoder {
 public:
  /// Takes the columns asked for and their places in a row. Error wrong_input "holding.unknown_column" with the nearest known name.
  [[nodiscard]] static base::Result<RowCoder> make(std::string name, const std::vector<std::string>& header, const std::vector<ColumnRequest>& columns,
                                                   BatchSink sink);

  /// From now on gives a column of texts as it is written (ColumnBatch::ends).
  void write_out(std::size_t column) { written_[column] = true; }
  [[nodiscard]] std::size_t column_count() const { return places_.size(); }
  [[nodiscard]] std::size_t place_of(std::size_t column) const { return places_[column]; }
  /// Starts a row that stands at `line` (0: no lines here).
  void begin_row(std::uint64_t line);
  /// Gives the next row its value of a column. Error: read_value with file and line.
  [[nodiscard]] base::Result<base::Done> value(std::size_t column, std::string_view text, Presence presence);
  [[nodiscard]] base::Result<base::Done> end_row();
  [[nodiscard]] base::Result<base::Done> finish();
  [[nodiscard]] std::uint64_t rows() const { return rows_; }

 private:
  RowCoder() = default;
  [[nodiscard]] base::Result<base::Done> hand_on();
  std::string name_;
  BatchSink sink_;
  std::vector<std::size_t> places_;
  std::vector<ColumnDictionary> dictionaries_;
  std::vector<std::vector<std::string>> texts_;
  std::vector<bool> written_;
  RecordBatch batch_;
  std::uint64_t rows_ = 0;
};

/// 128 bits made of all fields of a row.
class RowFingerprint {
 public:
  using Value = std::array<std::uint64_t, 2>;
  void field(std::string_view text, Presence presence);
  [[nodiscard]] static Value of(std::string_view text) {
    RowFingerprint one;
    one.field(text, Presence::present);
    return one.value();
  }
  [[nodiscard]] const Value& value() const { return state_; }

 private:
  Value state_{0x243F6A8885A308D3ULL, 0x13198A2E03707344ULL};
};

/// Counts rows that are equal to an earlier one by their fingerprints. Memory: 16 bytes and a tree's node a row.
class IdenticalRows {
 public:
  void add(const RowFingerprint& row) { count_ += seen_.insert(row.value()).second ? 0U : 1U; }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  std::set<RowFingerprint::Value> seen_;
  std::uint64_t count_ = 0;
};

/// "no column 'etnicity'; did you mean 'ethnicity'?"
[[nodiscard]] base::Error unknown_column(const std::string& holding, const std::string& column, const std::vector<std::string>& known);

}  // namespace candour::holdings
