#pragma once
// The words and symbols of the tables: said once, used by every writer.

#include <candour/table/published_table.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace candour::release {

/// How a reader should take a cell.
enum class CellReading { figure, withheld, not_available, not_applicable };

[[nodiscard]] CellReading reading_of(const table::PublishedCell& cell);

/// Gives a cell as people read it: "1,377", "12.50", "[c]", "[x]", "[z]". `scale`: decimals of an amounts table.
[[nodiscard]] std::string text_of(const table::PublishedCell& cell, int scale);
/// Gives the figure for machines: "1377", "12.50"; empty where there is none.
[[nodiscard]] std::string machine_text_of(const table::PublishedCell& cell, int scale);
/// Gives the status for machines: "value", "rounded", "perturbed", "confidential" ("confidential-or-nought" where hidden cells may be 0), or the word of the
/// coverage status ("did-not-run").
[[nodiscard]] std::string_view status_of(const table::PublishedCell& cell, table::ZeroConvention convention);

/// One line of the legend.
struct SymbolMeaning {
  std::string symbol;   ///< "[c]", "0"
  std::string meaning;  ///< one or two sentences
};

/// Gives the legend of the symbols that the tables use, true zeros always first; [c] with the zero convention of these tables.
[[nodiscard]] std::vector<SymbolMeaning> legend_of(std::span<const table::PublishedTable* const> tables);

/// "Counts of records (stops and searches), not people: one person can stand in several."
[[nodiscard]] std::string unit_sentence(table::Unit unit, std::string_view population_label);
/// Explains a mark of the seal, such as "people unproved"; unknown marks are repeated as they are.
[[nodiscard]] std::string mark_sentence(std::string_view mark);

/// Gives the text with its first letter in upper case (ASCII; others stay).
[[nodiscard]] std::string capitalised(std::string_view text);

/// A variable's label inside a sentence: "Age band" becomes "age band"; "IC code" stays.
[[nodiscard]] std::string inside_a_sentence(std::string_view label);

}  // namespace candour::release
