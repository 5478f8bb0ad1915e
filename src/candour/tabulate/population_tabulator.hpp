#pragma once
// From holdings to the truth about all populations of a case, each holding read once: the fast path of an answer.

#include <candour/tabulate/tabulate.hpp>

#include <memory>
#include <vector>

namespace candour::tabulate {

/// What feeds one population.
struct PopulationFeeds {
  std::shared_ptr<const table::AtomSpace> space;
  std::vector<RecordFeed> records;
  std::vector<CountFeed> counts;
};

/// Gives for each population what tabulate() gives, cell by cell and person by person; where a database holds the records, persons may have other numbers.
///
/// A holding of records is read once for all populations and questions that it feeds: a CSV by several threads, a database by one GROUP BY a feed over leaves,
/// the columns of conditions and persons. `threads` 0: as many as there are processors. Cost: linear in rows times feeds, and sorting the people's records.
/// Memory: atoms, and 32 bytes a record with a person. Errors: as tabulate(); of several faults in a file the one that stands first.
[[nodiscard]] base::Result<std::vector<Tabulated>> tabulate_populations(const std::vector<PopulationFeeds>& populations, unsigned threads = 0);

}  // namespace candour::tabulate
