#pragma once
// The checker of tables whose counts were rounded or changed by noise: re-adds every witness. No solver, and nothing shared with the methods or the attack.

#include <candour/table/change.hpp>
#include <candour/table/system_move.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace candour::certify {

/// What is handed in: for each small count one move, which together with the true counts is another table that gives the same figures.
struct ChangedEvidence {
  struct Witness {
    table::SystemCell cell = 0;  ///< holds from 1 to the minimum less 1
    std::uint32_t move = 0;
  };
  std::vector<table::SystemMove> moves;
  std::vector<Witness> witnesses;
};

enum class ChangedFaultKind {
  not_additive,          ///< the true counts do not add up: the evidence proves nothing
  figures_do_not_add,    ///< totals that are said to be sums of the finest figures are not
  not_the_figure,        ///< a published figure cannot come of its true count
  breaks_sum,            ///< a move does not keep a sum, or names a cell twice or none
  gives_another_figure,  ///< a move leads to a count of which the published figure cannot come
  still_small,           ///< in its witness the count is still from 1 to the minimum less 1
  not_protected,         ///< a small count has no witness
};
[[nodiscard]] std::string word_of(ChangedFaultKind kind);

struct ChangedFault {
  ChangedFaultKind kind;
  std::uint64_t where = 0;  ///< cell or move, by kind
};
struct ChangedCheck {
  std::vector<ChangedFault> faults;  ///< empty: of every small count the figures leave open that it is 0, or the minimum or more
  std::uint64_t secrets = 0;
  std::uint64_t changes = 0;  ///< cells re-added
};

/// Whether a count can have become a figure: the method forwards, where the attack goes backwards from the figure. Counts below 0 become nothing.
[[nodiscard]] bool can_become(const table::Change& change, std::int64_t count, std::int64_t figure, table::Place place);

/// Checks everything again from the true counts of a cube and its published figures. Of unbounded noise only the sums are checked: no count is excluded by any
/// figure, so that nothing needs a witness. Cost: linear in the cube and in the changes of all moves times the sums of a cell.
[[nodiscard]] ChangedCheck check_changed(const table::AdditiveSystem& cube, const std::vector<std::int64_t>& counts, const std::vector<std::int64_t>& figures,
                                         const table::Change& change, std::int64_t minimum, const ChangedEvidence& evidence);

}  // namespace candour::certify
