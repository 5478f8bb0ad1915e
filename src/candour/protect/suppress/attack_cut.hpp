#pragma once
// Inside suppression: what a (fractional) pattern leaves open to an attacker, said as a cut that every safe pattern fulfils.

#include <candour/protect/suppress/attack_program.hpp>
#include <candour/solve/linear_model.hpp>
#include <candour/table/additive_system.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace candour::protect {

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

  /// Asks whether a cell that may be hidden, with a share above 0, could change at all: a cheapest pattern hides nothing that follows from what it shows. A cut
  /// says that with the cell another of some is hidden too.
  [[nodiscard]] Verdict ask_for_company(std::size_t number, table::SystemCell cell, double seconds, solve::Row& cut);

 private:
  [[nodiscard]] std::optional<solve::Row> cut_from(const std::vector<double>& multipliers, const Demand& demand) const;
  [[nodiscard]] double capacity(std::size_t side, double asked) const;
  [[nodiscard]] bool fits(const AttackProgram::Flow& flow, double asked) const;

  const truth::SystemTruth& truth_;
  std::unique_ptr<AttackProgram> program_;
  std::vector<double> room_;               ///< by side
  std::vector<double> share_;              ///< by cell
  std::vector<AttackProgram::Flow> last_;  ///< by number of the demand: what met it last
  std::vector<bool> was_met_;
};

}  // namespace candour::protect
