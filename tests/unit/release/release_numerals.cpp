// The numeral trace: what may stand in a text, and what comes from nowhere.

#include <candour/release/numeral_trace.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace candour::release {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> untraced(const NumeralTrace& trace, const std::string& text) {
  std::vector<std::string> numerals;
  for (const UntracedNumeral& one : trace.untraced_in(text)) numerals.push_back(one.numeral);
  return numerals;
}

std::vector<std::string> numerals(const std::string& text) {
  std::vector<std::string> found;
  for (const Numeral& one : numerals_of(text)) found.push_back(text.substr(one.offset, one.length));
  return found;
}

TEST(ReleaseNumerals, AreReadWithCommasAndDecimals) {
  EXPECT_THAT(numerals("1,377 of 12.50, then 3,4 and 1,2345."), ElementsAre("1,377", "12.50", "3", "4", "1", "2345"));
}

TEST(ReleaseNumerals, SealedFigureMayStandAnywhereWithOrWithoutCommas) {
  NumeralTrace trace;
  trace.declare_numeral("1377");
  EXPECT_THAT(untraced(trace, "1,377 in all; 1377"), IsEmpty());
  EXPECT_THAT(untraced(trace, "137 and 13770"), ElementsAre("137", "13770"));
}

TEST(ReleaseNumerals, NumeralsOfAPhraseMayStandOnlyInsideIt) {
  NumeralTrace trace;
  trace.declare_phrase("18 to 24");
  EXPECT_THAT(untraced(trace, "aged 18 to 24"), IsEmpty());
  EXPECT_THAT(untraced(trace, "18 people"), ElementsAre("18"));
  EXPECT_THAT(untraced(trace, "18 to 240"), ElementsAre("18", "240"));
  EXPECT_THAT(untraced(trace, "118 to 24"), ElementsAre("118", "24"));
}

TEST(ReleaseNumerals, DatesMayStand) {
  const NumeralTrace trace;
  EXPECT_THAT(untraced(trace, "on 4 March 2024, in June 2020, 2024-03-28"), IsEmpty());
  EXPECT_THAT(untraced(trace, "4 people in March"), ElementsAre("4"));
  EXPECT_THAT(untraced(trace, "since 2020"), ElementsAre("2020"));
  EXPECT_THAT(untraced(trace, "March 3"), ElementsAre("3"));
}

TEST(ReleaseNumerals, CitationsMayStandAndDoNotCarryOverToCounts) {
  const NumeralTrace trace;
  EXPECT_THAT(untraced(trace, "section 40(2) by virtue of s. 40(3A)(a), Article 6(1)(f), Freedom of Information Act 2000, Table 3"), IsEmpty());
  EXPECT_THAT(untraced(trace, "For questions 1, 2 and 4 we rely on it"), IsEmpty());
  EXPECT_THAT(untraced(trace, "question 1, 2 people"), ElementsAre("2"));
  EXPECT_THAT(untraced(trace, "section 40(2) and 3 people"), ElementsAre("3"));
  EXPECT_THAT(untraced(trace, "sections: 3"), ElementsAre("3"));
}

TEST(ReleaseNumerals, UntracedOnesComeWithTheirWords) {
  const NumeralTrace trace;
  const auto found = trace.untraced_in("there were 4 women");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].offset, 11U);
  EXPECT_EQ(found[0].around, "there were 4 women");
}

}  // namespace
}  // namespace candour::release
