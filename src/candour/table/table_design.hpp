#pragma once
// What a table shows: for one question, some variables, each at some of its levels.

#include <candour/table/atoms.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace candour::table {

using CellIndex = std::uint64_t;

/// What the figures count. `amounts` are sums of a numeric column.
enum class Unit { records, people, amounts };

/// One variable of a table and the levels of its hierarchy that are shown. The total (level 0) is always among them.
struct ShownVariable {
  VariableIndex variable = 0;
  std::vector<int> levels;  ///< ascending, starts with 0
  bool operator==(const ShownVariable&) const = default;
};

/// The cells of a table: all combinations of the shown categories of its variables, margins included.
///
/// A design without variables has one cell: the question's total. Cells are numbered with the last variable running fastest;
/// the categories of a variable are the nodes whose level is shown (a leaf that ends above a shown level counts as shown there), depth-first.
struct TableDesign {
  std::string id;  ///< unique in a draft; also the stem of file names: "q2-month-age"
  QuestionIndex question = 0;
  std::vector<ShownVariable> by;
  Unit unit = Unit::records;
  bool operator==(const TableDesign&) const = default;
};

/// A design laid over its population: turns cell numbers into categories and into atoms.
class TableLayout {
 public:
  TableLayout(const AtomSpace& space, const TableDesign& design);

  [[nodiscard]] CellIndex cell_count() const { return cell_count_; }
  /// The categories of the i-th shown variable, in table order.
  [[nodiscard]] const std::vector<NodeIndex>& categories(std::size_t i) const { return categories_[i]; }
  [[nodiscard]] std::size_t variable_count() const { return categories_.size(); }
  /// The node of each shown variable for a cell.
  [[nodiscard]] std::vector<NodeIndex> nodes(CellIndex cell) const;
  [[nodiscard]] std::optional<CellIndex> find(std::span<const NodeIndex> nodes) const;
  /// The leaf range of *every* variable of the population for a cell (variables not shown: all leaves).
  [[nodiscard]] std::vector<LeafRange> box(CellIndex cell) const;
  /// The atoms that the cell adds up, ascending. Cost: their number.
  [[nodiscard]] std::vector<AtomIndex> atoms(CellIndex cell) const;
  /// Says whether no period of the cell is covered by the question: then there is nothing to count.
  [[nodiscard]] bool is_outside_coverage(CellIndex cell) const;

  [[nodiscard]] const AtomSpace& space() const { return *space_; }
  [[nodiscard]] const TableDesign& design() const { return *design_; }

 private:
  const AtomSpace* space_;
  const TableDesign* design_;
  std::vector<std::vector<NodeIndex>> categories_;
  CellIndex cell_count_ = 1;
};

/// The atoms of question q whose leaves lie in a box, ascending: the general form of TableLayout::atoms.
[[nodiscard]] std::vector<AtomIndex> atoms_in_box(const AtomSpace& space, QuestionIndex question, std::span<const LeafRange> box);

/// One sum inside a table: the parent is the sum of the parts, along one variable.
struct Equation {
  CellIndex total = 0;
  std::vector<CellIndex> parts;
};

/// All sums of a table: along each variable, each shown category that has shown descendants is the sum of the nearest shown ones.
/// Parts that lie outside the question's coverage are left out, and so are sums whose total does. Cost: linear in cells times variables.
[[nodiscard]] std::vector<Equation> equations_of(const TableLayout& layout);

}  // namespace candour::table
