#include <candour/table/joined_categories.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>
#include <candour/table/code_pieces.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

namespace candour::table {
namespace {

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();
// Names for the levels and for what is joined in them, the finest first; further levels are not made.
constexpr std::string_view wider[] = {"wider", "broad", "broadest"};
constexpr std::string_view stretches[] = {"short stretch", "stretch", "long stretch"};
constexpr std::string_view others[] = {"rare", "smaller", "all other"};

/// A category of one level: leaves of the given tree that stand together.
struct Category {
  std::vector<LeafIndex> leaves;   ///< in the order in which they will stand
  std::vector<std::size_t> parts;  ///< places in the level below; empty for a leaf
  std::int64_t count = 0;
  std::optional<CodeRange> range;  ///< of ordered categories; nothing: stays apart
  bool is_rest = false;            ///< of categories in no order: the joined ones
};

/// A bound on leaves of the given tree, which will be neighbours in the new one.
struct Bound {
  std::vector<LeafIndex> leaves;
  std::int64_t lowest;
  std::int64_t highest;
};

enum class Order { days, numbers, none };

std::optional<CodeRange> range_of(Order order, std::string_view code) {
  if (order == Order::days) return day_range(code);
  if (order == Order::numbers) return number_range(code);
  return std::nullopt;
}

// Days or numbers if all leaves but one at most read so, each after the one before.
Order order_of(const Hierarchy& given) {
  for (const Order order : {Order::days, Order::numbers}) {
    LeafIndex apart = 0;
    std::optional<CodeRange> before;
    bool in_order = true;
    for (LeafIndex leaf = 0; leaf < given.leaf_count(); ++leaf) {
      const auto range = range_of(order, given.code(given.node_of_leaf(leaf)));
      if (!range) {
        ++apart;
        continue;
      }
      in_order = in_order && (!before || before->last + 1 == range->first);
      before = range;
    }
    if (in_order && before && apart <= 1 && given.leaf_count() - apart >= 2) return order;
  }
  return Order::none;
}

class Joiner {
 public:
  Joiner(const Hierarchy& given, std::span<const std::int64_t> counts, const std::string& label) : given_(given), label_(label), order_(order_of(given)) {
    std::vector<Category> leaves;
    for (LeafIndex leaf = 0; leaf < given.leaf_count(); ++leaf)
      leaves.push_back({{leaf}, {}, counts[leaf], range_of(order_, given.code(given.node_of_leaf(leaf))), false});
    levels_.push_back(std::move(leaves));
  }

  [[nodiscard]] std::size_t made() const { return levels_.size() - 1; }

  /// Adds a level, unless it would be the one below again or leave less than two categories.
  void add_level(std::int64_t threshold) {
    if (made() == std::size(wider)) return;
    std::vector<Bound> bounds;
    std::vector<Category> level = order_ == Order::none ? with_rest(threshold, bounds) : runs(threshold, bounds);
    if (level.size() < 2) return;
    bounds_.insert(bounds_.end(), bounds.begin(), bounds.end());  // that nothing was joined says something too
    if (level.size() < levels_.back().size()) levels_.push_back(std::move(level));
  }

  [[nodiscard]] JoinedCategories finish() const {
    std::vector<CategoryRow> rows{{given_.code(0), "", given_.label(0)}};
    std::set<std::string> used{given_.code(0)};
    for (LeafIndex leaf = 0; leaf < given_.leaf_count(); ++leaf) used.insert(given_.code(given_.node_of_leaf(leaf)));
    for (const Category& category : levels_.back()) emit(category, made(), given_.code(0), rows, used);
    std::vector<std::string> names{given_.level_name(0)};
    for (std::size_t level = made(); level > 0; --level) names.push_back(name_of_level(level - 1));
    names.push_back(given_.level_name(given_.depth()));
    JoinedCategories joined{Hierarchy::build(given_.name(), std::move(names), rows).value(), {}, {}, order_ != Order::none, sentence()};
    std::vector<LeafIndex> new_leaf(given_.leaf_count());
    for (LeafIndex leaf = 0; leaf < joined.hierarchy.leaf_count(); ++leaf) {
      const NodeIndex node = *given_.find(joined.hierarchy.code(joined.hierarchy.node_of_leaf(leaf)));
      joined.old_leaf.push_back(given_.leaves(node).first);
      new_leaf[joined.old_leaf.back()] = leaf;
    }
    for (const Bound& bound : bounds_) {
      LeafRange range{std::numeric_limits<LeafIndex>::max(), 0};
      for (const LeafIndex leaf : bound.leaves) range = {std::min(range.first, new_leaf[leaf]), std::max(range.end, new_leaf[leaf] + 1)};
      CANDOUR_CHECK(range.size() == bound.leaves.size(), "leaves that are bounded together are neighbours");
      joined.bounds.push_back({range, bound.lowest, bound.highest});
    }
    return joined;
  }

