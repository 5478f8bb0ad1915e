// Plans with a marked table against brute force: whatever the search adds with marks is laid before an oracle that tries all tables that fit, and the oracle
// finds nobody given away in it. And the alarms: a mark too few is refused by evidence, gate, attack and oracle alike.

#include <candour/answer/plan_search.hpp>
#include <candour/assess/secrets.hpp>
#include <candour/attack/attack.hpp>
#include <candour/certify/checker.hpp>
#include <candour/protect/evidence.hpp>

#include "oracle.hpp"
#include "tiny_population.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <numeric>
#include <random>

namespace {

using namespace candour;

constexpr std::size_t most_tables = 20000;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int usual_cases = 100;
#else
constexpr int usual_cases = 2000;
#endif

policy::Policy rules() {
  policy::Policy policy;
  policy.minimum_frequency.minimum = 3;
  policy.intruders = {{"the public", policy::IntruderKind::the_public, 0},
                      {"a partner", policy::IntruderKind::knows_presence, 0},
                      {"a person in the data", policy::IntruderKind::person_in_the_data, 1}};
  return policy;
}

std::vector<knowledge::Knowledge> intruders_of(const policy::Policy& policy) {
  std::vector<knowledge::Knowledge> intruders;
  for (const policy::NamedIntruder& named : policy.intruders) {
    intruders.emplace_back();
    intruders.back().intruder.name = named.name;
    intruders.back().intruder.coalition_size = named.coalition_size;
    intruders.back().intruder.presence = named.kind == policy::IntruderKind::knows_presence ? knowledge::Presence::known : knowledge::Presence::unknown;
    intruders.back().method = knowledge::MethodKnowledge::policy_numbers;
    intruders.back().minimum_frequency = policy.minimum_frequency.minimum;
  }
  return intruders;
}

struct Case {
  truth::Population truth;
  std::vector<table::TableDesign> asked;
  policy::Policy policy = rules();
  protect::CoverageOfQuestions coverage;

  Case(const std::shared_ptr<table::AtomSpace>& space, std::vector<std::int64_t> counts) : truth(test_support::population_of(space, std::move(counts))) {
    for (table::QuestionIndex q = 0; q < space->questions.size(); ++q) asked.push_back(test_support::full_design(*space, q));
    coverage.by_question.resize(space->questions.size());
  }
  [[nodiscard]] std::vector<knowledge::Finding> attacked(const table::PublishedPopulation& published) const {
    return attack::attack_as_each(published, asked, intruders_of(policy));
  }
  [[nodiscard]] answer::PlanTask task() const {
    answer::PlanTask task{&truth, &asked, &coverage, &policy};
    task.treatment = protect::Treatment::exact;
    task.key = base::SecretKey{base::digest_of("key").bytes};
    return task;
  }
};

Case random_case(std::mt19937_64& dice) {
  const auto role = dice() % 2 == 0 ? table::Role::both : table::Role::identifying;
  const auto space = test_support::space_over(
      {{test_support::flat_hierarchy("x", 2 + dice() % 2), table::Role::identifying}, {test_support::flat_hierarchy("y", 2 + dice() % 2), role}});
  std::vector<std::int64_t> counts(space->count(), 0);
  for (std::int64_t& count : counts) count = static_cast<std::int64_t>(dice() % 3 == 0 ? 0 : dice() % 2 == 0 ? dice() % 4 : dice() % 9);
  return {space, std::move(counts)};
}

bool has_marks(const answer::PlannedDraft& draft) {
  return std::any_of(draft.plan.begin(), draft.plan.end(), [](const protect::QuestionPlan& plan) { return plan.marked.has_value(); });
}

bool hides_a_nought(const Case& one, const table::PublishedPopulation& published) {
  for (const table::PublishedTable& table : published.tables) {
    const table::TableLayout layout(*published.space, table.design);
    for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell)
      if (table::is_suppressed(table.cells[cell]) && truth::records_in(one.truth, layout.atoms(cell)) == 0) return true;
  }
  return false;
}

