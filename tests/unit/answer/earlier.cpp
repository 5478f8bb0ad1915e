// A new answer beside what was published before: coarser where it must be, with the release named; certified with witnesses to the earlier figures.

#include "small_population.hpp"

#include <candour/answer/earlier.hpp>
#include <candour/answer/prepared_case.hpp>
#include <candour/assess/secrets.hpp>
#include <candour/certify/certificate_text.hpp>
#include <candour/certify/certify.hpp>
#include <candour/certify/true_cells.hpp>
#include <candour/certify/verify.hpp>
#include <candour/table/released.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace {

using namespace candour;
using answer::EarlierRelease;
using testing::HasSubstr;

const base::Date extract = base::parse_iso_date("2024-03-31").value();

// February's three young people are the secret: 20 30 25 in January, 3 40 30 in February, and enough in April and May.
truth::Population truth_of_the_case() { return test::population_of(test::small_space(false), {20, 30, 25, 3, 40, 30, 22, 31, 28, 24, 33, 27}); }

// Published last year: February's middle-aged and old, each by itself harmless.
EarlierRelease february(std::vector<table::ReleasedCell> cells) {
  table::ReleasedTable table{"t",
                             "",
                             "counted",
                             "",
                             {{"month", {{"February", "m2", {"m2"}}}}, {"age", {{"Middle", "middle", {"middle"}}, {"Old", "old", {"old"}}}}},
                             {},
                             std::move(cells),
                             0};
  return {{"FOI-7", "", "road", extract, extract, "", "import", "", "", {table}, {}}, base::digest_of("FOI-7")};
}
std::vector<table::ReleasedCell> true_cells() { return {{40, 40, false}, {30, 30, false}}; }

answer::PreparedCase prepared_beside(const std::vector<EarlierRelease>& earlier, const truth::Population& truth = truth_of_the_case(),
                                     base::Date extracted_on = extract) {
  answer::PreparedCase prepared;
  prepared.policy = test::policy_with(5);
  prepared.gathered.populations.push_back({"road", truth, {test::asked_of(0)}, {}});
  answer::GatheredPopulation& population = prepared.gathered.populations[0];
  population.coverage.by_question.resize(1);
  auto laid = answer::lay_over(population, extracted_on, earlier).value();
  population.coverage.earlier_figures = laid.figures;
  population.coverage.earlier_hidden = laid.hidden_for_its_own_day;
  for (const EarlierRelease& one : earlier) prepared.earlier_digests.push_back(one.digest);
  prepared.earlier.push_back(std::move(laid));
  prepared.pins.emplace_back();
  prepared.secrets.push_back(assess::secrets_of(population.truth, population.asked, prepared.policy).value());
  return prepared;
}

answer::PlannedDraft best_of(const answer::PreparedCase& prepared) {
  auto outcome = answer::search_population(prepared, 0, 1);
  EXPECT_TRUE(outcome && outcome->best);
  return *outcome->best;
}

bool shows_months(const table::PublishedPopulation& published) {
  return std::any_of(published.tables.begin(), published.tables.end(), [](const table::PublishedTable& table) {
    return std::any_of(table.design.by.begin(), table.design.by.end(),
                       [](const table::ShownVariable& by) { return by.variable == 0 && by.levels.back() == 2; });
  });
}

certify::Submission submission_of(const std::vector<truth::Population>& truth, const std::vector<std::vector<table::TableDesign>>& asked,
                                  const table::Draft& draft, const std::vector<knowledge::Finding>& findings) {
  return {&truth, &asked, &draft, &findings, base::digest_of("records"), {base::digest_of("FOI-7")}, {}};
}

TEST(BesideEarlier, TheAnswerIsCoarserAndTheReleaseInTheWayIsNamed) {
  const answer::PreparedCase beside = prepared_beside({february(true_cells())});
  ASSERT_EQ(beside.earlier[0].figures.size(), 2U);
  const answer::PlannedDraft alone = best_of(answer::without_earlier(beside)), best = best_of(beside);
  ASSERT_TRUE(shows_months(alone.published)) << "by itself the answer gives February";
  EXPECT_FALSE(best.published.tables.empty()) << "something can still be given";
  EXPECT_TRUE(answer::findings_against(beside, 0, best.published).empty());

  table::PublishedPopulation more = alone.published;
  more.earlier_figures = beside.earlier[0].figures;
  const auto findings = answer::findings_against(beside, 0, more);
  ASSERT_FALSE(findings.empty());
  EXPECT_THAT(answer::releases_named_in(findings, beside.earlier[0]), testing::ElementsAre("FOI-7"));
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [](const knowledge::Finding& finding) {
    return finding.interval.lowest == 3 && finding.interval.highest == 3 && !finding.derivations.empty() &&
           finding.derivations[0].text.find("less") != std::string::npos;
  }));
}

