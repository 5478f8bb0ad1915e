// The disclosure log: approved answers only, listed, found without a script, and taken out again with a reason that stays.

#include "published_case.hpp"

#include <candour/base/digest.hpp>
#include <candour/publish/log_site.hpp>

#include <gmock/gmock.h>

#include <fstream>

namespace candour::publish {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

base::Result<base::Done> pass(std::span<const base::FileToWrite>) { return base::Done{}; }

base::ResultOrErrors<std::string> add(const PublishedCase& published, const fs::path& site, const LastLook& look = pass) {
  const auto files = read_standing_files(published.output());
  EXPECT_TRUE(files.has_value());
  return add_to_log(site, *files, published.approvals(), look);
}

std::string text_of(const fs::path& file) {
  const auto bytes = base::read_file(file);
  EXPECT_TRUE(bytes.has_value()) << file;
  return bytes ? *bytes : std::string();
}

// Every byte of a site, one file after the other.
std::string everything_in(const fs::path& site) {
  std::string all;
  for (const auto& file : fs::recursive_directory_iterator(site))
    if (file.is_regular_file()) all += text_of(file.path());
  return all;
}

/// A log with the answer made by hand in it.
struct LogWithOneAnswer {
  LogWithOneAnswer() {
    published.finish();
    const auto added = add(published, site.path());
    EXPECT_TRUE(added.has_value()) << base::to_text(added.error().front());
  }
  [[nodiscard]] std::string text(const std::string& file) const { return text_of(site.path() / file); }

  PublishedCase published;
  support::ScratchFolder site;
};

TEST(PublishLogSite, DraftIsRefused) {
  const PublishedCase published;
  const support::ScratchFolder site;
  const auto added = add(published, site.path());
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().front().code, "publish.not_approved");
  EXPECT_EQ(base::exit_status(added.error().front().cause), 3);
  EXPECT_TRUE(fs::is_empty(site.path()));
}

TEST(PublishLogSite, ApprovedAnswerIsListedByYearOutcomeSectionAndWord) {
  const LogWithOneAnswer log;
  EXPECT_EQ(log.text("foi-24-0117/answer.html"), text_of(log.published.output() / "public/answer.html"));
  EXPECT_THAT(log.text("index.html"), HasSubstr("<a href=\"foi-24-0117/answer.html\">Operation Birch &lt;2023&gt;</a>"));
  for (const char* list : {"browse/year-2024.html", "browse/outcome-given-in-part.html", "browse/section-foia-22.html", "words/b.html"})
    EXPECT_THAT(log.text(list), HasSubstr("../foi-24-0117/answer.html")) << list;
  EXPECT_THAT(log.text("words/index.html"), HasSubstr("href=\"b.html\""));
  EXPECT_THAT(log.text("find/words-bi.json"), HasSubstr("[\"birch\",{\"0\":{\"0\":1}"));
}

TEST(PublishLogSite, ProgramsReadFeedsMapIndexAndDigests) {
  const LogWithOneAnswer log;
  const std::string address = "https://northmoor.example/foi/foi-24-0117/answer.html";
  for (const char* file : {"feed.atom", "feed.json", "sitemap.xml"}) EXPECT_THAT(log.text(file), HasSubstr(address)) << file;
  EXPECT_THAT(log.text("index.json"), HasSubstr("\"address\": \"foi-24-0117/answer.html\""));
  const std::string digest = base::digest_of(log.text("foi-24-0117/entry.json")).to_hex();
  EXPECT_EQ(log.text("checksums.txt"), digest + "  foi-24-0117/entry.json\n");
}

TEST(PublishLogSite, NothingLoadsFromElsewhereAndEveryPageNamesItsPolicy) {
  const LogWithOneAnswer log;
  for (const auto& file : fs::recursive_directory_iterator(log.site.path())) {
    if (file.path().extension() != ".html") continue;
    const std::string page = text_of(file.path());
    EXPECT_THAT(page, HasSubstr("http-equiv=\"Content-Security-Policy\" content=\"default-src &apos;none&apos;;")) << file.path();
    EXPECT_THAT(page, HasSubstr("leave__button")) << file.path();
    for (const char* loading : {"src=\"http", "url(", "@import", "unsafe-inline"}) EXPECT_THAT(page, Not(HasSubstr(loading))) << file.path();
  }
}

TEST(PublishLogSite, WhoAskedReachesNoByteOfTheSite) {
  const LogWithOneAnswer log;
  const std::string all = everything_in(log.site.path());
  for (const char* canary : {"Quilla", "Zzyzxworth", "Heron Lane"}) EXPECT_EQ(all.find(canary), std::string::npos) << canary;
}

TEST(PublishLogSite, FieldThatAnEntryShouldNotHaveGoesNowhere) {
  const LogWithOneAnswer log;
  const fs::path entry = log.site.path() / "foi-24-0117/entry.json";
  std::string bytes = text_of(entry);
  bytes.insert(bytes.find('{') + 1, "\"requester\": \"Canaria Planted\",");
  std::ofstream(entry) << bytes;
  ASSERT_TRUE(build_log(log.site.path(), {}, pass).has_value());
  fs::remove(entry);
  EXPECT_EQ(everything_in(log.site.path()).find("Canaria"), std::string::npos);
}

