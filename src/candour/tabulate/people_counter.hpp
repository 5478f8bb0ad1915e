#pragma once
// Distinct people of every cell at every level, exactly, without a set for each cell.

#include <candour/tabulate/cell_counter.hpp>
#include <candour/tabulate/partitions.hpp>
#include <candour/tabulate/roll_up.hpp>

#include <vector>

namespace candour::tabulate {

/// People by finest cell, to be rolled up like records, and what the cube's cells then count too much.
///
/// A person in a single finest cell is additive. A person in m of them is counted m times in the total: in each combination of levels, for each cell that holds
/// k > 1 of the person's finest cells, k - 1 is taken off. Only those people cost anything per level.
struct PeopleByCell {
  CellSums finest;       ///< by the dense number of leaves if that fits, else by LeafKey
  CellSums corrections;  ///< by cube cell; negative
};

/// How finest cells are numbered in PeopleByCell::finest.
class FinestNumbering {
 public:
  explicit FinestNumbering(const std::vector<Dimension>& dimensions);
  [[nodiscard]] bool is_dense() const { return cell_count_ <= CellSums::dense_limit; }
  [[nodiscard]] std::uint64_t cell_count() const { return is_dense() ? cell_count_ : ~std::uint64_t{0}; }
  [[nodiscard]] std::uint64_t number_of(const std::uint32_t* leaves, std::uint64_t leaf_key) const {
    if (!is_dense()) return leaf_key;
    std::uint64_t number = 0;
    for (std::size_t v = 0; v < leaf_counts_.size(); ++v) number = number * leaf_counts_[v] + leaves[v];
    return number;
  }
  [[nodiscard]] const std::vector<std::uint32_t>& leaf_counts() const { return leaf_counts_; }

 private:
  std::vector<std::uint32_t> leaf_counts_;
  std::uint64_t cell_count_ = 1;
};

/// Takes one Partitions a thread and leaves them empty.
[[nodiscard]] PeopleByCell count_people(std::vector<Partitions<PersonInCell>>& seen, const std::vector<Dimension>& dimensions, const LeafKey& key,
                                        std::uint64_t cube_cells, unsigned threads);

}  // namespace candour::tabulate
