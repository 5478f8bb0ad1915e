// Constraint files are read exactly, written back, and refused with the line where they are wrong.
#include <candour/formats/jj.hpp>
#include <candour/tabulate/jj_table.hpp>

#include <gtest/gtest.h>

#include <random>

namespace candour {
namespace {

const char* const good = "0\n3\n0 5.5 5 s 0 11 0 0 0\n1 2 2 u 0 4 1.25 1 0\n2 3.5 4 z 0 7 0 0 0\n1\n0 3 : 0 (-1) 1 (1) 2 (1)\n";

TEST(JjFormat, ScalesFractionsExactlyAndWritesThemBack) {
  const auto file = formats::read_jj(good, "t");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->decimals, 2);
  EXPECT_EQ(file->cells[0].value, 550);
  EXPECT_EQ(file->cells[1].lower_protection, 125);
  const auto again = formats::read_jj(formats::write_jj(*file), "t");
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->cells[1].lower_protection, 125);
  EXPECT_EQ(again->relations.coefficient, file->relations.coefficient);
}

TEST(JjFormat, NamesTheLineOfAMistake) {
  const auto bad = formats::read_jj("0\n1\n0 5 5 q 0 11 0 0 0\n0\n", "t");
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error().code, "jj.status");
  EXPECT_EQ(bad.error().place.line, 3u);
  EXPECT_EQ(formats::read_jj("0\n1\n0 5 5 s 0 11 0 0 0\n1\n0 1 : 7 (1)\n", "t").error().code, "jj.unknown_cell");
  EXPECT_EQ(formats::read_jj("0\n2\n0 5 5 s 0 11 0 0 0\n0 5 5 s 0 11 0 0 0\n0\n", "t").error().code, "jj.duplicate_cell");
}

TEST(JjFormat, RefusesValuesThatDoNotAddUp) {
  std::string text = good;
  text.replace(text.find("3.5 4 z"), 3, "3.9");
  const auto file = formats::read_jj(text, "t");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(tabulate::table_of_jj(*file, "t").error().code, "jj.not_additive");
}

TEST(JjFormat, RefusesNumbersThatCannotBeAddedUp) {
  const auto file = formats::read_jj("0\n1\n0 3900000000000000000 1 s 0 3900000000000000000 0 0 0\n0\n", "t");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(tabulate::table_of_jj(*file, "t").error().code, "jj.overflow");
}

TEST(JjFormat, EndsOnAnyText) {
  std::mt19937_64 random(20260107);
  const std::string alphabet = "0123456789.-+ :()\nusxz";
  std::size_t read = 0, tables = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text = good;
    for (std::uint64_t changes = random() % 5; changes > 0 && !text.empty(); --changes) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0: text[at] = alphabet[random() % alphabet.size()]; break;
        case 1: text.insert(at, 1, alphabet[random() % alphabet.size()]); break;
        default: text.erase(at, 1 + random() % 4); break;
      }
    }
    const auto file = formats::read_jj(text, "f");
    static_cast<void>(formats::read_jj_pattern(text, "f"));
    if (!file) {
      EXPECT_FALSE(file.error().sentence.empty());
      continue;
    }
    ++read;
    tables += tabulate::table_of_jj(*file, "f").has_value();
    static_cast<void>(tabulate::table_of_jj(*file, "f", tabulate::JjValues::of_shown_cells));
    EXPECT_TRUE(formats::read_jj(formats::write_jj(*file), "f").has_value()) << text;
  }
  EXPECT_GT(read, 2000u);
  EXPECT_GT(tables, 1000u);
}

TEST(JjFormat, OfShownCellsAloneSaysNothingOfHiddenOnes) {
  const auto file = formats::read_jj("0\n3\n0 5 1 s 5 5 0 0 0\n1 1 1 x 1 5 0 0 0\n2 1 1 x 1 5 0 0 0\n1\n0 3 : 0 (-1) 1 (1) 2 (1)\n", "t");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(tabulate::table_of_jj(*file, "t").error().code, "jj.not_additive");
  EXPECT_TRUE(tabulate::table_of_jj(*file, "t", tabulate::JjValues::of_shown_cells).has_value());
}

TEST(JjPattern, NamesTheLineOfAMistake) { EXPECT_EQ(formats::read_jj_pattern("id,status\n4,x\n5;x\n", "p").error().place.line, 3u); }

}  // namespace
}  // namespace candour
