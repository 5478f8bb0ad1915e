#include <candour/protect/witness/insiders.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

namespace candour::protect {
namespace {

std::int64_t sum_of_largest(std::vector<std::int64_t> records, std::int64_t how_many) {
  const auto kept = std::min<std::size_t>(records.size(), static_cast<std::size_t>(how_many));
  std::partial_sort(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(kept), records.end(), std::greater<>());
  return std::accumulate(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(kept), std::int64_t{0});
}

}  // namespace

Insiders::Insiders(const truth::Population& truth, std::int64_t largest_coalition)
    : largest_coalition_(largest_coalition), known_people_(truth.person_count), of_person_(truth.person_count), counts_(truth.counts) {
  first_.reserve(truth.counts.size() + 1);
  auto next = truth.contributions.begin();
  for (table::AtomIndex atom = 0; atom < truth.counts.size(); ++atom) {
    first_.push_back(static_cast<std::uint32_t>(stakes_.size()));
    std::int64_t unknown = truth.counts[atom];
    std::vector<std::int64_t> records;
    for (; next != truth.contributions.end() && next->atom == atom; ++next) {
      unknown -= next->records;
      stakes_.push_back({next->person, next->records});
      of_person_[next->person].push_back({atom, next->records});
      records.push_back(next->records);
    }
    for (std::int64_t i = 0; i < std::min(unknown, largest_coalition); ++i) {
      stakes_.push_back({known_people_ + of_unknown_.size(), 1});
      of_unknown_.push_back({atom, 1});
      records.push_back(1);
    }
    most_owned_.push_back(sum_of_largest(std::move(records), largest_coalition));
  }
  first_.push_back(static_cast<std::uint32_t>(stakes_.size()));
  const table::AtomSpace& space = *truth.space;
  std::vector<table::LeafIndex> leaves(space.variables.size());
  for (table::AtomIndex atom = 0; atom < counts_.size(); ++atom) {
    table::MembershipIndex membership = 0;
    space.split(atom, leaves, membership);
    GroupKey group = 0;
    for (std::size_t v = 0; v < leaves.size(); ++v)
      if (space.variables[v].role != table::Role::sensitive) group = group * space.variables[v].hierarchy.leaf_count() + leaves[v];
    group_of_.push_back(group);
    if (counts_[atom] > 0) members_[group] += counts_[atom];
  }
}

std::vector<table::AtomIndex> Insiders::atoms_of_group(GroupKey group) const {
  std::vector<table::AtomIndex> atoms;
  for (table::AtomIndex atom = 0; atom < group_of_.size(); ++atom)
    if (group_of_[atom] == group) atoms.push_back(atom);
  return atoms;
}

std::vector<table::AtomIndex> Insiders::filled_atoms_of_group(GroupKey group) const {
  std::vector<table::AtomIndex> atoms = atoms_of_group(group);
  std::erase_if(atoms, [&](table::AtomIndex atom) { return counts_[atom] == 0; });
  return atoms;
}

std::vector<GroupKey> Insiders::emptied_by(const std::vector<std::pair<table::AtomIndex, std::int64_t>>& changes) const {
  std::map<GroupKey, std::int64_t> change_of;
  for (const auto& [atom, change] : changes) change_of[group_of_[atom]] += change;
  std::vector<GroupKey> emptied;
  for (const auto& [group, change] : change_of) {
    const auto at = members_.find(group);
    if (at != members_.end() && at->second + change <= 0) emptied.push_back(group);
  }
  return emptied;
}

std::span<const Stake> Insiders::at(table::AtomIndex atom) const { return {stakes_.data() + first_[atom], stakes_.data() + first_[atom + 1]}; }

std::vector<Stake> Insiders::stakes_in(std::span<const table::AtomIndex> atoms) const {
  std::map<PersonKey, std::int64_t> records;
  for (const table::AtomIndex atom : atoms)
    for (const Stake& stake : at(atom)) records[stake.person] += stake.records;
  std::vector<Stake> stakes;
  for (const auto& [person, owned] : records) stakes.push_back({person, owned});
  return stakes;
}

std::int64_t Insiders::most_owned_in(std::span<const table::AtomIndex> atoms) const {
  std::vector<std::int64_t> records;
  for (const Stake& stake : stakes_in(atoms)) records.push_back(stake.records);
  return sum_of_largest(std::move(records), largest_coalition_);
}

std::int64_t Insiders::owned(const Coalition& coalition, table::AtomIndex atom) const {
  std::int64_t sum = 0;
  const std::span<const Stake> stakes = at(atom);  // by person: coalitions are small, many may have records here
  for (const PersonKey person : coalition) {
    const auto stake = std::lower_bound(stakes.begin(), stakes.end(), person, [](const Stake& each, PersonKey key) { return each.person < key; });
    if (stake != stakes.end() && stake->person == person) sum += stake->records;
  }
  return sum;
}

std::int64_t Insiders::owned_in(const Coalition& coalition, std::span<const table::AtomIndex> atoms) const {
  if (coalition.empty()) return 0;
  std::int64_t sum = 0;
  for (const Holdings& part : holdings_of(coalition))
    if (std::binary_search(atoms.begin(), atoms.end(), part.atom)) sum += part.records;
  return sum;
}

std::span<const Holdings> Insiders::holdings_of(PersonKey person) const {
  if (person < known_people_) return of_person_[person];
  return {&of_unknown_[person - known_people_], 1};
}

std::vector<Holdings> Insiders::holdings_of(const Coalition& coalition) const {
  std::map<table::AtomIndex, std::int64_t> records;
  for (const PersonKey person : coalition)
    for (const Holdings& part : holdings_of(person)) records[part.atom] += part.records;
  std::vector<Holdings> holdings;
  for (const auto& [atom, owned] : records) holdings.push_back({atom, owned});
  return holdings;
}

}  // namespace candour::protect
