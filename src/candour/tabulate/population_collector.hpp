#pragma once
// What one population collects while its holdings are read by several threads.

#include <candour/tabulate/cell_counter.hpp>
#include <candour/tabulate/feed_reader.hpp>
#include <candour/tabulate/partitions.hpp>
#include <candour/tabulate/person_keys.hpp>
#include <candour/truth/population.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace candour::tabulate {

/// So many records of a person in an atom. Persons are numbered by the lowest `order` that they have: where they stand first.
struct PersonInAtom {
  std::uint64_t who = 0;   ///< a mixed PersonKey
  std::uint64_t cell = 0;  ///< the atom
  std::uint64_t order = 0;
  std::int64_t records = 0;
};

class PopulationCollector {
 public:
  /// `counted`: the questions that tables of counts fill.
  PopulationCollector(std::shared_ptr<const table::AtomSpace> space, std::set<table::QuestionIndex> counted, unsigned threads);

  /// Adds a row that stands for so many records. Safe for several threads with numbers of their own. Error "tabulate.not_nested".
  [[nodiscard]] base::Result<base::Done> add(unsigned thread, const FeedRow& row, std::optional<PersonKey> person, std::uint64_t order, std::int64_t records,
                                             const std::string& file);
  /// Gives counts and contributions, and the records without a person. `people` is not yet set. Cost: sorting the people's records.
  [[nodiscard]] truth::Population finish(std::uint64_t& without_person);

 private:
  struct OfThread {
    std::unordered_map<std::uint64_t, std::optional<table::MembershipIndex>> memberships;  ///< by questions and period
    Partitions<PersonInAtom> people;
    std::uint64_t without_person = 0;
  };
  [[nodiscard]] std::optional<table::MembershipIndex> membership(OfThread& mine, const FeedRow& row) const;

  std::shared_ptr<const table::AtomSpace> space_;
  std::set<table::QuestionIndex> counted_;
  std::unique_ptr<CellSums> counts_;
  std::vector<std::unique_ptr<OfThread>> of_thread_;
};

}  // namespace candour::tabulate
