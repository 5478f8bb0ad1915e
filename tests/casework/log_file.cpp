// The chained log as a file of a case folder.

#include "killed_writers.hpp"

#include <candour/casework/store/log_file.hpp>

#include <candour/base/files.hpp>

#include <gtest/gtest.h>
#include <scratch_folder.hpp>

#include <fmt/format.h>

#include <fstream>

namespace candour::casework::store {
namespace {

class LogFileTest : public ::testing::Test {
 protected:
  void fill(int entries) const {
    for (int i = 1; i <= entries; ++i)
      ASSERT_TRUE(log.append({"FOI-2026-0001", "noted", fmt::format("{{\"n\": {}, \"why\": \"\xC3\xA9 \\\"x\\\"\"}}", i)}).has_value());
  }
  [[nodiscard]] std::string bytes() const { return *base::read_file(log.file()); }
  /// A new file: to cut an old one short and write it again is slow on a disk that fears for it.
  void put(const std::string& changed) const {
    std::filesystem::remove(log.file());
    std::ofstream(log.file(), std::ios::binary) << changed;
  }

  support::ScratchFolder folder;
  LogFile log{folder.path() / "journal.jsonl"};
};

TEST_F(LogFileTest, NoFileIsAnEmptyLog) {
  EXPECT_TRUE(log.read()->empty());
  EXPECT_FALSE(log.verify()->fault.has_value());
}

TEST_F(LogFileTest, EntriesComeBackAsTheyWereWritten) {
  fill(3);
  const auto entries = log.read();
  ASSERT_EQ(entries->size(), 3U);
  EXPECT_EQ(entries->at(1).body, "{\"n\":2,\"why\":\"\xC3\xA9 \\\"x\\\"\"}");
  EXPECT_EQ(log.verify()->entries, 3);
  EXPECT_EQ(std::filesystem::status(log.file()).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(LogFileTest, EveryChangedByteIsFoundAndItsLineNamed) {
  fill(3);
  const std::string sound = bytes();
  std::int64_t line = 1;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    for (const char other : {static_cast<char>(sound[i] ^ 1), ' ', '\n'}) {
      if (other == sound[i]) continue;
      std::string changed = sound;
      changed[i] = other;
      put(changed);
      const auto verdict = log.verify();
      ASSERT_TRUE(verdict->fault.has_value()) << "byte " << i;
      EXPECT_EQ(verdict->fault->sequence, line) << "byte " << i;
    }
    if (sound[i] == '\n') ++line;
  }
}

TEST_F(LogFileTest, EveryCutIsFound) {
  fill(3);
  const std::string sound = bytes();
  for (std::size_t length = 0; length < sound.size(); ++length) {
    put(sound.substr(0, length));
    ASSERT_TRUE(log.verify()->fault.has_value()) << length;
  }
  for (std::size_t from = 0; from < sound.size(); ++from) {
    put(sound.substr(0, from) + sound.substr(from + 1));
    ASSERT_TRUE(log.verify()->fault.has_value()) << from;
  }
  put(sound + "\n");
  EXPECT_TRUE(log.verify()->fault.has_value());
  put(sound + sound);
  EXPECT_EQ(log.verify()->fault->sequence, 4);
}

TEST_F(LogFileTest, NothingIsAddedToADamagedLog) {
  fill(2);
  std::string changed = bytes();
  changed[5] ^= 1;
  put(changed);
  const auto refused = log.append({"a", "noted", "{}"});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, "log.damaged");
  EXPECT_EQ(refused.error().place.line, 1U);
  EXPECT_EQ(base::exit_status(refused.error().cause), 3);
  EXPECT_EQ(bytes(), changed);
}

TEST_F(LogFileTest, SeveralEntriesAreAddedTogetherOrNotAtAll) {
  EXPECT_FALSE(log.append_all({{"a", "noted", "{}"}, {"a", "", "{}"}}).has_value());
  EXPECT_TRUE(log.read()->empty());
  EXPECT_EQ(log.append_all({{"a", "noted", "{}"}, {"a", "closed", "{}"}})->size(), 2U);
}

TEST_F(LogFileTest, TwoWritersKilledAtAnyInstantLoseAndDoubleNothing) {
  constexpr int rounds = 20;
  const std::string said = casework_tests::said_by_killed_writers(rounds, [&]() -> casework_tests::WriteOne {
    return [&](const std::string& body) { return log.append({"race", "noted", body}).has_value(); };
  });
  const auto entries = log.read();
  ASSERT_TRUE(entries.has_value()) << base::to_text(entries.error());
  std::vector<std::string> bodies;
  for (const Entry& entry : *entries) bodies.push_back(entry.body);
  casework_tests::expect_nothing_lost_or_doubled(bodies, said, rounds);
}

}  // namespace
}  // namespace candour::casework::store
