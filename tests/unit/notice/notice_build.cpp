// The notice of the sample case: complete, or refused with the part of section 17 that is missing.
#include <candour/base/files.hpp>
#include <candour/notice/notice.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <numeric>

namespace candour::notice {
namespace {

using request::Case;
using request::Decision;
using table::PublishedCell;

base::Date day(const char* text) { return base::parse_iso_date(text).value(); }

// A table of some variables at some levels: a figure wherever the question covers a period, and marks where it does not.
table::PublishedTable table_of(const table::AtomSpace& space, std::string id, table::QuestionIndex question, std::vector<table::ShownVariable> by) {
  table::PublishedTable published;
  published.design = {std::move(id), question, std::move(by), table::Unit::records};
  const table::TableLayout layout(space, published.design);
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell)
    published.cells.push_back(layout.is_outside_coverage(cell) ? PublishedCell{table::NotAvailable{}} : PublishedCell{table::Value{7}});
  return published;
}

class TheNotice : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("CANDOUR_TODAY", "2024-07-29", 1);
    auto loaded = request::load_case(std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/case-sample");
    ASSERT_TRUE(loaded.has_value());
    the_case = std::move(*loaded);
    publish();
  }

  // Question 1 by quarter and age and by ethnicity, one cell hidden; question 2 by year; question 3 as asked.
  void publish() {
    published.clear();
    for (const auto& population : the_case.populations) published.push_back({request::atom_space_of(the_case, population), {}, {}, {}});
    const auto& seen = *published[0].space;
    published[0].tables.push_back(table_of(seen, "q1-month-age", 0, {{0, {0, 1, 2}}, {1, {0, 1, 2}}}));
    published[0].tables.push_back(table_of(seen, "q1-ethnicity", 0, {{2, {0, 1}}}));
    published[0].tables[0].cells[table::TableLayout(seen, published[0].tables[0].design).cell_count() - 1] = table::Suppressed{};
    published[0].tables.push_back(table_of(seen, "q2-month", 1, {{0, {0, 1}}}));
    published[1].tables.push_back(table_of(*published[1].space, "q3", 0, {{0, {0, 1, 2}}, {1, {0, 1}}, {2, {0, 1, 2}}}));
  }

  base::ResultOrErrors<Notice> build() {
    auto facts = facts_of(the_case, published);
    if (!facts) return tl::make_unexpected(facts.error());
    return build_notice(the_case, std::move(*facts), day("2024-07-29"));
  }

  // What is missing, one sentence a line.
  std::string missing() {
    const auto notice = build();
    std::string text;
    if (!notice)
      for (const base::Error& error : notice.error()) text += error.code + ": " + error.sentence + "\n";
    return text;
  }

  std::string text_of_all() {
    const auto notice = build();
    std::string text;
    if (notice)
      for (const NoticeSection& section : notice->sections) {
        text += "## " + section.heading + "\n";
        for (const Paragraph& paragraph : section.paragraphs)
          text += paragraph.text + (paragraph.provision.empty() ? "" : " [" + paragraph.provision + "]") + "\n";
        text += "\n";
      }
    return text;
  }

  request::Question& question(const std::string& number) { return *std::ranges::find(the_case.questions, number, &request::Question::number); }
  void decide(const std::string& number, Decision decision, std::vector<std::string> provisions, std::string public_interest = {}) {
    request::DecisionRecord record;
    record.decision = decision;
    record.decided_by = "S. Reviewer";
    record.decided_on = day("2024-07-10");
    record.provisions = std::move(provisions);
    record.reason = "A reason that the officer wrote.";
    record.public_interest = std::move(public_interest);
    question(number).decision = std::move(record);
    if (decision == Decision::not_held || decision == Decision::neither_confirmed_nor_denied) question(number).documents.clear();
  }

  Case the_case;
  std::vector<table::PublishedPopulation> published;
};

