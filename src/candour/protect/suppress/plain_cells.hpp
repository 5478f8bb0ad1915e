#pragma once
// The cells that plain suppression may hide: one for each sum of atoms, wherever it is published.

#include <candour/protect/suppress/plain_suppression.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace candour::protect {

/// Cells that hold something, in tables that may hide. The same sum in two tables is one cell: hidden in both or in none.
class PlainCells {
 public:
  explicit PlainCells(const PlainSuppressionTask& task);

  [[nodiscard]] std::size_t size() const { return cells_.size(); }
  [[nodiscard]] const std::vector<std::size_t>& primary() const { return primary_; }
  [[nodiscard]] bool is_primary(std::size_t cell) const { return cells_[cell].is_primary; }
  /// Information lost by hiding the cell, with the secret factor.
  [[nodiscard]] std::int64_t loss(std::size_t cell) const { return cells_[cell].loss; }
  /// Says whether a cell that needs hiding stands in a table that may not hide.
  [[nodiscard]] bool needs_hiding_elsewhere() const { return needs_hiding_elsewhere_; }
  [[nodiscard]] HiddenPattern pattern(const std::vector<bool>& chosen) const;
  [[nodiscard]] const std::vector<table::AtomIndex>& atoms(std::size_t cell) const { return cells_[cell].atoms; }
  /// The cell that is this sum, if there is one that may be hidden.
  [[nodiscard]] std::optional<std::size_t> with_atoms(const std::vector<table::AtomIndex>& atoms) const;
  /// The cell at a place of a table, if it may be hidden.
  [[nodiscard]] std::optional<std::size_t> at(table::CellReference place) const;
  [[nodiscard]] const std::vector<std::size_t>& dearest_first() const { return dearest_first_; }

  /// The atoms of a residual of one published sum (its hidden parts together) that is neither 0 nor passes the minimum.
  [[nodiscard]] std::optional<std::vector<table::AtomIndex>> failing_residual(const std::vector<bool>& chosen) const;
  /// Whether everybody can work the cell out: of one published sum it is all that is hidden.
  [[nodiscard]] bool follows(const std::vector<bool>& chosen, std::size_t cell) const;
  /// The cheapest cell not yet hidden in a sum that holds a hidden cell touching the atoms; else the cheapest of all.
  [[nodiscard]] std::optional<std::size_t> cheapest_beside(const std::vector<bool>& chosen, const std::vector<table::AtomIndex>& atoms) const;

 private:
  struct Cell {
    std::vector<table::AtomIndex> atoms;
    std::vector<std::pair<std::uint32_t, table::CellIndex>> places;
    std::int64_t loss = 0;
    bool is_primary = false;
  };
  struct Sum {
    std::optional<std::size_t> total;  ///< nothing where the total may not be hidden
    std::vector<std::size_t> parts;    ///< those that may be hidden
  };
  void add_table(const PlainSuppressionTask& task, std::uint32_t number);
  [[nodiscard]] bool needs_hiding(const PlainSuppressionTask& task, const std::vector<table::AtomIndex>& atoms) const;
  [[nodiscard]] std::int64_t loss_of(const PlainSuppressionTask& task, const table::TableLayout& layout, table::CellIndex cell, std::int64_t count) const;

  const truth::Population& truth_;
  std::int64_t minimum_;
  std::vector<Cell> cells_;
  std::vector<Sum> sums_;
  std::vector<std::size_t> primary_;
  std::vector<std::size_t> dearest_first_;
  std::map<std::pair<std::uint32_t, table::CellIndex>, std::size_t> at_;
  std::map<std::vector<table::AtomIndex>, std::size_t> with_atoms_;
  bool needs_hiding_elsewhere_ = false;
};

}  // namespace candour::protect
