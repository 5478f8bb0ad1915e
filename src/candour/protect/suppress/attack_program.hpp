#pragma once
// Inside suppression: the attacker's linear program, in two forms.

#include <candour/table/additive_system.hpp>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace candour::protect {

/// One thing that every safe pattern must allow: that a cell changes by `asked` (> 0) upwards or downwards.
struct Demand {
  table::SystemCell cell = 0;
  double asked = 0;
  bool upwards = true;
};

/// Moves of a system within capacities. A side is a cell's way up (2c) or down (2c + 1); amounts are in units of what is asked.
class AttackProgram {
 public:
  using Flow = std::vector<std::pair<std::uint32_t, double>>;  ///< sides other than the secret's, and what they change
  enum class Verdict { reached, is_short, failed };
  struct Answer {
    Verdict verdict = Verdict::failed;
    Flow flow;  ///< where it is reached
  };
  virtual ~AttackProgram() = default;
  /// Whether the cell can change by one unit; a miss of less than `least_gap` does not count. `number` names the demand: a form may start from where the last
  /// program about it ended.
  virtual Answer ask(std::size_t number, const Demand& demand, const std::vector<double>& capacity, double seconds) = 0;
  /// After is_short: multipliers of the cells that give zero on every move, 60 times as large as they are; those nearer than `tolerance` to a whole number
  /// are brought to it first. The secret's own is negative where it was asked upwards. Exact, where all come out whole.
  [[nodiscard]] virtual std::vector<double> multipliers(double tolerance) const = 0;

  static constexpr double least_gap = 2e-3;
  static constexpr double parts = 60;  ///< plain fractions: noise would count in full where bounds are wide
};

/// The form with the fewer rows: over independent sums, or over the multipliers of cells, one row a free cell. `size`: by cell, how large it is. The system
/// must outlive it.
[[nodiscard]] std::unique_ptr<AttackProgram> make_attack_program(const table::AdditiveSystem& system, const std::vector<std::int64_t>& size);

}  // namespace candour::protect
