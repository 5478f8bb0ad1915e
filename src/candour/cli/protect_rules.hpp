#pragma once
// Inside `protect`: the rules that its options ask for, applied to a table.

#include <candour/cli/protect_order.hpp>
#include <candour/tabulate/coded_table.hpp>

#include <cstddef>

namespace candour::cli {

/// How many of the largest contributions the rules look at.
[[nodiscard]] base::Result<std::size_t> contributions_needed(const ProtectOrder& order);

/// Secrets by the rules of the command line. Errors wrong_input "protect.rule", and those of the rules.
[[nodiscard]] base::Result<truth::SystemTruth> truth_by_rules(const ProtectOrder& order, const table::AdditiveSystem& cube, const assess::CellFacts& facts,
                                                              ProtectTable::Unit unit);

/// The same for a table that may bring statuses, protection levels and costs of its own; where it brings statuses, those say which cells are sensitive.
[[nodiscard]] base::Result<truth::SystemTruth> truth_of_coded(const ProtectOrder& order, const tabulate::CodedTable& coded, const assess::CellFacts& facts,
                                                              ProtectTable::Unit unit);

/// Adds what --sensitive asks: no group may be known to share a category, but for a coalition. Every such group brings a cell that nobody publishes: its
/// members outside the category. Errors wrong_input "protect.sensitive".
[[nodiscard]] base::Result<base::Done> protect_groups(const ProtectOrder& order, ProtectTable& table);

/// Reads the marks: CSV with one column a variable, then mark (sensitive, show, published), reason, and where wanted lower and upper.
/// Errors wrong_input "marks.header", "marks.columns", "marks.unknown_code", "marks.mark", "marks.number", "mark.reason", with the line; refused
/// "mark.sensitive".
[[nodiscard]] base::Result<base::Done> read_and_apply_marks(const ProtectOrder& order, ProtectTable& table);

}  // namespace candour::cli
