#include <candour/tabulate/question_sets.hpp>

#include <candour/tabulate/feed_reader.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace candour::tabulate {
namespace {

using table::AtomIndex;
using table::LeafIndex;
using table::MembershipIndex;
using table::QuestionIndex;

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

base::Error nested_exceeds(const table::AtomSpace& space, const CountFeed& feed, const std::vector<LeafIndex>& leaves) {
  std::string place;
  for (std::size_t v = 0; v < leaves.size(); ++v) {
    const table::Hierarchy& hierarchy = space.variables[v].hierarchy;
    place += fmt::format("{}{} '{}'", v == 0 ? "" : ", ", space.variables[v].name, hierarchy.code(hierarchy.node_of_leaf(leaves[v])));
  }
  return {base::Cause::wrong_input,
          "tabulate.nested_exceeds",
          {feed.holding->name(), 0, 0},
          fmt::format("at {} the questions inside question '{}' count more than it does", place, space.questions[feed.question].id),
          "correct the tally or the conditions of the inner questions"};
}

/// Fills one counted question.
base::Result<FeedQuality> add_count_feed(const CountFeed& feed, const std::set<QuestionIndex>& counted, truth::Population& population,
                                         std::uint64_t& without_person) {
  const table::AtomSpace& space = *population.space;
  std::map<std::vector<LeafIndex>, std::int64_t> tally;
  CANDOUR_TRY(quality, read_count_feed(space, feed, [&](const CountRow& row) {
                tally[row.leaves] += row.count;
                return base::Result<base::Done>(base::Done{});
              }));
  // What inner questions have already put below this one, in the periods that it covers.
  std::map<std::vector<LeafIndex>, std::int64_t> inner;
  for (AtomIndex atom = 0; atom < population.counts.size(); ++atom) {
    if (population.counts[atom] == 0) continue;
    std::vector<LeafIndex> leaves(space.variables.size());
    MembershipIndex membership = 0;
    space.split(atom, leaves, membership);
    if (space.counts(feed.question, leaves, membership)) inner[leaves] += population.counts[atom];
  }
  for (const auto& [leaves, records] : inner) tally[leaves] -= records;
  const auto membership = membership_of(space, with_counted_questions(space, 1U << feed.question, counted));
  if (!membership) return base::fail(not_nested(feed.holding->name(), 0));
  for (const auto& [leaves, records] : tally) {
    if (records < 0) return base::fail(nested_exceeds(space, feed, leaves));
    population.counts[space.index(leaves, *membership)] += records;
    without_person += static_cast<std::uint64_t>(records);
  }
  return quality;
}

}  // namespace

base::Error not_nested(const std::string& file, std::uint64_t line) {
  return {base::Cause::wrong_input,
          "tabulate.not_nested",
          {file, line, 0},
          "a question counts this record and the question that it is part of does not",
          "widen the conditions of the outer question, or correct which question is part of which"};
}

std::optional<MembershipIndex> membership_of_record(const table::AtomSpace& space, std::uint32_t questions, const std::set<QuestionIndex>& counted,
                                                    const std::vector<LeafIndex>& leaves) {
  return membership_of(space, with_uncovered_questions(space, with_counted_questions(space, questions, counted), leaves));
}

base::Result<std::vector<FeedQuality>> add_count_feeds(const std::vector<CountFeed>& counts, truth::Population& population, std::uint64_t& without_person) {
  const table::AtomSpace& space = *population.space;
  std::set<QuestionIndex> counted;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    counted.insert(counts[i].question);
    order.push_back(i);
  }
  const auto questions_inside = [&](std::size_t i) {
    QuestionIndex inside = 0;
    for (QuestionIndex q = 0; q < space.questions.size(); ++q) inside += contains(space, counts[i].question, q) ? 1U : 0U;
    return inside;
  };
  // Inner questions first: an outer one is filled up to its count around them.
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return questions_inside(a) < questions_inside(b); });
  std::vector<FeedQuality> qualities(counts.size());
  for (const std::size_t i : order) {
    CANDOUR_TRY(quality, add_count_feed(counts[i], counted, population, without_person));
    qualities[i] = std::move(quality);
  }
  return qualities;
}

truth::PeopleKnown people_known(const std::vector<RecordFeed>& records, const std::vector<CountFeed>& counts, std::uint64_t without_person) {
  const auto has_column = [](const RecordFeed& feed) { return feed.person_column.has_value(); };
  if (std::none_of(records.begin(), records.end(), has_column)) return truth::PeopleKnown::unknown;
  const bool all = std::all_of(records.begin(), records.end(), has_column) && counts.empty() && without_person == 0;
  return all ? truth::PeopleKnown::known : truth::PeopleKnown::partly;
}

}  // namespace candour::tabulate