TEST(PublishLogSite, AnswerThatWasTakenOutLeavesItsAddressDayAndReasonAndNothingElse) {
  const LogWithOneAnswer log;
  ASSERT_TRUE(remove_from_log(log.site.path(), "FOI/24/0117", "Table 2 was <wrong>.", pass).has_value());
  EXPECT_THAT(log.text("foi-24-0117/answer.html"), HasSubstr("Table 2 was &lt;wrong&gt;."));
  EXPECT_THAT(log.text("feed.atom"), HasSubstr("<feed"));
  EXPECT_THAT(log.text("index.json"), HasSubstr("taken_out"));
  const std::string all = everything_in(log.site.path());
  for (const char* gone : {"Operation Birch", "birch", "people counted"}) EXPECT_EQ(all.find(gone), std::string::npos) << gone;
  EXPECT_FALSE(fs::exists(log.site.path() / "foi-24-0117/csv"));
  EXPECT_FALSE(fs::exists(log.site.path() / "words/b.html"));
  const auto again = remove_from_log(log.site.path(), "FOI/24/0117", "again", pass);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().front().code, "log.unknown_reference");
}

TEST(PublishLogSite, NothingIsTakenOutWithoutAReason) {
  const LogWithOneAnswer log;
  const auto removed = remove_from_log(log.site.path(), "FOI/24/0117", " \n", pass);
  ASSERT_FALSE(removed.has_value());
  EXPECT_EQ(removed.error().front().code, "log.no_reason");
  EXPECT_THAT(log.text("foi-24-0117/answer.html"), HasSubstr("Operation Birch"));
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
    EXPECT_EQ(added.error().front().code, "answer.hides_something");
    EXPECT_TRUE(fs::is_empty(site.path()));
  }
}

TEST(PublishLogSite, PagesAndListsAreLookedAtBeforeAnyOfThemIsWritten) {
  const support::ScratchFolder site;
  std::vector<std::string> seen;
  const auto built = build_log(site.path(), {}, [&](std::span<const base::FileToWrite> files) -> base::Result<base::Done> {
    for (const base::FileToWrite& file : files) seen.push_back(file.path.string());
    return base::fail({base::Cause::refused, "answer.hides_something", {}, "found", {}});
  });
  EXPECT_FALSE(built.has_value());
  EXPECT_THAT(seen,
              testing::UnorderedElementsAre("index.html", "words/index.html", "search.html", "about.html", "accessibility.html", "leaving.html", "index.json"));
  EXPECT_TRUE(fs::is_empty(site.path()));
}

TEST(PublishLogSite, LogWithoutAnAddressSaysThatItHasNoFeeds) {
  const support::ScratchFolder site;
  const auto built = build_log(site.path(), {}, pass);
  ASSERT_TRUE(built.has_value());
  EXPECT_EQ(built->notes.size(), 1U);
  EXPECT_FALSE(fs::exists(site.path() / "feed.atom"));
  EXPECT_THAT(text_of(site.path() / "index.html"), Not(HasSubstr("feed.atom")));
}

TEST(PublishLogSite, EntryThatCandourDidNotWriteIsNamed) {
  const support::ScratchFolder site;
  fs::create_directory(site.path() / "odd");
  ASSERT_TRUE(base::write_file_whole(site.path() / "odd/entry.json", "{\"reference\": 1}").has_value());
  const auto built = build_log(site.path(), {}, pass);
  ASSERT_FALSE(built.has_value());
  EXPECT_EQ(built.error().front().code, "log.bad_entry");
}

TEST(PublishLogSite, ReferenceWithTheNameOfAPartOfTheLogIsRefused) {
  PublishedCase published;
  published.answer.the_case.reference = "Words";
  published.write();
  published.finish();
  const support::ScratchFolder site;
  const auto added = add(published, site.path());
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().front().code, "log.reserved_name");
}

TEST(PublishLogSite, StatisticsKeepWhatIsKnownAndSayWhatIsNot) {
  const LogWithOneAnswer log;
  const support::ScratchFolder given;
  const fs::path file = given.path() / "statistics.json";
  std::ofstream(file)
      << R"({"periods": [{"from": "2026-01-01", "to": "2026-03-31", "received": 1204, "answered_in_time": 47, "answered_late": 3, "officer": "Canaria"}]})";
  ASSERT_TRUE(build_log(log.site.path(), {std::nullopt, file}, pass).has_value());
  const std::string page = log.text("statistics.html");
  for (const char* shown : {"1,204", "94%", "[x]", "1 January 2026 to 31 March 2026"}) EXPECT_THAT(page, HasSubstr(shown));
  EXPECT_THAT(page + log.text("statistics.json"), Not(HasSubstr("Canaria")));
  // Kept: a later build without the file shows them still.
  ASSERT_TRUE(build_log(log.site.path(), {}, pass).has_value());
  EXPECT_THAT(log.text("statistics.html"), HasSubstr("1,204"));
}

TEST(PublishLogSite, BadStatisticsAreNamed) {
  const support::ScratchFolder site;
  const auto code_for = [&](const char* text) {
    std::ofstream(site.path() / "given.json") << text;
    const auto built = build_log(site.path(), {std::nullopt, site.path() / "given.json"}, pass);
    return built ? std::string("none") : built.error().front().code;
  };
  EXPECT_EQ(code_for("{"), "statistics.malformed");
  EXPECT_EQ(code_for(R"({"periods": [{"from": "2026-01-01"}]})"), "statistics.bad_period");
  EXPECT_EQ(code_for(R"({"periods": [{"from": "2026-01-01", "to": "2026-01-31", "received": -1}]})"), "statistics.bad_figure");
  EXPECT_EQ(code_for(R"({"periods": [{"from": "2026-01-01", "to": "2026-01-31", "received": 1.5}]})"), "statistics.bad_figure");
}

}  // namespace
}  // namespace candour::publish
