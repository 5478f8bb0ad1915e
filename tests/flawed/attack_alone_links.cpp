#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

namespace {

std::string output_of(const std::string& command) {
  std::string text;
  std::FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> block{};
  while (const std::size_t read = std::fread(block.data(), 1, block.size(), pipe)) text.append(block.data(), read);
  pclose(pipe);
  return text;
}

TEST(AttackAlone, FindsWhatOnePublishedTableGivesAway) {
  EXPECT_EQ(output_of(ATTACK_ALONE), "Total 41 less August 17 less September 21 leaves counted: October: 3\n");
}

TEST(AttackAlone, LinksNothingThatKnowsTheTruth) {
  const std::string symbols = output_of(std::string("nm -C ") + ATTACK_ALONE);
  ASSERT_NE(symbols.find("candour::attack::"), std::string::npos);
  for (const char* layer :
       {"candour::truth::", "candour::protect::", "candour::certify::", "candour::assess::", "candour::policy::", "candour::holdings::", "candour::tabulate::"})
    EXPECT_EQ(symbols.find(layer), std::string::npos) << layer;
}

}  // namespace
