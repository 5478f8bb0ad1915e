#pragma once
// How the bound of a hidden cell follows from published sums: which of them to add and take off, checked in whole numbers.

#include <candour/attack/audit.hpp>
#include <candour/knowledge/system_view.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace candour::attack {

enum class Side { at_least, at_most };

/// One sum, `multiplier` times; its hidden parts add up to `rest`, which is what its shown parts leave.
struct UsedSum {
  table::SystemEquation equation = 0;
  std::int64_t multiplier = 0;
  std::int64_t rest = 0;
};
/// What is known of another hidden cell and was used, `multiplier` times.
struct UsedBound {
  table::SystemCell cell = 0;
  std::int64_t multiplier = 0;
  std::int64_t bound = 0;
  Side side = Side::at_least;
};
/// `factor` times the cell is what the sums with their multipliers leave when the other cells stand at their bounds.
struct BoundDerivation {
  table::SystemCell cell = 0;
  Side side = Side::at_most;
  std::int64_t bound = 0;  ///< rounded to whole units, inwards
  std::int64_t factor = 1;
  std::int64_t rest = 0;  ///< of all sums together: sum of multiplier times rest
  std::vector<UsedSum> sums;
  std::vector<UsedBound> bounds;
};

/// Derives bounds of hidden cells of one table.
class BoundDeriver {
 public:
  /// Takes a view that must outlive it. Error "audit.inconsistent".
  [[nodiscard]] static base::Result<BoundDeriver> make(const knowledge::SystemView& view);
  ~BoundDeriver();
  BoundDeriver(BoundDeriver&&) noexcept;
  BoundDeriver& operator=(BoundDeriver&&) noexcept;

  /// Finds few sums that show the cell to be at most (or at least) `needed`, in growing neighbourhoods of the cell. The multipliers come from a linear program
  /// and are checked in exact arithmetic; nothing where none is found (a bound that only whole numbers have, or one that needs sums from afar).
  [[nodiscard]] std::optional<BoundDerivation> derive(table::SystemCell cell, Side side, std::int64_t needed) const;

 private:
  struct Inside;
  explicit BoundDeriver(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace candour::attack
