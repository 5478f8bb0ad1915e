// The small files of the field: what is written is read back, mistakes are named with their line, and no text whatever stops the readers.
#include <candour/formats/argus_codes.hpp>
#include <candour/formats/argus_metadata.hpp>
#include <candour/tabulate/field_hierarchy.hpp>

#include <gtest/gtest.h>

#include <random>

namespace candour::formats {
namespace {

const char* const metadata_text =
    "<SEPARATOR> \";\"\n<SAFE> S\n<UNSAFE> U\nregion\n  <RECODEABLE>\n  <TOTCODE> \"Total\"\n  <HIERARCHICAL>\n  <HIERCODELIST> \"region.hrc\"\n  "
    "<HIERLEADSTRING> \"@\"\n"
    "size 99\n  <RECODABLE>\n  <HIERLEVELS> 1 2\nturnover\n  <NUMERIC>\n  <DECIMALS> 2\nweightOfCell\n  <NUMERIC> <COST>\nfreq\n  <FREQUENCY>\nstate\n  "
    "<STATUS>\n";

TEST(ArgusMetadata, SaysWhichColumnIsWhich) {
  const auto read = read_argus_metadata(metadata_text, "t.rda");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->separator, ';');
  ASSERT_EQ(read->variables.size(), 6u);
  EXPECT_EQ(read->variables[0].hierarchy_file, "region.hrc");
  EXPECT_EQ(read->variables[1].name, "size");
  EXPECT_EQ(read->variables[1].level_digits, (std::vector<int>{1, 2}));
  EXPECT_EQ(read->variables[2].column, ArgusColumn::value);
  EXPECT_EQ(read->variables[3].column, ArgusColumn::cost);
  EXPECT_EQ(read->variables[4].column, ArgusColumn::frequency);
  EXPECT_EQ(read->variables[5].column, ArgusColumn::status);
}

TEST(ArgusMetadata, IsReadBackAsWritten) {
  const auto once = read_argus_metadata(metadata_text, "t.rda");
  ASSERT_TRUE(once.has_value());
  const std::string text = write_argus_metadata(*once);
  const auto twice = read_argus_metadata(text, "t.rda");
  ASSERT_TRUE(twice.has_value());
  EXPECT_EQ(write_argus_metadata(*twice), text);
  for (std::size_t i = 0; i < once->variables.size(); ++i) {
    EXPECT_EQ(once->variables[i].name, twice->variables[i].name);
    EXPECT_EQ(once->variables[i].column, twice->variables[i].column);
    EXPECT_EQ(once->variables[i].decimals, twice->variables[i].decimals);
  }
}

TEST(ArgusMetadata, NamesTheLineOfAMistake) {
  EXPECT_EQ(read_argus_metadata("<TOTCODE> \"T\"\n", "t.rda").error().place.line, 1u);
  EXPECT_EQ(read_argus_metadata("a\n <RECODABLE>\na\n", "t.rda").error().place.line, 3u);
  EXPECT_EQ(read_argus_metadata("a\n <RECODABLE>\nb\n <NUMERIC>\n <DECIMALS> x\n", "t.rda").error().place.line, 5u);
  EXPECT_FALSE(read_argus_metadata("a\n <RECODABLE>\n", "t.rda").has_value());
  EXPECT_FALSE(read_argus_metadata("a\n <NUMERIC>\n", "t.rda").has_value());
}

TEST(Hrc, IsReadBackAsWritten) {
  const auto read = read_hrc("North\r\n@N1\n@N2\n@@N21\nSouth\n", "a.hrc");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(write_hrc(*read), "North\n@N1\n@N2\n@@N21\nSouth\n");
  EXPECT_EQ((*read)[3].depth, 3);
  const auto dotted = read_hrc("A\n..B\n", "a.hrc", "..");
  ASSERT_TRUE(dotted.has_value());
  EXPECT_EQ((*dotted)[1].depth, 2);
}

TEST(Hrc, RefusesAStepDownOfTwoAndALineWithoutACode) {
  EXPECT_EQ(read_hrc("A\n@@B\n", "a.hrc").error().place.line, 2u);
  EXPECT_EQ(read_hrc("A\n@\n", "a.hrc").error().place.line, 2u);
  EXPECT_EQ(read_hrc("\n\n", "a.hrc").error().code, "hrc.malformed");
  std::string deep;
  for (int depth = 0; depth < 300; ++depth) deep += std::string(static_cast<std::size_t>(depth), '@') + "c" + std::to_string(depth) + "\n";
  EXPECT_EQ(read_hrc(deep, "a.hrc").error().place.line, 101u);
}

TEST(LeveledCodes, AreTheSameTreeAsAnHrc) {
  const char* const text = "@;Total\n@@;A\n@@@;A1\n@@@;A2\n@@;B\n";
  EXPECT_TRUE(looks_like_leveled_codes(text));
  EXPECT_FALSE(looks_like_leveled_codes("code,parent\n"));
  EXPECT_FALSE(looks_like_leveled_codes("@@;A\n"));
  const auto leveled = read_leveled_codes(text, "d.csv");
  const auto hrc = read_hrc("A\n@A1\n@A2\nB\n", "d.hrc");
  ASSERT_TRUE(leveled.has_value() && hrc.has_value());
  const auto one = tabulate::hierarchy_of_codes("d", leveled->total, leveled->codes), other = tabulate::hierarchy_of_codes("d", "Total", *hrc);
  ASSERT_TRUE(one.has_value() && other.has_value());
  EXPECT_EQ(write_hrc(tabulate::indented_codes_of(*one)), write_hrc(tabulate::indented_codes_of(*other)));
  EXPECT_EQ(read_leveled_codes("@;T\n@;U\n", "d.csv").error().place.line, 2u);
}

TEST(History, IsReadBackAsWrittenAndInAnyCase) {
  const auto read = read_history("\"A\";x;U\nA;;C;12\n\"B\";y;pl;3;4.5\nB;x;S\nC;x;P\nC;y;ML\nD;x;u;1;2\n", "h.hst", 2, ';');
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->size(), 7u);
  EXPECT_EQ((*read)[1].codes[1], "");
  EXPECT_EQ((*read)[2].numbers[1], "4.5");
  EXPECT_EQ((*read)[5].kind, HistoryKind::secondary);
  const std::string text = write_history(*read, ';');
  const auto again = read_history(text, "h.hst", 2, ';');
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(write_history(*again, ';'), text);
}

