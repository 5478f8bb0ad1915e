// Twenty other seeds of the example: the plan taken is the best of all plans, and it is not always the same one.

#include "example_case.hpp"

#include <candour/answer/prepared_case.hpp>
#include <candour/assess/secrets.hpp>

#include <algorithm>
#include <iostream>
#include <set>

namespace {

using namespace candour;

// The lattice is kept small enough to try every plan: searches and arrests, by quarter at the finest, by age, by broad ethnicity.
std::vector<table::TableDesign> small_lattice(const answer::GatheredPopulation& population, const std::string& question) {
  std::vector<table::TableDesign> asked;
  for (table::TableDesign design : population.asked) {
    if (population.truth.space->questions[design.question].id != question) continue;
    std::erase_if(design.by[0].levels, [](int level) { return level > 2; });
    std::erase_if(design.by[2].levels, [](int level) { return level > 1; });
    asked.push_back(std::move(design));
  }
  return asked;
}

TEST(TwentySeeds, take_the_plan_that_trying_every_plan_finds_best_and_at_least_three_different_ones) {
  std::set<std::string> chosen;
  for (int seed = 101; seed <= 120; ++seed) {
    const test::ExampleCase example(seed);
    ASSERT_TRUE(example.made());
    const auto prepared = answer::prepare_case(example.folder());
    ASSERT_TRUE(prepared.has_value()) << base::to_text(prepared.error().front());
    std::string words;
    for (const answer::GatheredPopulation& population : prepared->gathered.populations) {
      const auto asked = small_lattice(population, population.id == "road" ? "2" : "6");
      ASSERT_EQ(asked.size(), 1U);
      const auto secrets = assess::secrets_of(population.truth, asked, prepared->policy).value();
      const answer::PlanTask task{&population.truth, &asked, &population.coverage, &prepared->policy, {}, protect::Treatment::exact, 1};
      const answer::Acceptance accept = [](const answer::PlannedDraft&) { return true; };
      const auto searched = answer::search_plans(task, secrets, accept).value();
      const auto tried = answer::exhaustive_search(task, secrets, accept).value();
      ASSERT_TRUE(searched.best.has_value() && tried.best.has_value());
      EXPECT_EQ(searched.best->plan, tried.best->plan) << "seed " << seed << ", population " << population.id;
      words += protect::words_of(*population.truth.space, asked[0], searched.best->plan[asked[0].question]) + " | ";
    }
    chosen.insert(words);
  }
  for (const std::string& words : chosen) std::cout << words << "\n";
  EXPECT_GE(chosen.size(), 3U);
}

}  // namespace
