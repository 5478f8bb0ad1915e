// The sample case of the manual, read: what officers write is what the stages get.
#include "sample_case.hpp"

#include <candour/request/case_keys.hpp>

#include <algorithm>

namespace candour::test {
namespace {

using request::Case;
using table::CoverageStatus;

class TheSampleCase : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("CANDOUR_TODAY", "2024-07-29", 1);
    auto loaded = request::load_case(sample_folder());
    ASSERT_TRUE(loaded.has_value()) << base::to_text(loaded.error().front());
    the_case = std::move(*loaded);
  }
  const request::CaseVariable& variable(std::string_view name) const {
    return *std::ranges::find(the_case.variables, name, [](const request::CaseVariable& v) -> std::string_view { return v.variable.name; });
  }
  Case the_case;
};

TEST_F(TheSampleCase, KeepsTheRequestWordForWord) {
  EXPECT_EQ(the_case.request_text, base::read_file(sample_folder() / "request.txt").value());
  EXPECT_EQ(the_case.reference, "FOI-2024-0117");
  EXPECT_EQ(base::to_iso(the_case.received), "2024-07-01");
  EXPECT_EQ(the_case.authority.part, "other");
  EXPECT_EQ(the_case.authority.licence, "Open Government Licence v3.0");
  EXPECT_TRUE(the_case.policy_file.empty());
}

TEST_F(TheSampleCase, MakesPathsAbsolute) {
  for (const auto& holding : the_case.holdings) EXPECT_TRUE(std::filesystem::path(holding.path).is_absolute()) << holding.id;
  EXPECT_TRUE(the_case.key_file.is_absolute());
}

TEST_F(TheSampleCase, TellsCountsFromRecordsAndKnownFromUnknownPeople) {
  EXPECT_EQ(the_case.holdings[0].kind, request::HoldingKind::counts);
  EXPECT_EQ(the_case.holdings[0].count_column, "people_seen");
  EXPECT_EQ(the_case.holdings[1].person_column, "person_number");
  EXPECT_EQ(the_case.holdings[2].person_column, "");
  EXPECT_EQ(the_case.holdings[2].delimiter, ';');
}

TEST_F(TheSampleCase, BuildsMonthsWithQuartersAndYears) {
  const auto& months = variable("month").variable.hierarchy;
  EXPECT_EQ(months.leaf_count(), 24U);
  EXPECT_EQ(months.level_name(3), "month");
  EXPECT_EQ(months.label(*months.find("2022")), "2022 (July to December only)");
  EXPECT_EQ(months.label(*months.find("2023-Q3")), "July to September 2023");
}

TEST_F(TheSampleCase, ReadsEachHoldingInItsOwnWay) {
  const auto& readings = variable("month").readings;
  ASSERT_EQ(readings.size(), 3U);
  EXPECT_EQ(readings[0].derivation, "");  // a table of counts holds codes
  EXPECT_EQ(readings[1].derivation, "month");
  EXPECT_EQ(readings[1].date_form, base::DateForm::rfc3339);
  EXPECT_EQ(readings[2].date_form, base::DateForm::day_month_year);
  EXPECT_EQ(variable("age").readings[1].derivation, "bands");
  EXPECT_EQ(variable("age").readings[1].bands[1], (std::pair<std::int64_t, std::string>{15, "15-19"}));
  EXPECT_EQ(variable("ethnicity").readings[1].mapping.at("White - British"), "W1");
}

TEST_F(TheSampleCase, GivesEmptyValuesACategoryOfTheirOwn) {
  EXPECT_TRUE(variable("age").variable.hierarchy.find("unknown").has_value());
  EXPECT_EQ(variable("age").readings[1].unknown_code, "unknown");
  EXPECT_EQ(variable("ethnicity").readings[0].unknown_code, "not-stated");
}

TEST_F(TheSampleCase, SaysOnceForAllQuestionsWhenTheOperationDidNotRun) {
  for (const std::size_t q : {0U, 1U, 2U}) {
    const auto& coverage = the_case.questions[q].coverage;
    const auto stretch = std::ranges::find(coverage, CoverageStatus::did_not_run, &table::CoverageStretch::status);
    ASSERT_NE(stretch, coverage.end());
    EXPECT_EQ(stretch->first_period, "2023-08");
    EXPECT_EQ(stretch->last_period, "2023-10");
  }
}

TEST_F(TheSampleCase, LetsNotRunningWinOverWhatAQuestionSaysOfThosePeriods) {
  const CopiedSample changed({Change{"last = \"2022-12\"\n  reason = \"Officers", "last = \"2023-12\"\n  reason = \"Officers"}});
  const auto loaded = changed.load();
  ASSERT_TRUE(loaded.has_value()) << changed.mistakes();
  const auto& coverage = loaded->questions[0].coverage;
  ASSERT_EQ(coverage.size(), 3U);
  EXPECT_EQ(coverage[0].last_period, "2023-07");
  EXPECT_EQ(coverage[1].status, CoverageStatus::did_not_run);
  EXPECT_EQ(coverage[2].first_period, "2023-11");
  EXPECT_EQ(coverage[2].status, CoverageStatus::not_recorded);
}

TEST_F(TheSampleCase, TakesPeriodsOfAnyLevelInCoverage) {
  EXPECT_EQ(the_case.questions[2].coverage[0].status, CoverageStatus::over_cost_limit);
  EXPECT_EQ(the_case.questions[2].coverage[0].first_period, "2022-07");
  EXPECT_EQ(the_case.questions[2].coverage[0].last_period, "2022-12");
}

