#pragma once
// Inside suppression: the search for patterns of a plain system (a constraint file), over its condensed form.

#include <candour/protect/suppress/condense.hpp>
#include <candour/protect/suppress/least_move.hpp>
#include <candour/protect/suppress/repair_walk.hpp>
#include <candour/protect/suppress/suppress.hpp>

#include <cstdint>
#include <functional>
#include <vector>

namespace candour::protect {

/// Holds a pattern of the condensed system with its witnesses, and builds and improves it. All moves are whole and checked exactly.
class PlainSearch {
 public:
  /// The condensed system must outlive this.
  explicit PlainSearch(const Condensed& condensed);

  using HasTime = std::function<bool()>;
  /// From nothing: the largest needs first, each by the move of least loss beside what is hidden already; then what no need uses is shown again.
  /// Multiplies each cell's price by `favour` (empty: by one). Says whether every need found a witness.
  bool build(std::vector<double> favour, const HasTime& has_time);
  /// Barred dearest first, secondary cells whose users find other witnesses are shown.
  void clean_up(const HasTime& has_time);
  /// Ruin and recreate within the seconds or rounds (0: no limit; one must be set).
  void improve(double seconds, std::uint64_t rounds, std::uint64_t seed);
  /// Keeps the pattern made of these cells (of the condensed system) if it has a whole witness for every need.
  bool take_pattern(const std::vector<table::SystemCell>& secondaries, const HasTime& has_time);

  [[nodiscard]] const LeastMoveFinder& finder() const { return finder_; }
  [[nodiscard]] const WitnessBook& book() const { return book_; }
  [[nodiscard]] std::int64_t loss() const;
  /// The pattern and its witnesses in the given system, each move once.
  [[nodiscard]] Suppression expanded(const truth::SystemTruth& given) const;
  /// Adds to what is impossible the secrets without a witness that no pattern protects. Cost: a linear program each.
  void ask_what_is_impossible(const truth::SystemTruth& given, Suppression& result) const;

 private:
  bool satisfy(std::uint32_t need, Spending spending, std::vector<table::SystemCell>& newly_hidden);
  bool satisfy_in_order(const HasTime& has_time);
  void forget();
  [[nodiscard]] bool cannot_be_met(const Need& need) const;
  const Condensed& condensed_;
  WitnessBook book_;
  MovePool pool_;
  RepairWalk walk_;
  LeastMoveFinder finder_;
};

}  // namespace candour::protect
