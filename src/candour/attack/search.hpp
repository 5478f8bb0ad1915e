#pragma once
// The ladder: what is proved of a sum, cheapest step first. Known worlds, propagated bounds, linear programs, integer programs.

#include <candour/attack/component.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace candour::attack {

/// A sum of atoms over the open columns: what the fixed ones add, and the parts in each component. Atoms of a column that lie only partly in the sum may hold
/// nothing (`whole` leaves them out) or all of their column (`all` counts it).
struct SplitSum {
  struct Part {
    std::uint32_t component = 0;
    std::vector<LocalColumn> whole;
    std::vector<LocalColumn> all;
  };
  std::int64_t lowest_fixed = 0;
  std::int64_t highest_fixed = 0;
  std::vector<Part> parts;
};

/// Components of more columns are too large to suppose an insider at each of them.
constexpr std::size_t most_columns_tried = 128;

/// An insider at one column of one component.
struct Insider {
  std::uint32_t component = 0;
  Supposed supposed;
};

enum class Standing { cleared, proved, undecided, impossible };

/// What became of a question: is it proved that sum `low` stays above `low_end` and sum `high` below `high_end`?
/// cleared: some world shows otherwise. impossible: no world fits.
struct Judgement {
  Standing standing = Standing::undecided;
  std::int64_t lowest = 0;   ///< proved of `low`
  std::int64_t highest = 0;  ///< proved of `high`
};

class Search {
 public:
  Search(System& system, Allowance allowance);

  /// Takes a table of all atoms that may fit what is published: the components in which it does know one world more.
  void know(std::span<const std::int64_t> counts);
  /// Finds first worlds in every component. Proved: there is a world; impossible: there is none.
  [[nodiscard]] Standing find_first_worlds();
  [[nodiscard]] SplitSum split_sum(const std::vector<table::AtomIndex>& atoms) const;
  [[nodiscard]] Judgement judge(const SplitSum& low, std::int64_t low_end, const SplitSum& high, std::int64_t high_end,
                                const std::optional<Insider>& insider = std::nullopt);
  /// The interval of a sum, to the last unit where the allowance lasts. `known` is proved already.
  [[nodiscard]] Judgement interval(const SplitSum& sum, const Judgement& known, const std::optional<Insider>& insider = std::nullopt);

  void allow(Allowance allowance) { allowance_ = allowance; }
  [[nodiscard]] bool is_spent() const { return allowance_.programs <= 0; }
  /// The best value that known worlds show of the sum without its part in one component; none where no world is known.
  [[nodiscard]] std::optional<std::int64_t> attained_outside(const SplitSum& sum, End end, std::uint32_t component) const;

  /// What propagation alone proves of the sum's highest value.
  [[nodiscard]] std::int64_t propagated_highest(const SplitSum& sum) const;
  /// Says whether the sum touches a component of more columns than are tried one by one.
  [[nodiscard]] bool is_wide(const SplitSum& sum) const;

  [[nodiscard]] const std::vector<Component>& components() const { return split_.components; }
  [[nodiscard]] const Bounds& bounds() const { return bounds_; }

 private:
  [[nodiscard]] std::optional<std::int64_t> attained(const SplitSum::Part& part, End end, const std::optional<Insider>& insider) const;
  [[nodiscard]] std::optional<std::int64_t> attained(const SplitSum& sum, End end, const std::optional<Insider>& insider) const;
  [[nodiscard]] std::int64_t propagated(const SplitSum::Part& part, End end) const;
  [[nodiscard]] Reach reach(const SplitSum& sum, End end, std::int64_t need, const std::optional<Insider>& insider);
  [[nodiscard]] Reach reach_over_parts(const SplitSum& sum, End end, std::int64_t need, const std::optional<Insider>& insider);
  [[nodiscard]] std::int64_t extreme(const SplitSum& sum, End end, std::int64_t known, const std::optional<Insider>& insider);

  System& system_;
  Bounds bounds_;
  Split split_;
  Allowance allowance_;
};

}  // namespace candour::attack
