#pragma once
// A tree of categories made for one answer: small categories joined until they are large enough to be shown, in ways that a reader can name.

#include <candour/table/hierarchy.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace candour::table {

/// What the choice of the joined categories says of the counts: lowest <= the count of some neighbouring leaves (of the new tree) <= highest.
struct BoundOfLeaves {
  LeafRange leaves;
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};

/// The tree, and everything that a reader who knows the rule could conclude from it. Whoever gives figures in these categories publishes the bounds with them.
struct JoinedCategories {
  Hierarchy hierarchy;                ///< the same leaves, perhaps in another order; total > joined levels, coarsest first > leaves
  std::vector<LeafIndex> old_leaf;    ///< by new leaf: its place in the given tree
  std::vector<BoundOfLeaves> bounds;  ///< in terms of the new leaves
  bool is_ordered = false;            ///< neighbours were joined; else the rare ones, wherever they stood
  std::string sentence;               ///< what was done, for readers; says which categories were joined and no count
};

/// Joins the leaves of a tree at rising thresholds, each level made of the one before. Levels between total and leaves are left out.
///
/// Where the codes read as days or as whole numbers in order, neighbours are joined from the first on until a category comes to the threshold; what is left
/// over joins the last one; a leaf whose code does not read so ("unknown") stays apart. Else all leaves below the threshold are joined, and the smallest other
/// one with them where they do not come to it together. Both rules look at counts only through comparisons with the threshold and with the smallest category
/// left, so all that the choice says is a list of bounds.
///
/// Takes: counts by leaf; thresholds, ascending, each at least 1 and large against what must not be learnt (docs/methods/joined-categories.md).
/// Gives: nothing where no level would join anything and leave two categories. Cost: leaves times levels.
[[nodiscard]] std::optional<JoinedCategories> join_categories(const Hierarchy& given, std::span<const std::int64_t> counts,
                                                              std::span<const std::int64_t> thresholds, const std::string& label);

}  // namespace candour::table