TEST_F(TheSampleCase, KeepsNestedQuestionsNestedEvenWhereTheOuterOneHasNoFigures) {
  const auto space = request::atom_space_of(the_case, the_case.populations[0]);
  EXPECT_EQ(space->memberships, (std::vector<std::uint32_t>{1, 3}));
  EXPECT_EQ(space->period, 0U);
  const std::vector<table::LeafIndex> july_2022{0, 0, 0};  // not recorded for question 1
  const std::vector<table::LeafIndex> january_2023{6, 0, 0};
  const std::vector<table::LeafIndex> august_2023{13, 0, 0};  // did not run
  EXPECT_FALSE(space->counts(0, july_2022, 1));
  EXPECT_TRUE(space->counts(1, july_2022, 1));
  EXPECT_TRUE(space->counts(0, january_2023, 1));
  EXPECT_FALSE(space->counts(1, august_2023, 1));
}

TEST_F(TheSampleCase, LeavesCoverageEmptyWhereAQuestionCoversEverything) {
  const CopiedSample changed({Change{"variables = [\"month\", \"age\", \"outcome\"]", "variables = [\"age\", \"outcome\"]"},
                              Change{"by = [\"month at quarter\", ", "by = ["},
                              Change{"kind = \"cost-estimate\"", "kind = \"balance\""},
                              Change{"  [[question.coverage]]\n  status = \"over-cost-limit\"\n  first = \"2022-Q3\"\n  last = \"2022-Q4\"\n  reason = \"Until "
                                     "the end of 2022 searches were recorded on paper, by officer.\"\n",
                                     ""}});
  const auto loaded = changed.load();
  ASSERT_TRUE(loaded.has_value()) << changed.mistakes();
  const auto space = request::atom_space_of(*loaded, loaded->populations[1]);
  EXPECT_FALSE(space->period.has_value());
  EXPECT_TRUE(space->questions[0].covered_periods.empty());
}

TEST_F(TheSampleCase, AsksForAllLevelsDownToTheOneNamed) {
  const auto space = request::atom_space_of(the_case, the_case.populations[0]);
  const auto designs = request::asked_designs(the_case, the_case.populations[0], *space);
  ASSERT_EQ(designs.size(), 2U);
  EXPECT_EQ(designs[0].id, "q1-month-age-ethnicity");
  EXPECT_EQ(designs[0].by[0].levels, (std::vector<int>{0, 1, 2, 3}));
  EXPECT_EQ(designs[0].by[2].levels, (std::vector<int>{0, 1}));  // ethnicity at group
  EXPECT_EQ(designs[1].by[2].levels, (std::vector<int>{0, 1, 2}));
}

TEST_F(TheSampleCase, LeavesAQuestionThatIsWithheldOutOfTheTables) {
  const CopiedSample changed(
      {Change{"part_of = \"1\"                            # who was arrested was also counted",
              "part_of = \"1\"\n[question.decision]\noutcome = \"withheld\"\nby = \"S. Reviewer\"\non = 2024-07-10\nprovisions = [\"FOIA/31(1)(a)\"]\nreason = "
              "\"r\"\n[[question]]\nnumber = \"2b\"\nasks_for = \"statistics\"\ntext = \"Operation Larch\"\npopulation = \"seen\"\ncounted = \"c\""}});
  const auto loaded = changed.load();
  ASSERT_TRUE(loaded.has_value()) << changed.mistakes();
  const auto space = request::atom_space_of(*loaded, loaded->populations[0]);
  EXPECT_FALSE(space->find_question("2").has_value());
  EXPECT_TRUE(space->find_question("2b").has_value());
}

TEST_F(TheSampleCase, IsReadFromTheFolderOrFromTheFile) {
  EXPECT_TRUE(request::load_case(sample_folder() / "case.toml").has_value());
  EXPECT_EQ(request::load_case("/nowhere/at/all").error()[0].code, "settings.unreadable");
}

TEST_F(TheSampleCase, HasARequesterInAFileOfItsOwn) {
  const auto requester = request::load_requester(sample_folder() / "requester.toml");
  ASSERT_TRUE(requester.has_value());
  EXPECT_EQ(requester->name, "R. Fictional");
}

// The manual quotes the sample and lists the keys; both are the reader's own.
TEST(TheManual, QuotesTheSampleAsItIsRead) {
  const std::string manual = base::read_file(std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/case-file.md").value();
  EXPECT_NE(manual.find("```toml\n" + base::read_file(sample_folder() / "case.toml").value() + "```"), std::string::npos);
  EXPECT_NE(manual.find("```toml\n" + base::read_file(sample_folder() / "requester.toml").value() + "```"), std::string::npos);
}

TEST(TheManual, ListsEveryKeyOfTheCaseFile) {
  const std::filesystem::path file = std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/case-file.md";
  std::string manual = base::read_file(file).value();
  const std::string begin = "<!-- keys: written from the reader's own list -->\n\n";
  const auto from = manual.find(begin);
  ASSERT_NE(from, std::string::npos);
  const std::string keys = base::describe_keys(request::case_keys()) + "<!-- end of keys -->";
  if (std::getenv("CANDOUR_WRITE_GOLDEN") != nullptr) {
    const auto to = manual.find("<!-- end of keys -->");
    manual.replace(from + begin.size(), to + std::string("<!-- end of keys -->").size() - from - begin.size(), keys);
    std::ofstream(file, std::ios::binary) << manual;
  }
  EXPECT_NE(manual.find(begin + keys), std::string::npos) << "CANDOUR_WRITE_GOLDEN=1 writes the list anew";
}

}  // namespace
}  // namespace candour::test
