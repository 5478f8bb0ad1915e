#pragma once
// Finding one witness by local repair: change the secret by one, then mend every published sum that no longer holds, one atom at a time.

#include <candour/protect/witness/insiders.hpp>
#include <candour/protect/witness/witness_system.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace candour::protect {

/// Of an atom that no local search raises (Experience::dear).
constexpr std::uint8_t never_raised = 255;

enum class Side { down, up };

/// What a witness must show: the sum of the atoms at `goal` or beyond, and what an intruder knows for sure in its place.
struct Aim {
  std::span<const table::AtomIndex> atoms;
  Side side = Side::up;
  std::int64_t goal = 0;
  InsideKnowledge inside;
  std::vector<table::AtomIndex> spare;  ///< atoms better not lowered: other witnesses lean on them already; ascending
  bool is_wary = false;                 ///< rather more sums to mend than a record lowered that a coalition could know
};

/// A small deterministic generator (splitmix64): the same seed gives the same moves on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();

 private:
  std::uint64_t state_;
};

/// Reusable search over one system. In a cube of margins its repairs are the product moves of design.md section 6; elsewhere whatever mends the sums.
/// Finds quickly or gives up: it never proves that there is no witness. Cost of one call: some tens of repairs, each linear in the atoms of one sum.
class RepairSearch {
 public:
  RepairSearch(const WitnessSystem& system, const Insiders& insiders);
  [[nodiscard]] std::optional<table::Move> find(const Aim& aim, std::uint64_t seed);
  /// From now on these atoms (one flag each) are raised only where nothing else mends as much.
  void leave_as_they_are(std::vector<std::uint8_t> atoms) { dear_ = std::move(atoms); }
  /// Whatever the move changes is left no longer: it costs nothing more.
  void may_change(const table::Move& move);

 private:
  struct Choice {
    table::AtomIndex atom = 0;
    std::int64_t change = 0;
    std::int64_t score = 0;
  };
  struct Worth {
    std::int64_t more = 0;
    std::int64_t less = 0;
  };
  void weigh(LimitIndex limit);
  void start(const Aim& aim, Dice& dice);
  void forget_everything();
  bool step_to(std::int64_t target, Dice& dice);
  bool mend(std::int64_t target, Dice& dice);
  void apply(table::AtomIndex atom, std::int64_t change);
  void undo_to(std::size_t length);
  [[nodiscard]] std::optional<LimitIndex> next_violated() const;
  [[nodiscard]] bool secret_violated(std::int64_t target) const;
  [[nodiscard]] std::int64_t excess(LimitIndex limit) const;
  [[nodiscard]] std::int64_t score(table::AtomIndex atom, std::int64_t change, std::int64_t target) const;
  void consider(table::AtomIndex atom, std::int64_t change, std::int64_t target, Dice& dice, std::optional<Choice>& best) const;
  [[nodiscard]] table::Move move() const;

  const WitnessSystem& system_;
  const Insiders& insiders_;
  Aim aim_;
  std::vector<std::int64_t> change_;      ///< by atom
  std::vector<std::int64_t> sum_change_;  ///< by limit
  std::vector<std::int64_t> owned_;       ///< by atom: what the intruder knows to be there
  std::vector<table::AtomIndex> owned_atoms_;
  std::vector<bool> in_secret_;
  std::vector<bool> is_spared_;
  std::int64_t secret_sum_ = 0;
  std::vector<std::pair<table::AtomIndex, std::int64_t>> trail_;  ///< unit changes in order
  std::vector<LimitIndex> touched_;
  std::vector<bool> is_touched_;
  std::vector<Worth> worth_;             ///< by limit, as it stands now
  std::vector<std::uint8_t> dear_;       ///< by atom: better not raised; empty: none is
  std::vector<std::int64_t> direction_;  ///< by atom: how the unit at hand changes it; 0 if it does not
};

}  // namespace candour::protect
