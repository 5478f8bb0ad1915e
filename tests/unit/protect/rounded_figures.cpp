// Which figures are rounded, and how: the same count of the same cell always the same way.

#include "small_population.hpp"

#include <candour/protect/changed_figures.hpp>

#include <gtest/gtest.h>

namespace {

using namespace candour;

const std::vector<std::int64_t> counts{0, 3, 7, 12, 10, 16, 6, 9, 21, 13, 8, 30};

struct Rounded {
  truth::Population truth = test::population_of(test::small_space(false), counts);
  std::vector<table::TableDesign> asked{test::asked_of(0)};
  protect::CoverageOfQuestions coverage;

  table::PublishedPopulation published(const protect::QuestionPlan& of_question, const std::string& key, std::int64_t base = 5) const {
    const protect::Plan plan{protect::normal_form(of_question)};
    auto published = protect::publish(truth, protect::designs_of(*truth.space, asked, plan), {}, coverage, table::ZeroConvention::hidden_at_least_one);
    protect::change_figures(asked, plan, protect::FigureRounding{base, base::SecretKey{base::digest_of(key).bytes}}, published);
    return published;
  }
};

const protect::QuestionPlan months_by_age{{{2, 1}}, protect::Treatment::exact, {{2, 1}}};

TEST(RoundedFigures, ALiveOnlyInTheMarginThatIsRounded) {
  const Rounded rounded;
  const auto published = rounded.published(months_by_age, "key");
  const table::TableLayout layout(*published.space, published.tables[0].design);
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    const auto atoms = layout.atoms(cell);
    const std::int64_t count = truth::records_in(rounded.truth, atoms);
    const auto* figure = std::get_if<table::Rounded>(&published.tables[0].cells[cell]);
    if (atoms.size() > 1 || count == 0) {
      EXPECT_EQ(table::exact_value(published.tables[0].cells[cell]), count);
      continue;
    }
    ASSERT_NE(figure, nullptr);
    EXPECT_EQ(figure->base, 5);
    EXPECT_EQ(figure->units % 5, 0);
    EXPECT_LT(std::abs(figure->units - count), 5);
    if (count < 5) {
      EXPECT_EQ(figure->units, 5);
    }
    if (count % 5 == 0) {
      EXPECT_EQ(figure->units, count);
    }
    EXPECT_LE(table::counts_behind(*figure).lowest, count);
    EXPECT_GE(table::counts_behind(*figure).highest, count);
  }
}

TEST(RoundedFigures, AreTheSameWheneverTheSameCellIsAskedForUnderTheSameKey) {
  const Rounded rounded;
  const auto once = rounded.published(months_by_age, "key");
  EXPECT_EQ(once.tables[0].cells, rounded.published(months_by_age, "key").tables[0].cells);
  EXPECT_NE(once.tables[0].cells, rounded.published(months_by_age, "another key").tables[0].cells);
  // Quarters rounded too: the months stay as they were.
  const auto more = rounded.published({{{2, 1}}, protect::Treatment::exact, {{1, 1}}}, "key");
  const table::TableLayout layout(*once.space, once.tables[0].design);
  int quarters = 0;
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    if (layout.atoms(cell).size() == 1) {
      EXPECT_EQ(once.tables[0].cells[cell], more.tables[0].cells[cell]);
    }
    quarters += layout.atoms(cell).size() == 2 && std::holds_alternative<table::Rounded>(more.tables[0].cells[cell]) ? 1 : 0;
  }
  EXPECT_EQ(quarters, 6);
}

// Twelve counts above the base, 400 keys: the mean lies at the count, with a standard error below 0.13. The bound is five of them: a false alarm in a million.
TEST(RoundedFigures, AreDrawnWithTheCountAsMean) {
  const Rounded rounded;
  const auto once = rounded.published(months_by_age, "key");
  const table::TableLayout layout(*once.space, once.tables[0].design);
  std::vector<std::int64_t> sums(layout.cell_count(), 0);
  constexpr int keys = 400;
  for (int key = 0; key < keys; ++key) {
    const auto published = rounded.published(months_by_age, std::to_string(key));
    for (table::CellIndex cell = 0; cell < sums.size(); ++cell)
      if (const auto* figure = std::get_if<table::Rounded>(&published.tables[0].cells[cell])) sums[cell] += figure->units;
  }
  for (table::CellIndex cell = 0; cell < sums.size(); ++cell) {
    const std::int64_t count = truth::records_in(rounded.truth, layout.atoms(cell));
    if (layout.atoms(cell).size() == 1 && count >= 5) {
      EXPECT_NEAR(static_cast<double>(sums[cell]) / keys, static_cast<double>(count), 0.65);
    }
  }
}

TEST(RoundedFigures, NormalFormKeepsTheCoarsestRoundedMarginThatATableShows) {
  const auto plan = protect::normal_form({{{2, 0}, {1, 1}}, protect::Treatment::exact, {{1, 1}, {2, 1}, {1, 0}, {1, 0}}});
  EXPECT_EQ(plan.changed, (std::vector<protect::Margin>{{1, 0}}));
  EXPECT_TRUE(protect::normal_form({{{2, 0}}, protect::Treatment::exact, {{0, 1}}}).changed.empty());
}

}  // namespace
