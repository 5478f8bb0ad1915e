#pragma once
// Golden files: expected bytes beside the test. CANDOUR_WRITE_GOLDEN=1 writes them anew; the difference is then reviewed in git.

#include <candour/base/files.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace candour::support {

/// Compares bytes with tests/FOLDER/NAME of the source tree.
inline void expect_golden(const std::string& actual, const std::filesystem::path& file) {
  const std::filesystem::path expected_file = std::filesystem::path(CANDOUR_SOURCE_DIR) / "tests" / file;
  if (std::getenv("CANDOUR_WRITE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(expected_file.parent_path());
    ASSERT_TRUE(base::write_file_whole(expected_file, actual).has_value());
  }
  const auto expected = base::read_file(expected_file);
  ASSERT_TRUE(expected.has_value()) << "no golden file " << expected_file << "; CANDOUR_WRITE_GOLDEN=1 writes it";
  EXPECT_EQ(*expected, actual) << "differs from " << expected_file;
}

}  // namespace candour::support
