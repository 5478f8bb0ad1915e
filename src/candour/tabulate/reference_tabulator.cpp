// The plain reference: one row after another into a map of atoms. Every faster path must equal it, so it stays simple.

#include <candour/tabulate/feed_reader.hpp>
#include <candour/tabulate/question_sets.hpp>
#include <candour/tabulate/tabulate.hpp>

#include <map>
#include <set>
#include <unordered_map>

namespace candour::tabulate {
namespace {

using table::AtomIndex;
using table::QuestionIndex;

class ReferenceTabulator {
 public:
  explicit ReferenceTabulator(std::shared_ptr<const table::AtomSpace> space) : space_(std::move(space)) {
    population_.space = space_;
    population_.counts.assign(space_->count(), 0);
  }

  base::Result<FeedQuality> add(const RecordFeed& feed, const std::set<QuestionIndex>& counted) {
    return read_record_feed(*space_, feed, [&](const FeedRow& row) { return add_row(feed, counted, row); });
  }

  /// The records read so far as contributions; tallies come after.
  truth::Population& population() {
    for (const auto& [place, records] : contributions_) population_.contributions.push_back({place.first, place.second, records});
    contributions_.clear();
    population_.person_count = static_cast<truth::PersonIndex>(index_of_.size());
    return population_;
  }
  std::uint64_t& without_person() { return without_person_; }

 private:
  base::Result<base::Done> add_row(const RecordFeed& feed, const std::set<QuestionIndex>& counted, const FeedRow& row) {
    if (row.questions == 0) return base::Done{};
    const auto membership = membership_of_record(*space_, row.questions, counted, row.leaves);
    if (!membership) return base::fail(not_nested(feed.holding->name(), row.line));
    const AtomIndex atom = space_->index(row.leaves, *membership);
    ++population_.counts[atom];
    if (!row.person) {
      ++without_person_;
      return base::Done{};
    }
    const auto person = index_of_.emplace(std::string(*row.person), static_cast<truth::PersonIndex>(index_of_.size())).first->second;
    ++contributions_[{atom, person}];
    return base::Done{};
  }

  std::shared_ptr<const table::AtomSpace> space_;
  truth::Population population_;
  std::map<std::pair<AtomIndex, truth::PersonIndex>, std::int64_t> contributions_;
  std::unordered_map<std::string, truth::PersonIndex> index_of_;
  std::uint64_t without_person_ = 0;
};

}  // namespace

base::Result<Tabulated> tabulate(std::shared_ptr<const table::AtomSpace> space, const std::vector<RecordFeed>& records, const std::vector<CountFeed>& counts) {
  ReferenceTabulator tabulator(space);
  std::set<QuestionIndex> counted;
  for (const CountFeed& feed : counts) counted.insert(feed.question);
  std::vector<FeedQuality> qualities;
  for (const RecordFeed& feed : records) {
    CANDOUR_TRY(quality, tabulator.add(feed, counted));
    qualities.push_back(std::move(quality));
  }
  truth::Population& population = tabulator.population();
  CANDOUR_TRY(of_counts, add_count_feeds(counts, population, tabulator.without_person()));
  qualities.insert(qualities.end(), of_counts.begin(), of_counts.end());
  population.people = people_known(records, counts, tabulator.without_person());
  return Tabulated{std::move(population), std::move(qualities)};
}

TableCounts count_cells(const truth::Population& population, const table::TableDesign& design) {
  const table::TableLayout layout(*population.space, design);
  TableCounts counts;
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const std::vector<AtomIndex> atoms = layout.atoms(cell);
    counts.records.push_back(truth::records_in(population, atoms));
    if (population.people != truth::PeopleKnown::unknown) counts.people.push_back(truth::people_in(population, atoms));
  }
  return counts;
}

}  // namespace candour::tabulate
