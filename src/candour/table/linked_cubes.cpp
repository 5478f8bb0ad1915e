#include <candour/table/linked_cubes.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace candour::table {
namespace {

using base::Done;
using base::Result;

constexpr std::uint64_t most_finest = 4'000'000;

base::Error wrong(std::string code, std::string sentence, std::string hint) {
  return {base::Cause::wrong_input, std::move(code), {}, std::move(sentence), std::move(hint)};
}

// The categories of one column over all hierarchies that add it up; 0 is the total.
struct Column {
  std::map<std::vector<std::string>, std::uint64_t> id_of_leaves;
  std::vector<std::uint64_t> leaf_ids;
  std::uint64_t stride = 1;
};

std::vector<std::string> leaves_below(const Hierarchy& hierarchy, NodeIndex node) {
  std::vector<std::string> leaves;
  const LeafRange range = hierarchy.leaves(node);
  for (LeafIndex leaf = range.first; leaf < range.end; ++leaf) leaves.push_back(hierarchy.code(hierarchy.node_of_leaf(leaf)));
  std::sort(leaves.begin(), leaves.end());
  return leaves;
}

class Linker {
 public:
  explicit Linker(const std::vector<LinkedDesign>& designs) : designs_(designs) {}

  Result<LinkedCubes> run() {
    CANDOUR_TRY_DONE(find_columns());
    for (const LinkedDesign& design : designs_) CANDOUR_TRY_DONE(add_cube(design));
    linked_.published_count = published_ = static_cast<SystemCell>(place_.size());
    for (std::size_t d = 0; d < designs_.size(); ++d) add_equations(linked_.cubes[d], linked_.cell_of[d]);
    const bool one_crosses_all =
        std::any_of(designs_.begin(), designs_.end(), [&](const LinkedDesign& design) { return design.columns.size() == columns_.size(); });
    if (!one_crosses_all) CANDOUR_TRY_DONE(add_finest());
    linked_.system =
        AdditiveSystem::of_equations(static_cast<std::uint32_t>(place_.size()), std::move(start_), std::move(terms_), std::vector<std::int64_t>(equations_, 0));
    return std::move(linked_);
  }

  // After run(): the unpublished cells by the finest categories of all columns.
  Result<std::vector<std::pair<SystemCell, SystemCell>>> finest_in(const std::vector<std::string>& names, const std::vector<Hierarchy>& hierarchies) {
    std::vector<SystemAxis> axes;
    std::vector<std::vector<std::uint64_t>> step;
    for (std::size_t k = 0; k < names.size(); ++k) {
      const Column& column = columns_.at(names[k]);
      std::vector<std::uint32_t> parents(hierarchies[k].size(), 0);
      auto& own = step.emplace_back();
      for (NodeIndex node = 0; node < hierarchies[k].size(); ++node) {
        if (node != 0) parents[node] = hierarchies[k].parent(node);
        own.push_back(column.id_of_leaves.at(leaves_below(hierarchies[k], node)) * column.stride);
      }
      axes.push_back(axis_of_parents(std::move(parents)));
    }
    CANDOUR_TRY(cube, AdditiveSystem::of_cube(std::move(axes)));
    std::vector<std::pair<SystemCell, SystemCell>> found;
    for (SystemCell c = 0; c < cube.cell_count(); ++c) {
      std::uint64_t key = 0;
      for (std::size_t k = 0; k < step.size(); ++k) key += step[k][cube.product()->node(c, k)];
      const auto at = place_.find(key);
      if (at != place_.end() && at->second >= published_) found.emplace_back(at->second, c);
    }
    return found;
  }

 private:
  Result<Done> find_columns() {
    for (const LinkedDesign& design : designs_)
      for (std::size_t k = 0; k < design.columns.size(); ++k) {
        const Hierarchy& hierarchy = design.hierarchies[k];
        const auto [at, is_new] = columns_.try_emplace(design.columns[k]);
        Column& column = at->second;
        const std::vector<std::string> all = leaves_below(hierarchy, 0);
        if (is_new) column.id_of_leaves.emplace(all, 0);
        else if (!column.id_of_leaves.contains(all))
          return base::fail(wrong("linked.different_leaves", fmt::format("two hierarchies of '{}' have different finest categories", design.columns[k]),
                                  "linked tables add up the same finest categories in different ways"));
        for (NodeIndex node = 1; node < hierarchy.size(); ++node) {
          const std::uint64_t next = column.id_of_leaves.size();
          column.id_of_leaves.emplace(leaves_below(hierarchy, node), next);
        }
        if (!is_new) continue;
        for (LeafIndex leaf = 0; leaf < hierarchy.leaf_count(); ++leaf)
          column.leaf_ids.push_back(column.id_of_leaves.at({hierarchy.code(hierarchy.node_of_leaf(leaf))}));
      }
    std::uint64_t stride = 1;
    for (auto& [name, column] : columns_) {
      column.stride = stride;
      if (__builtin_mul_overflow(stride, column.id_of_leaves.size(), &stride))
        return base::fail(wrong("linked.too_large", "the columns together have too many combinations", "link fewer columns"));
    }
    return Done{};
  }

