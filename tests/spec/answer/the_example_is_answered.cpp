// The whole way for the example: sealed, complete, the same bytes twice, and nothing of the measure in public.

#include "example_case.hpp"

#include <candour/answer/answer.hpp>

#include <algorithm>

namespace {

using namespace candour;

class TheExample : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const test::ExampleCase example(1);
    auto first = answer::answer_case({example.folder()});
    if (first) first_ = new answer::AnsweredCase(*std::move(first));
    auto second = answer::answer_case({example.folder()});
    if (second) second_ = new answer::AnsweredCase(*std::move(second));
  }
  static void TearDownTestSuite() {
    delete first_;
    delete second_;
    first_ = second_ = nullptr;
  }
  void SetUp() override { ASSERT_TRUE(first_ != nullptr && second_ != nullptr); }

  static bool same(const std::vector<base::FileToWrite>& a, const std::vector<base::FileToWrite>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return x.path == y.path && x.bytes == y.bytes; });
  }

  static answer::AnsweredCase* first_;
  static answer::AnsweredCase* second_;
};
answer::AnsweredCase* TheExample::first_ = nullptr;
answer::AnsweredCase* TheExample::second_ = nullptr;

TEST_F(TheExample, is_answered_with_figures) { EXPECT_EQ(first_->outcome, answer::AnswerOutcome::answered); }

TEST_F(TheExample, gives_the_same_public_bytes_twice) {
  EXPECT_TRUE(same(first_->draft.log, second_->draft.log));
  EXPECT_TRUE(same(first_->final.log, second_->final.log));
}

TEST_F(TheExample, gives_the_same_private_bytes_twice) { EXPECT_TRUE(same(first_->private_files, second_->private_files)); }

TEST_F(TheExample, says_for_each_statistics_question_what_is_given) {
  std::vector<std::string> numbers;
  for (const answer::QuestionReport& report : first_->questions) {
    numbers.push_back(report.question);
    EXPECT_FALSE(report.given.empty());
  }
  EXPECT_EQ(numbers, (std::vector<std::string>{"1", "2", "3", "4", "6"}));
}

TEST_F(TheExample, keeps_the_measure_of_detail_private) {
  for (const auto* files : {&first_->draft.log, &first_->draft.reply, &first_->final.log, &first_->final.reply})
    for (const base::FileToWrite& file : *files) {
      EXPECT_EQ(file.bytes.find("per_billion"), std::string::npos) << file.path;
      EXPECT_EQ(file.bytes.find("divergence"), std::string::npos) << file.path;
    }
}

TEST_F(TheExample, keeps_certificate_truth_plans_audit_and_quality) {
  std::vector<std::string> names;
  for (const base::FileToWrite& file : first_->private_files) names.push_back(file.path.string());
  EXPECT_EQ(names, (std::vector<std::string>{"certificate.json", "true-cells.json", "plans.json", "audit.html", "data-quality.txt", "account.html"}));
}

TEST(AnswerCase, reports_a_missing_case_and_writes_nothing) {
  const auto answered = answer::answer_case({"/nowhere/at/all"});
  ASSERT_FALSE(answered.has_value());
  EXPECT_EQ(base::exit_status(answered.error().front().cause), 2);
}

}  // namespace
