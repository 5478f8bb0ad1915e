// An authority's file: its colours are checked for contrast, its addresses for what they are, and its mistakes named with their lines.

#include "../../support/scratch_folder.hpp"

#include <candour/base/files.hpp>
#include <candour/release/page_look.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace candour::release {
namespace {

struct Read {
  base::ResultOrErrors<PageLook> look;
  [[nodiscard]] std::string first_code() const { return look ? "none" : look.error().front().code; }
  [[nodiscard]] std::uint64_t first_line() const { return look ? 0 : look.error().front().place.line; }
};

Read read(const std::string& text) {
  const support::ScratchFolder folder;
  EXPECT_TRUE(base::write_file_whole(folder.path() / "authority.toml", text).has_value());
  return {read_page_look(folder.path() / "authority.toml")};
}

TEST(PageLook, ContrastIsThatOfTheGuidelines) {
  EXPECT_EQ(contrast_in_hundredths("#000000", "#ffffff"), 2100);
  EXPECT_EQ(contrast_in_hundredths("#ffffff", "#000000"), 2100);
  EXPECT_EQ(contrast_in_hundredths("#777777", "#ffffff"), 447);
  EXPECT_EQ(contrast_in_hundredths("#767676", "#ffffff"), 454);
  EXPECT_EQ(contrast_in_hundredths("#1d70b8", "#1d70b8"), 100);
}

TEST(PageLook, ShippedColoursPassTheirOwnCheck) { EXPECT_EQ(read("").first_code(), "none"); }

TEST(PageLook, PaleColoursAreRefusedWithTheirLine) {
  const Read pale = read("[colours]\naccent = \"#777777\"\n");
  EXPECT_EQ(pale.first_code(), "authority.contrast");
  EXPECT_EQ(pale.first_line(), 2U);
  EXPECT_EQ(read("[colours]\nheader = \"#12283f\"\nheader_text = \"#556677\"\n").first_code(), "authority.contrast");
  EXPECT_EQ(read("[colours]\nheader = \"#ffee00\"\nheader_text = \"#000000\"\n").first_code(), "none");
  // Enough on white, too little on the grey of panels.
  EXPECT_EQ(read("[colours]\naccent = \"#757575\"\n").first_code(), "authority.contrast");
}

TEST(PageLook, WhatIsNoColourAndWhatIsNoAddressIsNamed) {
  EXPECT_EQ(read("[colours]\naccent = \"navy\"\n").first_code(), "authority.bad_colour");
  EXPECT_EQ(read("[colours]\naccent = \"#12345g\"\n").first_code(), "authority.bad_colour");
  for (const char* address : {"javascript:alert(1)", "www.example.org", "https://example.org/\\\" onclick=", "data:text/html,x"})
    EXPECT_EQ(read("[pages]\nleave_address = \"" + std::string(address) + "\"\n").first_code(), "authority.bad_address") << address;
  EXPECT_EQ(read("[pages]\nfeedback = \"mailto:foi@example.org\"\n").first_code(), "none");
  EXPECT_EQ(read("[pages]\nadress = \"https://example.org\"\n").first_code(), "authority.unknown_key");
}

TEST(PageLook, AddressOfTheLogEndsWithASlashAndNoPhaseMeansNoBanner) {
  const Read read_one = read("[pages]\naddress = \"https://example.org/foi\"\nphase = \"none\"\n");
  ASSERT_TRUE(read_one.look.has_value());
  EXPECT_EQ(read_one.look->address, "https://example.org/foi/");
  EXPECT_EQ(read_one.look->phase, "");
}

TEST(PageLook, ManualListsEveryKey) {
  const std::filesystem::path file = std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/authority-file.md";
  std::string manual = base::read_file(file).value();
  const std::string begin = "<!-- keys: written from the reader's own list -->\n\n", end = "<!-- end of keys -->";
  const auto from = manual.find(begin);
  ASSERT_NE(from, std::string::npos);
  const std::string keys = base::describe_keys(page_look_keys()) + end;
  if (std::getenv("CANDOUR_WRITE_GOLDEN") != nullptr) {
    manual.replace(from + begin.size(), manual.find(end) + end.size() - from - begin.size(), keys);
    ASSERT_TRUE(base::write_file_whole(file, manual).has_value());
  }
  EXPECT_NE(manual.find(begin + keys), std::string::npos) << "CANDOUR_WRITE_GOLDEN=1 writes the list anew";
}

}  // namespace
}  // namespace candour::release
