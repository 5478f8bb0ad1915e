// office.toml: what all cases of a unit share.

#include <candour/casework/office.hpp>

#include <candour/base/files.hpp>

#include <gtest/gtest.h>
#include <scratch_folder.hpp>

#include <cstdlib>
#include <fstream>

namespace candour::casework {
namespace {

const base::Date received{std::chrono::year{2026}, std::chrono::month{3}, std::chrono::day{2}};

TEST(Office, ReferencesFollowThePattern) {
  EXPECT_EQ(reference_of("FOI-{year}-{number:4}", received, 7), "FOI-2026-0007");
  EXPECT_EQ(reference_of("FOI-{year}-{number:4}", received, 12345), "FOI-2026-12345");
  EXPECT_EQ(reference_of("{number}.FOI.{year}", received, 7), "7.FOI.2026");
}

TEST(Office, APatternThatIsNoFoldersNameIsRefused) {
  const support::ScratchFolder folder;
  for (const char* pattern : {"FOI", "FOI/{number}", "../{number}", ".{number}", "{number} {year}", "{numbr}", ""}) {
    std::ofstream(folder.path() / "office.toml", std::ios::trunc)
        << "reference = \"" << pattern << "\"\n[authority]\nname = \"x\"\naddress = \"x\"\nreview_address = \"x\"\npart = \"other\"\n";
    const auto office = load_office(folder.path() / "office.toml");
    ASSERT_FALSE(office.has_value()) << pattern;
    EXPECT_TRUE(office.error()[0].code.starts_with("office.")) << office.error()[0].code;
    EXPECT_EQ(office.error()[0].place.line, 1U) << pattern;
  }
}

TEST(TheManual, ListsEveryKeyOfTheOfficeFile) {
  const std::filesystem::path file = std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/office-file.md";
  std::string manual = base::read_file(file).value();
  const std::string begin = "<!-- keys: written from the reader's own list -->\n\n";
  const std::string end = "<!-- end of keys -->";
  const auto from = manual.find(begin);
  ASSERT_NE(from, std::string::npos);
  const std::string keys = base::describe_keys(office_keys()) + end;
  if (std::getenv("CANDOUR_WRITE_GOLDEN") != nullptr) {
    manual.replace(from + begin.size(), manual.find(end) + end.size() - from - begin.size(), keys);
    std::ofstream(file, std::ios::binary) << manual;
  }
  EXPECT_NE(manual.find(begin + keys), std::string::npos) << "CANDOUR_WRITE_GOLDEN=1 writes the list anew";
}

}  // namespace
}  // namespace candour::casework
