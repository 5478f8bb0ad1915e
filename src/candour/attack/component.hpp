#pragma once
// The parts of a system that do not touch each other. Each keeps the worlds found so far: any of them bounds every sum at once.

#include <candour/attack/bounds.hpp>

#include <candour/solve/solver.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace candour::attack {

/// A column's place inside its component.
using LocalColumn = std::uint32_t;

/// What an insider is supposed to know beside what is published: the column holds at least so many records.
struct Supposed {
  LocalColumn column = 0;
  std::int64_t at_least = 0;
};

/// One world of a component: a value for each of its columns.
using World = std::vector<std::int64_t>;

/// The largest or smallest value of a sum over the worlds: what is proved, and what some world shows.
struct Extreme {
  bool is_possible = true;              ///< false: no world fits (with what is supposed)
  std::int64_t proved = 0;              ///< no world goes beyond it
  std::optional<std::int64_t> attained; ///< some world shows it
};

enum class End { lowest, highest };

/// How much the solver has left to spend, over all components of one attack.
struct Allowance {
  std::int64_t nodes_per_program = 0;
  std::int64_t programs = 0;
};

class Component {
 public:
  std::vector<Column> columns;   ///< of the system, ascending
  std::vector<Row> rows;         ///< over local columns, fixed columns taken off
  std::vector<Small> smalls;     ///< over local columns
  std::vector<std::vector<std::int64_t>> small_offsets;  ///< what the fixed columns add to each cell of `smalls`
  std::vector<std::int64_t> lowest, highest;

  /// Finds the first worlds. Says false if it is proved that there is none.
  [[nodiscard]] Extreme find_first_worlds(Allowance& allowance);
  /// Bounds a sum of columns. Linear program first; an integer program where that leaves it open whether `need` is reached. Every world met is kept.
  [[nodiscard]] Extreme extreme(std::span<const LocalColumn> sum, End end, std::int64_t need, const std::optional<Supposed>& supposed, Allowance& allowance);
  /// As `extreme`, always to the last unit.
  [[nodiscard]] Extreme exact_extreme(std::span<const LocalColumn> sum, End end, const std::optional<Supposed>& supposed, Allowance& allowance);
  [[nodiscard]] const std::vector<World>& worlds() const { return worlds_; }
  [[nodiscard]] static std::int64_t value(const World& world, std::span<const LocalColumn> sum);

 private:
  [[nodiscard]] solve::LinearModel relaxation() const;
  [[nodiscard]] solve::LinearModel integer_program() const;
  void add_small_condition(solve::LinearModel& model, std::size_t number) const;
  [[nodiscard]] Extreme by_linear_program(std::span<const LocalColumn> sum, End end, const std::optional<Supposed>& supposed);
  [[nodiscard]] Extreme by_integer_program(std::span<const LocalColumn> sum, End end, const std::optional<Supposed>& supposed, Allowance& allowance);
  [[nodiscard]] bool fits(const World& world) const;
  /// Keeps the rounded solution if it is a world (exactly), and gives the sum's value there.
  [[nodiscard]] std::optional<std::int64_t> keep(const std::vector<double>& solution, std::span<const LocalColumn> sum, const std::optional<Supposed>& supposed);
  [[nodiscard]] double cap() const;

  std::vector<World> worlds_;
  std::shared_ptr<solve::WarmSolver> warm_;
};

/// Splits what propagation has left open. `place_of[column]` gives component and local column; none for fixed columns.
struct Split {
  struct Place { std::uint32_t component = 0; LocalColumn column = 0; };
  std::vector<Component> components;
  std::vector<std::optional<Place>> place_of;
  Consistency consistency = Consistency::possible;  ///< of what the fixed columns alone say
};
[[nodiscard]] Split split(const System& system, const Bounds& bounds);

}  // namespace candour::attack
