#pragma once
// Inside suppression: what a (fractional) pattern leaves open to an attacker, said as a cut that every safe pattern fulfils.

#include <candour/solve/solver.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace candour::protect {

/// One thing that every safe pattern must allow: that a cell changes by `asked` (> 0) upwards or downwards.
struct Demand {
  table::SystemCell cell = 0;
  double asked = 0;
  bool upwards = true;
};
/// What the secrets of a truth demand. Widths beyond the two ends are left out: bounds without them stay valid.
[[nodiscard]] std::vector<Demand> demands_of(const truth::SystemTruth& truth);

/// Finds capacity cuts (Fischetti and Salazar-Gonzalez 2001). Columns of a cut are cells; primary cells are hidden in every pattern and do not appear.
///
/// Any multipliers of the sums bound what the attacker can reach by the capacity of the hidden cells, so a cut is valid whatever the solver rounds; what the
/// solver finds is brought to plain fractions first, since noise counts in full where bounds are wide. Both structures must outlive this.
class CutFinder {
 public:
  CutFinder(const table::AdditiveSystem& system, const truth::SystemTruth& truth);

  /// Sets the (fractional) pattern for the questions that follow: the share of each cell, 1 for primary ones.
  void set_pattern(const std::vector<double>& share);

  enum class Verdict { met, cut, failed };
  /// Asks one attacker, at most so many seconds. `cut` is filled for Verdict::cut; failed: neither could be shown. Where the last answer about this demand (by
  /// its number) still fits the pattern, no program is solved.
  [[nodiscard]] Verdict ask(std::size_t number, const Demand& demand, double seconds, solve::Row& cut);

 private:
  [[nodiscard]] std::optional<solve::Row> cut_from(const std::vector<double>& multipliers, const Demand& demand, double tolerance) const;
  [[nodiscard]] double capacity(std::size_t column, double asked, double share) const;
  using Flow = std::vector<std::pair<std::uint32_t, double>>;  ///< columns and what they change
  [[nodiscard]] bool fits(const Flow& flow, double asked) const;

  const table::AdditiveSystem& system_;
  const truth::SystemTruth& truth_;
  std::vector<table::SystemEquation> sums_;  ///< the rows of the program
  solve::WarmSolver solver_;                 ///< columns 2c: up, 2c + 1: down
  std::vector<double> room_, share_, highest_;
  std::vector<Flow> last_;  ///< by number of the demand; empty: none
};

}  // namespace candour::protect
