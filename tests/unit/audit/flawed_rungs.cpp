// A fault planted in each rung of the auditor: brute force finds it, and finds nothing without it. What the rungs write down is never looked at again by later
// ones, so whatever one of them gets wrong stands in the verdict.
#include "small_system.hpp"

#include <candour/attack/audit_ball.hpp>
#include <candour/attack/audit_ladder.hpp>
#include <candour/attack/audit_ledger.hpp>
#include <candour/attack/audit_start.hpp>
#include <candour/attack/audit_ties.hpp>
#include <candour/attack/audit_walk.hpp>

#include <gtest/gtest.h>

#include <cmath>

namespace candour {
namespace {

using attack::AuditNumbers;
using attack::AuditVerdict;
using testing_audit::Ends;
using testing_audit::ends_of;
using testing_audit::random_small;
using testing_audit::Small;
namespace inside = attack::inside;

enum class Fault {
  none,
  bounds_rounded_inwards_over_reals,  // propagation
  ties_forget_a_sign,
  start_is_not_checked,
  walk_repeated_once_too_often,
  walk_with_a_sum_left_open,
  ball_forgets_the_sums_that_leave_it,  // bulk and single programs: says safe too early
  ball_taken_for_its_component,         // outer programs: says unsafe too early
  halves_taken_for_whole_moves,         // smallest moves over the integers
  integer_ball_taken_for_its_component,
  integer_bound_rounded_outwards,  // integer programs: says nothing where whole numbers fall short
  last_rungs_left_out,
};

// The audit of candour/attack/audit.cpp, rung by rung, with one of them at fault.
class FaultyAudit {
 public:
  FaultyAudit(const Small& small, const std::vector<knowledge::AskedInterval>& asked, AuditNumbers numbers, Fault fault)
      : small_(small), asked_(asked), fault_(fault) {
    options_.numbers = numbers;
  }

  std::vector<AuditVerdict> verdicts() {
    const table::AdditiveSystem system = small_.system();
    auto hidden = inside::reduce(small_.view(system));
    EXPECT_TRUE(hidden.has_value());
    const std::vector<std::uint32_t> column_of = hidden->column_of;
    const bool inwards = fault_ == Fault::bounds_rounded_inwards_over_reals;
    auto tied = inside::tie(std::move(*hidden), inwards ? inside::BoundRounding::to_whole_numbers : inside::BoundRounding::outwards);
    EXPECT_TRUE(tied.has_value());
    if (fault_ == Fault::ties_forget_a_sign)
      for (inside::CellPlace& place : tied->place) place.sign = 1;
    inside::AuditWork work(tied->system, options_);
    std::vector<std::int64_t> start = small_.truth;
    if (fault_ == Fault::start_is_not_checked) start[0] += start[0] < testing_audit::most ? 1 : -1;
    inside::take_start(tied->system, start);
    inside::AuditLedger ledger(tied->system, options_);
    for (const knowledge::AskedInterval& interval : asked_) ledger.ask(interval, tied->place[column_of[interval.cell]]);
    ledger.index();
    plant(tied->system, work, ledger);
    inside::Ladder ladder(tied->system, work, ledger);
    if (fault_ != Fault::last_rungs_left_out) {
      ladder.decide_over_reals();
      if (options_.numbers == AuditNumbers::integers) ladder.decide_over_integers();
    }
    std::vector<AuditVerdict> verdicts;
    for (std::size_t i = 0; i < asked_.size(); ++i) verdicts.push_back(ledger.verdict(i, asked_[i].cell).verdict);
    return verdicts;
  }

