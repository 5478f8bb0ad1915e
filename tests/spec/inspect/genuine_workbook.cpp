// The genuine workbook that docs/reference/hiding-places.md explains.

#include <candour/inspect/inspect_file.hpp>
#include <candour/inspect/rendering.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>

namespace candour::inspect {
namespace {

std::filesystem::path shared_folder() {
  const char* given = std::getenv("CANDOUR_SHARED");
  return given != nullptr ? std::filesystem::path(given) : std::filesystem::path(CANDOUR_SOURCE_DIR) / "../shared";
}

TEST(GenuineWorkbook, HoldsWhatTheManualSays) {
  const auto report = inspect_file(shared_folder() / "bench/real/use-of-force/police-use-of-force-apr2018-mar2019-hosb3319-tables.noname.ods", {});
  std::map<FindingKind, std::uint64_t> found;
  for (const auto& finding : report.findings) found[finding.kind] += finding.count;
  const std::map<FindingKind, std::uint64_t> expected = {{FindingKind::defined_name, 12},
                                                         {FindingKind::alternative_text, 2},
                                                         {FindingKind::hyperlink, 1},
                                                         {FindingKind::picture_metadata, 1},
                                                         {FindingKind::document_properties, 11}};
  EXPECT_EQ(found, expected) << to_text({report});
  EXPECT_EQ(report.outcome(), InspectionOutcome::findings);
}

}  // namespace
}  // namespace candour::inspect
