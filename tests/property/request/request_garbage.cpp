// Whatever stands in a case file, it is read or refused with a place; nothing crashes.
#include <candour/base/files.hpp>
#include <candour/request/case.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <vector>

namespace candour {
namespace {

class CaseFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("CANDOUR_TODAY", "2024-07-29", 1);
    std::string pattern = (std::filesystem::temp_directory_path() / "candour-garbage-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    const auto sample = std::filesystem::path(CANDOUR_SOURCE_DIR) / "docs/reference/case-sample";
    std::filesystem::copy(sample, folder, std::filesystem::copy_options::recursive);
    text = base::read_file(sample / "case.toml").value();
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  // Gives true if it was read; else every mistake must have a file, a code and a sentence of one line.
  bool read(const std::string& bytes) {
    std::ofstream(folder / "case.toml", std::ios::binary) << bytes;
    const auto loaded = request::load_case(folder);
    if (loaded) return true;
    EXPECT_FALSE(loaded.error().empty());
    for (const base::Error& error : loaded.error()) {
      EXPECT_EQ(error.cause, base::Cause::wrong_input);
      EXPECT_EQ(error.place.file, (folder / "case.toml").string());
      EXPECT_FALSE(error.sentence.empty());
      EXPECT_EQ(error.sentence.find('\n'), std::string::npos);
    }
    return false;
  }

  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(dice); }

  std::filesystem::path folder;
  std::string text;
  std::mt19937 dice{20240729};
};

TEST_F(CaseFolder, OfRandomBytesIsRefused) {
  const std::string letters = "[]{}=\"'\n\r\t .,#-_0123456789abcdefT:Z\\u\x00\xff\xc3\xa9";
  for (int i = 0; i < 800; ++i) {
    std::string bytes;
    for (std::size_t length = below(200); length > 0; --length) bytes += letters[below(letters.size())];
    EXPECT_FALSE(read(bytes));
  }
}

TEST_F(CaseFolder, WithLinesLostDoubledAndSwappedIsReadOrRefused) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', start)) {
    lines.push_back(text.substr(start, end + 1 - start));
    start = end + 1;
  }
  int was_read = 0;
  for (int i = 0; i < 500; ++i) {
    auto changed = lines;
    for (std::size_t times = 1 + below(3); times > 0; --times) {
      const std::size_t at = below(changed.size());
      switch (below(3)) {
        case 0: changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(at)); break;
        case 1: changed.insert(changed.begin() + static_cast<std::ptrdiff_t>(below(changed.size())), changed[at]); break;
        default: std::swap(changed[at], changed[below(changed.size())]);
      }
    }
    std::string bytes;
    for (const std::string& line : changed) bytes += line;
    was_read += read(bytes) ? 1 : 0;
  }
  EXPECT_GT(was_read, 20);  // lost remarks and optional keys
  EXPECT_LT(was_read, 450);
}

TEST_F(CaseFolder, WithCharactersChangedIsReadOrRefused) {
  for (int i = 0; i < 800; ++i) {
    std::string bytes = text;
    for (std::size_t times = 1 + below(4); times > 0; --times) {
      const std::size_t at = below(bytes.size());
      if (below(2) == 0) bytes[at] = static_cast<char>(below(256));
      else bytes.erase(at, 1 + below(8));
    }
    (void)read(bytes);
  }
}

TEST_F(CaseFolder, WithDeepNestingIsRefused) {
  EXPECT_FALSE(read("a = " + std::string(100000, '[')));
  EXPECT_FALSE(read(std::string(100000, '[') + "a" + std::string(100000, ']')));
  EXPECT_FALSE(read("a = " + std::string(5000, '{')));
  std::string dotted = "a";
  for (int i = 0; i < 3000; ++i) dotted += ".a";
  EXPECT_FALSE(read(dotted + " = 1"));
  EXPECT_FALSE(read("[" + dotted + "]"));
  EXPECT_FALSE(read("x = { " + dotted + " = 1 }"));
  std::string headers;
  std::string path = "a";
  for (int i = 0; i < 400; ++i) headers += "[" + (path += ".a").substr(0, 150) + "]\n";
  EXPECT_FALSE(read(headers));
}

}  // namespace
}  // namespace candour
