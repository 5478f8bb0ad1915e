#pragma once
// The oracle: brute force over every table of atoms that an intruder cannot tell from the true one. It knows the definitions of
// docs/decisions/0001-what-an-intruder-knows.md and nothing of the program that it judges: only the shapes of tables are shared.

#include <candour/table/draft.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace candour::oracle {

using Counts = std::vector<std::int64_t>;

/// One person's records in one atom.
struct OwnedRecords {
  table::AtomIndex atom = 0;
  std::size_t person = 0;
  std::int64_t records = 0;
};

/// Everything that is true, and what was asked.
struct Truth {
  std::shared_ptr<const table::AtomSpace> space;
  Counts counts;
  std::vector<OwnedRecords> owned;  ///< records of known people; each other record is a person of its own
  bool people_are_told_apart = false;
  std::vector<table::TableDesign> asked;
};

struct Rules {
  std::int64_t minimum = 0;
  std::int64_t p_percent = 0;
  bool protects_groups = true;
  std::int64_t coalition_size = 0;  ///< 0 to 2
  bool presence_is_known = false;
};

/// All tables that fit what is published; none if there are more than `most`. Atoms that no figure bounds go up to `unbounded_up_to`, which must lie far enough
/// above every count that a secret asks for.
[[nodiscard]] std::optional<std::vector<Counts>> all_tables(const table::PublishedPopulation& published, std::int64_t unbounded_up_to, std::size_t most);
/// Those of them in which each connected set of hidden cells still holds one that needs hiding.
[[nodiscard]] std::vector<Counts> replayed(const std::vector<Counts>& tables, const table::PublishedPopulation& published, const Truth& truth,
                                           std::int64_t minimum);

struct Verdict {
  bool is_safe = true;
  std::string reason;  ///< the first one found against it
};
/// Judges a draft over its worlds.
[[nodiscard]] Verdict judge(const std::vector<Counts>& worlds, const table::PublishedPopulation& published, const Truth& truth, const Rules& rules);

/// The range of a sum over tables.
struct Range {
  std::int64_t lowest = 0, highest = 0;
};
[[nodiscard]] Range range_over(const std::vector<Counts>& tables, const std::vector<table::AtomIndex>& atoms);

/// How many of the secrets of a truth have one value only over some tables; for the second run.
struct Determined {
  std::size_t secrets = 0, determined = 0;
};
[[nodiscard]] Determined determined_secrets(const std::vector<Counts>& tables, const Truth& truth, const Rules& rules);

}  // namespace candour::oracle
