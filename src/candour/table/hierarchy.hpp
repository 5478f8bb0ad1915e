#pragma once
// A hierarchy: a tree of categories in which every parent is the sum of its children.

#include <candour/base/result.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace candour::table {

/// A category's place in its hierarchy, counted in depth-first order: 0 is the total, a parent comes before its children.
using NodeIndex = std::uint32_t;
/// A leaf's place among the leaves, in the same order: the leaves below any node are neighbours.
using LeafIndex = std::uint32_t;

/// One line of a hierarchy: `parent` is empty for the root.
struct CategoryRow {
  std::string code;
  std::string parent;
  std::string label;
};

/// A half-open range of leaves.
struct LeafRange {
  LeafIndex first = 0;
  LeafIndex end = 0;
  [[nodiscard]] LeafIndex size() const { return end - first; }
  [[nodiscard]] bool contains(LeafRange other) const { return first <= other.first && other.end <= end; }
  auto operator<=>(const LeafRange&) const = default;
};

/// Categories with codes, labels and named levels. Immutable.
///
/// A level is a depth: level 0 is the total; a leaf that ends above a level is shown at that level too.
class Hierarchy {
 public:
  /// Takes rows in any order, one root with an empty parent, and names for the depths (names[0] is the total's; missing names become "level 2" ...).
  /// Siblings keep the order of the rows. Errors wrong_input: hierarchy.no_root, .two_roots, .unknown_parent, .duplicate_code, .circle.
  [[nodiscard]] static base::Result<Hierarchy> build(std::string name, std::vector<std::string> level_names, const std::vector<CategoryRow>& rows);
  /// A flat hierarchy: a total and one leaf a code.
  [[nodiscard]] static base::Result<Hierarchy> flat(std::string name, const std::vector<CategoryRow>& leaves, std::string total_code = "total",
                                                    std::string total_label = "Total");

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] NodeIndex size() const { return static_cast<NodeIndex>(nodes_.size()); }
  [[nodiscard]] LeafIndex leaf_count() const { return static_cast<LeafIndex>(leaf_nodes_.size()); }
  [[nodiscard]] int depth() const { return depth_; }  ///< the deepest level's number

  [[nodiscard]] const std::string& code(NodeIndex node) const { return nodes_[node].code; }
  [[nodiscard]] const std::string& label(NodeIndex node) const { return nodes_[node].label; }
  [[nodiscard]] int level(NodeIndex node) const { return nodes_[node].level; }
  [[nodiscard]] NodeIndex parent(NodeIndex node) const { return nodes_[node].parent; }  ///< of the root: the root itself
  [[nodiscard]] const std::vector<NodeIndex>& children(NodeIndex node) const { return nodes_[node].children; }
  [[nodiscard]] bool is_leaf(NodeIndex node) const { return nodes_[node].children.empty(); }
  [[nodiscard]] LeafRange leaves(NodeIndex node) const { return nodes_[node].leaves; }
  [[nodiscard]] NodeIndex node_of_leaf(LeafIndex leaf) const { return leaf_nodes_[leaf]; }
  [[nodiscard]] std::optional<NodeIndex> find(std::string_view code) const;

  [[nodiscard]] const std::string& level_name(int level) const { return level_names_[static_cast<std::size_t>(level)]; }
  [[nodiscard]] std::optional<int> find_level(std::string_view name) const;
  /// The nodes that make up one level: each leaf lies below exactly one of them. In depth-first order.
  [[nodiscard]] std::vector<NodeIndex> nodes_at(int level) const;
  /// The node of `nodes_at(level)` above a leaf.
  [[nodiscard]] NodeIndex ancestor_at(LeafIndex leaf, int level) const;

 private:
  struct Node {
    std::string code;
    std::string label;
    NodeIndex parent = 0;
    int level = 0;
    std::vector<NodeIndex> children;
    LeafRange leaves;
  };
  std::string name_;
  std::vector<std::string> level_names_;
  std::vector<Node> nodes_;
  std::vector<NodeIndex> leaf_nodes_;
  std::map<std::string, NodeIndex, std::less<>> by_code_;
  int depth_ = 0;
};

}  // namespace candour::table