 private:
  static Category together(const std::vector<Category>& below, std::vector<std::size_t> parts) {
    Category category;
    for (const std::size_t part : parts) {
      const Category& one = below[part];
      category.leaves.insert(category.leaves.end(), one.leaves.begin(), one.leaves.end());
      category.count += one.count;
      if (one.range) category.range = category.range ? CodeRange{category.range->first, one.range->last} : *one.range;
    }
    category.parts = std::move(parts);
    return category;
  }

  static std::vector<LeafIndex> leaves_of(const std::vector<Category>& below, std::span<const std::size_t> parts) {
    std::vector<LeafIndex> leaves;
    for (const std::size_t part : parts) leaves.insert(leaves.end(), below[part].leaves.begin(), below[part].leaves.end());
    return leaves;
  }

  // Neighbours from the first on. Before the last part a run was below the threshold, with it no more; what is left over is below it.
  [[nodiscard]] std::vector<Category> runs(std::int64_t threshold, std::vector<Bound>& bounds) const {
    const std::vector<Category>& below = levels_.back();
    std::vector<std::vector<std::size_t>> runs{{}};
    std::vector<std::size_t> apart;
    std::int64_t so_far = 0;
    for (std::size_t i = 0; i < below.size(); ++i) {
      if (!below[i].range) {
        apart.push_back(i);
        continue;
      }
      if (so_far >= threshold) {
        runs.emplace_back();
        so_far = 0;
      }
      if (!runs.back().empty()) pending_bound(runs.back(), threshold, bounds);
      runs.back().push_back(i);
      so_far += below[i].count;
    }
    for (std::size_t r = 0; r < runs.size(); ++r)
      if (r + 1 < runs.size() || so_far >= threshold) bounds.push_back({leaves_of(below, runs[r]), threshold, unlimited});
      else bounds.push_back({leaves_of(below, runs[r]), 0, threshold - 1});
    if (runs.size() > 1 && so_far < threshold) {
      runs[runs.size() - 2].insert(runs[runs.size() - 2].end(), runs.back().begin(), runs.back().end());
      runs.pop_back();
    }
    std::vector<Category> level;
    for (std::vector<std::size_t>& run : runs) level.push_back(together(below, std::move(run)));
    for (const std::size_t i : apart) level.push_back(together(below, {i}));
    return level;
  }

  // A run that goes on is below the threshold so far. Of one run only the longest such part is kept: the shorter ones follow.
  void pending_bound(const std::vector<std::size_t>& run, std::int64_t threshold, std::vector<Bound>& bounds) const {
    std::vector<LeafIndex> leaves = leaves_of(levels_.back(), run);
    if (!bounds.empty() && bounds.back().highest == threshold - 1 && bounds.back().leaves.front() == leaves.front()) bounds.pop_back();
    bounds.push_back({std::move(leaves), 0, threshold - 1});
  }

  // All below the threshold together, after what was together before; the smallest other one last, where they need it.
  [[nodiscard]] std::vector<Category> with_rest(std::int64_t threshold, std::vector<Bound>& bounds) const {
    const std::vector<Category>& below = levels_.back();
    std::vector<std::size_t> rest, kept;
    for (std::size_t i = 0; i < below.size(); ++i)
      if (below[i].is_rest) rest.push_back(i);
    for (std::size_t i = 0; i < below.size(); ++i) {
      if (below[i].is_rest) continue;
      const bool is_small = below[i].count < threshold;
      (is_small ? rest : kept).push_back(i);
      bounds.push_back({below[i].leaves, is_small ? 0 : threshold, is_small ? threshold - 1 : unlimited});
    }
    std::int64_t of_rest = 0;
    for (const std::size_t i : rest) of_rest += below[i].count;
    if (!rest.empty() && !kept.empty() && of_rest < threshold) {
      bounds.push_back({leaves_of(below, rest), 0, threshold - 1});
      const auto smallest = std::min_element(kept.begin(), kept.end(), [&](std::size_t a, std::size_t b) { return below[a].count < below[b].count; });
      const std::size_t partner = *smallest;
      kept.erase(smallest);
      std::int64_t next = unlimited;
      for (const std::size_t i : kept) next = std::min(next, below[i].count - (i < partner ? 1 : 0));  // of equal ones the first is taken
      bounds.push_back({below[partner].leaves, threshold, next});
      rest.push_back(partner);
    }
    std::vector<Category> level;
    for (const std::size_t i : kept) level.push_back(together(below, {i}));
    if (!rest.empty()) {
      level.push_back(together(below, std::move(rest)));
      level.back().is_rest = true;
    }
    return level;
  }

