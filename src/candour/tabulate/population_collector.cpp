#include <candour/tabulate/population_collector.hpp>

#include <candour/tabulate/question_sets.hpp>

#include <algorithm>

namespace candour::tabulate {
namespace {

/// A person of one partition: where they stand first, and their contributions.
struct Person {
  std::uint64_t order = 0;
  std::size_t first = 0, end = 0;  ///< into the contributions
};

/// Joins the entries of one partition into contributions, those of a person beside each other.
void join_people(const std::vector<PersonInAtom>& entries, std::vector<Person>& persons, std::vector<truth::Contribution>& contributions) {
  for (std::size_t i = 0; i < entries.size();) {
    Person person{entries[i].order, contributions.size(), 0};
    const std::uint64_t who = entries[i].who;
    while (i < entries.size() && entries[i].who == who) {
      const std::uint64_t atom = entries[i].cell;
      std::int64_t records = 0;
      for (; i < entries.size() && entries[i].who == who && entries[i].cell == atom; ++i) {
        records += entries[i].records;
        person.order = std::min(person.order, entries[i].order);
      }
      contributions.push_back({static_cast<table::AtomIndex>(atom), 0, records});
    }
    person.end = contributions.size();
    persons.push_back(person);
  }
}

}  // namespace

PopulationCollector::PopulationCollector(std::shared_ptr<const table::AtomSpace> space, std::set<table::QuestionIndex> counted, unsigned threads)
    : space_(std::move(space)), counted_(std::move(counted)), counts_(std::make_unique<CellSums>(space_->count(), threads)) {
  for (unsigned thread = 0; thread < threads; ++thread) of_thread_.push_back(std::make_unique<OfThread>());
}

std::optional<table::MembershipIndex> PopulationCollector::membership(OfThread& mine, const FeedRow& row) const {
  const std::uint64_t key = static_cast<std::uint64_t>(row.questions) << 32U | (space_->period ? row.leaves[*space_->period] : 0U);
  const auto [place, is_new] = mine.memberships.try_emplace(key);
  if (is_new) place->second = membership_of_record(*space_, row.questions, counted_, row.leaves);
  return place->second;
}

base::Result<base::Done> PopulationCollector::add(unsigned thread, const FeedRow& row, std::optional<PersonKey> person, std::uint64_t order,
                                                  std::int64_t records, const std::string& file) {
  if (row.questions == 0) return base::Done{};
  OfThread& mine = *of_thread_[thread];
  const auto found = membership(mine, row);
  if (!found) return base::fail(not_nested(file, row.line));
  const auto atom = static_cast<std::uint64_t>(space_->index(row.leaves, *found));
  counts_->add(thread, atom, records);
  if (person) mine.people.add({mixed(*person), atom, order, records});
  else mine.without_person += static_cast<std::uint64_t>(records);
  return base::Done{};
}

truth::Population PopulationCollector::finish(std::uint64_t& without_person) {
  truth::Population population;
  population.space = space_;
  population.counts.assign(space_->count(), 0);
  counts_->for_each([&](std::uint64_t atom, std::int64_t records) { population.counts[atom] += records; });
  counts_.reset();
  std::vector<Person> persons;
  std::vector<PersonInAtom> entries, scratch;
  for (std::size_t partition = 0; partition < Partitions<PersonInAtom>::count; ++partition) {
    entries.clear();
    for (const auto& mine : of_thread_) mine->people.move_to(partition, entries);
    order_by_person(entries, scratch);
    join_people(entries, persons, population.contributions);
  }
  for (const auto& mine : of_thread_) without_person += mine->without_person;
  std::sort(persons.begin(), persons.end(), [](const Person& a, const Person& b) { return a.order < b.order; });
  for (std::size_t p = 0; p < persons.size(); ++p)
    for (std::size_t i = persons[p].first; i < persons[p].end; ++i) population.contributions[i].person = static_cast<truth::PersonIndex>(p);
  std::sort(population.contributions.begin(), population.contributions.end(),
            [](const truth::Contribution& a, const truth::Contribution& b) { return a.atom != b.atom ? a.atom < b.atom : a.person < b.person; });
  population.person_count = static_cast<truth::PersonIndex>(persons.size());
  return population;
}

}  // namespace candour::tabulate
