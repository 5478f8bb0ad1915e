// The plain reference: one row after another into a map of atoms. Every faster path must equal it, so it stays simple.

#include <candour/tabulate/feed_reader.hpp>
#include <candour/tabulate/tabulate.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

namespace candour::tabulate {
namespace {

using table::AtomIndex;
using table::LeafIndex;
using table::MembershipIndex;
using table::QuestionIndex;

/// What is known of the people behind the records read so far.
struct PeopleSeen {
  std::uint64_t with_person = 0, without_person = 0;
  std::unordered_map<std::string, truth::PersonIndex> index_of;
};

bool contains(const table::AtomSpace& space, QuestionIndex outer, QuestionIndex inner) {
  return std::all_of(space.memberships.begin(), space.memberships.end(), [&](std::uint32_t m) { return (m >> inner & 1U) == 0 || (m >> outer & 1U) != 0; });
}

/// Adds to a set of questions those that are fed by counts and contain one of them.
std::uint32_t with_counted_questions(const table::AtomSpace& space, std::uint32_t mask, const std::set<QuestionIndex>& counted) {
  std::uint32_t closed = mask;
  for (const QuestionIndex outer : counted)
    for (QuestionIndex inner = 0; inner < space.questions.size(); ++inner)
      if ((mask >> inner & 1U) != 0 && contains(space, outer, inner)) closed |= 1U << outer;
  return closed;
}

/// Adds the questions that contain one of a set and have no figures in the period: there the records need not be among theirs.
std::uint32_t with_uncovered_questions(const table::AtomSpace& space, std::uint32_t mask, const std::vector<LeafIndex>& leaves) {
  std::uint32_t closed = mask;
  for (QuestionIndex outer = 0; space.period && outer < space.questions.size(); ++outer) {
    const std::vector<bool>& covered = space.questions[outer].covered_periods;
    if (covered.empty() || covered[leaves[*space.period]]) continue;
    for (QuestionIndex inner = 0; inner < space.questions.size(); ++inner)
      if ((mask >> inner & 1U) != 0 && contains(space, outer, inner)) closed |= 1U << outer;
  }
  return closed;
}

std::optional<MembershipIndex> membership_of(const table::AtomSpace& space, std::uint32_t mask) {
  const auto at = std::find(space.memberships.begin(), space.memberships.end(), mask);
  if (at == space.memberships.end()) return std::nullopt;
  return static_cast<MembershipIndex>(at - space.memberships.begin());
}

class ReferenceTabulator {
 public:
  explicit ReferenceTabulator(std::shared_ptr<const table::AtomSpace> space) : space_(std::move(space)) {
    population_.counts.assign(space_->count(), 0);
  }

  base::Result<base::Done> add(const RecordFeed& feed, const std::set<QuestionIndex>& counted) {
    CANDOUR_TRY(quality, read_record_feed(*space_, feed, [&](const FeedRow& row) { return add_row(feed, counted, row); }));
    quality_.push_back(std::move(quality));
    return base::Done{};
  }

  /// Sets the atoms of the counted question outside the questions inside it to its count less theirs.
  base::Result<base::Done> add(const CountFeed& feed, const std::set<QuestionIndex>& counted) {
    std::map<std::vector<LeafIndex>, std::int64_t> tally;
    CANDOUR_TRY(quality, read_count_feed(*space_, feed, [&](const CountRow& row) {
      tally[row.leaves] += row.count;
      return base::Result<base::Done>(base::Done{});
    }));
    quality_.push_back(std::move(quality));
    // What inner questions have already put below this one, in the periods that it covers.
    std::map<std::vector<LeafIndex>, std::int64_t> inner;
    for (AtomIndex atom = 0; atom < population_.counts.size(); ++atom) {
      std::vector<LeafIndex> leaves(space_->variables.size());
      MembershipIndex membership = 0;
      space_->split(atom, leaves, membership);
      if (population_.counts[atom] != 0 && space_->counts(feed.question, leaves, membership)) inner[leaves] += population_.counts[atom];
    }
    for (const auto& [leaves, records] : inner) tally[leaves] -= records;
    const auto membership = membership_of(*space_, with_counted_questions(*space_, 1U << feed.question, counted));
    if (!membership) return base::fail(not_nested(feed.holding->name(), 0));
    for (const auto& [leaves, records] : tally) {
      if (records < 0) return base::fail(nested_exceeds(feed, leaves));
      population_.counts[space_->index(leaves, *membership)] += records;
      people_.without_person += static_cast<std::uint64_t>(records);
    }
    return base::Done{};
  }

