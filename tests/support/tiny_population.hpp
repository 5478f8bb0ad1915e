#pragma once
// Small populations for tests: built in one line, small enough to reckon by hand.

#include <candour/table/draft.hpp>
#include <candour/truth/population.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace candour::test_support {

/// A flat hierarchy with leaves a, b, c, ... of the given number.
[[nodiscard]] table::Hierarchy flat_hierarchy(const std::string& name, unsigned leaf_count);
/// A two-level hierarchy: each group's number of leaves; groups g1, g2, ...; leaves g1a, g1b, ...
[[nodiscard]] table::Hierarchy grouped_hierarchy(const std::string& name, const std::vector<unsigned>& leaves_of_group);

/// A space with one question "1" over the given variables.
[[nodiscard]] std::shared_ptr<table::AtomSpace> space_over(std::vector<std::pair<table::Hierarchy, table::Role>> variables);
/// The same with nested questions "1" contains "2" contains "3" ...
[[nodiscard]] std::shared_ptr<table::AtomSpace> nested_space_over(std::vector<std::pair<table::Hierarchy, table::Role>> variables, unsigned question_count);

/// A truth where every record is a person of its own and people are unknown.
[[nodiscard]] truth::Population population_of(std::shared_ptr<const table::AtomSpace> space, std::vector<std::int64_t> counts);

/// The full cross of all variables at all levels for one question.
[[nodiscard]] table::TableDesign full_design(const table::AtomSpace& space, table::QuestionIndex question = 0);
/// A table that publishes every cell of a design exactly as the truth has it.
[[nodiscard]] table::PublishedTable exact_table(const truth::Population& truth, const table::TableDesign& design);
/// The same with some cells suppressed.
[[nodiscard]] table::PublishedTable table_hiding(const truth::Population& truth, const table::TableDesign& design, const std::vector<table::CellIndex>& hidden);

}  // namespace candour::test_support
