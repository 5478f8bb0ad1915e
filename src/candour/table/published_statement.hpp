#pragma once
// Sentences and derived figures that go out beside the tables. Each says in data what it lets a reader conclude, so that it is attacked like a table.

#include <candour/table/table_design.hpp>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace candour::table {

/// A cell of the draft, by table and place.
struct CellReference {
  std::uint32_t table = 0;
  CellIndex cell = 0;
  bool operator==(const CellReference&) const = default;
};

/// Says nothing about any count.
struct NoClaim {};
/// "In the finer table at least one count lies between 1 and the minimum less 1": the reason why a finer plan was not taken.
struct SmallCountsIn {
  TableDesign finer;
  std::int64_t minimum = 0;
};
/// "numerator is N per cent of denominator", rounded half away from zero to `decimals`. `units` is the percentage times 10^decimals.
struct PercentageOf {
  CellReference numerator;
  CellReference denominator;
  int decimals = 0;
  std::int64_t units = 0;
};
/// A count of some atoms that no table shows: the box of a question (leaf range of every variable), with bounds. Equal bounds give an exact figure.
struct CountBetween {
  QuestionIndex question = 0;
  std::vector<LeafRange> box;
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};

/// Several of them, said by one sentence: how the categories of a variable were joined.
struct CountsBetween {
  std::vector<CountBetween> counts;
};

using Claim = std::variant<NoClaim, SmallCountsIn, PercentageOf, CountBetween, CountsBetween>;

/// Where a statement stands.
enum class StatementPlace { note, reason, finding, cost };

struct PublishedStatement {
  std::string id;
  std::string question;  ///< the question's number in the request; empty: the whole answer
  StatementPlace place = StatementPlace::note;
  std::string text;  ///< the sentence as it is printed
  Claim claim;
};

}  // namespace candour::table
