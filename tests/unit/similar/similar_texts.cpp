// Words, likeness and round robins: what is compared, and what is not.

#include <candour/similar/likeness.hpp>
#include <candour/similar/round_robin.hpp>
#include <candour/similar/title_list.hpp>
#include <candour/similar/words.hpp>

#include "../../support/scratch_folder.hpp"

#include <candour/base/files.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace candour::similar {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<KnownText> known{
    {"Operation Birch", "How many people were stopped and searched under Operation Birch, by month?"},
    {"Dog bites", "Please list the number of dog bites recorded in each year."},
    {"Spending on biscuits", "How much was spent on biscuits for meetings of the board?"},
    {"Stop and search by age", "How many stops and searches were made, by age of the person searched?"},
};

TEST(Words, AreSplitFoldedAndLowered) {
  EXPECT_THAT(words_of("Caf\xC3\xA9s, \xC5\x81\xC3\xB3\x64\xC5\xBA \xE2\x80\x9Cstop-search\xE2\x80\x9D of 2023/24; a\xC2\xA0\xC3\x97 b"),
              ElementsAre("cafes", "\xC5\x82odz", "stop", "search", "of", "2023", "24"));
  EXPECT_THAT(words_of("\xFF\xFE \xC3"), IsEmpty());
  EXPECT_THAT(words_of(""), IsEmpty());
}

TEST(Words, LoseThePluralAndNothingElse) {
  for (const auto& [plural, singular] : std::vector<std::pair<std::string, std::string>>{{"searches", "search"},
                                                                                         {"stops", "stop"},
                                                                                         {"authorities", "authority"},
                                                                                         {"police", "police"},
                                                                                         {"address", "address"},
                                                                                         {"addresses", "address"},
                                                                                         {"bus", "bus"},
                                                                                         {"analysis", "analysis"},
                                                                                         {"taxes", "tax"}})
    EXPECT_EQ(without_plural(plural), singular);
}

TEST(Likeness, CopyOfAnAnsweredRequestIsTheClosestAndWordForWord) {
  const auto found = Comparison(known).closest(known[1].title, known[1].text, 5);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].place, 1U);
  EXPECT_EQ(found[0].percent, 100);
  EXPECT_EQ(found[0].copied_percent, 100);
  EXPECT_THAT(found[0].shared_words, Contains("dog"));
}

TEST(Likeness, SameMatterInOtherWordsComesBeforeOtherMatters) {
  const auto found = Comparison(known).closest("", "Kindly tell me how often officers searched persons they had stopped, with their ages.", 5);
  ASSERT_GE(found.size(), 2U);
  EXPECT_EQ(found[0].place, 3U);
  EXPECT_LT(found[0].percent, 100);
  EXPECT_LT(found[0].copied_percent, 50);
}

TEST(Likeness, PoliteWordsMakeNothingAlike) {
  EXPECT_THAT(
      Comparison(known).closest("Request for information", "Dear team, please provide the following under the Freedom of Information Act. Thank you.", 5),
      IsEmpty());
  EXPECT_THAT(Comparison({}).closest("Operation Birch", "How many?", 5), IsEmpty());
}

TEST(RoundRobin, WordsToManyAreFound) {
  for (const char* text : {"I am sending this request to all police forces in England and Wales.", "How much does your force/council spend?",
                           "Dear [name of authority],", "Every local authority in the region has been asked.", "I have sent this to a number of NHS trusts.",
                           "This is part of a national survey of libraries.", "If you are not the responsible authority, please forward this."})
    EXPECT_FALSE(round_robin_signs(text).empty()) << text;
}

TEST(RoundRobin, WordsToOneAreNot) {
  for (const char* text :
       {"How many people were stopped under Operation Birch, by month and age?", "Please send the impact assessment of Northmoor Constabulary's drones.",
        "I would like all records of each meeting of the board.", "Which other officers were present?"})
    EXPECT_THAT(round_robin_signs(text), IsEmpty()) << text;
}

TEST(RoundRobin, LongTextsWithoutAFullStopDoNotTireThePatterns) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "sent all every ";
  EXPECT_LE(round_robin_signs(text).size(), 7U);
}

TEST(RoundRobin, AWordWithoutEndBringsNothingDown) {
  EXPECT_THAT(round_robin_signs("We ask all " + std::string(99'000, 'a') + " for it."), IsEmpty());
}

TEST(RoundRobin, TitleIsTheSameWhateverItsYearAndSigns) {
  const std::vector<std::string> titles{"Foster care allowances 2023/24", "FOSTER CARE ALLOWANCES - 2024", "Foster care allowance", "Foster carers"};
  EXPECT_EQ(times_sent("foster care allowances (2025)", titles), 3U);
  EXPECT_EQ(times_sent("2024", titles), 0U);
}

TEST(TitleList, IsReadByItsHeader) {
  const support::ScratchFolder folder;
  const auto read = [&](const std::string& text) {
    EXPECT_TRUE(base::write_file_whole(folder.path() / "titles.csv", text).has_value());
    return read_titles(folder.path() / "titles.csv");
  };
  const auto titles = read("\xEF\xBB\xBFreference,subject\r\nA/1,\"Dogs, cats\"\r\n\r\nA/2,\"two\nlines\"\r\nA/3,last");
  ASSERT_TRUE(titles.has_value()) << base::to_text(titles.error());
  ASSERT_EQ(titles->size(), 3U);
  EXPECT_EQ((*titles)[0].title, "Dogs, cats");
  EXPECT_EQ((*titles)[2].reference, "A/3");
  EXPECT_EQ((*titles)[2].line, 6U);
  EXPECT_EQ(read("name,date\nx,y\n").error().code, "titles.no_column");
  EXPECT_EQ(read("title,date\nx\n").error().code, "titles.malformed");
  EXPECT_EQ(read("title,date\n\"x,y\n").error().place.line, 2U);
  EXPECT_EQ(read("").error().code, "titles.malformed");
}

}  // namespace
}  // namespace candour::similar
