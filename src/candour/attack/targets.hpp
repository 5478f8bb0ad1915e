#pragma once
// What an intruder would like to know: cells of the finest tables asked for, differences of nested questions, and what all members of a group share.

#include <candour/table/table_design.hpp>

#include <optional>
#include <string>
#include <vector>

namespace candour::attack {

enum class TargetKind { count, group };

struct Target {
  TargetKind kind = TargetKind::count;
  std::vector<table::AtomIndex> atoms;  ///< of the count; of a group: those outside the shared category
  std::vector<table::AtomIndex> group;  ///< of a group: all its atoms
  bool holds_whole_people = false;      ///< count: whoever is known to be in the data and in these categories is counted here
  std::uint32_t design = 0;
  table::CellIndex cell = 0;
  std::optional<table::QuestionIndex> inner;  ///< counted by the design's question and not by this one; or: all in this one
  std::optional<table::NodeIndex> category;   ///< of a group: the category shared, of variable `shared_variable`
  table::VariableIndex shared_variable = 0;
};

/// Lists the targets, cells first, in the order of designs and cells. Cells outside coverage have none.
/// Cost: cells of the designs times their atoms.
[[nodiscard]] std::vector<Target> targets_of(const table::AtomSpace& space, const std::vector<table::TableDesign>& asked);

/// Gives the target in words: "arrested: August, 18-24", "counted and not arrested: August", "arrested: August, all in 18-24".
[[nodiscard]] std::string words_of(const Target& target, const table::AtomSpace& space, const std::vector<table::TableDesign>& asked);

/// Gives a cell's categories in words: "August, 18-24", or "Total".
[[nodiscard]] std::string words_of_cell(const table::TableLayout& layout, table::CellIndex cell);

}  // namespace candour::attack
