#pragma once
// Sensitivity rules for amounts: which cells let a contributor be estimated too closely.

#include <candour/base/decimal.hpp>
#include <candour/base/result.hpp>
#include <candour/table/table_design.hpp>
#include <candour/truth/magnitude_table.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace candour::assess {

/// The n largest contributors hold more than k per cent of the total.
struct DominanceRule {
  std::size_t n = 2;
  base::Decimal k_percent{85};
};
/// Total less the two largest is under p per cent of the largest: the second largest can estimate the largest to within p per cent.
/// A coalition of several contributors takes off what all of them know: the largest and the next `coalition_size`.
struct PPercentRule {
  base::Decimal p_percent{10};
  std::size_t coalition_size = 1;
};
/// Who knows each contribution to within q per cent beforehand can know one to within p per cent afterwards.
struct PriorPosteriorRule {
  base::Decimal p_percent{10};
  base::Decimal q_percent{100};
  std::size_t coalition_size = 1;
};

/// Lists the cells that fail a rule, in exact whole numbers, in table order.
///
/// Dominance: the n largest add up to more than (k / 100) * total.
/// p%:        total - largest - second < (p / 100) * largest.
/// (p, q):    (q / 100) * (total - largest - second) < (p / 100) * largest; with q = 100 it is the p% rule.
/// With a coalition of c contributors the c next largest are taken off in place of the second.
/// A missing second contributor counts as 0, so a cell with one contributor fails all three. Empty cells and cells with total 0 never fail. Contributors of one
/// group count as one (MagnitudeTable). Totals are those of the contributions: a table of weighted sums is not for these rules.
///
/// Errors: wrong_input "rule.missing_contributions" where fewer contributions are kept than the rule looks at; wrong_input "rule.not_defined" for negative
/// contributions or totals, for which the rules say nothing; wrong_input "rule.bad_parameter" for n = 0, no coalition, a percentage that is not above 0, or p
/// that is not below q. Cost: linear in cells. Source: Hundepool et al., Statistical Disclosure Control (2012), section 4.2, and the Handbook on Statistical
/// Disclosure Control, magnitude tables.
[[nodiscard]] base::Result<std::vector<table::CellIndex>> cells_failing(const DominanceRule& rule, const truth::MagnitudeTable& table);
[[nodiscard]] base::Result<std::vector<table::CellIndex>> cells_failing(const PPercentRule& rule, const truth::MagnitudeTable& table);
[[nodiscard]] base::Result<std::vector<table::CellIndex>> cells_failing(const PriorPosteriorRule& rule, const truth::MagnitudeTable& table);

/// How far bounds must stay above a cell's total so that the rule would hold if they were the total: what the rule is short of, rounded up to whole units; 0
/// where the cell passes. One a cell, in table order. The same distance is asked below. Errors as cells_failing.
///
/// Dominance: (100 / k) * (n largest) - total.   p%: (p / 100) * largest - rest.   (p, q): (p / q) * largest - rest.
[[nodiscard]] base::Result<std::vector<std::int64_t>> shortfalls(const DominanceRule& rule, const truth::MagnitudeTable& table);
[[nodiscard]] base::Result<std::vector<std::int64_t>> shortfalls(const PPercentRule& rule, const truth::MagnitudeTable& table);
[[nodiscard]] base::Result<std::vector<std::int64_t>> shortfalls(const PriorPosteriorRule& rule, const truth::MagnitudeTable& table);

}  // namespace candour::assess