  Tabulated finish() && {
    population_.space = space_;
    for (const auto& [place, records] : contributions_) population_.contributions.push_back({place.first, place.second, records});
    population_.person_count = static_cast<truth::PersonIndex>(people_.index_of.size());
    population_.people = people_known();
    return {std::move(population_), std::move(quality_)};
  }

  void has_person_column(bool column) { (column ? with_column_ : without_column_) = true; }

 private:
  truth::PeopleKnown people_known() const {
    if (!with_column_) return truth::PeopleKnown::unknown;
    return without_column_ || people_.without_person != 0 ? truth::PeopleKnown::partly : truth::PeopleKnown::known;
  }

  base::Result<base::Done> add_row(const RecordFeed& feed, const std::set<QuestionIndex>& counted, const FeedRow& row) {
    if (row.questions == 0) return base::Done{};
    const auto membership = membership_of(*space_, with_uncovered_questions(*space_, with_counted_questions(*space_, row.questions, counted), row.leaves));
    if (!membership) return base::fail(not_nested(feed.holding->name(), row.line));
    const AtomIndex atom = space_->index(row.leaves, *membership);
    ++population_.counts[atom];
    if (!row.person) {
      ++people_.without_person;
      return base::Done{};
    }
    ++people_.with_person;
    const auto person = people_.index_of.emplace(*row.person, static_cast<truth::PersonIndex>(people_.index_of.size())).first->second;
    ++contributions_[{atom, person}];
    return base::Done{};
  }

  static base::Error not_nested(const std::string& file, std::uint64_t line) {
    return {base::Cause::wrong_input, "tabulate.not_nested", {file, line, 0}, "a question counts this record and the question that it is part of does not",
            "widen the conditions of the outer question, or correct which question is part of which"};
  }

  base::Error nested_exceeds(const CountFeed& feed, const std::vector<LeafIndex>& leaves) const {
    std::string place;
    for (std::size_t v = 0; v < leaves.size(); ++v) {
      const table::Hierarchy& hierarchy = space_->variables[v].hierarchy;
      place += fmt::format("{}{} '{}'", v == 0 ? "" : ", ", space_->variables[v].name, hierarchy.code(hierarchy.node_of_leaf(leaves[v])));
    }
    return {base::Cause::wrong_input, "tabulate.nested_exceeds", {feed.holding->name(), 0, 0},
            fmt::format("at {} the questions inside question '{}' count more than it does", place, space_->questions[feed.question].id), "correct the tally or the conditions of the inner questions"};
  }

  std::shared_ptr<const table::AtomSpace> space_;
  truth::Population population_;
  std::map<std::pair<AtomIndex, truth::PersonIndex>, std::int64_t> contributions_;
  PeopleSeen people_;
  bool with_column_ = false, without_column_ = false;
  std::vector<FeedQuality> quality_;
};

}  // namespace

base::Result<Tabulated> tabulate(std::shared_ptr<const table::AtomSpace> space, const std::vector<RecordFeed>& records, const std::vector<CountFeed>& counts) {
  ReferenceTabulator tabulator(space);
  std::set<QuestionIndex> counted;
  for (const CountFeed& feed : counts) counted.insert(feed.question);
  for (const RecordFeed& feed : records) {
    CANDOUR_TRY_DONE(tabulator.add(feed, counted));
    tabulator.has_person_column(feed.person_column.has_value());
  }
  // Inner questions first: an outer one is filled up to its count around them.
  std::vector<const CountFeed*> ordered;
  for (const CountFeed& feed : counts) ordered.push_back(&feed);
  const auto questions_inside = [&](const CountFeed* feed) {
    QuestionIndex inside = 0;
    for (QuestionIndex q = 0; q < space->questions.size(); ++q) inside += contains(*space, feed->question, q) ? 1U : 0U;
    return inside;
  };
  std::stable_sort(ordered.begin(), ordered.end(), [&](const CountFeed* a, const CountFeed* b) { return questions_inside(a) < questions_inside(b); });
  for (const CountFeed* feed : ordered) {
    CANDOUR_TRY_DONE(tabulator.add(*feed, counted));
    tabulator.has_person_column(false);
  }
  return std::move(tabulator).finish();
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
