// Which figures carry noise, and how it is drawn: the same count of the same thing always the same noise, whatever the answer.

#include "small_population.hpp"

#include <candour/protect/cell_name.hpp>
#include <candour/protect/changed_figures.hpp>

#include <gtest/gtest.h>

#include <set>

namespace {

using namespace candour;

constexpr std::int64_t most = 7, below = 7;
const std::vector<std::int64_t> counts{0, 3, 7, 12, 10, 16, 6, 9, 21, 0, 0, 0};

base::SecretKey key_of(const std::string& text) { return base::SecretKey{base::digest_of(text).bytes}; }

protect::FigureNoise noise(const std::string& key = "key") { return protect::FigureNoise::of({most, 5, 0, below}, key_of(key)).value(); }

table::PublishedPopulation published_of(const truth::Population& truth, const protect::QuestionPlan& of_question, const std::string& key = "key") {
  const std::vector<table::TableDesign> asked{test::asked_of(0)};
  const protect::Plan plan{protect::normal_form(of_question)};
  protect::CoverageOfQuestions coverage;
  auto published = protect::publish(truth, protect::designs_of(*truth.space, asked, plan), {}, coverage, table::ZeroConvention::hidden_at_least_one);
  protect::change_figures(asked, plan, noise(key), published);
  return published;
}

const protect::QuestionPlan months_by_age{{{2, 1}}, protect::Treatment::exact, {{2, 1}}, protect::HowChanged::with_noise};

TEST(NoisyFigures, LiveOnlyInTheMarginThatIsChangedAndAreTold) {
  const truth::Population truth = test::population_of(test::small_space(false), counts);
  const auto published = published_of(truth, months_by_age);
  const table::TableLayout layout(*published.space, published.tables[0].design);
  std::set<std::int64_t> changes;
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const auto atoms = layout.atoms(cell);
    const std::int64_t count = truth::records_in(truth, atoms);
    const auto* figure = std::get_if<table::Perturbed>(&published.tables[0].cells[cell]);
    if (atoms.size() > 1) {
      EXPECT_EQ(table::exact_value(published.tables[0].cells[cell]), count);
      continue;
    }
    if (count == 0 && atoms[0] >= 9) {  // all of May is nought, and its exact total says so
      EXPECT_EQ(table::exact_value(published.tables[0].cells[cell]), 0);
      continue;
    }
    ASSERT_NE(figure, nullptr) << "a nought too: it must look like the figure that may be one";
    EXPECT_TRUE(table::counts_behind(*figure).contains(count));
    if (count == 0) {
      EXPECT_EQ(figure->units, 0);
    }
    changes.insert(figure->units - count);
  }
  EXPECT_GT(changes.size(), 3U);
  ASSERT_TRUE(published.tables[0].noise);
  EXPECT_EQ(published.tables[0].noise->variance_thousandths, 5000);
}

TEST(NoisyFigures, AreTheSameForTheSameCountUnderTheSameKey) {
  const truth::Population truth = test::population_of(test::small_space(false), counts);
  const auto once = published_of(truth, months_by_age);
  EXPECT_EQ(once.tables[0].cells, published_of(truth, months_by_age).tables[0].cells);
  const auto other = published_of(truth, months_by_age, "another key");
  EXPECT_NE(once.tables[0].cells, other.tables[0].cells);
  EXPECT_NE(once.tables[0].noise->key_name, other.tables[0].noise->key_name);
  // Quarters too: the months stay as they were.
  const auto more = published_of(truth, {{{2, 1}}, protect::Treatment::exact, {{1, 1}}, protect::HowChanged::with_noise});
  const table::TableLayout layout(*once.space, once.tables[0].design);
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell)
    if (layout.atoms(cell).size() == 1 && !table::exact_value(more.tables[0].cells[cell])) {
      EXPECT_EQ(once.tables[0].cells[cell], more.tables[0].cells[cell]);
    }
}

