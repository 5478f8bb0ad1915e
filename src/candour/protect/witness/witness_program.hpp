#pragma once
// Finding one witness by an integer program: complete, and so the proof that there is none.

#include <candour/protect/witness/repair_search.hpp>

#include <candour/solve/solver.hpp>

#include <cstdint>
#include <map>
#include <variant>
#include <vector>

namespace candour::protect {

/// No world shows what the aim asks for: the secret leaks.
struct NoSuchWorld {};
/// A limit of the solver was reached.
struct NotDecided {};
using ProgramOutcome = std::variant<table::Move, NoSuchWorld, NotDecided>;

/// Limits of one program, counted in its size and its nodes, so that results can be reproduced.
struct ProgramLimits {
  std::size_t most_columns = 20000;
  std::int64_t nodes = 20000;
};

/// Atoms that stand in the same limits are one unknown. The program asks for the world nearest to the truth that shows the aim; replay conditions are added
/// (with one binary a cell) only where the plain answer fails them.
class WitnessProgram {
 public:
  WitnessProgram(const WitnessSystem& system, const Insiders& insiders, ProgramLimits limits);
  [[nodiscard]] ProgramOutcome find(const Aim& aim) const;

 private:
  enum class Replay { left_out, asked_for };
  struct Unknowns;
  [[nodiscard]] Unknowns unknowns(const Aim& aim, Replay replay) const;
  [[nodiscard]] ProgramOutcome solve(const Aim& aim, Replay replay) const;
  void add_limits(const Unknowns& unknowns, solve::LinearModel& model) const;
  void add_ratios(const Unknowns& unknowns, solve::LinearModel& model) const;
  void add_replay(const Unknowns& unknowns, solve::LinearModel& model) const;
  [[nodiscard]] table::Move move_of(const Unknowns& unknowns, const std::vector<double>& solution) const;

  const WitnessSystem& system_;
  const Insiders& insiders_;
  ProgramLimits limits_;
};

}  // namespace candour::protect