TEST_F(TheNotice, OfTheSampleReadsLikeThis) {
  const auto file = std::filesystem::path(CANDOUR_SOURCE_DIR) / "tests/unit/notice/notice_build.golden";
  EXPECT_EQ(missing(), "");
  if (std::getenv("CANDOUR_WRITE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << text_of_all();
  EXPECT_TRUE(text_of_all() == base::read_file(file).value()) << "differs from " << file << "; CANDOUR_WRITE_GOLDEN=1 writes it anew";
}

TEST_F(TheNotice, AccountsForEverythingAskedFor) {
  const auto notice = build();
  ASSERT_TRUE(notice.has_value());
  EXPECT_TRUE(notice->refuses);
  for (const QuestionFacts& facts : notice->facts) {
    std::int64_t sum = 0;
    for (const auto& [fate, count] : facts.fates) sum += count;
    EXPECT_EQ(sum, facts.asked) << facts.question;
  }
  const QuestionFacts& first = notice->facts[0];
  EXPECT_EQ(first.asked, 24 * 13 * 5);                        // months, ages with unknown, ethnic groups
  EXPECT_EQ(first.fates.at(Fate::not_recorded), 6 * 13 * 5);  // July to December 2022
  EXPECT_EQ(first.fates.at(Fate::did_not_run), 3 * 13 * 5);   // August to October 2023
  EXPECT_EQ(first.fates.at(Fate::withheld_in_detail), 15 * 13 * 5);
  EXPECT_FALSE(first.has(Fate::given));
  const QuestionFacts& third = notice->facts[2];
  EXPECT_TRUE(third.has(Fate::given));
  EXPECT_TRUE(third.has(Fate::not_searched));
  EXPECT_FALSE(third.has(Fate::withheld_in_detail));
}

TEST_F(TheNotice, RefusesToLeaveAQuestionUnaccounted) {
  published.pop_back();
  EXPECT_EQ(missing(), "notice.unaccounted: question 3 asks for figures that no table gives and nothing explains\n");
  publish();
  auto facts = facts_of(the_case, published).value();
  facts[0].fates[Fate::withheld_in_detail] -= 1;
  const auto short_by_one = build_notice(the_case, facts, day("2024-07-29"));
  ASSERT_FALSE(short_by_one.has_value());
  EXPECT_EQ(short_by_one.error()[0].sentence, "the notice lacks what section 1(1) asks for: an account of everything asked for in question 1");
  facts.erase(facts.begin());
  EXPECT_EQ(build_notice(the_case, facts, day("2024-07-29")).error()[0].sentence,
            "the notice lacks what section 1(1) asks for: one account of question 1; there are 0");
}

TEST_F(TheNotice, RefusesAFigureInAPeriodThatDidNotRun) {
  auto& month = published[1].tables[0];
  std::ranges::replace_if(
      month.cells, [](const PublishedCell& cell) { return std::holds_alternative<table::NotAvailable>(cell); }, PublishedCell{table::Value{0}});
  EXPECT_NE(missing().find("notice.contradiction: question 3 has a figure in a period that the case calls"), std::string::npos);
}

TEST_F(TheNotice, RefusesAMarkInAPeriodThatIsCounted) {
  published[1].tables[0].cells.back() = table::NotAvailable{};
  EXPECT_NE(missing().find("notice.contradiction: question 3 is marked as without figures"), std::string::npos);
}

TEST_F(TheNotice, RefusesToWithholdDetailWithoutARouteOfIdentification) {
  the_case.personal_information->route = "The counts are below 5.";
  EXPECT_EQ(missing(), "notice.incomplete: the notice lacks what section 17(1)(c) asks for: a route by which somebody would be identified\n");
  the_case.personal_information.reset();
  EXPECT_EQ(missing(),
            "notice.incomplete: the notice lacks what section 17(1)(c) asks for: why the finer figures asked for in questions 1 and 2 would identify people\n");
}

TEST_F(TheNotice, AppliesTheStricterTestToSpecialAndOffenceData) {
  EXPECT_NE(text_of_all().find("section 11(2) of the Data Protection Act 2018"), std::string::npos);
  EXPECT_EQ(text_of_all().find("three steps"), std::string::npos);
  the_case.personal_information->consent_or_public.clear();
  EXPECT_EQ(missing(),
            "notice.incomplete: the notice lacks what section 17(1)(c) asks for: whether people consented or made the information public themselves\n");
}

TEST_F(TheNotice, WeighsOrdinaryDataInThreeSteps) {
  for (auto& variable : the_case.variables) variable.data_class = request::DataClass::ordinary;
  for (auto& population : the_case.populations) population.data_class = request::DataClass::ordinary;
  EXPECT_EQ(missing(),
            "notice.incomplete: the notice lacks what section 17(1)(c) asks for: the step 'legitimate_interest' of the test\n"
            "notice.incomplete: the notice lacks what section 17(1)(c) asks for: the step 'necessity' of the test\n"
            "notice.incomplete: the notice lacks what section 17(1)(c) asks for: the step 'balance' of the test\n");
  the_case.personal_information->legitimate_interest = "Openness.";
  the_case.personal_information->necessity = "The coarser figures do as well.";
  the_case.personal_information->balance = "Privacy outweighs it.";
  EXPECT_EQ(missing(), "");
  EXPECT_NE(text_of_all().find("Necessity: The coarser figures do as well."), std::string::npos);
}

TEST_F(TheNotice, OfAQualifiedExemptionNeedsThePublicInterest) {
  question("4").decision.public_interest.clear();
  EXPECT_EQ(missing(),
            "notice.incomplete: the notice lacks what section 17(3) asks for: why, for question 4, the public interest in relying on section 22(1) outweighs "
            "that in disclosing\n");
}

TEST_F(TheNotice, OfAnAbsoluteExemptionSaysThatNothingIsWeighed) {
  decide("4", Decision::withheld, {"FOIA/41(1)"});
  EXPECT_EQ(missing(), "");
  EXPECT_NE(text_of_all().find("Section 41(1) is absolute: the law asks for no weighing of the public interest."), std::string::npos);
}

TEST_F(TheNotice, NeedsProvisionAndReasonForEachRefusal) {
  decide("4", Decision::withheld, {});
  question("4").decision.reason = " ";
  EXPECT_EQ(missing(),
            "notice.incomplete: the notice lacks what section 17(1)(b) asks for: the provision relied on for question 4\n"
            "notice.incomplete: the notice lacks what section 17(1)(c) asks for: why question 4 is withheld\n");
}

TEST_F(TheNotice, TakesCitationsOnlyFromTheRuleBase) {
  decide("4", Decision::withheld, {"FOIA/40(3A)(a)"});
  EXPECT_EQ(missing().substr(0, 68), "law.unknown_provision: 'FOIA/40(3A)(a)' is not a provision of the ru");
  decide("4", Decision::withheld, {"FOIA/12(1)"});
  EXPECT_EQ(missing(), "notice.wrong_provision: question 4 is withheld and cites section 12(1), expected a provision that allows it\n");
  decide("4", Decision::referred, {"FOIA/22(1)"}, "p");
  EXPECT_NE(missing().find("expected a provision that allows it"), std::string::npos);
  decide("4", Decision::decision_pending, {"FOIA/41(1)"});
  EXPECT_NE(missing().find("expected a provision that allows it"), std::string::npos);  // nothing is weighed for an absolute one
}

TEST_F(TheNotice, OfAPendingDecisionNeedsItsDay) {
  decide("4", Decision::decision_pending, {"FOIA/36(2)(b)"});
  EXPECT_EQ(missing(), "notice.incomplete: the notice lacks what section 17(2) asks for: an estimate of the day of the decision on question 4\n");
  question("4").decision.expected_on = day("2024-08-26");
  EXPECT_EQ(missing(),
            "notice.open_question: question 4 rests on section 36(2)(b), and the letter would leave this open: Whose opinion is it, and when was it given?\n");
  question("4").decision.qualified_person = "the Chief Constable";
  question("4").decision.opinion_on = day("2024-07-09");
  EXPECT_EQ(missing(), "");
  EXPECT_NE(text_of_all().find("We expect to decide by 26 August 2024"), std::string::npos);
}

TEST_F(TheNotice, OfASectionKnownByNameOnlySaysWhoExaminedIt) {
  decide("4", Decision::withheld, {"FOIA/27(1)(a)"}, "The public interest is this.");
  EXPECT_NE(text_of_all().find("The conditions of section 27(1)(a) were examined by S. Reviewer."), std::string::npos);
}

TEST_F(TheNotice, SaysNothingOfAQuestionNeitherConfirmedNorDeniedButThat) {
  decide("4", Decision::neither_confirmed_nor_denied, {"FOIA/40(5B)(a)(i)"});
  question("4").document.clear();
  EXPECT_EQ(missing(), "");
  const std::string text = text_of_all();
  EXPECT_NE(text.find("We neither confirm nor deny that we hold information of the kind asked for in question 4."), std::string::npos);
  EXPECT_NE(text.find("we confirm that we hold information of the kind asked for in questions 1, 2, 3 and 5."), std::string::npos);
  decide("4", Decision::neither_confirmed_nor_denied, {"FOIA/31(1)(a)"}, "p");
  EXPECT_NE(missing().find("notice.wrong_provision"), std::string::npos);
}

TEST_F(TheNotice, OfTheCostLimitNamesTheRegulationsAndShowsTheSum) {
  const std::string text = text_of_all();
  EXPECT_NE(text.find("Freedom of Information and Data Protection (Appropriate Limit and Fees) Regulations 2004"), std::string::npos);
  EXPECT_NE(text.find("Together 21.5 hours at £25 an hour come to £537.50, above the limit of £450."), std::string::npos);
  EXPECT_EQ(text.find("258"), std::string::npos);  // counts of records are figures
  EXPECT_EQ(text.find("paper records"), std::string::npos);
}

TEST_F(TheNotice, RefusesTheCostLimitWithoutASumAboveIt) {
  the_case.costs[0].hours = base::Decimal(18);
  EXPECT_EQ(missing(), "notice.incomplete: the notice lacks what section 12(1) asks for: a cost above the limit of £450; the case gives £450\n");
  the_case.costs.clear();
  EXPECT_EQ(missing(), "notice.incomplete: the notice lacks what section 17(5) asks for: the sum on which section 12 is relied\n");
}

TEST_F(TheNotice, RefusesToAnswerAPartUnlessTheRequesterLeftTheRestOut) {
  the_case.cost_scope_quote.clear();
  EXPECT_EQ(
      missing(),
      "notice.incomplete: the notice lacks what section 12(1) asks for: the requester's words that leave the costly part out, since the rest is answered\n");
}

TEST_F(TheNotice, OfTheCostLimitNeedsAdvice) {
  the_case.advice.clear();
  EXPECT_EQ(missing(), "notice.incomplete: the notice lacks what section 16(1) asks for: what could be done within the limit\n");
}

TEST_F(TheNotice, AlwaysSaysHowToComplain) {
  the_case.authority.review_address = " ";
  EXPECT_EQ(missing(), "notice.incomplete: the notice lacks what section 17(7)(a) asks for: how to ask for an internal review\n");
}

TEST_F(TheNotice, NeverPromisesThatFiguresAreAnonymous) {
  the_case.personal_information->route = "The coarser figures are guaranteed to be anonymous, and the finer ones would show who was there.";
  EXPECT_EQ(missing(),
            "notice.promise: under 'Personal information: questions 1 and 2' the text promises that figures are anonymous, expected no such promise\n");
}

TEST_F(TheNotice, SaysOfWhatIsNotHeldThatItIsNot) {
  decide("4", Decision::not_held, {});
  EXPECT_NE(text_of_all().find("we tell you that we do not hold this information"), std::string::npos);
}

TEST_F(TheNotice, WithholdsAPeriodByItsOwnProvisionOrAsPersonalInformation) {
  question("3").coverage.push_back({table::CoverageStatus::withheld, "2024-06", "2024-06", "Neighbours know who was searched in June."});
  published[1] = {request::atom_space_of(the_case, the_case.populations[1]), {}, {}, {}};
  published[1].tables.push_back(table_of(*published[1].space, "q3", 0, {{0, {0, 1, 2}}, {1, {0, 1}}, {2, {0, 1, 2}}}));
  question("3").by[0].second = "month";
  EXPECT_NE(text_of_all().find("## Personal information: questions 1, 2 and 3"), std::string::npos);
  decide("3", Decision::given, {"FOIA/31(1)(a)"});
  EXPECT_NE(missing().find("section 17(3) asks for: why, for question 3"), std::string::npos);
}

TEST_F(TheNotice, OfAnswersGivenInFullIsNoRefusal) {
  the_case.questions = {question("5")};
  published.clear();
  const auto notice = build();
  ASSERT_TRUE(notice.has_value());
  EXPECT_FALSE(notice->refuses);
  EXPECT_EQ(text_of_all().find("refusal notice"), std::string::npos);
  EXPECT_NE(text_of_all().find("Information Commissioner"), std::string::npos);
}

TEST_F(TheNotice, UnderTheScottishActCitesThatActAlone) {
  the_case.questions = {question("5")};
  published.clear();
  decide("5", Decision::not_held, {});
  the_case.authority.regime = "FOISA";
  EXPECT_EQ(missing(), "");
  const std::string text = text_of_all();
  EXPECT_NE(text.find("under section 17(1) of the Freedom of Information (Scotland) Act 2002 we give you notice that we do not hold this information"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("Scottish Information Commissioner"), std::string::npos);
  EXPECT_EQ(text.find("[FOIA/"), std::string::npos) << text;
}

TEST_F(TheNotice, UnderTheRegulationsOf2004RefusesWhatIsNotHeld) {
  the_case.questions = {question("5")};
  published.clear();
  decide("5", Decision::not_held, {});
  the_case.authority.regime = "EIR";
  EXPECT_EQ(missing(), "");
  const auto notice = build();
  ASSERT_TRUE(notice.has_value());
  EXPECT_TRUE(notice->refuses);
  EXPECT_EQ(notice->relied_on.at("5"), std::vector<std::string>{"EIR/12(4)(a)"});
}

TEST_F(TheNotice, OfAVexatiousRequestSaysNothingOfWhatIsHeld) {
  the_case.questions = {question("5")};
  published.clear();
  decide("5", Decision::withheld, {"FOIA/14(1)"});
  EXPECT_EQ(missing(), "");
  const std::string text = text_of_all();
  EXPECT_NE(text.find("refusal notice under section 17(5)"), std::string::npos) << text;
  EXPECT_EQ(text.find("we hold information"), std::string::npos) << text;
  EXPECT_EQ(build()->to_confirm.size(), 1U);  // section 14(1) is in the rule base from knowledge
}

}  // namespace
}  // namespace candour::notice
