#include "tiny_population.hpp"

#include <candour/base/check.hpp>

namespace candour::test_support {

table::Hierarchy flat_hierarchy(const std::string& name, unsigned leaf_count) {
  std::vector<table::CategoryRow> leaves;
  for (unsigned i = 0; i < leaf_count; ++i) leaves.push_back({std::string(1, static_cast<char>('a' + i)), "", ""});
  return table::Hierarchy::flat(name, leaves).value();
}

table::Hierarchy grouped_hierarchy(const std::string& name, const std::vector<unsigned>& leaves_of_group) {
  std::vector<table::CategoryRow> rows{{"total", "", "Total"}};
  for (std::size_t g = 0; g < leaves_of_group.size(); ++g) {
    const std::string group = "g" + std::to_string(g + 1);
    rows.push_back({group, "total", ""});
    for (unsigned i = 0; i < leaves_of_group[g]; ++i) rows.push_back({group + static_cast<char>('a' + i), group, ""});
  }
  return table::Hierarchy::build(name, {"total", "group", "leaf"}, rows).value();
}

std::shared_ptr<table::AtomSpace> space_over(std::vector<std::pair<table::Hierarchy, table::Role>> variables) {
  return nested_space_over(std::move(variables), 1);
}

std::shared_ptr<table::AtomSpace> nested_space_over(std::vector<std::pair<table::Hierarchy, table::Role>> variables, unsigned question_count) {
  auto space = std::make_shared<table::AtomSpace>();
  space->id = "tiny";
  space->label = "tiny population";
  for (auto& [hierarchy, role] : variables) {
    std::string name = hierarchy.name();
    space->variables.push_back({name, name, role, std::move(hierarchy)});
  }
  for (unsigned q = 0; q < question_count; ++q) {
    space->questions.push_back({std::to_string(q + 1), "counted " + std::to_string(q + 1), {}});
    space->memberships.push_back((1U << (q + 1)) - 1U);
  }
  return space;
}

truth::Population population_of(std::shared_ptr<const table::AtomSpace> space, std::vector<std::int64_t> counts) {
  CANDOUR_CHECK(counts.size() == space->count(), "a count for every atom");
  return {std::move(space), std::move(counts), truth::PeopleKnown::unknown, {}, 0};
}

table::TableDesign full_design(const table::AtomSpace& space, table::QuestionIndex question) {
  table::TableDesign design{"q" + space.questions[question].id, question, {}, table::Unit::records};
  for (table::VariableIndex v = 0; v < space.variables.size(); ++v) {
    std::vector<int> levels;
    for (int level = 0; level <= space.variables[v].hierarchy.depth(); ++level) levels.push_back(level);
    design.by.push_back({v, levels});
  }
  return design;
}

table::PublishedTable exact_table(const truth::Population& truth, const table::TableDesign& design) { return table_hiding(truth, design, {}); }

table::PublishedTable table_hiding(const truth::Population& truth, const table::TableDesign& design, const std::vector<table::CellIndex>& hidden) {
  table::PublishedTable table{"a table", design, table::ZeroConvention::hidden_at_least_one, 0, {}};
  const table::TableLayout layout(*truth.space, design);
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) table.cells.emplace_back(table::Value{truth::records_in(truth, layout.atoms(cell))});
  for (const table::CellIndex cell : hidden) table.cells[cell] = table::Suppressed{};
  return table;
}

}  // namespace candour::test_support
