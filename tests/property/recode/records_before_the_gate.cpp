// Records one by one before the gate: the true ones pass, and each planted flaw is refused.

#include <candour/attack/record_attack.hpp>
#include <candour/certify/certify.hpp>
#include <candour/certify/records_certificate.hpp>
#include <candour/protect/recode/publish_records.hpp>

#include <gtest/gtest.h>

namespace candour::certify {
namespace {

table::AtomSpace two_areas() {
  table::AtomSpace space;
  space.id = space.label = "notices";
  space.variables.push_back({"area", "Area", table::Role::identifying, table::Hierarchy::flat("area", {{"n", "", "North"}, {"s", "", "South"}}).value()});
  space.variables.push_back({"outcome", "Outcome", table::Role::sensitive, table::Hierarchy::flat("outcome", {{"a", "", "A"}, {"b", "", "B"}}).value()});
  space.questions.push_back({"1", "given a notice", {}});
  space.memberships = {1};
  return space;
}

/// Eight in the north and eight in the south, half of each with either outcome.
truth::CodedRecords sixteen() {
  truth::CodedRecords records;
  records.identifiers = {{"area", {{0, 1}, {0, 0}}, {{"North", "South"}, {"Total"}}}};
  records.sensitive = {{"outcome", {"A", "B"}}};
  records.leaves = {{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1}};
  records.values = {{0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1}};
  records.count = 16;
  return records;
}

class BeforeTheGate : public testing::Test {
 protected:
  table::AtomSpace space = two_areas();
  truth::CodedRecords truth = sixteen();
  protect::PrivacyModel model{5, 2, 2, {}, 0};
  policy::Policy policy = policy::shipped_policy();
  table::PublishedRecords published = protect::published_records({&space, "1", "given a notice", {{0, 1}, {1, 1}}}, truth, model, {0});

  [[nodiscard]] static table::Seal seal_without_tables(const policy::Policy& by) {
    const std::vector<truth::Population> nobody;
    const std::vector<std::vector<table::TableDesign>> nothing;
    const table::Draft empty;
    const std::vector<knowledge::Finding> none;
    return std::get<Sealed>(certify({&nobody, &nothing, &empty, &none, {}, {}, {}}, by)).seal;
  }
  [[nodiscard]] std::variant<SealedRecords, Refusal> decided(std::vector<std::string> findings = {}, std::vector<std::size_t> levels = {0}) const {
    RecordsSubmission submission;
    submission.questions.push_back({&truth, &published, std::move(levels), std::move(findings), true});
    return certify_records(submission, policy, seal_without_tables(policy), false);
  }
  [[nodiscard]] std::string refused() const {
    const auto decision = decided();
    const auto* refusal = std::get_if<Refusal>(&decision);
    return refusal == nullptr ? "sealed" : refusal->reasons.front().code;
  }
};

TEST_F(BeforeTheGate, TheTrueRecordsAreSealedAndAddUpAgain) {
  const auto decision = decided();
  ASSERT_TRUE(std::holds_alternative<SealedRecords>(decision));
  const auto& sealed = std::get<SealedRecords>(decision);
  EXPECT_NE(sealed.seal.draft_digest(), seal_without_tables(policy).draft_digest());
  EXPECT_EQ(sealed.seal.claims().size(), policy.intruders.size());
  const RecordsReport report = verify_records({sealed.certificate, sealed.true_records, &policy, {{"1", published.rows}}, sealed.true_records});
  EXPECT_TRUE(report.reasons.empty());
  EXPECT_EQ(report.shown, 16U);
  EXPECT_FALSE(verify_records({sealed.certificate, sealed.true_records, &policy, {}, {}}).reasons.empty()) << "without the public file";
  EXPECT_FALSE(verify_records({sealed.certificate, sealed.true_records, &policy, {{"1", published.rows}}, "other"}).reasons.empty());
}

TEST_F(BeforeTheGate, AFindingOfTheAttackRefuses) {
  const auto decision = decided({"somebody can be told"});
  ASSERT_TRUE(std::holds_alternative<Refusal>(decision));
  EXPECT_EQ(std::get<Refusal>(decision).reasons.front().code, "records.leak");
}

TEST_F(BeforeTheGate, LessThanThePolicyAsksForIsRefused) {
  published.promise.smallest_class = 4;
  EXPECT_EQ(refused(), "records.below_policy");
  published.promise.smallest_class = 5;
  published.promise.coalition = 1;
  EXPECT_EQ(refused(), "records.below_policy");
}

TEST_F(BeforeTheGate, ARowThatIsNotTrueIsRefused) {
  published.rows.front()[1] = 1;
  EXPECT_EQ(refused(), "records.fault");
}

TEST_F(BeforeTheGate, ARowLeftOutBeyondWhatWasAllowedIsRefused) {
  published.rows.pop_back();
  EXPECT_EQ(refused(), "records.fault");
}

TEST_F(BeforeTheGate, AnotherLevelThanTheOneShownIsRefused) {
  const auto decision = decided({}, {1});
  ASSERT_TRUE(std::holds_alternative<Refusal>(decision));
}

TEST_F(BeforeTheGate, AClassInWhichTwoKnowTheOthersIsFoundByAttackAndCount) {
  truth.values.front() = {0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1};
  // A protector that does not look at coalitions shows them all.
  protect::PrivacyModel blind = model;
  blind.coalition = 0;
  published = protect::published_records({&space, "1", "given a notice", {{0, 1}, {1, 1}}}, truth, blind, {0});
  ASSERT_EQ(published.rows.size(), 16U);
  published.promise.coalition = 2;
  const auto findings = attack::attack_records(published, 2);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().learnt, "Outcome: A");
  EXPECT_EQ(refused(), "records.fault");
}

TEST_F(BeforeTheGate, WhatIsSaidDoesNotDependOnHowManyWereLeftOut) {
  model.suppression_limit_percent = 50;
  const auto all = protect::published_records({&space, "1", "given a notice", {{0, 1}, {1, 1}}}, truth, model, {0});
  truth.values.front() = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1};
  const auto some = protect::published_records({&space, "1", "given a notice", {{0, 1}, {1, 1}}}, truth, model, {0});
  EXPECT_EQ(all.rows.size(), 16U);
  EXPECT_EQ(some.rows.size(), 8U);
  EXPECT_EQ(all.statements, some.statements);
}

}  // namespace
}  // namespace candour::certify
