// Tables that arrive cell by cell: the forms of the field give the same table, hidden values are not looked at, mistakes are named with their line and never
// with a value.
#include <candour/tabulate/coded_table.hpp>

#include <scratch_folder.hpp>

#include <gtest/gtest.h>

#include <fstream>
#include <random>

namespace candour::tabulate {
namespace {

using table::CellStanding;

class CodedTables : public ::testing::Test {
 protected:
  std::filesystem::path put(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name, std::ios::binary) << text;
    return folder_.path() / name;
  }
  base::Result<CodedTable> read(const std::string& name, const std::string& text, HiddenValues hidden = HiddenValues::read) {
    return read_coded_table({put(name, text), {}, {}, {}, {}, hidden});
  }
  support::ScratchFolder folder_;
};

const char* const csv =
    "region,sex,freq,sdcStatus\nTotal,Total,20,s\nTotal,f,9,s\nTotal,m,11,s\nA,Total,8,s\nA,f,3,u\nA,m,5,x\nB,Total,12,s\nB,f,6,x\nB,m,6,x\n";

TEST_F(CodedTables, TheCsvOfAPackageAndATabWithItsMetadataAreTheSameTable) {
  const auto of_csv = read("t.csv", csv);
  ASSERT_TRUE(of_csv.has_value());
  put("t.rda", "<SEPARATOR> \",\"\nregion\n <RECODABLE>\n <TOTCODE> \"Total\"\nsex\n <RECODABLE>\n <TOTCODE> \"Total\"\nn\n <FREQUENCY>\nst\n <STATUS>\n");
  std::string text = csv;
  text.erase(0, text.find('\n') + 1);
  const auto of_tab = read("t.tab", text);
  ASSERT_TRUE(of_tab.has_value());
  EXPECT_EQ(of_csv->value, of_tab->value);
  EXPECT_EQ(of_csv->standing, of_tab->standing);
  EXPECT_EQ(of_csv->unit, CodedTable::Unit::records);
  EXPECT_EQ(of_tab->unit, CodedTable::Unit::records);
  EXPECT_EQ(of_csv->standing[4], CellStanding::primary);
  EXPECT_EQ(of_csv->standing[5], CellStanding::secondary);
}

TEST_F(CodedTables, ValuesOfHiddenCellsAreNotLookedAt) {
  std::string text = csv;
  text.replace(text.find("A,f,3"), 5, "A,f,x");
  const auto published = read("t.csv", text, HiddenValues::never_read);
  ASSERT_TRUE(published.has_value());
  EXPECT_EQ(published->value[4], 0);
  EXPECT_EQ(published->value[5], 0);
  EXPECT_EQ(published->value[0], 20);
  EXPECT_FALSE(read("t.csv", text).has_value());
}

TEST_F(CodedTables, TotalsWithoutARowAreAddedUpAndFinestCellsWithoutARowAreZero) {
  const auto table = read("t.csv", "region,sex,value\nA,f,3\nA,m,5\nB,m,6.5\n");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->decimals, 1);
  EXPECT_EQ(table->value[0], 145);
  EXPECT_EQ(table->unit, CodedTable::Unit::amount);
}

TEST_F(CodedTables, AHistoryBringsStatusesCostsAndProtectionLevels) {
  const auto table = put("t.csv", "region,value\nTotal,30\nA,10\nB,20\n");
  const auto history = put("t.hst", "A,u\nA,pl,4,6\nB,c,77\n\"\",p\n");
  const auto read = read_coded_table({table, {}, history, {}, {}, HiddenValues::read});
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->standing[1], CellStanding::primary);
  EXPECT_EQ(read->standing[0], CellStanding::always_shown);
  EXPECT_EQ(read->cost[2], 77);
  ASSERT_EQ(read->levels.size(), 1u);
  EXPECT_EQ(read->levels[0].lower, 4);
  EXPECT_EQ(read->levels[0].upper, 6);
}

TEST_F(CodedTables, LettersOfTheCodeMakeAHierarchyWhereTheMetadataSaySo) {
  put("t.rda", "<SEPARATOR> \",\"\nnace\n <RECODABLE>\n <TOTCODE> \"T\"\n <HIERARCHICAL>\n <HIERLEVELS> 1 1\nv\n <NUMERIC>\n");
  const auto table = read("t.tab", "T,9\nA,4\nA1,1\nA2,3\nB,5\nB1,5\n");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->variables[0].depth(), 2);
  EXPECT_EQ(table->variables[0].parent(*table->variables[0].find("A2")), *table->variables[0].find("A"));
}

TEST_F(CodedTables, MistakesAreNamedWithTheirLineAndWithoutAValue) {
  const auto fault = [&](const std::string& text) { return read("t.csv", text).error(); };
  EXPECT_EQ(fault("region,note\nA,3\n").code, "coded.header");
  EXPECT_EQ(fault("region,value\nA,3,4\n").code, "coded.columns");
  EXPECT_EQ(fault("region,value\nA,3\nA,4\n").place.line, 3u);
  EXPECT_EQ(fault("region,value\nA,3\nB,-4\n").code, "coded.number");
  EXPECT_EQ(fault("region,value,status\nA,3,q\n").code, "coded.status");
  const auto sums = fault("region,value\nTotal,731\nA,3\nB,4\n");
  EXPECT_EQ(sums.code, "coded.not_additive");
  EXPECT_NE(sums.sentence.find("Total"), std::string::npos);
  EXPECT_EQ(sums.sentence.find("731"), std::string::npos);
  EXPECT_EQ(fault("region,value\nA,\n").code, "coded.number");
}

TEST_F(CodedTables, EndOnAnyText) {
  std::mt19937_64 random(20260103);
  const std::string alphabet = ",;\nABux019.-\"\r";
  std::size_t good = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string text = csv;
    for (std::uint64_t changes = random() % 4; changes > 0; --changes) {
      const std::size_t at = random() % text.size();
      if (random() % 2) text[at] = alphabet[random() % alphabet.size()];
      else text.erase(at, 1 + random() % 4);
    }
    good += read("f.csv", text, random() % 2 ? HiddenValues::read : HiddenValues::never_read).has_value();
  }
  EXPECT_GT(good, 100u);
}

}  // namespace
}  // namespace candour::tabulate
