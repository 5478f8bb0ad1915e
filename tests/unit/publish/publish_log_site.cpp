// The disclosure log: approved answers only, indexed, and taken out again.

#include "published_case.hpp"

#include <candour/publish/log_site.hpp>

namespace candour::publish {
namespace {

namespace fs = std::filesystem;

base::Result<base::Done> pass(std::span<const base::FileToWrite>) { return base::Done{}; }

base::Result<std::string> add(const PublishedCase& published, const fs::path& site, const LastLook& look = pass) {
  CANDOUR_TRY(files, read_standing_files(published.output()));
  return add_to_log(site, files, published.approvals(), look);
}

TEST(PublishLogSite, DraftIsRefused) {
  const PublishedCase published;
  const support::ScratchFolder site;
  const auto added = add(published, site.path());
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().code, "publish.not_approved");
  EXPECT_EQ(base::exit_status(added.error().cause), 3);
  EXPECT_TRUE(fs::is_empty(site.path()));
}

TEST(PublishLogSite, ApprovedAnswerStandsInFolderAndIndex) {
  PublishedCase published;
  published.finish();
  const support::ScratchFolder site;
  const auto added = add(published, site.path());
  ASSERT_TRUE(added.has_value()) << base::to_text(added.error());
  EXPECT_EQ(*added, "foi-24-0117");
  EXPECT_TRUE(fs::exists(site.path() / "foi-24-0117/answer.html"));
  const auto index = base::read_file(site.path() / "index.html");
  ASSERT_TRUE(index.has_value());
  EXPECT_NE(index->find("href=\"foi-24-0117/answer.html\""), std::string::npos);
  EXPECT_NE(index->find("Operation Birch &lt;2023&gt;"), std::string::npos);
}

TEST(PublishLogSite, AnswerThatWasTakenOutIsGoneFromFolderAndIndex) {
  PublishedCase published;
  published.finish();
  const support::ScratchFolder site;
  ASSERT_TRUE(add(published, site.path()).has_value());
  ASSERT_TRUE(remove_from_log(site.path(), "FOI/24/0117", pass).has_value());
  EXPECT_FALSE(fs::exists(site.path() / "foi-24-0117"));
  const auto index = base::read_file(site.path() / "index.html");
  ASSERT_TRUE(index.has_value());
  EXPECT_EQ(index->find("Operation Birch"), std::string::npos);
  const auto again = remove_from_log(site.path(), "FOI/24/0117", pass);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, "log.unknown_reference");
}

TEST(PublishLogSite, NothingIsWrittenThatTheLastLookRefuses) {
  PublishedCase published;
  published.finish();
  const support::ScratchFolder site;
  for (const std::string refused : {"answer.html", "entry.json"}) {
    const auto added = add(published, site.path(), [&](std::span<const base::FileToWrite> files) -> base::Result<base::Done> {
      for (const base::FileToWrite& file : files) {
        if (file.path == refused) return base::fail({base::Cause::refused, "answer.hides_something", {refused}, "found", {}});
      }
      return base::Done{};
    });
    ASSERT_FALSE(added.has_value());
    EXPECT_EQ(added.error().code, "answer.hides_something");
    EXPECT_TRUE(fs::is_empty(site.path()));
  }
}

TEST(PublishLogSite, TheIndexIsLookedAtBeforeEitherOfItsFilesIsWritten) {
  const support::ScratchFolder site;
  std::vector<std::string> seen;
  const auto built = build_log(site.path(), [&](std::span<const base::FileToWrite> files) -> base::Result<base::Done> {
    for (const base::FileToWrite& file : files) seen.push_back(file.path.string());
    return base::fail({base::Cause::refused, "answer.hides_something", {}, "found", {}});
  });
  EXPECT_FALSE(built.has_value());
  EXPECT_EQ(seen, (std::vector<std::string>{"index.json", "index.html"}));
  EXPECT_TRUE(fs::is_empty(site.path()));
}

TEST(PublishLogSite, EntryThatCandourDidNotWriteIsNamed) {
  const support::ScratchFolder site;
  fs::create_directory(site.path() / "odd");
  ASSERT_TRUE(base::write_file_whole(site.path() / "odd/entry.json", "{\"reference\": 1}").has_value());
  const auto built = build_log(site.path(), pass);
  ASSERT_FALSE(built.has_value());
  EXPECT_EQ(built.error().code, "log.bad_entry");
}

}  // namespace
}  // namespace candour::publish
