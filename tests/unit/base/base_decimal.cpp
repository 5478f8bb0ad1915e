#include <candour/base/check.hpp>
#include <candour/base/decimal.hpp>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace candour::base {
namespace {

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

rc::Gen<Decimal> decimals() {
  return rc::gen::apply([](std::int64_t units, int scale) { return Decimal::of_units(units, scale); },
                        rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000), rc::gen::inRange(0, 7));
}

TEST(Decimal, ReadsAndWritesTheSameText) {
  for (const char* text : {"0", "-12.50", "0.000000000000000001", "9223372036854775807", "-9223372036854775808", "-0.05"})
    EXPECT_EQ(decimal(text).to_text(), text);
  EXPECT_EQ(decimal("+7.1").to_text(), "7.1");
  EXPECT_EQ(decimal(".5").to_text(), "0.5");
}

TEST(Decimal, TextThatIsNoNumberIsRefusedAndNotRepeated) {
  for (const char* text : {"", "-", ".", "1.2.3", "1e5", "12a", " 1", "1,5"}) {
    const auto outcome = Decimal::parse(text);
    ASSERT_FALSE(outcome) << text;
    EXPECT_EQ(outcome.error().code, "decimal.malformed");
  }
}

TEST(Decimal, WhatDoesNotFitIsAnErrorAndNeverWraps) {
  EXPECT_EQ(Decimal::parse("9223372036854775808").error().code, "decimal.overflow");
  EXPECT_EQ(Decimal::parse("0.0000000000000000001").error().code, "decimal.overflow");
  EXPECT_EQ(Decimal::sum(decimal("9223372036854775807"), decimal("1")).error().code, "decimal.overflow");
  EXPECT_EQ(Decimal::difference(decimal("-9223372036854775808"), decimal("1")).error().code, "decimal.overflow");
  EXPECT_EQ(decimal("9223372036854775807").rescaled(1).error().code, "decimal.overflow");
}

TEST(Decimal, ComparesByValueAcrossScalesAtTheEndsOfTheRange) {
  EXPECT_EQ(decimal("1.50"), decimal("1.5"));
  EXPECT_LT(decimal("-9223372036854775808"), decimal("-9.223372036854775807"));
  EXPECT_GT(decimal("9223372036854775807"), decimal("9.223372036854775807"));
}

TEST(Decimal, AScaleOutsideItsRangeIsOurOwnFault) {
  EXPECT_THROW((void)Decimal::of_units(1, 19), InternalFault);
  EXPECT_THROW((void)Decimal::of_units(1, -1), InternalFault);
  EXPECT_THROW((void)decimal("1.55").rescaled(1), InternalFault);
}

RC_GTEST_PROP(DecimalLaws, TextIsReadBackAsTheSameNumber, ()) {
  const Decimal number = *decimals();
  RC_ASSERT(Decimal::parse(number.to_text()).value() == number);
}

RC_GTEST_PROP(DecimalLaws, AdditionIsCommutativeAndSubtractionUndoesIt, ()) {
  const Decimal a = *decimals();
  const Decimal b = *decimals();
  const Decimal sum = Decimal::sum(a, b).value();
  RC_ASSERT(sum == Decimal::sum(b, a).value());
  RC_ASSERT(Decimal::difference(sum, b).value() == a);
}

RC_GTEST_PROP(DecimalLaws, AdditionIsAssociative, ()) {
  const Decimal a = *decimals();
  const Decimal b = *decimals();
  const Decimal c = *decimals();
  RC_ASSERT(Decimal::sum(Decimal::sum(a, b).value(), c).value() == Decimal::sum(a, Decimal::sum(b, c).value()).value());
}

RC_GTEST_PROP(DecimalLaws, TheOrderAgreesWithTheSignOfTheDifference, ()) {
  const Decimal a = *decimals();
  const Decimal b = *decimals();
  const std::int64_t difference = Decimal::difference(a, b).value().units();
  RC_ASSERT((a < b) == (difference < 0));
  RC_ASSERT((a == b) == (difference == 0));
}

RC_GTEST_PROP(DecimalLaws, ALargerScaleChangesNothingButTheText, ()) {
  const Decimal number = *decimals();
  RC_ASSERT(number.rescaled(9).value() == number);
  RC_ASSERT(number.rescaled(9).value().scale() == 9);
}

}  // namespace
}  // namespace candour::base