TEST(History, NamesTheLineOfAMistake) {
  EXPECT_EQ(read_history("A,u\nA\n", "h.hst", 1, ',').error().place.line, 2u);
  EXPECT_EQ(read_history("A,q\n", "h.hst", 1, ',').error().place.line, 1u);
  EXPECT_EQ(read_history("A,c\n", "h.hst", 1, ',').error().place.line, 1u);
  EXPECT_EQ(read_history("A,pl,3\n", "h.hst", 1, ',').error().place.line, 1u);
}

TEST(FieldFormats, EndOnAnyText) {
  const std::vector<std::string> seeds{metadata_text, "A\n@A1\n@@A11\nB\n", "@;T\n@@;A\n@@@;B\n", "A;x;pl;3;4\nB;y;c;9\n"};
  const std::string alphabet = "@;,<>\"\nABu019.-\r\\ ";
  std::mt19937_64 random(20260102);
  std::size_t read = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text = seeds[random() % seeds.size()];
    for (std::uint64_t changes = random() % 6; changes > 0 && !text.empty(); --changes) {
      const std::size_t at = random() % text.size();
      if (random() % 2) text[at] = alphabet[random() % alphabet.size()];
      else text.erase(at, 1 + random() % 5);
    }
    read += static_cast<std::size_t>(read_argus_metadata(text, "f").has_value()) + static_cast<std::size_t>(read_history(text, "f", 2, ';').has_value());
    if (const auto codes = read_hrc(text, "f")) read += tabulate::hierarchy_of_codes("f", "Total", *codes).has_value();
    if (const auto codes = read_leveled_codes(text, "f")) read += tabulate::hierarchy_of_codes("f", codes->total, codes->codes).has_value();
  }
  EXPECT_GT(read, 1000u);
}

}  // namespace
}  // namespace candour::formats
