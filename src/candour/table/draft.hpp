#pragma once
// A draft: everything that would go out about some populations, and the evidence that it gives nobody away.

#include <candour/table/published_statement.hpp>
#include <candour/table/published_table.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace candour::table {

/// All that is published about one population: tables of its questions, and statements whose claims speak of it.
/// Questions of earlier releases are part of the space; their tables stand here with `earlier_tables`.
struct PublishedPopulation {
  std::shared_ptr<const AtomSpace> space;
  std::vector<PublishedTable> tables;
  std::vector<PublishedStatement> statements;
  std::vector<PublishedTable> earlier_tables;  ///< published before, by this authority, about the same records
};

/// A move of atoms: adding it to a table of atoms gives another one. Atoms ascending, no zero changes.
struct AtomChange {
  AtomIndex atom = 0;
  std::int64_t change = 0;
  bool operator==(const AtomChange&) const = default;
};
using Move = std::vector<AtomChange>;

/// Witness tables as moves away from the truth, and for each secret (by its identifier) the witnesses that speak for it.
/// Private: a move added to a published world would tell something of the truth.
struct Evidence {
  std::vector<Move> moves;
  std::map<std::string, std::vector<std::uint32_t>> witnesses_of;  ///< secret id -> indexes into moves
};

/// What protect hands on: one entry a population. `published` and `evidence` have the same length.
struct Draft {
  std::vector<PublishedPopulation> published;
  std::vector<Evidence> evidence;
};

}  // namespace candour::table
