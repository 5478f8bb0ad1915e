#pragma once
// The sample case of the manual, copied and changed in one place: the way in which every mistake is tested.

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>
#include <candour/request/case.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace candour::test {

/// One place of case.toml (or of another file of the sample) and what stands there instead.
struct Change {
  std::string from;
  std::string to;
  std::string file = "case.toml";
};

inline std::filesystem::path sample_folder() { return std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/case-sample"; }

/// A copy of the sample in a folder of its own, removed at the end.
class CopiedSample {
 public:
  explicit CopiedSample(const std::vector<Change>& changes = {}) {
    std::string pattern = (std::filesystem::temp_directory_path() / "candour-case-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::filesystem::copy(sample_folder(), folder_, std::filesystem::copy_options::recursive);
    for (const Change& change : changes) apply(change);
  }
  ~CopiedSample() { std::filesystem::remove_all(folder_); }
  CopiedSample(const CopiedSample&) = delete;
  CopiedSample& operator=(const CopiedSample&) = delete;

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] base::ResultOrErrors<request::Case> load() const { return request::load_case(folder_); }

  /// The mistakes as they are printed, without the name of the folder.
  [[nodiscard]] std::string mistakes() const {
    const auto loaded = load();
    std::string text;
    if (!loaded)
      for (const base::Error& error : loaded.error()) text += error.code + " | " + base::to_text(error) + "\n";
    for (auto at = text.find(folder_.string() + "/"); at != std::string::npos; at = text.find(folder_.string() + "/"))
      text.erase(at, folder_.string().size() + 1);
    return text;
  }

 private:
  void apply(const Change& change) const {
    std::string text = base::read_file(folder_ / change.file).value();
    const auto at = text.find(change.from);
    ASSERT_NE(at, std::string::npos) << "the sample has no '" << change.from << "'";
    text.replace(at, change.from.size(), change.to);
    std::ofstream(folder_ / change.file, std::ios::binary) << text;
  }

  std::filesystem::path folder_;
};

/// Holds a text against a golden file beside the tests; CANDOUR_WRITE_GOLDEN=1 writes it anew, and the difference is reviewed.
inline void expect_golden(const std::filesystem::path& file, const std::string& text) {
  if (std::getenv("CANDOUR_WRITE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << text;
  const auto expected = base::read_file(file);
  ASSERT_TRUE(expected.has_value()) << file;
  EXPECT_TRUE(text == *expected) << "differs from " << file << "; CANDOUR_WRITE_GOLDEN=1 writes it anew";
}

}  // namespace candour::test
