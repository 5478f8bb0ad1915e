// The manual's table of hiding places is the catalogue, and every row has its specimen.

#include "specimen.hpp"

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

namespace candour::inspect::specimens {
namespace {

std::string row_of(const CatalogueEntry& entry) {
  std::string where(entry.where);
  for (std::size_t at = where.find('|'); at != std::string::npos; at = where.find('|', at + 2)) where.replace(at, 1, "\\|");
  return "| `" + std::string(entry.name) + "` | " + std::string(entry.title) + " | " + std::string(entry.formats) + " | " + where + " | " +
         std::string(entry.since) + " |";
}

TEST(HidingPlacesPage, RepeatsTheCatalogueRowByRow) {
  const auto page = base::read_file(std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/hiding-places.md");
  ASSERT_TRUE(page);
  std::size_t rows = 0;
  for (const auto& line : base::split(page->substr(0, page->find("\n## ")), '\n')) rows += line.starts_with("| `") ? 1U : 0U;
  EXPECT_EQ(rows, catalogue().size());
  for (const auto& entry : catalogue()) EXPECT_NE(page->find(row_of(entry)), std::string::npos) << "the page lacks this row:\n" << row_of(entry);
}

TEST(HidingPlacesPage, HasASpecimenForEveryRow) {
  std::set<FindingKind> shown;
  for (const auto& specimen : all_specimens()) shown.insert(specimen.kind);
  // These are shown by tests of their own: withheld_values.cpp and own_writing.cpp.
  for (const auto kind : {FindingKind::withheld_at_its_cell, FindingKind::withheld_distinctive, FindingKind::not_our_writing}) shown.insert(kind);
  for (const auto& entry : catalogue()) EXPECT_TRUE(shown.contains(entry.kind)) << entry.name << " has no specimen";
}

}  // namespace
}  // namespace candour::inspect::specimens