TEST(BesideEarlier, CertificateAndVerifyHoldTheWitnessesToEarlierFigures) {
  const answer::PreparedCase beside = prepared_beside({february(true_cells())});
  const answer::PlannedDraft best = best_of(beside);
  const std::vector<truth::Population> truth{truth_of_the_case()};
  const std::vector<std::vector<table::TableDesign>> asked{{test::asked_of(0)}};
  const table::Draft draft{{best.published}, {best.evidence}};
  const auto decision = certify::certify(submission_of(truth, asked, draft, {}), beside.policy);
  ASSERT_TRUE(std::holds_alternative<certify::Sealed>(decision));
  const std::string& certificate = std::get<certify::Sealed>(decision).certificate.json;
  const auto content = certify::certificate_from(certificate);
  ASSERT_TRUE(content);
  EXPECT_EQ(content->earlier_releases, std::vector{base::digest_of("FOI-7")});
  ASSERT_EQ(content->populations[0].published.earlier_figures.size(), 2U);
  EXPECT_EQ(content->populations[0].published.earlier_figures[0].words, "counted, February, Middle (FOI-7)");
  EXPECT_TRUE(certify::verify_content(certificate, certify::to_text(truth), beside.policy).reasons.empty());

  // An earlier figure that the records do not give, and witnesses that leave earlier figures alone: both refused.
  table::Draft untrue = draft;
  untrue.published[0].earlier_figures[0].lowest = untrue.published[0].earlier_figures[0].highest = 41;
  const auto refused = certify::certify(submission_of(truth, asked, untrue, {}), beside.policy);
  ASSERT_TRUE(std::holds_alternative<certify::Refusal>(refused));
  EXPECT_EQ(std::get<certify::Refusal>(refused).reasons[0].code, "certify.truth_does_not_fit");

  const answer::PlannedDraft alone = best_of(answer::without_earlier(beside));
  table::Draft careless{{alone.published}, {alone.evidence}};
  careless.published[0].earlier_figures = beside.earlier[0].figures;
  EXPECT_TRUE(std::holds_alternative<certify::Refusal>(certify::certify(submission_of(truth, asked, careless, {}), beside.policy)));
}

TEST(BesideEarlier, AFigureThatTheRecordsDoNotGiveStopsTheAnswer) {
  const answer::GatheredPopulation population{"road", truth_of_the_case(), {test::asked_of(0)}, {}};
  const auto laid = answer::lay_over(population, extract, {february({{40, 40, false}, {31, 31, false}})});
  ASSERT_FALSE(laid);
  EXPECT_EQ(laid.error().code, "answer.earlier_differs");
  EXPECT_THAT(laid.error().sentence, HasSubstr("counted, February, Old (FOI-7)"));
}

TEST(BesideEarlier, OtherExtractsAndOtherVariablesAreAttackedOnly) {
  const answer::GatheredPopulation population{"road", truth_of_the_case(), {test::asked_of(0)}, {}};
  EarlierRelease older = february(true_cells()), other = february(true_cells());
  older.release.extracted_on = base::parse_iso_date("2024-02-29").value();
  other.release.tables[0].by[1].name = "district";
  const auto laid = answer::lay_over(population, extract, {older, other});
  ASSERT_TRUE(laid);
  EXPECT_TRUE(laid->figures.empty());
  EXPECT_EQ(laid->attacked_only, 4U);
}

TEST(BesideEarlier, AMonthAskedAgainOfALaterExtractIsFound) {
  EarlierRelease older = february({{40, 40, false}, {30, 30, false}});
  older.release.extracted_on = base::parse_iso_date("2024-02-29").value();
  older.release.tables[0].by.pop_back();
  older.release.tables[0].cells = {{71, 71, false}};  // two of February's people came in later
  const answer::PreparedCase beside = prepared_beside({older});
  const auto findings = answer::findings_beside(beside.earlier[0], best_of(answer::without_earlier(beside)).published, beside.policy);
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].interval.highest, 2);
  EXPECT_FALSE(shows_months(best_of(beside).published));
}

TEST(BesideEarlier, WhatWasHiddenStaysHidden) {
  EarlierRelease hiding = february({{1, std::numeric_limits<std::int64_t>::max(), true}, {30, 30, false}});
  const answer::PreparedCase beside = prepared_beside({hiding});
  table::PublishedPopulation draft;
  draft.space = truth_of_the_case().space;
  table::TableDesign design = test::asked_of(0);
  const table::TableLayout layout(*draft.space, design);
  table::PublishedTable table{"t", design, table::ZeroConvention::hidden_at_least_one, 0,
                              std::vector<table::PublishedCell>(layout.cell_count(), table::Suppressed{})};
  draft.tables.push_back(table);
  EXPECT_TRUE(answer::findings_beside(beside.earlier[0], draft, beside.policy).empty());
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell)
    if (layout.nodes(cell) ==
        std::vector<table::NodeIndex>{*draft.space->variables[0].hierarchy.find("m2"), *draft.space->variables[1].hierarchy.find("middle")})
      draft.tables[0].cells[cell] = table::Value{40};
  const auto findings = answer::findings_beside(beside.earlier[0], draft, beside.policy);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_THAT(findings[0].derivations[0].text, HasSubstr("was hidden, and is shown as"));
}

