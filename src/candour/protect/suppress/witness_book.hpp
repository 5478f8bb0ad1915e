#pragma once
// Inside suppression: what has to be shown, the moves that show it, and which hidden cells they use.

#include <candour/protect/suppress/product_search.hpp>
#include <candour/protect/suppress/suppress.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace candour::protect {

/// One thing to show of a cell: that it can change by `amount` (either way, if so said), by a move that leaves some cells alone.
struct Need {
  table::SystemCell cell = 0;
  std::uint32_t secret = 0;
  std::int64_t amount = 0;
  enum class Way { as_said, either } way = Way::as_said;
  std::vector<table::SystemCell> untouched;
  table::SystemMove witness;  ///< empty: not shown yet
};

/// Whether a change of its cell is what the need asks.
[[nodiscard]] bool reaches(const Need& need, std::int64_t change);

/// The state of a suppression: hidden cells, needs and their witnesses. Secondary cells without a use are given back.
class WitnessBook {
 public:
  WitnessBook(const table::AdditiveSystem& system, const truth::SystemTruth& truth);

  SearchState state;
  std::vector<Need> needs;

  void set_witness(std::uint32_t need, table::SystemMove witness);
  table::SystemMove take_witness(std::uint32_t need);
  /// Takes marked needs off with their witnesses; the numbers of later needs change.
  void forget(const std::vector<std::uint8_t>& is_marked);
  void hide(table::SystemCell cell);
  void show(table::SystemCell cell);
  [[nodiscard]] bool is_secondary(table::SystemCell cell) const { return state.hidden[cell] && truth_->standing[cell] != table::CellStanding::primary; }
  [[nodiscard]] const std::vector<std::uint32_t>& users(table::SystemCell cell) const { return users_[cell]; }
  [[nodiscard]] double loss() const { return loss_; }
  [[nodiscard]] std::vector<table::SystemCell> secondaries() const;
  /// Shows secondary cells among `cells` that no witness uses.
  void give_back(const std::vector<table::SystemCell>& cells, std::vector<table::SystemCell>* given_back = nullptr);
  [[nodiscard]] const table::AdditiveSystem& system() const { return *system_; }
  [[nodiscard]] const truth::SystemTruth& truth() const { return *truth_; }

 private:
  const table::AdditiveSystem* system_;
  const truth::SystemTruth* truth_;
  std::vector<std::vector<std::uint32_t>> users_;  // of secondary cells
  double loss_ = 0;
};

/// Lists what each secret of the book's truth asks: a way up, a way down, and a width beyond both.
void add_needs(WitnessBook& book);

/// Gives the witness under work as a move, cells ascending, and forgets it.
[[nodiscard]] table::SystemMove take_changes(SearchState& state);

class MovePool;

/// Finds witnesses for needs of a cube.
class ProductFinder {
 public:
  /// `pool`: moves found before, of which parts are taken; both must outlive this.
  ProductFinder(WitnessBook& book, const table::ProductShape& shape, MovePool& pool) : book_(book), pool_(pool), search_(shape) {}
  [[nodiscard]] std::vector<table::SystemCell> block(std::uint32_t need, Spending spending, std::size_t nodes) const {
    return search_.block(book_.state, book_.needs[need].cell, book_.needs[need].amount, spending, nodes);
  }
  /// Finds a witness and stores it; with Spending::least it may hide more cells, which are added to `newly_hidden`.
  bool satisfy(std::uint32_t need, Spending spending, std::size_t breadth, std::vector<table::SystemCell>& newly_hidden);

 private:
  bool build(const Need& need, std::int64_t amount, Spending spending, std::size_t breadth, std::vector<table::SystemCell>& newly_hidden);
  bool step(table::SystemCell cell, std::int64_t& remaining, Spending spending, std::size_t breadth, std::vector<table::SystemCell>& newly_hidden);
  void reset();

  WitnessBook& book_;
  MovePool& pool_;
  ProductSearch search_;
};

}  // namespace candour::protect
