#pragma once
// Who stands behind the atoms: what a coalition of people in the data knows of its own records.

#include <candour/truth/population.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace candour::protect {

/// A person of the holdings, or one record of an unknown person (which stands as a person of its own).
using PersonKey = std::uint64_t;

/// One person's records in one atom, or in a set of atoms.
struct Stake {
  PersonKey person = 0;
  std::int64_t records = 0;
  bool operator==(const Stake&) const = default;
};

/// A person's records in one of their atoms.
struct Holdings {
  table::AtomIndex atom = 0;
  std::int64_t records = 0;
};

using Coalition = std::vector<PersonKey>;  ///< ascending, without repeats

/// A group that a person is known to belong to: one leaf of every identifying variable (docs/decisions/0001-what-an-intruder-knows.md).
using GroupKey = std::uint64_t;

/// What one intruder holds in hand: the records of a coalition, or the presence of somebody in a group.
struct InsideKnowledge {
  Coalition coalition;
  std::optional<GroupKey> present;
};

/// Stakes by atom. Unknown people of one atom are interchangeable, so no more of them are kept than a coalition can hold.
class Insiders {
 public:
  Insiders(const truth::Population& truth, std::int64_t largest_coalition);

  [[nodiscard]] std::int64_t largest_coalition() const { return largest_coalition_; }
  [[nodiscard]] std::span<const Stake> at(table::AtomIndex atom) const;
  /// The most records that a coalition of the largest size can own in an atom.
  [[nodiscard]] std::int64_t most_owned(table::AtomIndex atom) const { return most_owned_[atom]; }
  /// The most records that such a coalition can own in a set of atoms.
  [[nodiscard]] std::int64_t most_owned_in(std::span<const table::AtomIndex> atoms) const;
  /// The people with records in a set of atoms, by key.
  [[nodiscard]] std::vector<Stake> stakes_in(std::span<const table::AtomIndex> atoms) const;
  [[nodiscard]] std::int64_t owned(const Coalition& coalition, table::AtomIndex atom) const;
  [[nodiscard]] std::int64_t owned_in(const Coalition& coalition, std::span<const table::AtomIndex> atoms) const;
  /// All atoms in which a coalition has records, with what it owns there; ascending.
  [[nodiscard]] std::vector<Holdings> holdings_of(const Coalition& coalition) const;
  /// The same of one person.
  [[nodiscard]] std::span<const Holdings> holdings_of(PersonKey person) const;
  [[nodiscard]] GroupKey group_of(table::AtomIndex atom) const { return group_of_[atom]; }
  /// Atoms of a group that truly hold somebody; ascending.
  [[nodiscard]] std::vector<table::AtomIndex> filled_atoms_of_group(GroupKey group) const;
  /// All atoms of a group; ascending.
  [[nodiscard]] std::vector<table::AtomIndex> atoms_of_group(GroupKey group) const;
  /// Groups that truly have a member and none once a move is made; ascending.
  [[nodiscard]] std::vector<GroupKey> emptied_by(const std::vector<std::pair<table::AtomIndex, std::int64_t>>& changes) const;

 private:
  std::int64_t largest_coalition_;
  std::vector<std::uint32_t> first_;  ///< by atom, into stakes_
  std::vector<Stake> stakes_;
  std::vector<std::int64_t> most_owned_;
  PersonKey known_people_ = 0;
  std::vector<std::vector<Holdings>> of_person_;  ///< known people
  std::vector<Holdings> of_unknown_;              ///< unknown ones: their single record
  std::vector<GroupKey> group_of_;                ///< by atom
  std::map<GroupKey, std::int64_t> members_;      ///< records of each group that has any
  std::vector<std::int64_t> counts_;
};

}  // namespace candour::protect
