#pragma once
// The checker of suppressed systems: re-adds every witness. No solver, and nothing shared with the methods that found them.

#include <candour/table/system_move.hpp>
#include <candour/truth/system_truth.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace candour::certify {

/// What is handed in: the pattern, and for each secret the moves that speak for it.
struct SystemEvidence {
  std::vector<table::CellStanding> standing;
  std::vector<table::SystemMove> moves;
  std::vector<std::vector<std::uint32_t>> moves_of;
};

enum class SystemFaultKind {
  not_additive,      ///< the true values do not add up: the evidence proves nothing
  primary_shown,     ///< a cell that must be hidden is shown
  forbidden_hidden,  ///< a cell that must stay shown is hidden
  touches_shown,     ///< a move changes a shown cell
  breaks_sum,        ///< a move does not keep a sum
  leaves_bounds,     ///< a move leaves what everybody knows of a cell
  not_protected,     ///< the moves of a secret do not reach what is asked
  known_to_single,   ///< every move of a secret changes one and the same cell of a single contributor, who knows its value
  small_residual,    ///< the hidden parts of one published sum add up to less than the threshold
  nothing_to_hide,   ///< in a witness, a set of connected hidden cells holds none that needs hiding (the choice would speak)
};
[[nodiscard]] std::string word_of(SystemFaultKind kind);

struct SystemFault {
  SystemFaultKind kind;
  std::uint64_t where = 0;  ///< cell, move or equation, by kind
};

struct SystemCheckOptions {
  std::int64_t threshold = 0;                                              ///< residuals from 1 to threshold - 1 are faults; 0: not asked
  enum class Singles { not_asked, checked } singles = Singles::not_asked;  ///< for counts: cells of value 1 know themselves
  enum class Replay { not_asked, checked } replay = Replay::not_asked;     ///< a component must keep a cell from 1 to threshold - 1
  unsigned threads = 1;                                                    ///< the answer is the same with any number
};

struct SystemCheck {
  std::vector<SystemFault> faults;  ///< empty: every secret is proved protected
  std::uint64_t secrets = 0;
  std::uint64_t moves = 0;
  std::uint64_t changes = 0;  ///< cells re-added
};

/// Checks everything again from the true values. Cost: linear in the changes of all moves times the sums of a cell, plus the system itself.
[[nodiscard]] SystemCheck check_system(const table::AdditiveSystem& system, const truth::SystemTruth& truth, const SystemEvidence& evidence,
                                       const SystemCheckOptions& options);

}  // namespace candour::certify