// Nothing where too many tables fit.
std::optional<bool> passes(const Case& one, const table::PublishedPopulation& figures) {
  const auto tables = oracle::all_tables(figures, std::accumulate(one.truth.counts.begin(), one.truth.counts.end(), std::int64_t{8}), most_tables);
  if (!tables) return std::nullopt;
  const oracle::Truth known{one.truth.space, one.truth.counts, {}, false, one.asked};
  for (const std::int64_t coalition : {0, 1})
    for (const bool presence : {false, true}) {
      if (presence && coalition > 0) continue;
      if (!oracle::judge(*tables, figures, known,
                         {one.policy.minimum_frequency.minimum, one.policy.p_percent, one.policy.group_disclosure, coalition, presence})
               .is_safe)
        return false;
    }
  return true;
}

TEST(MarkedPlans, GiveNobodyAwayAndTellMore) {
  std::mt19937_64 dice(20261129);
  int looked_at = 0, marked = 0, noughts = 0, set_aside = 0;
  for (; looked_at < usual_cases; ++looked_at) {
    const Case one = random_case(dice);
    const auto secrets = assess::secrets_of(one.truth, one.asked, one.policy).value();
    answer::PlanTask task = one.task();
    const auto accept_all = [](const answer::PlannedDraft&) { return true; };
    const auto plain = answer::search_plans(task, secrets, accept_all).value();
    task.marks_beside = [&](const table::PublishedPopulation& published, const table::Evidence&) { return one.attacked(published); };
    const auto found = answer::search_plans(task, secrets, accept_all).value();
    ASSERT_TRUE(found.best && plain.best);
    if (!has_marks(*found.best)) continue;
    EXPECT_GT(found.best->detail.share(), plain.best->detail.share());
    for (const table::PublishedTable& table : plain.best->published.tables)  // what stood exact stands exact
      EXPECT_TRUE(std::any_of(found.best->published.tables.begin(), found.best->published.tables.end(),
                              [&](const auto& other) { return other.design == table.design && other.cells == table.cells; }));
    const auto certain = certify::reasons_against({&one.truth, &one.asked, &found.best->published, &found.best->evidence}, one.policy);
    EXPECT_TRUE(certain.empty()) << certain.front().code << ' ' << certain.front().subject;
    const auto safe = passes(one, found.best->published);
    if (!safe) {
      ++set_aside;
      continue;
    }
    ++marked;
    noughts += hides_a_nought(one, found.best->published) ? 1 : 0;
    EXPECT_TRUE(*safe) << "case " << looked_at;
  }
  std::cout << looked_at << " cases; marks judged by brute force in " << marked << ", in " << noughts << " of them a nought is hidden, too large in "
            << set_aside << std::endl;
  EXPECT_GE(marked, usual_cases / 20);
  EXPECT_GE(noughts, 1);
}

// Three rows and two columns with all sums; one mark of the pattern that protects the small count left out.
TEST(MarkedPlans, RefuseAMarkTooFew) {
  const Case one(test_support::space_over(
                     {{test_support::flat_hierarchy("x", 3), table::Role::identifying}, {test_support::flat_hierarchy("y", 2), table::Role::identifying}}),
                 {2, 8, 9, 7, 8, 6});
  const auto secrets = assess::secrets_of(one.truth, one.asked, one.policy).value();
  const table::TableLayout layout(*one.truth.space, one.asked[0]);
  const auto published = [&](const std::set<table::CellIndex>& hidden) {
    table::PublishedPopulation tables;
    tables.space = one.truth.space;
    tables.tables.push_back({"x by y", one.asked[0], table::ZeroConvention::hidden_may_be_zero, 0, {}});
    for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell)
      tables.tables[0].cells.push_back(hidden.contains(cell) ? table::PublishedCell(table::Suppressed{})
                                                             : table::PublishedCell(table::Value{truth::records_in(one.truth, layout.atoms(cell))}));
    return tables;
  };
  const auto is_protected = [&](const table::PublishedPopulation& tables) {
    const auto worlds = table::worlds_of(tables, one.policy.minimum_frequency.minimum).value();
    return protect::find_evidence(one.truth, worlds, secrets, one.policy, protect::StopAt::every_secret).unprotected.empty();
  };
  // Cells: the total row 0 to 2, then each x with its total, y1, y2: the small count is cell 4.
  const auto enough = published({4, 5, 7, 8});
  EXPECT_TRUE(is_protected(enough));
  EXPECT_TRUE(*passes(one, enough));
  EXPECT_TRUE(one.attacked(enough).empty());
  const auto flaw = published({4, 7, 8});
  EXPECT_FALSE(is_protected(flaw));
  EXPECT_FALSE(*passes(one, flaw));
  EXPECT_FALSE(one.attacked(flaw).empty());
}

}  // namespace