  SystemCell cell_at(std::uint64_t key) { return place_.try_emplace(key, static_cast<SystemCell>(place_.size())).first->second; }

  Result<Done> add_cube(const LinkedDesign& design) {
    std::vector<SystemAxis> axes;
    std::vector<std::vector<std::uint64_t>> step;
    for (std::size_t k = 0; k < design.columns.size(); ++k) {
      const Hierarchy& hierarchy = design.hierarchies[k];
      const Column& column = columns_.at(design.columns[k]);
      std::vector<std::uint32_t> parents(hierarchy.size(), 0);
      auto& own = step.emplace_back();
      for (NodeIndex node = 0; node < hierarchy.size(); ++node) {
        if (node != 0) parents[node] = hierarchy.parent(node);
        own.push_back(column.id_of_leaves.at(leaves_below(hierarchy, node)) * column.stride);
      }
      axes.push_back(axis_of_parents(std::move(parents)));
    }
    CANDOUR_TRY(cube, AdditiveSystem::of_cube(std::move(axes)));
    auto& cells = linked_.cell_of.emplace_back();
    for (SystemCell c = 0; c < cube.cell_count(); ++c) {
      std::uint64_t key = 0;
      for (std::size_t k = 0; k < step.size(); ++k) key += step[k][cube.product()->node(c, k)];
      cells.push_back(cell_at(key));
    }
    linked_.cubes.push_back(std::move(cube));
    return Done{};
  }

  // A sum that another design has too is the same sum; a parent with a single child is that child.
  void add_equation(std::vector<std::pair<SystemCell, std::int32_t>> terms) {
    std::sort(terms.begin(), terms.end());
    std::vector<std::pair<SystemCell, std::int32_t>> kept;
    for (const auto& term : terms)
      if (!kept.empty() && kept.back().first == term.first) kept.back().second += term.second;
      else kept.push_back(term);
    std::erase_if(kept, [](const auto& term) { return term.second == 0; });
    if (kept.empty() || !known_.insert(kept).second) return;
    for (const auto& [cell, coefficient] : kept) terms_.push_back({cell, coefficient});
    start_.push_back(terms_.size());
    ++equations_;
  }

  void add_equations(const AdditiveSystem& cube, const std::vector<SystemCell>& cells) {
    for (SystemEquation e = 0; e < cube.equation_count(); ++e) {
      std::vector<std::pair<SystemCell, std::int32_t>> terms;
      for (const SystemTerm& term : cube.terms(e)) terms.emplace_back(cells[term.cell], term.coefficient);
      add_equation(std::move(terms));
    }
  }

  // Calls visit(key) for each combination of finest categories of the columns named.
  template <class Visit>
  static void for_each_finest(const std::vector<const Column*>& columns, std::size_t at, std::uint64_t key, const Visit& visit) {
    if (at == columns.size()) {
      visit(key);
      return;
    }
    for (const std::uint64_t leaf : columns[at]->leaf_ids) for_each_finest(columns, at + 1, key + leaf * columns[at]->stride, visit);
  }

  Result<Done> add_finest() {
    std::uint64_t count = 1;
    for (const auto& [name, column] : columns_) {
      count *= column.leaf_ids.size();
      if (count > most_finest)
        return base::fail(wrong("linked.too_large", fmt::format("the columns together have more than {} finest combinations", most_finest),
                                "link fewer columns, or coarser ones"));
    }
    for (const LinkedDesign& design : designs_) {
      std::vector<const Column*> own, others;
      for (const auto& [name, column] : columns_)
        (std::find(design.columns.begin(), design.columns.end(), name) != design.columns.end() ? own : others).push_back(&column);
      for_each_finest(own, 0, 0, [&](std::uint64_t key) {
        std::vector<std::pair<SystemCell, std::int32_t>> terms{{cell_at(key), -1}};
        for_each_finest(others, 0, key, [&](std::uint64_t finest) { terms.emplace_back(cell_at(finest), 1); });
        add_equation(std::move(terms));
      });
    }
    return Done{};
  }

  const std::vector<LinkedDesign>& designs_;
  LinkedCubes linked_;
  std::map<std::string, Column> columns_;
  std::unordered_map<std::uint64_t, SystemCell> place_;
  std::set<std::vector<std::pair<SystemCell, std::int32_t>>> known_;
  std::vector<std::uint64_t> start_{0};
  std::vector<SystemTerm> terms_;
  std::size_t equations_ = 0;
  SystemCell published_ = 0;
};

}  // namespace

Result<LinkedCubes> link(const std::vector<LinkedDesign>& designs) { return Linker(designs).run(); }

Result<std::vector<std::pair<SystemCell, SystemCell>>> finest_cells(const std::vector<LinkedDesign>& designs, const std::vector<std::string>& names,
                                                                    const std::vector<Hierarchy>& hierarchies) {
  Linker linker(designs);
  CANDOUR_TRY(linked, linker.run());
  static_cast<void>(linked);
  return linker.finest_in(names, hierarchies);
}

}  // namespace candour::table