  void emit(const Category& category, std::size_t level, const std::string& parent, std::vector<CategoryRow>& rows, std::set<std::string>& used) const {
    if (category.leaves.size() == 1) {
      const NodeIndex leaf = given_.node_of_leaf(category.leaves.front());
      rows.push_back({given_.code(leaf), parent, given_.label(leaf)});
      return;
    }
    std::string code = code_of(category, level);
    while (!used.insert(code).second) code += fmt::format(" ({})", level);
    rows.push_back({code, parent, label_of(category, level)});
    for (const std::size_t part : category.parts) emit(levels_[level - 1][part], level - 1, code, rows, used);
  }

  [[nodiscard]] const std::string& leaf_code(LeafIndex leaf) const { return given_.code(given_.node_of_leaf(leaf)); }
  [[nodiscard]] const std::string& leaf_label(LeafIndex leaf) const { return given_.label(given_.node_of_leaf(leaf)); }

  [[nodiscard]] std::string code_of(const Category& category, std::size_t level) const {
    if (order_ == Order::days) return fmt::format("{}..{}", leaf_code(category.leaves.front()), leaf_code(category.leaves.back()));
    if (order_ == Order::none) {
      std::string code(others[level - 1]);
      std::replace(code.begin(), code.end(), ' ', '-');
      return code;
    }
    if (category.range->last >= no_last_number) return fmt::format("{}+", category.range->first);
    return category.range->first == 0 ? fmt::format("under-{}", category.range->last + 1) : fmt::format("{}-{}", category.range->first, category.range->last);
  }

  [[nodiscard]] std::string label_of(const Category& category, std::size_t level) const {
    if (order_ == Order::days) return stretch_label(leaf_label(category.leaves.front()), leaf_label(category.leaves.back()));
    if (order_ == Order::none) return level == 3 ? "All others" : level == 2 ? "Smaller ones together" : "Rare ones together";
    if (category.range->last >= no_last_number) return fmt::format("{} and over", category.range->first);
    return category.range->first == 0 ? fmt::format("Under {}", category.range->last + 1)
                                      : fmt::format("{} to {}", category.range->first, category.range->last);
  }

  // "March 2016" and "June 2016": the year is said once.
  static std::string stretch_label(const std::string& first, const std::string& last) {
    const std::size_t a = first.rfind(' '), b = last.rfind(' ');
    if (a != std::string::npos && b != std::string::npos && first.substr(a) == last.substr(b)) return fmt::format("{} to {}", first.substr(0, a), last);
    return fmt::format("{} to {}", first, last);
  }

  [[nodiscard]] std::string small_label() const {
    std::string label = label_;
    if (label.size() > 1 && label[0] >= 'A' && label[0] <= 'Z' && !(label[1] >= 'A' && label[1] <= 'Z')) label[0] = static_cast<char>(label[0] - 'A' + 'a');
    return label;
  }
  [[nodiscard]] std::string name_of_level(std::size_t made) const {
    if (order_ == Order::days) return fmt::format("{} of several {}s", stretches[made], small_label());
    if (order_ == Order::numbers) return fmt::format("{} {}", wider[made], small_label());
    return fmt::format("{} with {} ones together", small_label(), others[made]);
  }

  [[nodiscard]] std::string sentence() const {
    if (order_ != Order::none) return fmt::format("Some tables join neighbouring categories of {}, so that none of them stands for very few.", small_label());
    std::vector<std::string> rare;
    for (const Category& category : levels_[1])
      if (category.is_rest)
        for (const LeafIndex leaf : category.leaves) rare.push_back(leaf_label(leaf));
    return fmt::format("Some tables join small categories of {}; the rare ones together are {}.", small_label(), base::joined(rare, ", "));
  }

  const Hierarchy& given_;
  const std::string& label_;
  Order order_;
  std::vector<std::vector<Category>> levels_;  ///< leaves first
  std::vector<Bound> bounds_;
};

}  // namespace

std::optional<JoinedCategories> join_categories(const Hierarchy& given, std::span<const std::int64_t> counts, std::span<const std::int64_t> thresholds,
                                                const std::string& label) {
  CANDOUR_CHECK(counts.size() == given.leaf_count(), "there is a count for each leaf");
  CANDOUR_CHECK(std::is_sorted(thresholds.begin(), thresholds.end()), "thresholds rise");
  Joiner joiner(given, counts, label);
  for (const std::int64_t threshold : thresholds) joiner.add_level(threshold);
  if (joiner.made() == 0) return std::nullopt;
  return joiner.finish();
}

}  // namespace candour::table
