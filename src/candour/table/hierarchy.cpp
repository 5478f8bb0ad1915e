#include <candour/table/hierarchy.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace candour::table {
namespace {

base::Error wrong(std::string_view code, const std::string& name, std::string sentence, std::string hint = {}) {
  return {base::Cause::wrong_input, fmt::format("hierarchy.{}", code), {name}, std::move(sentence), std::move(hint)};
}

}  // namespace

base::Result<Hierarchy> Hierarchy::build(std::string name, std::vector<std::string> level_names, const std::vector<CategoryRow>& rows) {
  std::map<std::string, std::size_t, std::less<>> row_of;
  std::optional<std::size_t> root;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!row_of.emplace(rows[i].code, i).second) return base::fail(wrong("duplicate_code", name, fmt::format("the code '{}' stands twice", rows[i].code)));
    if (!rows[i].parent.empty()) continue;
    if (root)
      return base::fail(wrong("two_roots", name, fmt::format("'{}' and '{}' both have no parent", rows[*root].code, rows[i].code),
                              "one total, whose parent is empty, stands above all others"));
    root = i;
  }
  if (!root) return base::fail(wrong("no_root", name, "no category has an empty parent", "add a line for the total whose parent is empty, such as Total,"));
  std::vector<std::vector<std::size_t>> below(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == *root) continue;
    const auto parent = row_of.find(rows[i].parent);
    if (parent == row_of.end())
      return base::fail(wrong("unknown_parent", name, fmt::format("'{}' names the parent '{}', which is not a code", rows[i].code, rows[i].parent),
                              "add a line for it, or give the total's code as the parent"));
    below[parent->second].push_back(i);
  }
  Hierarchy h;
  h.name_ = std::move(name);
  const std::function<NodeIndex(std::size_t, NodeIndex, int)> add = [&](std::size_t row, NodeIndex parent, int level) {
    const auto node = static_cast<NodeIndex>(h.nodes_.size());
    const LeafIndex first = h.leaf_count();
    h.nodes_.push_back({rows[row].code, rows[row].label.empty() ? rows[row].code : rows[row].label, parent, level, {}, {}});
    h.by_code_.emplace(rows[row].code, node);
    h.depth_ = std::max(h.depth_, level);
    if (below[row].empty()) h.leaf_nodes_.push_back(node);
    for (const std::size_t child : below[row]) {
      const NodeIndex added = add(child, node, level + 1);
      h.nodes_[node].children.push_back(added);
    }
    h.nodes_[node].leaves = {first, h.leaf_count()};
    return node;
  };
  add(*root, 0, 0);
  if (h.nodes_.size() != rows.size()) return base::fail(wrong("circle", h.name_, "some categories are their own ancestors and hang below no total"));
  for (auto level = static_cast<int>(level_names.size()); level <= h.depth_; ++level)
    level_names.push_back(level == 0 ? "total" : fmt::format("level {}", level));
  h.level_names_ = std::move(level_names);
  return h;
}

base::Result<Hierarchy> Hierarchy::flat(std::string name, const std::vector<CategoryRow>& leaves, std::string total_code, std::string total_label) {
  std::vector<CategoryRow> rows{{total_code, "", std::move(total_label)}};
  for (const CategoryRow& leaf : leaves) rows.push_back({leaf.code, total_code, leaf.label});
  const std::string level = name;
  return build(std::move(name), {"total", level}, rows);
}

std::optional<NodeIndex> Hierarchy::find(std::string_view code) const {
  const auto found = by_code_.find(code);
  if (found == by_code_.end()) return std::nullopt;
  return found->second;
}

std::optional<int> Hierarchy::find_level(std::string_view name) const {
  for (int level = 0; level <= depth_; ++level)
    if (level_name(level) == name) return level;
  return std::nullopt;
}

std::vector<NodeIndex> Hierarchy::nodes_at(int level) const {
  std::vector<NodeIndex> nodes;
  for (NodeIndex node = 0; node < size(); ++node)
    if (nodes_[node].level == level || (nodes_[node].level < level && is_leaf(node))) nodes.push_back(node);
  return nodes;
}

NodeIndex Hierarchy::ancestor_at(LeafIndex leaf, int level) const {
  NodeIndex node = leaf_nodes_[leaf];
  while (nodes_[node].level > level) node = nodes_[node].parent;
  return node;
}

}  // namespace candour::table