 private:
  void plant(const inside::Reduced& s, inside::AuditWork& work, inside::AuditLedger& ledger) const {
    inside::Scratch scratch(s);
    inside::MoveWalk walk(s);
    for (std::uint32_t c = 0; c < s.columns(); ++c) {
      if (fault_ == Fault::walk_repeated_once_too_often) repeat_too_often(walk, c, ledger);
      if (fault_ == Fault::walk_with_a_sum_left_open && s.start[c] + 1 <= static_cast<double>(s.highest[c])) ledger.learn_move(c, 1);
      if (fault_ == Fault::ball_forgets_the_sums_that_leave_it)
        program(s, c, inside::RowsKept::inside, solve::ColumnType::continuous, Use::shows, ledger, scratch);
      if (fault_ == Fault::ball_taken_for_its_component)
        program(s, c, inside::RowsKept::touching, solve::ColumnType::continuous, Use::refutes, ledger, scratch);
      if (fault_ == Fault::integer_ball_taken_for_its_component)
        program(s, c, inside::RowsKept::touching, solve::ColumnType::integer, Use::refutes, ledger, scratch);
      if (fault_ == Fault::halves_taken_for_whole_moves) take_halves(s, c, work, ledger, scratch);
      if (fault_ == Fault::integer_bound_rounded_outwards) take_halves(s, c, work, ledger, scratch);
    }
  }

  static void repeat_too_often(inside::MoveWalk& walk, std::uint32_t c, inside::AuditLedger& ledger) {
    for (const std::int64_t amount : {1, -1}) {
      const auto& move = walk.find(c, amount, 50);
      if (move.empty()) continue;
      const auto repeats = walk.repeats(move);
      for (const auto& [other, by] : move) ledger.learn_move(other, by * (repeats.forwards + 1));
    }
  }

  enum class Use { shows, refutes };
  void program(const inside::Reduced& s, std::uint32_t c, inside::RowsKept rows, solve::ColumnType type, Use use, inside::AuditLedger& ledger,
               inside::Scratch& scratch) const {
    constexpr std::size_t ball = 2;
    for (const solve::Sense sense : {solve::Sense::maximise, solve::Sense::minimise}) {
      inside::BallProgram program(s, inside::ball_around(s, c, ball, scratch), rows, type, scratch);
      const solve::SolveOutcome outcome = program.optimise({{0, 1.0}}, sense, 10);
      if (outcome.solution.empty()) continue;
      if (use == Use::shows) ledger.learn({program.columns(), outcome.solution, std::vector<char>(program.columns().size(), 1)});
      else if (sense == solve::Sense::maximise) ledger.prove_highest(c, s.start[c] + outcome.objective, options_.numbers);
      else ledger.prove_lowest(c, s.start[c] + outcome.objective, options_.numbers);
    }
  }

  // The farthest real point of the whole component, written down as if it were whole.
  void take_halves(const inside::Reduced& s, std::uint32_t c, const inside::AuditWork& work, inside::AuditLedger& ledger, inside::Scratch& scratch) const {
    for (const solve::Sense sense : {solve::Sense::maximise, solve::Sense::minimise}) {
      inside::BallProgram program(s, inside::ball_around(s, c, work.component_size(c), scratch), inside::RowsKept::touching, solve::ColumnType::continuous,
                                  scratch);
      const solve::SolveOutcome outcome = program.optimise({{0, 1.0}}, sense, 10);
      if (outcome.solution.empty()) continue;
      if (fault_ == Fault::halves_taken_for_whole_moves) ledger.learn({program.columns(), outcome.solution, std::vector<char>(program.columns().size(), 1)});
      else if (outcome.objective != std::round(outcome.objective))
        ledger.learn_move(c, static_cast<std::int64_t>(sense == solve::Sense::maximise ? std::ceil(outcome.objective) : std::floor(outcome.objective)));
    }
  }

