#pragma once
// What could be asked for within the cost limit: parts of the work that a requester could drop, priced.

#include <candour/law/cost.hpp>

#include <string>
#include <vector>

namespace candour::law {

/// What the work on a line could be saved by: leaving out a period, a system, a breakdown or the whole question.
enum class DropKind { period, system, breakdown, question };
[[nodiscard]] std::string_view word_of(DropKind kind);

/// One thing that can be dropped.
struct Droppable {
  DropKind kind = DropKind::question;
  std::string name;
  std::string question;  ///< a period of one question is not that of another; empty for a system
  bool operator==(const Droppable&) const = default;
};

/// A line of the ledger with all that would save it.
struct PricedWork {
  CostLine line;
  std::vector<Droppable> saved_by;
};

/// A narrower request that fits.
struct NarrowingOption {
  std::vector<Droppable> dropped;
  CostSum remaining;
  CostSum saved;
};

/// Gives up to `most` options that fit the limit, those first that drop the fewest things, among them the ones that save the least work; no option contains
/// another. None where the work fits already, or where dropping everything would not do.
///
/// Errors as read_cost. Cost: all subsets of up to twelve things; of more, the twelve most costly are tried and the rest kept.
[[nodiscard]] base::Result<std::vector<NarrowingOption>> narrowing_options(const std::vector<PricedWork>& work, Regime regime, std::string_view part,
                                                                           std::size_t most);

}  // namespace candour::law
