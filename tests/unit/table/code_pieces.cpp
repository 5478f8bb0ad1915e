// Codes of ages, days and lists, cut into the finest pieces that tell them apart.
#include <candour/table/code_pieces.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using candour::table::CodePieces;
using candour::table::CodeRange;
using candour::table::day_range;
using candour::table::number_range;
using testing::ElementsAre;

std::vector<std::uint32_t> pieces(const CodePieces& all, const std::string& code) {
  std::vector<std::uint32_t> in;
  const auto set = all.pieces_of(code);
  for (std::uint32_t i = 0; set && i < all.count(); ++i)
    if (set->contains(i)) in.push_back(i);
  return in;
}

TEST(CodePieces, ReadsAgesAndDays) {
  EXPECT_EQ(number_range("18"), (CodeRange{18, 18}));
  EXPECT_EQ(number_range("18-24"), (CodeRange{18, 24}));
  EXPECT_EQ(number_range("18 to 24"), (CodeRange{18, 24}));
  EXPECT_EQ(number_range("under 18"), (CodeRange{0, 17}));
  EXPECT_EQ(number_range("65+")->first, 65);
  EXPECT_EQ(number_range("65-and-over"), number_range("65+"));
  EXPECT_EQ(number_range("under-15"), number_range("0-14"));
  EXPECT_FALSE(number_range("not-stated") || number_range("24-18") || number_range("") || number_range("-5"));
  EXPECT_EQ(day_range("2024-02")->last - day_range("2024-02")->first, 28);
  EXPECT_EQ(day_range("2024-Q1")->first, day_range("2024-01-01")->first);
  EXPECT_EQ(day_range("FY2023-24")->last, day_range("2024-03-31")->last);
  EXPECT_EQ(day_range("2024-01..2024-05")->last, day_range("2024-05-31")->last);
  EXPECT_EQ(day_range("2024-12")->last, day_range("2024")->last);
  EXPECT_FALSE(day_range("18-24") || day_range("2024-13") || day_range("2024-02-30") || day_range("north"));
}

TEST(CodePieces, CutsBandsAtEachOthersEnds) {
  const std::vector<std::string> codes{"0-17", "18-24", "0-18", "25+", "not-stated"};
  const CodePieces all(codes, {});
  EXPECT_THAT(all.words(), ElementsAre("0-17", "18", "19-24", "25+", "not-stated", "anything else"));
  EXPECT_THAT(pieces(all, "0-18"), ElementsAre(0, 1));
  EXPECT_THAT(pieces(all, "18-24"), ElementsAre(1, 2));
  EXPECT_THAT(pieces(all, "not-stated"), ElementsAre(4));
  EXPECT_FALSE(all.pieces_of("0-19"));
}

TEST(CodePieces, CutsPeriodsThatOverlap) {
  const std::vector<std::string> codes{"2024-Q1", "2024-03", "2024-01-01..2024-03-30"};
  const CodePieces all(codes, {});
  EXPECT_THAT(all.words(), ElementsAre("2024-01 to 2024-02", "2024-03-01 to 2024-03-30", "2024-03-31", "anything else"));
  EXPECT_THAT(pieces(all, "2024-Q1"), ElementsAre(0, 1, 2));
}

TEST(CodePieces, ComesDownToWhatACodeContains) {
  const std::vector<std::string> codes{"north", "a", "b", "south"};
  const CodePieces all(codes, {{"north", {"a", "b"}}});
  EXPECT_THAT(all.words(), ElementsAre("a", "b", "south", "anything else"));
  EXPECT_THAT(pieces(all, "north"), ElementsAre(0, 1));
}

}  // namespace
