#pragma once
// Moves of a cube as products over its axes, found around one cell at the lowest loss.

#include <candour/table/system_move.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace candour::protect {

/// What the search sees of the cells. All vectors have one entry a cell.
struct SearchState {
  const truth::SystemTruth* truth = nullptr;
  std::vector<float> loss;           ///< price of hiding a shown cell
  std::vector<float> touch;          ///< small price of changing a cell at all: prefers moves with few cells
  std::vector<std::uint8_t> hidden;  ///< 1: free to use
  std::vector<std::uint8_t> barred;  ///< 1: must not be touched by the present search
  std::vector<std::int64_t> change;  ///< of the witness under work; zero outside `touched`
  std::vector<table::SystemCell> touched;
};

/// Along one axis: a path of a leaf less a path of another (or none, when the path reaches the total), seen from one node that has coefficient 1.
/// Holds the other nodes of it.
struct AxisFactor {
  std::uint8_t count = 0;
  std::int8_t sign[7] = {};
  std::uint32_t node[7] = {};
};

/// One product move: for each axis, a factor of the cell's node there.
struct ProductMove {
  float loss = 0;
  const AxisFactor* factor[8] = {};
};

enum class Spending { nothing, least };  ///< only hidden cells; or hide more at the least loss

/// What changing a cell costs the move under work: its touch, and its loss if it would be hidden; infinite where it may not change so.
[[nodiscard]] inline float price_of(const SearchState& state, table::SystemCell cell, std::int64_t change, Spending spending) {
  constexpr float unusable = std::numeric_limits<float>::infinity();
  if (state.barred[cell]) return unusable;
  float loss = state.touch[cell];
  if (!state.hidden[cell]) {
    if (spending == Spending::nothing || state.truth->standing[cell] == table::CellStanding::always_shown) return unusable;
    loss += state.loss[cell];
  }
  const std::int64_t x = state.truth->value[cell] + state.change[cell] + change;
  return x < state.truth->lowest[cell] || x > state.truth->highest[cell] ? unusable : loss;
}

class ProductSearch {
 public:
  explicit ProductSearch(const table::ProductShape& shape);

  /// Searches the cheapest product move that changes `cell` by `amount` (every cell of it changes by plus or minus that).
  /// Looks at the `breadth` cheapest factors of each axis. Gives false if none costs less than `most_loss`.
  bool find(const SearchState& state, table::SystemCell cell, std::int64_t amount, Spending spending, std::size_t breadth, float most_loss, ProductMove& best);

  /// Lists the cells of a block around `cell`, itself first: on each axis the nodes of its cheapest factors with room for the amount, about `nodes` of them,
  /// and all their combinations that may change. A block is closed under products, which a ball of the same size is not.
  [[nodiscard]] std::vector<table::SystemCell> block(const SearchState& state, table::SystemCell cell, std::int64_t amount, Spending spending,
                                                     std::size_t nodes) const;

  /// Adds a found move to the witness under work and lists the cells that it newly hides.
  void apply(SearchState& state, table::SystemCell cell, std::int64_t amount, const ProductMove& move, std::vector<table::SystemCell>& newly_hidden) const;

 private:
  struct Option {
    float edge_loss;
    const AxisFactor* factor;
  };
  struct Point {
    std::int64_t offset;
    int sign;
  };
  void descend(std::size_t depth, float loss, std::size_t points);
  [[nodiscard]] float price(table::SystemCell cell, std::int64_t change) const { return price_of(*state_, cell, change, spending_); }
  [[nodiscard]] bool list_options(std::size_t axis, std::size_t breadth);

  const table::ProductShape* shape_;
  std::vector<std::vector<std::vector<AxisFactor>>> factors_;  // axis, node
  // of the present search
  const SearchState* state_ = nullptr;
  table::SystemCell cell_ = 0;
  std::int64_t amount_ = 0;
  Spending spending_ = Spending::nothing;
  std::vector<std::vector<Option>> options_;
  std::vector<std::size_t> order_;
  std::vector<float> least_rest_;
  std::vector<Point> points_;
  ProductMove now_, best_;
  float best_loss_ = 0;
};

}  // namespace candour::protect
