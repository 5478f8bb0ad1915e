#pragma once
// A draft: everything that would go out about some populations, and the evidence that it gives nobody away.

#include <candour/table/leaf_set.hpp>
#include <candour/table/published_statement.hpp>
#include <candour/table/published_table.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace candour::table {

/// The atoms that a figure of an earlier release counts: those that a question counts, with their leaves in a product of sets (one a variable of the space).
struct EarlierAtoms {
  QuestionIndex question = 0;
  std::vector<LeafSet> sides;
};
/// A figure of an earlier release that this population can express: lowest <= records <= highest.
struct EarlierFigure {
  std::string words;  ///< "arrested, 18-24, 2023 (FOI-2023-17)"
  EarlierAtoms atoms;
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};
/// A percentage or an average of an earlier release; see RatioConstraint for `decimals` and `units`.
struct EarlierRatio {
  std::string words;
  EarlierAtoms numerator;
  EarlierAtoms denominator;
  int decimals = 0;
  std::int64_t units = 0;
};

/// A count that an earlier release hid for what the records were on its day: hidden again whatever it is now, so that it needs no small count beside it.
struct EarlierHidden {
  std::string words;
  EarlierAtoms atoms;
};

/// All that is published about one population: tables of its questions, and statements whose claims speak of it.
/// Questions of earlier releases are part of the space; their tables stand here with `earlier_tables`.
struct PublishedPopulation {
  std::shared_ptr<const AtomSpace> space;
  std::vector<PublishedTable> tables;
  std::vector<PublishedStatement> statements;
  std::vector<PublishedTable> earlier_tables;       ///< published before, by this authority, about the same records
  std::vector<EarlierFigure> earlier_figures = {};  ///< of releases whose tables have another shape than those of this answer
  std::vector<EarlierRatio> earlier_ratios = {};
  std::vector<EarlierHidden> earlier_hidden = {};
};

/// Numbers that stand for tables in a CellReference, after those of `tables` and `earlier_tables`: each statement, then all earlier figures (`cell` is their
/// place), then all earlier ratios.
[[nodiscard]] std::uint32_t number_of_statements(const PublishedPopulation& published);
[[nodiscard]] std::uint32_t number_of_earlier_figures(const PublishedPopulation& published);
[[nodiscard]] std::uint32_t number_of_earlier_ratios(const PublishedPopulation& published);

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
