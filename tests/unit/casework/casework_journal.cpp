// The journal: approvals are only ever added, and a line that was changed later shows.

#include <candour/casework/journal.hpp>

#include <candour/base/files.hpp>

#include <support/scratch_folder.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <string>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using release::Approval;
using release::Role;

class CaseworkJournal : public testing::Test {
 protected:
  CaseworkJournal() { fs::create_directory(scratch_.path() / "private"); }
  [[nodiscard]] const fs::path& output() const { return scratch_.path(); }
  [[nodiscard]] fs::path file() const { return output() / "private/journal.jsonl"; }
  static Approval approval(const std::string& name, Role role) {
    return {name, role, base::digest_of("draft"), base::digest_of("final"), base::Date{2024y / 3 / 28}};
  }

 private:
  support::ScratchFolder scratch_;
};

TEST_F(CaseworkJournal, HoldsNothingWhereThereIsNoFile) {
  const auto approvals = read_approvals(output());
  ASSERT_TRUE(approvals.has_value());
  EXPECT_TRUE(approvals->empty());
}

TEST_F(CaseworkJournal, GivesBackWhatWasRecorded) {
  ASSERT_TRUE(record_approval(output(), approval("Ada \"A\" Preparer", Role::preparer)).has_value());
  ASSERT_TRUE(record_approval(output(), approval("Ben Approver", Role::approver)).has_value());
  const auto approvals = read_approvals(output());
  ASSERT_TRUE(approvals.has_value());
  ASSERT_EQ(approvals->size(), 2U);
  EXPECT_EQ(approvals->front().name, "Ada \"A\" Preparer");
  EXPECT_EQ(approvals->front().draft, base::digest_of("draft"));
  EXPECT_EQ(approvals->back().role, Role::approver);
  EXPECT_EQ(base::to_iso(approvals->back().on), "2024-03-28");
}

TEST_F(CaseworkJournal, IsForItsOwnerOnly) {
  ASSERT_TRUE(record_approval(output(), approval("Ada Preparer", Role::preparer)).has_value());
  EXPECT_EQ(fs::status(file()).permissions(), fs::perms(0600));
}

TEST_F(CaseworkJournal, SameWordSaidTwiceIsOneLine) {
  ASSERT_TRUE(record_approval(output(), approval("Ada Preparer", Role::preparer)).has_value());
  const auto again = record_approval(output(), approval("Ada Preparer", Role::preparer));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->size(), 1U);
}

TEST_F(CaseworkJournal, ApprovalNeedsAName) {
  const auto nobody = record_approval(output(), approval("  ", Role::preparer));
  ASSERT_FALSE(nobody.has_value());
  EXPECT_EQ(nobody.error().code, "approval.no_name");
}

TEST_F(CaseworkJournal, LineChangedLaterShows) {
  ASSERT_TRUE(record_approval(output(), approval("Ada Preparer", Role::preparer)).has_value());
  ASSERT_TRUE(record_approval(output(), approval("Ben Approver", Role::approver)).has_value());
  std::string bytes = *base::read_file(file());
  bytes.replace(bytes.find("Ada"), 3, "Eve");
  ASSERT_TRUE(base::write_file_whole(file(), bytes).has_value());
  const auto approvals = read_approvals(output());
  ASSERT_FALSE(approvals.has_value());
  EXPECT_EQ(approvals.error().code, "journal.damaged");
}

TEST_F(CaseworkJournal, LineTakenOutShows) {
  ASSERT_TRUE(record_approval(output(), approval("Ada Preparer", Role::preparer)).has_value());
  ASSERT_TRUE(record_approval(output(), approval("Ben Approver", Role::approver)).has_value());
  std::string bytes = *base::read_file(file());
  bytes.erase(0, bytes.find('\n') + 1);
  ASSERT_TRUE(base::write_file_whole(file(), bytes).has_value());
  EXPECT_FALSE(read_approvals(output()).has_value());
}

TEST_F(CaseworkJournal, HalfALineShows) {
  ASSERT_TRUE(record_approval(output(), approval("Ada Preparer", Role::preparer)).has_value());
  std::string bytes = *base::read_file(file());
  bytes.resize(bytes.size() - 5);
  ASSERT_TRUE(base::write_file_whole(file(), bytes).has_value());
  EXPECT_FALSE(read_approvals(output()).has_value());
}

TEST_F(CaseworkJournal, LineThatNoChainHoldsShows) {
  ASSERT_TRUE(base::write_file_whole(file(), "{\"event\": \"answered\"}\n").has_value());
  EXPECT_FALSE(record_approval(output(), approval("Ada Preparer", Role::preparer)).has_value());
}

TEST_F(CaseworkJournal, EveryChangedByteIsFoundInItsLine) {
  ASSERT_TRUE(record_approval(output(), approval("Ada Preparer", Role::preparer)).has_value());
  ASSERT_TRUE(record(output(), {"sent", {{"to", "the requester"}, {"on", "2024-03-28"}}}).has_value());
  ASSERT_TRUE(record_approval(output(), approval("Ben Approver", Role::approver)).has_value());
  const std::string bytes = *base::read_file(file());
  std::uint64_t line = 1;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ 1U);
    std::ofstream(file(), std::ios::binary) << changed;  // not made durable each time
    const auto read = read_journal(output());
    ASSERT_FALSE(read.has_value()) << "byte " << at;
    EXPECT_EQ(read.error().code, "journal.damaged") << "byte " << at;
    EXPECT_EQ(read.error().place.line, line) << "byte " << at;
    if (bytes[at] == '\n') ++line;
  }
  EXPECT_EQ(line, 4U);
}

}  // namespace
}  // namespace candour::casework
