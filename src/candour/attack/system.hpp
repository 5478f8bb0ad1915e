#pragma once
// The intruder's worlds as one system of rows over whole, non-negative columns. A column is a class of atoms that no constraint tells apart.

#include <candour/table/worlds.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace candour::attack {

using Column = std::uint32_t;
constexpr std::int64_t no_lower_limit = std::numeric_limits<std::int64_t>::min();

struct Term {
  Column column = 0;
  std::int64_t coefficient = 1;
};

/// lowest <= sum of coefficient * column <= highest.
struct Row {
  std::vector<Term> terms;  ///< by column
  std::int64_t lowest = 0;
  std::int64_t highest = table::no_upper_limit;
  std::optional<table::CellReference> source;  ///< the published figure; none where a percentage speaks
  std::optional<std::uint32_t> percentage;     ///< number of the statement whose percentage bounds the row
};

/// A published percentage: the rows that bound its two sums, for enumeration of small bases.
struct Ratio {
  std::size_t numerator_row = 0;
  std::size_t denominator_row = 0;
  int decimals = 0;
  std::int64_t units = 0;
};

/// At least one cell (a sum of columns) lies between 1 and highest.
struct Small {
  std::vector<std::vector<Column>> cells;
  std::int64_t highest = 0;
};

struct System {
  std::vector<std::vector<table::AtomIndex>> atoms_of;  ///< by column, ascending
  std::vector<Column> column_of;                        ///< by atom
  std::vector<Row> rows;
  std::vector<Ratio> ratios;
  std::vector<Small> smalls;

  [[nodiscard]] std::size_t column_count() const { return atoms_of.size(); }
};

/// Builds the system of some worlds. Cost: the number of atoms in all constraints.
[[nodiscard]] System system_of(const table::Worlds& worlds);

/// A sum of atoms as the system sees it: columns that lie wholly in it, and columns of which only some atoms do. Inside a column the atoms can take any
/// share, so the sum ranges from the whole columns alone to all columns.
struct AtomSum {
  std::vector<Column> whole;
  std::vector<Column> partial;
};
[[nodiscard]] AtomSum sum_of_atoms(const System& system, const std::vector<table::AtomIndex>& atoms);

}  // namespace candour::attack