  const Small& small_;
  const std::vector<knowledge::AskedInterval>& asked_;
  Fault fault_;
  attack::AuditOptions options_;
};

// Three questions a cell: to its ends in whole numbers, and one beyond either. Gives how often the verdict is not that of brute force.
enum class Coefficients { mostly_one, up_to_five };  // among large ones walks seldom arrive
std::size_t alarms_over_integers(Fault fault, Coefficients coefficients = Coefficients::mostly_one) {
  std::size_t alarms = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Small small = random_small(seed, 6, 2 + seed % 3, coefficients == Coefficients::up_to_five ? 5 : seed % 4 == 0 ? 2 : 1);
    if (seed % 2 == 0 && coefficients == Coefficients::mostly_one) {  // two cells that rise and fall together, or against each other
      small.sums.push_back({1, seed % 4 == 0 ? -1 : 1, 0, 0, 0, 0});
      small.right_side.push_back(small.truth[0] + small.sums.back()[1] * small.truth[1]);
    }
    const Ends whole = ends_of(small, 1);
    std::vector<knowledge::AskedInterval> asked;
    for (table::SystemCell c = 0; c < 6; ++c) {
      asked.push_back({c, whole.low[c], whole.high[c], whole.high[c] - whole.low[c]});
      asked.push_back({c, {}, whole.high[c] + 1, 0});
      asked.push_back({c, whole.low[c] - 1, {}, 0});
    }
    const std::vector<AuditVerdict> verdicts = FaultyAudit(small, asked, AuditNumbers::integers, fault).verdicts();
    for (std::size_t i = 0; i < verdicts.size(); ++i) alarms += (verdicts[i] == AuditVerdict::holds) != (i % 3 == 0);
  }
  return alarms;
}

// Whether real numbers reach so far: tables of halves show that they do.
std::size_t alarms_over_reals(Fault fault) {
  std::size_t alarms = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Small small = random_small(seed * 7, 5, 3, 2);
    const Ends halves = ends_of(small, 2);
    std::vector<knowledge::AskedInterval> asked;
    for (table::SystemCell c = 0; c < 5; ++c)
      for (std::int64_t up = 0; up <= testing_audit::most; ++up) asked.push_back({c, {}, up, 0});
    const std::vector<AuditVerdict> verdicts = FaultyAudit(small, asked, AuditNumbers::reals, fault).verdicts();
    for (std::size_t i = 0; i < verdicts.size(); ++i)
      alarms += 2 * *asked[i].reach_up <= halves.high[asked[i].cell] && verdicts[i] == AuditVerdict::fails_over_reals;
  }
  return alarms;
}

TEST(FlawedRung, WithoutAFaultBruteForceIsSilent) {
  EXPECT_EQ(alarms_over_integers(Fault::none), 0u);
  EXPECT_EQ(alarms_over_integers(Fault::none, Coefficients::up_to_five), 0u);
  EXPECT_EQ(alarms_over_reals(Fault::none), 0u);
}

TEST(FlawedRung, BoundsRoundedInwardsOverTheRealsRing) { EXPECT_GT(alarms_over_reals(Fault::bounds_rounded_inwards_over_reals), 0u); }
TEST(FlawedRung, TiesThatForgetASignRing) { EXPECT_GT(alarms_over_integers(Fault::ties_forget_a_sign), 0u); }
TEST(FlawedRung, AStartThatIsNotCheckedRings) { EXPECT_GT(alarms_over_integers(Fault::start_is_not_checked), 0u); }
TEST(FlawedRung, AWalkRepeatedOnceTooOftenRings) { EXPECT_GT(alarms_over_integers(Fault::walk_repeated_once_too_often), 0u); }
TEST(FlawedRung, AWalkWithASumLeftOpenRings) { EXPECT_GT(alarms_over_integers(Fault::walk_with_a_sum_left_open), 0u); }
TEST(FlawedRung, ABallThatForgetsTheSumsThatLeaveItRings) { EXPECT_GT(alarms_over_integers(Fault::ball_forgets_the_sums_that_leave_it), 0u); }
TEST(FlawedRung, ABallTakenForItsComponentRings) { EXPECT_GT(alarms_over_reals(Fault::ball_taken_for_its_component), 0u); }
TEST(FlawedRung, HalvesTakenForWholeMovesRing) { EXPECT_GT(alarms_over_integers(Fault::halves_taken_for_whole_moves), 0u); }
TEST(FlawedRung, AnIntegerBallTakenForItsComponentRings) {
  EXPECT_GT(alarms_over_integers(Fault::integer_ball_taken_for_its_component, Coefficients::up_to_five), 0u);
}
TEST(FlawedRung, AnIntegerBoundRoundedOutwardsRings) { EXPECT_GT(alarms_over_integers(Fault::integer_bound_rounded_outwards), 0u); }
TEST(FlawedRung, RungsLeftOutRing) { EXPECT_GT(alarms_over_integers(Fault::last_rungs_left_out), 0u); }

}  // namespace
}  // namespace candour
