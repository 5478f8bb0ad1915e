#pragma once
// From a text of a column to a leaf of a variable.

#include <candour/table/hierarchy.hpp>
#include <candour/tabulate/tabulate.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace candour::tabulate {

/// How a text came to its leaf.
enum class LeafRoute { direct, mapped, derived, missing_to_unknown, unmapped_to_unknown };
struct ReadLeaf {
  table::LeafIndex leaf = 0;
  LeafRoute route = LeafRoute::direct;
};
/// The value can be read and lies outside the code list; for the period variable: outside the population.
struct OutsideCodeList {};
struct NotReadable {
  std::string expected;
};
using LeafReading = std::variant<ReadLeaf, OutsideCodeList, NotReadable>;

/// Reads one text (already canonical: dates as ISO days), or a missing value, as a leaf. Cost: two look-ups.
[[nodiscard]] LeafReading leaf_of_text(std::string_view text, const VariableSource& source, const table::Hierarchy& hierarchy);
/// True where a value itself says that nothing is known, by the code for unknown values or through the mapping.
[[nodiscard]] bool says_unknown(const ReadLeaf& read, const VariableSource& source, const table::Hierarchy& hierarchy);
[[nodiscard]] LeafReading leaf_of_missing(const VariableSource& source, const table::Hierarchy& hierarchy);

/// How the column must be read: dates for months, whole numbers for bands, else text.
[[nodiscard]] holdings::ColumnRequest column_request_of(const VariableSource& source);

/// Gives the code of the band of `width` years that holds an age: "20-24".
[[nodiscard]] std::string code_of_band(std::int64_t age, std::int64_t width);

}  // namespace candour::tabulate
