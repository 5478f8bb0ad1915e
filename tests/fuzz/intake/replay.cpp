// The corpus of the intake's fuzzer, every request text, cut and spoilt copies of them, and texts made to be slow.

#include "entries.hpp"

#include <candour/base/files.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace candour::fuzz {
namespace {

namespace fs = std::filesystem;

void read(const std::string& text, bool as_mail) {
  const std::string bytes = std::string(1, as_mail ? '\1' : '\0') + text;
  read_as_request(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::vector<std::string> texts_in(const std::string& folder) {
  std::vector<std::string> texts;
  for (const auto& entry : fs::directory_iterator(std::string(CANDOUR_SOURCE_DIR) + folder)) texts.push_back(*base::read_file(entry.path()));
  return texts;
}

TEST(IntakeFuzzer, ReadsItsCorpusWithoutFault) {
  const auto corpus = texts_in("/tests/fuzz/intake/corpus");
  ASSERT_FALSE(corpus.empty());
  for (const std::string& bytes : corpus) read_as_request(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

TEST(IntakeFuzzer, ReadsSpoiltRequestsWithoutFault) {
  std::mt19937 random(7);
  for (const std::string& text : texts_in("/tests/casework/requests")) {
    for (int round = 0; round < 4; ++round) {
      std::string spoilt = text.substr(0, random() % (text.size() + 1));
      for (int changes = 0; changes < 8 && !spoilt.empty(); ++changes) spoilt[random() % spoilt.size()] = static_cast<char>(random());
      read(spoilt, false);
      read(spoilt, true);
    }
  }
}

/// Time grows with the text and not faster: texts that make a careless reader go back again and again.
TEST(IntakeFuzzer, LongAndDeepTextsAreReadInTime) {
  const auto many = [](const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
  };
  const auto started = std::chrono::steady_clock::now();
  for (const std::string& text : {many("a", 100'000), many("1. ", 30'000), many("by ", 30'000), many("> ", 30'000), many("(", 100'000), many("x\n", 30'000),
                                  many("1) how many? ", 3'000), many("-- \n", 10'000), many("----------\n", 5'000), many("2021, ", 20'000),
                                  many("from ", 20'000), many("if possible; ", 5'000), many("Regards\n", 5'000)})
    read(text, false);
  read("Subject: x\nContent-Type: text/html\n\n" + many("<div>", 50'000), true);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(120));
}

}  // namespace
}  // namespace candour::fuzz
