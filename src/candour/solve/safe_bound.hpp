#pragma once
// What a program's multipliers prove, whatever the solver rounded.

#include <candour/solve/linear_model.hpp>

#include <vector>

namespace candour::solve {

/// A lower bound of a minimisation, and what each column adds to it.
struct SafeBound {
  double bound = 0;
  std::vector<double> reduced;  ///< by column: its price less what the rows count for
  double error = 0;             ///< already taken off the bound: more than all that was rounded here
};

/// Takes rows with lower bounds alone, the columns with their bounds (finite) and prices, and any multipliers of the rows. Those below zero count as zero; all
/// others prove a bound by weak duality: sum of multiplier * lowest, and for each column the lesser of its two ends times its reduced price. So no tolerance of
/// the solver enters. Cost: the entries. Source: Neumaier and Shcherbina, Mathematical Programming 99 (2004).
[[nodiscard]] SafeBound safe_bound(const std::vector<Column>& columns, const std::vector<const Row*>& rows, const std::vector<double>& multipliers);

}  // namespace candour::solve
