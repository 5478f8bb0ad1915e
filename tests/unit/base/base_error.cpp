#include <candour/base/check.hpp>
#include <candour/base/result.hpp>

#include <gtest/gtest.h>

namespace candour::base {
namespace {

TEST(ErrorText, IsOneLineWithFileLineAndColumnAndAHintBelow) {
  EXPECT_EQ(to_text({Cause::wrong_input, "policy.range", {"policy.toml", 12, 0}, "p_percent must be above 0, got -5", "say 10"}),
            "policy.toml:12: p_percent must be above 0, got -5\nhint: say 10");
  EXPECT_EQ(to_text({Cause::wrong_input, "x", {"a.csv", 3, 7}, "s", ""}), "a.csv:3:7: s");
  EXPECT_EQ(to_text({Cause::refused, "x", {}, "s", ""}), "s");
}

TEST(ExitStatus, EachCauseHasItsOwn) {
  EXPECT_EQ(exit_status(Cause::could_not_finish), 1);
  EXPECT_EQ(exit_status(Cause::wrong_input), 2);
  EXPECT_EQ(exit_status(Cause::refused), 3);
  EXPECT_EQ(exit_status(Cause::holding_unreachable), 4);
  EXPECT_EQ(exit_status(Cause::internal_fault), 5);
}

Result<int> half(int number) {
  if (number % 2 != 0) return fail({Cause::refused, "odd", {}, "odd", {}});
  return number / 2;
}

Result<int> quarter(int number) {
  CANDOUR_TRY(first, half(number));
  CANDOUR_TRY(second, half(first));
  return second;
}

Result<Done> even(int number) {
  CANDOUR_TRY_DONE(half(number));
  return Done{};
}

TEST(Try, GoesOnWithTheValueOrReturnsTheFirstError) {
  EXPECT_EQ(quarter(12).value(), 3);
  EXPECT_EQ(quarter(6).error().code, "odd");
  EXPECT_TRUE(even(2));
  EXPECT_EQ(even(3).error().code, "odd");
}

TEST(Check, StopsWithTheSentenceAndThePlace) {
  EXPECT_NO_THROW(CANDOUR_CHECK(1 + 1 == 2, "sums are right"));
  try {
    CANDOUR_CHECK(1 + 1 == 3, "sums are wrong");
    FAIL() << "the check let a false condition pass";
  } catch (const InternalFault& fault) {
    EXPECT_EQ(fault.sentence, "sums are wrong");
    EXPECT_GT(fault.line, 0);
  }
}

}  // namespace
}  // namespace candour::base
