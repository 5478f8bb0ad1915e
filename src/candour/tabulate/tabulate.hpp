#pragma once
// From holdings to the truth about a population: the plain in-memory reference that every faster path must equal.

#include <candour/base/result.hpp>
#include <candour/holdings/holding.hpp>
#include <candour/table/atoms.hpp>
#include <candour/truth/population.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace candour::tabulate {

/// How a value of a column becomes a category of a variable.
struct VariableSource {
  std::string column;
  /// Text in the column -> leaf code. A text that is neither here nor itself a leaf code is an error, or goes to `unknown_code` if that is set.
  std::map<std::string, std::string> mapping;
  /// Built-in derivations instead of a mapping: date to month ("2024-03"), whole number to a five-year or ten-year band, or listed bands.
  enum class Derivation { none, month, five_year, ten_year, bands } derivation = Derivation::none;
  /// For `bands`: lowest age of each band, ascending, and its leaf code.
  std::vector<std::pair<std::int64_t, std::string>> bands;
  std::string unknown_code;  ///< category for missing (and unmapped) values; empty: they are errors
  base::DateForm date_form = base::DateForm::iso;
  std::string time_zone = "Europe/London";
};

/// A record counts if the column's text is one of `any_of` (or, with `negated`, none of them).
struct FilterTerm {
  std::string column;
  std::vector<std::string> any_of;
  enum class Sense { is_one_of, is_none_of } sense = Sense::is_one_of;
};

/// Records of one holding that feed a population.
struct RecordFeed {
  holdings::RecordHolding* holding = nullptr;
  std::vector<FilterTerm> of_population;  ///< rows that belong to the population at all
  std::vector<VariableSource> variables;  ///< one a variable of the space, same order
  std::optional<std::string> person_column;
  /// For each question of the space that this feed can decide: the terms that a row must meet.
  std::map<table::QuestionIndex, std::vector<FilterTerm>> questions;
};

/// A table of counts already made: one row a combination, with its count, for one question.
struct CountFeed {
  holdings::RecordHolding* holding = nullptr;
  table::QuestionIndex question = 0;
  std::vector<VariableSource> variables;
  std::string count_column;
};

struct FeedQuality {
  std::uint64_t rows_read = 0, rows_in_population = 0, identical_rows = 0;
  std::vector<std::string> notes;  ///< for the private data-quality page: what was mapped, what was left over; counts only
};
struct Tabulated {
  truth::Population population;
  std::vector<FeedQuality> quality;
};

/// Counts every atom. A question fed by counts contains the questions nested in it: its atoms outside them are its count less theirs, and must not be negative
/// (Error wrong_input "tabulate.nested_exceeds", naming the categories, not the counts). A row that an inner question counts and an outer one of the same feed
/// does not is Error wrong_input "tabulate.not_nested". A row whose value of the period variable can be read and lies outside the code list is outside the
/// population: it is left out and counted in the notes. People are known where every feed has a person column with a value in each row, unknown where none has,
/// partly known otherwise. Equal texts are one person. Errors: wrong_input for values outside the code list "tabulate.outside_code_list" (file, line, column),
/// "tabulate.unknown_column", "tabulate.bad_count". Cost: rows times variables; memory: atoms and contributions.
[[nodiscard]] base::Result<Tabulated> tabulate(std::shared_ptr<const table::AtomSpace> space, const std::vector<RecordFeed>& records,
                                               const std::vector<CountFeed>& counts);

/// Counts the cells of one design: records, and distinct people where known. In table order; cells outside coverage count 0.
struct TableCounts {
  std::vector<std::int64_t> records;
  std::vector<std::int64_t> people;
};
[[nodiscard]] TableCounts count_cells(const truth::Population& population, const table::TableDesign& design);

}  // namespace candour::tabulate
