// reply/, public/ and private/: whole, for the right eyes, and final only after two people approved these very bytes.

#include "published_case.hpp"

#include <sys/stat.h>

#include <fstream>

namespace candour::publish {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& file) {
  auto bytes = base::read_file(file);
  EXPECT_TRUE(bytes.has_value()) << file;
  return bytes ? *bytes : std::string();
}

void append_byte(const fs::path& file) { std::ofstream(file, std::ios::app) << ' '; }

TEST(PublishFolders, PrivateIsForItsOwnerOnly) {
  const PublishedCase published;
  struct stat status {};
  ASSERT_EQ(::stat((published.output() / "private").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
  ASSERT_EQ(::stat((published.output() / "public").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0755U);
}

TEST(PublishFolders, OnePersonDoesNotMakeItFinal) {
  const PublishedCase published;
  ASSERT_TRUE(published.approve("Ada Preparer", release::Role::preparer).has_value());
  EXPECT_EQ(published.standing(), PublicationStanding::draft);
  const auto put = put_final_in_place(published.output(), published.approvals());
  ASSERT_FALSE(put.has_value());
  EXPECT_EQ(put.error().code, "publish.not_approved");
  EXPECT_TRUE(fs::exists(published.output() / "public/draft-answer.html"));
}

TEST(PublishFolders, TwoPreparersDoNotMakeItFinal) {
  const PublishedCase published;
  ASSERT_TRUE(published.approve("Ada Preparer", release::Role::preparer).has_value());
  ASSERT_TRUE(published.approve("Ben Approver", release::Role::preparer).has_value());
  EXPECT_EQ(published.standing(), PublicationStanding::draft);
}

TEST(PublishFolders, OneNameInBothRolesIsRefusedHoweverItIsSpelt) {
  const PublishedCase published;
  ASSERT_TRUE(published.approve("Ada Preparer", release::Role::preparer).has_value());
  const auto second = published.approve(" ada  PREPARER ", release::Role::approver);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, "approval.same_name");
  EXPECT_EQ(second.error().cause, base::Cause::refused);
}

TEST(PublishFolders, TwoApprovalsPutTheFinalFilesInPlace) {
  PublishedCase published;
  published.finish();
  EXPECT_EQ(published.standing(), PublicationStanding::final);
  EXPECT_FALSE(fs::exists(published.output() / "public/draft-answer.html"));
  const std::string page = bytes_of(published.output() / "public/answer.html");
  EXPECT_EQ(page, bytes_of(published.output() / "private/final/public/answer.html"));
  EXPECT_EQ(page.find("DRAFT"), std::string::npos);
}

TEST(PublishFolders, AnyChangeOfTheDraftVoidsTheApprovals) {
  const PublishedCase published;
  ASSERT_TRUE(published.approve("Ada Preparer", release::Role::preparer).has_value());
  append_byte(published.output() / "public/csv/draft-q1-area.csv");
  ASSERT_TRUE(published.approve("Ben Approver", release::Role::approver).has_value());
  EXPECT_EQ(published.standing(), PublicationStanding::draft);
}

TEST(PublishFolders, AnyChangeOfTheFinalFilesVoidsTheApprovals) {
  const PublishedCase published;
  ASSERT_TRUE(published.approve("Ada Preparer", release::Role::preparer).has_value());
  append_byte(published.output() / "private/final/public/answer.html");
  ASSERT_TRUE(published.approve("Ben Approver", release::Role::approver).has_value());
  EXPECT_EQ(published.standing(), PublicationStanding::draft);
}

TEST(PublishFolders, ChangeAfterApprovalShows) {
  PublishedCase published;
  published.finish();
  append_byte(published.output() / "public/csv/q1-area.csv");
  EXPECT_EQ(published.standing(), PublicationStanding::changed);
}

TEST(PublishFolders, FileAddedAfterApprovalShows) {
  PublishedCase published;
  published.finish();
  std::ofstream(published.output() / "public/more.txt") << "more";
  EXPECT_EQ(published.standing(), PublicationStanding::changed);
}

TEST(PublishFolders, LinkAmongTheFilesIsRefused) {
  const PublishedCase published;
  fs::create_symlink("/dev/null", published.output() / "public/draft-link");
  const auto files = read_standing_files(published.output());
  ASSERT_FALSE(files.has_value());
  EXPECT_EQ(files.error().code, "publish.foreign_file");
}

TEST(PublishFolders, FinalFilesCopiedInByHandAreNotApproved) {
  const PublishedCase published;
  fs::remove_all(published.output() / "public");
  fs::copy(published.output() / "private/final/public", published.output() / "public", fs::copy_options::recursive);
  fs::remove_all(published.output() / "reply");
  fs::copy(published.output() / "private/final/reply", published.output() / "reply", fs::copy_options::recursive);
  EXPECT_EQ(published.standing(), PublicationStanding::changed);
}

TEST(PublishFolders, JournalSurvivesAnotherRunAndApprovalsOfOtherBytesDoNotCount) {
  PublishedCase published;
  published.finish();
  const std::string journal = bytes_of(published.output() / "private/journal.jsonl");
  published.answer.the_case.questions[2].decision.reason += " More will follow.";
  published.write();
  EXPECT_EQ(bytes_of(published.output() / "private/journal.jsonl"), journal);
  EXPECT_EQ(published.standing(), PublicationStanding::draft);
}

TEST(PublishFolders, SameCaseTwiceGivesTheSamePublicBytes) {
  PublishedCase published;
  const auto before = read_standing_files(published.output());
  published.write();
  const auto after = read_standing_files(published.output());
  ASSERT_TRUE(before.has_value() && after.has_value());
  EXPECT_EQ(release::digest_of_release(before->shown), release::digest_of_release(after->shown));
}

}  // namespace
}  // namespace candour::publish