// Another answer numbers its questions otherwise, has the variables in another order, and calls the only month of a year by the year.
TEST(NoisyFigures, HangOnWhatIsCountedAndNotOnHowAnAnswerNamesIt) {
  auto space = test::small_space(false);
  auto other = std::make_shared<table::AtomSpace>(*space);
  other->questions[0].id = "17";
  std::swap(other->variables[0], other->variables[1]);
  other->period = 1;
  const table::TableDesign design{"a", 0, {{0, {0, 1, 2}}, {1, {0, 1}}}, table::Unit::records},
      turned{"b", 0, {{1, {0, 1, 2}}, {0, {0, 1}}}, table::Unit::records};
  const table::TableLayout layout(*space, design), of_other(*other, turned);
  ASSERT_EQ(layout.cell_count(), of_other.cell_count());
  std::set<std::string> names;
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    EXPECT_EQ(protect::name_of_count(layout, cell), protect::name_of_count(of_other, cell));
    names.insert(protect::name_of_count(layout, cell));
  }
  EXPECT_EQ(names.size(), layout.cell_count());
  space->questions[0].covered_periods = {true, false, true, true};
  const table::TableLayout covered(*space, design);
  const auto january = covered.find(std::vector<table::NodeIndex>{*space->variables[0].hierarchy.find("m1"), 0});
  const auto quarter = covered.find(std::vector<table::NodeIndex>{*space->variables[0].hierarchy.find("q1"), 0});
  EXPECT_EQ(protect::name_of_count(covered, *january), protect::name_of_count(covered, *quarter)) << "February is not covered: the quarter is January";
}

TEST(NoisyFigures, OfNeighbouringCountsAreDrawnApart) {
  const auto drawn = noise();
  int same = 0;
  constexpr int cells = 400;
  for (int cell = 0; cell < cells; ++cell) {
    const std::string name = "cell " + std::to_string(cell);
    same += drawn.figure(20, name).units + 1 == drawn.figure(21, name).units ? 1 : 0;
  }
  // Two draws of variance 5 are equal one time in eight; one draw for both would be equal every time, and tell each change from one month to the next.
  EXPECT_LT(same, cells / 4);
}

// 4,000 cells: the mean of noise of variance 5 has a standard error of 0.035; the bound is five of them.
TEST(NoisyFigures, HaveTheCountAsMeanAndTheVarianceOfThePolicy) {
  const auto drawn = noise();
  for (const std::int64_t count : {1, 3, 6, 7, 30}) {
    double sum = 0, squares = 0;
    constexpr int cells = 4000;
    for (int cell = 0; cell < cells; ++cell) {
      const auto figure = drawn.figure(count, "cell " + std::to_string(cell));
      EXPECT_TRUE(table::counts_behind(figure).contains(count));
      if (count < below) {
        EXPECT_LE(figure.units, most + 1);
      }
      const auto change = static_cast<double>(figure.units - count);
      sum += change, squares += change * change;
    }
    EXPECT_NEAR(sum / cells, 0, 0.18) << count;
    EXPECT_NEAR(squares / cells, 5, 0.75) << count;
  }
}

TEST(NoisyFigures, AreNotDrawnFromRowsThatPromiseMoreThanTheyDo) {
  const auto rare = protect::FigureNoise::of({most, 3, 0, below}, key_of("key"));
  ASSERT_FALSE(rare);
  EXPECT_EQ(rare.error().code, "cell_key.rare_noise");
  const auto wide = protect::FigureNoise::of({most, 8, 0, below}, key_of("key"));
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().code, "cell_key.variance");
  EXPECT_GT(noise().rows().most_telling(below), 1);
}

TEST(NoisyFigures, NormalFormForgetsHowNothingIsChanged) {
  const auto plan = protect::normal_form({{{2, 0}}, protect::Treatment::exact, {{0, 1}}, protect::HowChanged::with_noise});
  EXPECT_EQ(plan.how_changed, protect::HowChanged::rounded);
  const table::TableDesign asked = test::asked_of(0);
  EXPECT_EQ(protect::words_of(*test::small_space(false), asked, protect::normal_form(months_by_age)), "by month and age; figures by month and age with noise");
}

}  // namespace
