#pragma once
// The rows of a feed as leaves, questions and persons: what both tabulators start from.

#include <candour/tabulate/leaf_reader.hpp>
#include <candour/tabulate/tabulate.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candour::tabulate {

/// A record of the population, or several alike.
struct FeedRow {
  std::uint64_t line = 0;
  std::vector<table::LeafIndex> leaves;    ///< one a variable
  std::uint32_t questions = 0;             ///< bit q: question q counts it
  std::optional<std::string_view> person;  ///< valid until the next row
};
/// A row of a table of counts.
struct CountRow {
  std::vector<table::LeafIndex> leaves;
  std::int64_t count = 0;
};

enum class RowStanding { inside, outside };

/// The columns that feeds ask their holding for, each way of reading once.
class FeedColumns {
 public:
  std::size_t add(const holdings::ColumnRequest& request);
  std::size_t add_text(const std::string& name) { return add({name, holdings::ColumnKind::text, base::DateForm::iso, "Europe/London"}); }
  [[nodiscard]] const std::vector<holdings::ColumnRequest>& requests() const { return requests_; }

 private:
  std::vector<holdings::ColumnRequest> requests_;
};

/// One variable's leaves, remembered for each text of its column.
class VariableReader {
 public:
  VariableReader(const table::AtomSpace& space, table::VariableIndex variable, const VariableSource& source, FeedColumns& columns);
  /// Reads a row's leaf, and notes that so many records have it. Errors as tabulate().
  [[nodiscard]] base::Result<RowStanding> read(const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts, std::size_t row,
                                               std::uint64_t records, const std::string& file, table::LeafIndex& leaf);
  void add_notes_of(const VariableReader& other);
  void append_notes(std::vector<std::string>& notes) const;
  [[nodiscard]] std::size_t column() const { return column_; }
  [[nodiscard]] const VariableSource& source() const { return *source_; }

 private:
  void remember(const std::vector<std::string>& texts);
  [[nodiscard]] base::Error wrong_value(const LeafReading& reading, bool missing, const std::string& file, std::uint64_t line) const;

  const table::Variable* variable_;
  const VariableSource* source_;
  std::size_t column_;
  bool is_period_;
  std::vector<LeafReading> known_;
  std::optional<LeafReading> of_missing_;
  std::array<std::uint64_t, 5> routes_{};
  std::uint64_t outside_period_ = 0, says_unknown_ = 0;
  std::optional<table::LeafIndex> unknown_leaf_;
};

/// Says of each row whether it meets a list of terms. A missing value is none of the texts.
class TermsReader {
 public:
  TermsReader(const std::vector<FilterTerm>& terms, FeedColumns& columns);
  [[nodiscard]] bool met(const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts, std::size_t row);
  void append_columns(std::vector<std::size_t>& columns) const;

 private:
  struct Term {
    const FilterTerm* term;
    std::size_t column;
    std::vector<bool> among;  ///< of the texts seen
  };
  std::vector<Term> terms_;
};

/// Reads the records of one feed, without their persons. One thread; texts of the batches it is given only grow.
class RecordFeedReader {
 public:
  RecordFeedReader(const table::AtomSpace& space, const RecordFeed& feed, FeedColumns& columns);
  /// Fills line, leaves and questions of a row that stands for so many records. Errors as tabulate().
  [[nodiscard]] base::Result<RowStanding> read(const holdings::RecordBatch& batch, const std::vector<std::vector<std::string>>& texts, std::size_t row,
                                               std::uint64_t records, FeedRow& into);
  void note_without_person(std::uint64_t records) { without_person_ += records; }
  /// Adds what another thread noticed in its rows of the same feed.
  void add_notes_of(const RecordFeedReader& other);
  [[nodiscard]] FeedQuality quality(const holdings::DataQuality& read) const;
  [[nodiscard]] const std::vector<VariableReader>& variables() const { return variables_; }
  /// Columns whose texts themselves decide, beside those of the variables.
  [[nodiscard]] std::vector<std::size_t> term_columns() const;

 private:
  const RecordFeed* feed_;
  TermsReader of_population_;
  std::vector<std::pair<table::QuestionIndex, TermsReader>> questions_;
  std::vector<VariableReader> variables_;
  std::uint64_t rows_in_population_ = 0, without_person_ = 0;
};

/// Streams the records that belong to the population. Errors as tabulate(), and what `take` gives back.
[[nodiscard]] base::Result<FeedQuality> read_record_feed(const table::AtomSpace& space, const RecordFeed& feed,
                                                         const std::function<base::Result<base::Done>(const FeedRow&)>& take);
/// Streams a table of counts. A count that is missing, negative or not whole is Error wrong_input "tabulate.bad_count" with file and line.
[[nodiscard]] base::Result<FeedQuality> read_count_feed(const table::AtomSpace& space, const CountFeed& feed,
                                                        const std::function<base::Result<base::Done>(const CountRow&)>& take);

}  // namespace candour::tabulate
