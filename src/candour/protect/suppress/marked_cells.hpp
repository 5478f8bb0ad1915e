#pragma once
// Inside marked tables: the cells of the finer table, which of them are hidden, and which may be.

#include <candour/protect/suppress/marked_table.hpp>
#include <candour/table/table_design.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace candour::protect {

class MarkedCells {
 public:
  explicit MarkedCells(const MarkedTableTask& task);

  /// All tables as they stand now.
  [[nodiscard]] const table::PublishedPopulation& tables() const { return tables_; }
  /// Whether no small count of the finer table is shown elsewhere.
  [[nodiscard]] bool can_hide_what_needs_it() const;
  /// By atom: how many noughts of the finer table raising it would belie.
  [[nodiscard]] std::vector<std::uint8_t> noughts_at_atoms() const;
  /// The cells whose count a move changes.
  [[nodiscard]] std::set<table::CellIndex> changed_by(const table::Move& move) const;

  void hide_all_that_may_be();
  /// Shows the noughts that no rule asks to hide.
  void show_noughts();
  /// Hides these cells if all of them may be. Says whether any was not hidden before.
  bool hide_all(const std::set<table::CellIndex>& cells);
  /// Shows what is hidden, but for these cells and those that need hiding.
  void show_all_but(const std::set<table::CellIndex>& cells);
  /// Shows connected sets of hidden cells in which none needs hiding: a reader who knows the policy expects one that does.
  void show_needless_sets();
  /// Hides the cell of least count among these places. Says whether there was one that may be hidden.
  bool hide_least_of(const std::vector<table::CellReference>& places);
  /// Hides the nought among the finest cells of these atoms that has most hidden beside it. Says whether there was one that may be hidden.
  bool hide_a_nought_among(const std::vector<table::AtomIndex>& atoms);
  /// Everything that is hidden, in whichever table.
  [[nodiscard]] HiddenPattern pattern() const;

 private:
  [[nodiscard]] table::PublishedTable& table() { return tables_.tables[task_.number]; }
  [[nodiscard]] bool may_hide(table::CellIndex cell) const;
  [[nodiscard]] bool is_group(table::CellIndex cell) const;
  void leave_empty_groups_empty();
  [[nodiscard]] bool needs_hiding(table::CellIndex cell) const;
  [[nodiscard]] std::size_t hidden_beside(table::CellIndex cell) const;
  void look_elsewhere();
  void hide(table::CellIndex cell);

  const MarkedTableTask& task_;
  table::PublishedPopulation tables_;
  table::TableLayout layout_;
  std::vector<table::PublishedCell> figures_;  ///< of the finer table, nothing hidden
  std::vector<std::vector<table::AtomIndex>> atoms_;
  std::vector<std::int64_t> value_;
  std::vector<bool> stays_shown_;  ///< noughts of groups that are empty
  std::unordered_map<table::AtomIndex, std::vector<table::CellIndex>> cells_at_;
  std::set<std::vector<table::AtomIndex>> shown_elsewhere_;
  std::set<std::vector<table::AtomIndex>> hidden_elsewhere_;
  std::set<table::CellIndex> hidden_;
};

}  // namespace candour::protect
