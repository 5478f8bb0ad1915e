#include "specimen.hpp"

#include <candour/inspect/rendering.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>

namespace candour::inspect::specimens {

void PrintTo(const Specimen& specimen, std::ostream* out) { *out << specimen.name; }
void PrintTo(const CleanFile& file, std::ostream* out) { *out << file.name; }

namespace {

bool finds(const InspectionReport& report, const Specimen& specimen) {
  return std::any_of(report.findings.begin(), report.findings.end(), [&](const InspectionFinding& finding) {
    if (finding.kind != specimen.kind || (!specimen.sheet.empty() && finding.place.sheet != specimen.sheet)) return false;
    return std::any_of(finding.where.begin(), finding.where.end(), [&](const std::string& where) { return where.starts_with(specimen.where); });
  });
}

class HidingPlace : public testing::TestWithParam<Specimen> {};

TEST_P(HidingPlace, IsFoundAtItsAddress) {
  const auto report = inspect_bytes("specimen", GetParam().bytes, {});
  EXPECT_TRUE(finds(report, GetParam())) << "wanted " << entry_of(GetParam().kind).name << " at " << GetParam().where << "\n" << to_text({report});
  EXPECT_NE(report.outcome(), InspectionOutcome::clean);
}

/// Packages whose part names are only customary.
class RenamedHidingPlace : public testing::TestWithParam<Specimen> {};

TEST_P(RenamedHidingPlace, IsFoundAlike) {
  const auto report = inspect_bytes("specimen", GetParam().renamed, {});
  EXPECT_TRUE(finds(report, GetParam())) << to_text({report});
  std::multiset<FindingKind> customary, renamed;
  for (const auto& finding : inspect_bytes("specimen", GetParam().bytes, {}).findings) customary.insert(finding.kind);
  for (const auto& finding : report.findings) renamed.insert(finding.kind);
  EXPECT_EQ(customary, renamed);
}

std::string name_of(const testing::TestParamInfo<Specimen>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Workbook, HidingPlace, testing::ValuesIn(workbook_specimens()), name_of);
INSTANTIATE_TEST_SUITE_P(Document, HidingPlace, testing::ValuesIn(document_specimens()), name_of);
INSTANTIATE_TEST_SUITE_P(Workbook, RenamedHidingPlace, testing::ValuesIn(workbook_specimens()), name_of);
INSTANTIATE_TEST_SUITE_P(Document, RenamedHidingPlace, testing::ValuesIn(document_specimens()), name_of);
INSTANTIATE_TEST_SUITE_P(OpenDocument, RenamedHidingPlace, testing::ValuesIn(opendocument_specimens()), name_of);
INSTANTIATE_TEST_SUITE_P(OpenDocument, HidingPlace, testing::ValuesIn(opendocument_specimens()), name_of);
INSTANTIATE_TEST_SUITE_P(Container, HidingPlace, testing::ValuesIn(container_specimens()), name_of);
INSTANTIATE_TEST_SUITE_P(Text, HidingPlace, testing::ValuesIn(text_specimens()), name_of);
INSTANTIATE_TEST_SUITE_P(Pdf, HidingPlace, testing::ValuesIn(pdf_specimens()), name_of);
INSTANTIATE_TEST_SUITE_P(OldWorkbook, HidingPlace, testing::ValuesIn(legacy_specimens()), name_of);
INSTANTIATE_TEST_SUITE_P(Picture, HidingPlace, testing::ValuesIn(picture_specimens()), name_of);

std::string name_of_file(const testing::TestParamInfo<CleanFile>& info) { return info.param.name; }

class CleanTwin : public testing::TestWithParam<CleanFile> {};

TEST_P(CleanTwin, IsClean) {
  const auto report = inspect_bytes("clean", GetParam().bytes, {});
  EXPECT_EQ(report.outcome(), InspectionOutcome::clean) << to_text({report});
}

INSTANTIATE_TEST_SUITE_P(Formats, CleanTwin, testing::ValuesIn(clean_files()), name_of_file);
INSTANTIATE_TEST_SUITE_P(Specimens, CleanTwin, testing::ValuesIn(clean_twins()), name_of_file);

TEST(OldWorkbook, ThatHidesNothingHasNoFindingAndIsNotCleanEither) {
  const auto report = inspect_bytes("old.xls", plain_xls(), {});
  EXPECT_EQ(report.format, "XLS");
  EXPECT_TRUE(report.findings.empty()) << to_text({report});
  ASSERT_EQ(report.gaps.size(), 1u);
  EXPECT_EQ(report.gaps[0].code, "legacy.old_format");
  EXPECT_EQ(report.outcome(), InspectionOutcome::not_fully_inspected);
  EXPECT_EQ(exit_status({report}), 1);
}

TEST(CleanTwins, BelongToASpecimenEach) { EXPECT_EQ(twins_without_specimen(), std::vector<std::string>{}); }

}  // namespace
}  // namespace candour::inspect::specimens
