// The kept corpus through every reader, so that what the fuzzer once found stays found without it.

#include "readers.hpp"

#include <candour/base/files.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

namespace candour::inspect::fuzz {
namespace {

std::string content_of(const std::filesystem::path& file) { return base::read_file(file).value(); }

class KeptCorpus : public testing::TestWithParam<Reader> {};

std::vector<std::string> inputs_of(std::string_view reader) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(CANDOUR_SOURCE_DIR) / "tests/fuzz/inspect/corpus" / reader))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> inputs;
  std::transform(files.begin(), files.end(), std::back_inserter(inputs), content_of);
  return inputs;
}

TEST_P(KeptCorpus, ComesBackFromEveryInput) {
  const auto inputs = inputs_of(GetParam().name);
  ASSERT_FALSE(inputs.empty());
  for (const auto& input : inputs) EXPECT_NO_THROW(GetParam().read(input));
}

TEST_P(KeptCorpus, ComesBackFromEveryInputCutShortOrWithOneByteChanged) {
  std::mt19937 random(20260101);
  for (const auto& input : inputs_of(GetParam().name)) {
    for (int round = 0; round < 8 && !input.empty(); ++round) {
      std::string changed = input.substr(0, random() % (input.size() + 1));
      EXPECT_NO_THROW(GetParam().read(changed));
      changed = input;
      changed[random() % changed.size()] = static_cast<char>(random());
      EXPECT_NO_THROW(GetParam().read(changed));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Readers, KeptCorpus, testing::ValuesIn(readers().begin(), readers().end()),
                         [](const auto& reader) { return std::string(reader.param.name); });

}  // namespace
}  // namespace candour::inspect::fuzz
