#include <candour/base/files.hpp>
#include <candour/base/replaced_folder.hpp>

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <map>

namespace candour::base {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "candour-files-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  // Every file below the test's folder with its bytes.
  [[nodiscard]] std::map<std::string, std::string> all() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
      if (entry.is_regular_file()) found[entry.path().lexically_relative(folder_).string()] = read_file(entry.path()).value();
    return found;
  }

  fs::path folder_;
};

using Contents = std::map<std::string, std::string>;

TEST_F(Files, AWholeFileReplacesTheOldOneAndLeavesNothingAside) {
  ASSERT_TRUE(write_file_whole(folder_ / "a", "old"));
  ASSERT_TRUE(write_file_whole(folder_ / "a", std::string("new\0bytes", 9)));
  EXPECT_EQ(all(), (Contents{{"a", std::string("new\0bytes", 9)}}));
}

TEST_F(Files, AFileThatCannotBeWrittenLeavesTheOldOneAsItWas) {
  ASSERT_TRUE(write_file_whole(folder_ / "a", "old"));
  // No more than 4 bytes fit into any file of this process: the disk is full in the middle of the write.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 4;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto outcome = write_file_whole(folder_ / "a", "much longer");
  const auto folders = replace_folders_whole({{folder_ / "reply", FolderAccess::everyone, {{"x", "much longer"}}}});
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().cause, Cause::could_not_finish);
  EXPECT_EQ(outcome.error().code, "file.unwritable");
  ASSERT_FALSE(folders);
  EXPECT_EQ(all(), (Contents{{"a", "old"}}));
}

TEST_F(Files, AMissingFileIsNamedInTheError) {
  const auto outcome = read_file(folder_ / "absent");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "file.unreadable");
  EXPECT_EQ(outcome.error().place.file, (folder_ / "absent").string());
  EXPECT_FALSE(read_file(folder_));
}

TEST_F(Files, FoldersAreReplacedWholeSoOldFilesAreGone) {
  ASSERT_TRUE(replace_folders_whole({{folder_ / "out/public", FolderAccess::everyone, {{"old.csv", "1"}}}}));
  ASSERT_TRUE(replace_folders_whole(
      {{folder_ / "out/public", FolderAccess::everyone, {{"csv/new.csv", "2"}}}, {folder_ / "out/private", FolderAccess::owner_only, {{"p", "3"}}}}));
  EXPECT_EQ(all(), (Contents{{"out/public/csv/new.csv", "2"}, {"out/private/p", "3"}}));
}

TEST_F(Files, APrivateFolderIsClosedToEverybodyElse) {
  ASSERT_TRUE(replace_folders_whole({{folder_ / "private", FolderAccess::owner_only, {{"p", "3"}}}}));
  struct stat seen {};
  ASSERT_EQ(::stat((folder_ / "private").c_str(), &seen), 0);
  EXPECT_EQ(seen.st_mode & 0777U, 0700U);
  ASSERT_EQ(::stat((folder_ / "private/p").c_str(), &seen), 0);
  EXPECT_EQ(seen.st_mode & 0777U, 0600U);
}

TEST_F(Files, WhenALaterFolderFailsTheEarlierOnesAreAsBefore) {
  ASSERT_TRUE(replace_folders_whole({{folder_ / "reply", FolderAccess::everyone, {{"a", "old"}}}}));
  ASSERT_TRUE(write_file_whole(folder_ / "wall", "a file where a folder is needed"));
  const auto outcome =
      replace_folders_whole({{folder_ / "reply", FolderAccess::everyone, {{"a", "new"}}}, {folder_ / "wall/public", FolderAccess::everyone, {{"b", "new"}}}});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(all(), (Contents{{"reply/a", "old"}, {"wall", "a file where a folder is needed"}}));
}

TEST_F(Files, WhatAnInterruptedRunLeftAsideDoesNotDisturbTheNext) {
  fs::create_directories(folder_ / ".reply.new/rest");
  fs::create_directories(folder_ / ".reply.old/rest");
  ASSERT_TRUE(replace_folders_whole({{folder_ / "reply", FolderAccess::everyone, {{"a", "new"}}}}));
  EXPECT_EQ(all(), (Contents{{"reply/a", "new"}}));
  EXPECT_FALSE(fs::exists(folder_ / ".reply.new"));
  EXPECT_FALSE(fs::exists(folder_ / ".reply.old"));
}

TEST_F(Files, FolderThatAKillLeftBesideItsPlaceIsPutBack) {
  fs::create_directories(folder_ / ".private.old");
  ASSERT_TRUE(write_file_whole(folder_ / ".private.old/journal.jsonl", "kept"));
  put_back_replaced(folder_ / "private");
  EXPECT_EQ(all(), (Contents{{"private/journal.jsonl", "kept"}}));
  put_back_replaced(folder_ / "private");
  EXPECT_EQ(all(), (Contents{{"private/journal.jsonl", "kept"}}));
}

}  // namespace
}  // namespace candour::base
