// The search for what a release withholds, with needles that cannot be read.

#include "package_builder.hpp"
#include "specimen.hpp"

#include <candour/base/check.hpp>
#include <candour/inspect/inspect_file.hpp>
#include <candour/inspect/rendering.hpp>

#include <gtest/gtest.h>

#include <algorithm>

namespace candour::inspect::specimens {
namespace {

base::SecretKey test_key() {
  base::SecretKey key;
  key.bytes.fill(7);
  return key;
}

InspectionOptions looking_for(const Needles& needles) {
  InspectionOptions options;
  options.needles = std::make_shared<const Needles>(needles);
  return options;
}

/// Gives the addresses of findings of a kind, joined.
std::string found(const InspectionReport& report, FindingKind kind) {
  std::string out;
  for (const auto& finding : report.findings) {
    if (finding.kind != kind) continue;
    for (const auto& where : finding.where) out += where + " ";
  }
  return out;
}

const std::vector<std::string> january_under_18{"January", "under 18"};
const std::string cross_table = "month,under 18,18 to 24\nJanuary,3,12\nFebruary,12,3\n";

TEST(AddressedNeedles, AreFoundInTheirOwnRowAndColumnOnly) {
  Needles needles(test_key());
  needles.add_addressed(january_under_18, "3");
  const auto report = inspect_bytes("table", cross_table, looking_for(needles));
  EXPECT_EQ(found(report, FindingKind::withheld_at_its_cell), "B2 ") << to_text({report});
}

TEST(AddressedNeedles, AreFoundInARecordThatBearsAllTheirLabels) {
  Needles needles(test_key());
  needles.add_addressed(january_under_18, "3");
  const auto report = inspect_bytes("table", "month,age,count\nJanuary,under 18,3\nFebruary,under 18,3\n", looking_for(needles));
  EXPECT_EQ(found(report, FindingKind::withheld_at_its_cell), "C2 ");
}

TEST(AddressedNeedles, AreNotFoundWhereAnotherValueIsPublished) {
  Needles needles(test_key());
  needles.add_addressed(january_under_18, "4");
  EXPECT_EQ(inspect_bytes("table", cross_table, looking_for(needles)).outcome(), InspectionOutcome::clean);
}

TEST(AddressedNeedles, AreFoundInHiddenCells) {
  Needles needles(test_key());
  needles.add_addressed(std::vector<std::string>{"January", "Count"}, "12");
  WorkbookSpec book;
  book.sheets[0].state = R"( state="veryHidden")";
  const auto report = inspect_bytes("book", book.bytes(Naming::customary), looking_for(needles));
  EXPECT_EQ(found(report, FindingKind::withheld_at_its_cell), "B2 ");
}

TEST(DistinctiveNeedles, AreFoundAnywhereInAnyFormatting) {
  Needles needles(test_key());
  ASSERT_TRUE(needles.add_distinctive("1234"));
  ASSERT_TRUE(needles.add_distinctive("CR/0012/24"));
  const auto report = inspect_bytes("table", "place,count,note\nNorth,\"1,234\",see cr/0012/24 again\nSouth,12,none\n", looking_for(needles));
  EXPECT_EQ(found(report, FindingKind::withheld_distinctive), "B2:C2 ");
}

TEST(DistinctiveNeedles, AreFoundInPivotCachesCommentsAndProperties) {
  Needles needles(test_key());
  ASSERT_TRUE(needles.add_distinctive("4711"));
  WorkbookSpec book;
  book.package.link("xl/workbook.xml", "p", "pivotCacheRecords", "xl/pivotCache/pivotCacheRecords1.xml");
  book.package.part("xl/pivotCache/pivotCacheRecords1.xml", "<pivotCacheRecords " + spreadsheet_namespaces + R"(><r><n v="4711"/></r></pivotCacheRecords>)");
  EXPECT_EQ(found(inspect_bytes("book", book.bytes(Naming::customary), looking_for(needles)), FindingKind::withheld_distinctive), "s:n ");
}

TEST(DistinctiveNeedles, FindARecordWrittenOut) {
  Needles needles(test_key());
  ASSERT_TRUE(needles.add_distinctive("Alder,under 18,North,1"));
  const auto report = inspect_bytes("table", "name,age,place,count\nAlder,under 18,North,1\nBirch,under 18,North,1\n", looking_for(needles));
  EXPECT_EQ(found(report, FindingKind::withheld_distinctive), "record 2 ");
}

TEST(DistinctiveNeedles, AreNeverLooseSmallNumbers) {
  Needles needles(test_key());
  EXPECT_FALSE(needles.add_distinctive("12"));
  EXPECT_FALSE(needles.add_distinctive("North"));
  EXPECT_TRUE(needles.empty());
}

TEST(DistinctiveNeedles, AreFoundInTheTextOfADocument) {
  Needles needles(test_key());
  ASSERT_TRUE(needles.add_distinctive("4711"));
  DocumentSpec document;
  document.body += "<w:p><w:r><w:t>There were 4,711 of them.</w:t></w:r></w:p>";
  EXPECT_FALSE(found(inspect_bytes("letter", document.bytes(Naming::customary), looking_for(needles)), FindingKind::withheld_distinctive).empty());
}

TEST(NeedleHashes, TellNoValueWithoutTheKey) {
  base::SecretKey other;
  other.bytes.fill(8);
  EXPECT_NE(Needles(test_key()).needle_hash("3"), Needles(other).needle_hash("3"));
  EXPECT_EQ(Needles(test_key()).needle_hash("1,234.0"), Needles(test_key()).needle_hash(" 1234 "));
  EXPECT_NE(Needles(test_key()).needle_hash("1.5"), Needles(test_key()).needle_hash("15"));
}

TEST(NeedleReports, NeverShowAnAddressedValue) {
  Needles needles(test_key());
  needles.add_addressed(january_under_18, "3");
  auto options = looking_for(needles);
  options.samples = Samples::shown;
  const auto report = inspect_bytes("table", cross_table, options);
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].kind, FindingKind::withheld_at_its_cell);
  EXPECT_TRUE(report.findings[0].samples.empty());
}

TEST(Needles, StopAtANeedleWithoutALabel) {
  Needles needles(test_key());
  EXPECT_THROW(needles.add_addressed({}, "3"), base::InternalFault);
}

TEST(Samples, AreMaskedUnlessShown) {
  const std::string text = "An\xE2\x80\x8B answer of 41.\n";
  InspectionOptions shown;
  shown.samples = Samples::shown;
  const auto masked_report = inspect_bytes("text", text, {}), shown_report = inspect_bytes("text", text, shown);
  ASSERT_EQ(masked_report.findings.size(), 1u);
  EXPECT_EQ(masked_report.findings[0].samples[0], "xxx xxxxxx xx 99.");
  EXPECT_NE(shown_report.findings[0].samples[0].find("answer of 41"), std::string::npos);
}

}  // namespace
}  // namespace candour::inspect::specimens
