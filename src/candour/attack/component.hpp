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

/// Whether some world shows a sum at an end or beyond it.
enum class Reach {
  reached,      ///< a world that does is among the known ones
  unreachable,  ///< proved: none does
  undecided,
};

enum class End { lowest, highest };

/// How much the solver has left to spend, over all components of one attack.
struct Allowance {
  std::int64_t nodes_per_program = 0;
  std::int64_t programs = 0;
};

class Component {
 public:
  std::vector<Column> columns;                           ///< of the system, ascending
  std::vector<Row> rows;                                 ///< over local columns, fixed columns taken off
  std::vector<Small> smalls;                             ///< over local columns
  std::vector<std::vector<std::int64_t>> small_offsets;  ///< what the fixed columns add to each cell of `smalls`
  std::vector<std::int64_t> lowest, highest;

  /// Finds the first worlds; unreachable: it is proved that there is none.
  [[nodiscard]] Reach find_first_worlds(Allowance& allowance);
  /// Keeps a world that is known from elsewhere, if it is one: a value for each column.
  void know(World world) { keep(std::move(world), std::nullopt); }
  /// Asks for a world in which the sum is at least (End::highest) or at most (End::lowest) `need`, as near as possible to a known one: a linear program in the
  /// differences from it, whose solutions are few small changes and nearly always whole; else one fraction after another is rounded; else an integer program.
  /// Every world met is kept.
  [[nodiscard]] Reach reach(std::span<const LocalColumn> sum, End end, std::int64_t need, const std::optional<Supposed>& supposed, Allowance& allowance);
  /// The best bound of a linear program, rounded inward; none if no world fits.
  [[nodiscard]] std::optional<std::int64_t> linear_bound(std::span<const LocalColumn> sum, End end, const std::optional<Supposed>& supposed,
                                                         Allowance& allowance);
  /// The rows that hold a column.
  [[nodiscard]] const std::vector<std::size_t>& rows_of(LocalColumn column) const { return rows_of_[column]; }
  void index_rows();
  [[nodiscard]] const std::vector<World>& worlds() const { return worlds_; }
  [[nodiscard]] static std::int64_t value(const World& world, std::span<const LocalColumn> sum);

 private:
  [[nodiscard]] solve::LinearModel relaxation() const;
  [[nodiscard]] solve::LinearModel moves_from(const World& base) const;
  void add_small_condition(solve::LinearModel& model, std::size_t number) const;
  [[nodiscard]] bool fits(const World& world) const;
  bool keep(World world, const std::optional<Supposed>& supposed);
  [[nodiscard]] World moved(const std::vector<double>& solution) const;
  void set_move_bounds(LocalColumn column, std::int64_t low, std::int64_t high);
  [[nodiscard]] Reach by_rounding(solve::SolveOutcome outcome, const std::optional<Supposed>& supposed, Allowance& allowance);
  [[nodiscard]] Reach by_integer_program(const solve::Row& question, const std::optional<Supposed>& supposed, Allowance& allowance);
  [[nodiscard]] Reach first_world(Allowance& allowance);
  [[nodiscard]] double cap() const;

  std::vector<World> worlds_;
  std::vector<std::vector<std::size_t>> rows_of_;
  std::shared_ptr<solve::WarmSolver> bounds_;  ///< over the columns
  std::shared_ptr<solve::WarmSolver> moves_;   ///< over what is added to and taken off the columns of the first world
};

/// Splits what propagation has left open. `place_of[column]` gives component and local column; none for fixed columns.
struct Split {
  struct Place {
    std::uint32_t component = 0;
    LocalColumn column = 0;
  };
  std::vector<Component> components;
  std::vector<std::optional<Place>> place_of;
  Consistency consistency = Consistency::possible;  ///< of what the fixed columns alone say
};
[[nodiscard]] Split split(const System& system, const Bounds& bounds);

}  // namespace candour::attack