// The cells of the full cross that an answer hides, by their codes; nothing where it does not give the full cross.
std::set<std::string> hidden_cells(const table::PublishedPopulation& published) {
  std::set<std::string> hidden;
  for (const table::PublishedTable& table : published.tables) {
    const table::TableLayout layout(*published.space, table.design);
    for (table::CellIndex cell = 0; cell < table.cells.size(); ++cell) {
      if (!table::is_suppressed(table.cells[cell])) continue;
      std::string name;
      const auto nodes = layout.nodes(cell);
      for (std::size_t i = 0; i < nodes.size(); ++i) name += published.space->variables[table.design.by[i].variable].hierarchy.code(nodes[i]) + " ";
      hidden.insert(name);
    }
  }
  return hidden;
}

EarlierRelease released_as(const answer::PlannedDraft& draft, const char* id, base::Date day) {
  EarlierRelease earlier{table::released(draft.published), base::digest_of(id)};
  earlier.release.id = id;
  earlier.release.extracted_on = earlier.release.published_on = day;
  return earlier;
}

TEST(BesideEarlier, APatternIsKeptWhenTheQuestionIsAskedAgainOfALaterExtract) {
  const base::Date later = base::parse_iso_date("2024-04-30").value();
  const answer::PlannedDraft first =
      best_of(prepared_beside({}, test::population_of(test::small_space(false), {20, 30, 25, 3, 9, 30, 22, 31, 28, 24, 33, 27})));
  const std::set<std::string> hidden = hidden_cells(first.published);
  ASSERT_FALSE(hidden.empty()) << "the answer hides February's young people among others";
  for (const std::vector<std::int64_t>& counts : {std::vector<std::int64_t>{20, 30, 25, 8, 9, 30, 22, 31, 28, 44, 53, 67},         // nothing is small any more
                                                  std::vector<std::int64_t>{20, 30, 2500, 3, 9, 3000, 22, 31, 28, 44, 53, 67}}) {  // others are cheaper
    const truth::Population truth = test::population_of(test::small_space(false), counts);
    const answer::PreparedCase beside = prepared_beside({released_as(first, "FOI-7", extract)}, truth, later);
    EXPECT_EQ(beside.earlier[0].stays_hidden.size(), hidden.size());
    const answer::PlannedDraft second = best_of(beside);
    EXPECT_EQ(hidden_cells(second.published), hidden);
    EXPECT_TRUE(answer::findings_against(beside, 0, second.published).empty());
    EXPECT_NE(hidden_cells(best_of(answer::without_earlier(beside)).published), hidden) << "by itself the answer would hide other cells";
    const std::vector<std::vector<table::TableDesign>> asked{{test::asked_of(0)}};
    const auto decision = certify::certify(submission_of({truth}, asked, table::Draft{{second.published}, {second.evidence}}, {}), beside.policy);
    ASSERT_TRUE(std::holds_alternative<certify::Sealed>(decision));
    EXPECT_TRUE(certify::verify_content(std::get<certify::Sealed>(decision).certificate.json, certify::to_text({truth}), beside.policy).reasons.empty());
  }
}

// Hiding them again is not enough: an answer that shows one of them, of whatever day, is refused.
TEST(BesideEarlier, WhatAnEarlierExtractHidIsNotShownOfALaterOne) {
  EarlierRelease hiding = february({{1, std::numeric_limits<std::int64_t>::max(), true}, {30, 30, false}});
  hiding.release.extracted_on = base::parse_iso_date("2024-02-29").value();
  const answer::PreparedCase beside = prepared_beside({hiding});
  const answer::PlannedDraft alone = best_of(answer::without_earlier(beside));
  const auto findings = answer::findings_beside(beside.earlier[0], alone.published, beside.policy);
  EXPECT_TRUE(std::any_of(findings.begin(), findings.end(), [](const knowledge::Finding& finding) {
    return finding.derivations[0].text == "counted, February, Middle (FOI-7) was hidden, and this answer would show it";
  }));
  EXPECT_TRUE(answer::findings_beside(beside.earlier[0], best_of(beside).published, beside.policy).empty());

  // A release that shows it in between ends that.
  EarlierRelease showing = february({{40, 40, false}, {30, 30, false}});
  showing.release.id = "FOI-8";
  EXPECT_TRUE(prepared_beside({hiding, showing}).earlier[0].stays_hidden.empty());
}

}  // namespace
