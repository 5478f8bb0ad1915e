#include <candour/answer/gather.hpp>

#include <candour/answer/claims_of_zero.hpp>
#include <candour/answer/holding_feeds.hpp>
#include <candour/tabulate/describe_holding.hpp>
#include <candour/tabulate/population_tabulator.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace candour::answer {
namespace {

using request::Case;
using request::CaseHolding;
using request::CasePopulation;
using request::Question;

// The feeds of one population: one a records holding, one a counted question.
struct Feeds {
  const CasePopulation* population = nullptr;
  tabulate::PopulationFeeds of;
  std::vector<std::string> holdings;  ///< labels, in the order in which quality comes back
};

base::Result<Feeds> feeds_of(const Case& the_case, const CasePopulation& population, std::shared_ptr<const table::AtomSpace> atoms, OpenHoldings& open) {
  const table::AtomSpace& space = *atoms;
  Feeds feeds{&population, {std::move(atoms), {}, {}}, {}};
  std::vector<std::string> count_labels;
  for (const CaseHolding& holding : the_case.holdings) {
    tabulate::RecordFeed records;
    for (const Question& question : the_case.questions) {
      const auto index = space.find_question(question.number);
      if (!index || question.population != population.id || question.source.holding != holding.id) continue;
      CANDOUR_TRY(opened, open.open(holding));
      CANDOUR_TRY(variables, sources_of(the_case, population, holding));
      if (holding.kind == request::HoldingKind::counts) {
        feeds.of.counts.push_back({opened, *index, std::move(variables), holding.count_column});
        count_labels.push_back(holding.id);
        continue;
      }
      records.holding = opened;
      records.variables = std::move(variables);
      records.questions.emplace(*index, terms_of(question.source.conditions));
    }
    if (records.holding == nullptr) continue;
    records.of_population = terms_of(population.conditions);
    if (!holding.person_column.empty()) records.person_column = holding.person_column;
    feeds.of.records.push_back(std::move(records));
    feeds.holdings.push_back(holding.id);
  }
  feeds.holdings.insert(feeds.holdings.end(), count_labels.begin(), count_labels.end());
  return feeds;
}

// Each question's periods; where stretches overlap the later one counts, as it does for what is covered.
protect::CoverageOfQuestions coverage_of(const Case& the_case, const table::AtomSpace& space) {
  protect::CoverageOfQuestions coverage;
  coverage.by_question.resize(space.questions.size());
  if (!space.period) return coverage;
  const table::Hierarchy& periods = space.variables[*space.period].hierarchy;
  for (table::QuestionIndex q = 0; q < space.questions.size(); ++q) {
    const auto question =
        std::find_if(the_case.questions.begin(), the_case.questions.end(), [&](const Question& asked) { return asked.number == space.questions[q].id; });
    if (question == the_case.questions.end() || question->coverage.empty()) continue;
    std::vector<table::CoverageStatus>& by_leaf = coverage.by_question[q];
    by_leaf.assign(periods.leaf_count(), table::CoverageStatus::available);
    for (const table::CoverageStretch& stretch : question->coverage) {
      const auto first = periods.find(stretch.first_period);
      const auto last = periods.find(stretch.last_period);
      if (!first || !last) continue;
      for (table::LeafIndex leaf = periods.leaves(*first).first; leaf < periods.leaves(*last).end; ++leaf) by_leaf[leaf] = stretch.status;
    }
  }
  return coverage;
}

void append_quality(const std::vector<tabulate::FeedQuality>& quality, const std::vector<std::string>& holdings, const std::string& population,
                    std::vector<std::string>& out) {
  for (std::size_t i = 0; i < quality.size() && i < holdings.size(); ++i) {
    const tabulate::FeedQuality& q = quality[i];
    out.push_back(fmt::format("population '{}', holding '{}': {} rows read, {} in the population, {} identical to an earlier row", population, holdings[i],
                              q.rows_read, q.rows_in_population, q.identical_rows));
    for (const std::string& note : q.notes) out.push_back(fmt::format("population '{}', holding '{}': {}", population, holdings[i], note));
  }
}

/// Months in which far fewer records stand than before, question by question; those in which nothing was recorded are no surprise.
void append_drops(const truth::Population& population, const std::string& id, std::vector<std::string>& out) {
  const table::AtomSpace& space = *population.space;
  if (!space.period) return;
  const table::Hierarchy& periods = space.variables[*space.period].hierarchy;
  for (table::QuestionIndex q = 0; q < space.questions.size(); ++q) {
    std::vector<std::uint64_t> rows(periods.leaf_count());
    std::vector<table::LeafIndex> leaves(space.variables.size());
    for (table::AtomIndex atom = 0; atom < population.counts.size(); ++atom) {
      if (population.counts[atom] == 0) continue;
      table::MembershipIndex membership = 0;
      space.split(atom, leaves, membership);
      if (space.counts(q, leaves, membership)) rows[leaves[*space.period]] += static_cast<std::uint64_t>(population.counts[atom]);
    }
    const std::vector<bool>& covered = space.questions[q].covered_periods;
    std::vector<std::pair<std::string, std::uint64_t>> months;
    for (table::LeafIndex leaf = 0; leaf < periods.leaf_count(); ++leaf)
      if (covered.empty() || covered[leaf]) months.emplace_back(periods.code(periods.node_of_leaf(leaf)), rows[leaf]);
    for (const tabulate::SuddenDrop& drop : tabulate::sudden_drops(space.variables[*space.period].name, months))
      out.push_back(fmt::format("population '{}', question {}: only {} records in {}, after about {} in the months before; a feed may have stopped", id,
                                space.questions[q].id, drop.rows, drop.month, drop.usual_rows));
  }
}

}  // namespace

base::Result<Gathered> gather(const Case& the_case) {
  OpenHoldings open(the_case);
  std::vector<Feeds> all;
  std::vector<tabulate::PopulationFeeds> feeds_of_all;
  for (const CasePopulation& population : the_case.populations) {
    const auto space = request::atom_space_of(the_case, population);
    if (space->questions.empty()) continue;
    CANDOUR_TRY(feeds, feeds_of(the_case, population, space, open));
    feeds_of_all.push_back(feeds.of);
    all.push_back(std::move(feeds));
  }
  CANDOUR_TRY(tabulated, tabulate::tabulate_populations(feeds_of_all));
  Gathered gathered;
  for (std::size_t p = 0; p < all.size(); ++p) {
    const CasePopulation& population = *all[p].population;
    append_quality(tabulated[p].quality, all[p].holdings, population.id, gathered.quality);
    append_drops(tabulated[p].population, population.id, gathered.quality);
    const auto& space = all[p].of.space;
    gathered.populations.push_back(
        {population.id, std::move(tabulated[p].population), request::asked_designs(the_case, population, *space), coverage_of(the_case, *space)});
    CANDOUR_TRY_DONE(check_claims_of_zero(the_case, gathered.populations.back()));
  }
  CANDOUR_TRY(digest, open.digest());
  gathered.records_digest = digest;
  return gathered;
}

}  // namespace candour::answer
