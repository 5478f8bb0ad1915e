#include <candour/truth/population.hpp>

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace candour::truth {
namespace {

std::unordered_map<PersonIndex, std::int64_t> records_by_person(const Population& population, std::span<const table::AtomIndex> atoms) {
  std::unordered_map<PersonIndex, std::int64_t> records;
  for (const table::AtomIndex atom : atoms)
    for (const Contribution& c : contributions_of(population, atom)) records[c.person] += c.records;
  return records;
}

}  // namespace

std::span<const Contribution> contributions_of(const Population& population, table::AtomIndex atom) {
  const auto [first, end] = std::equal_range(population.contributions.begin(), population.contributions.end(), Contribution{atom, 0, 0},
                                             [](const Contribution& a, const Contribution& b) { return a.atom < b.atom; });
  return {first, end};
}

std::int64_t records_in(const Population& population, std::span<const table::AtomIndex> atoms) {
  std::int64_t sum = 0;
  for (const table::AtomIndex atom : atoms) sum += population.counts[atom];
  return sum;
}

std::int64_t people_in(const Population& population, std::span<const table::AtomIndex> atoms) {
  std::int64_t known_records = 0;
  const auto by_person = records_by_person(population, atoms);
  for (const auto& [person, records] : by_person) known_records += records;
  return static_cast<std::int64_t>(by_person.size()) + records_in(population, atoms) - known_records;
}

std::vector<std::int64_t> largest_contributions(const Population& population, std::span<const table::AtomIndex> atoms, std::size_t how_many) {
  std::vector<std::int64_t> largest;
  std::int64_t unknown = records_in(population, atoms);
  for (const auto& [person, records] : records_by_person(population, atoms)) {
    largest.push_back(records);
    unknown -= records;
  }
  std::sort(largest.begin(), largest.end(), std::greater<>());
  if (largest.size() > how_many) largest.resize(how_many);
  while (largest.size() < how_many && unknown-- > 0) largest.push_back(1);
  return largest;
}

}  // namespace candour::truth
