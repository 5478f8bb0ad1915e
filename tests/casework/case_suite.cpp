// The life of a case over its journal: in the case's folder, in SQLite and in PostgreSQL.

#include "killed_writers.hpp"
#include "places.hpp"

#include <candour/base/files.hpp>
#include <candour/casework/case_clock.hpp>
#include <candour/casework/case_state.hpp>
#include <candour/casework/confirm.hpp>
#include <candour/casework/new_case.hpp>
#include <candour/casework/statistics.hpp>

#include <gtest/gtest.h>
#include <scratch_folder.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <set>

namespace candour::casework {
namespace {

namespace fs = std::filesystem;
using base::Date;

constexpr const char* canary_name = "Jonquil Canary-Whistler";
constexpr const char* letter_text =
    "Dear team,\n\n1. How many swans were counted from January 2023 to March 2023, by month?\n2. A copy of the swan policy.\n\nYours faithfully\n"
    "Jonquil Canary-Whistler\n14 Larkspur Row, Fenmarch FM1 2ZZ\nj.canary@letters.example\n07700 900321\n";

Date day(const std::string& text) { return *base::parse_iso_date(text); }

enum class Where { folder, database };

class CaseTest : public ::testing::TestWithParam<Where> {
 protected:
  void SetUp() override {
    if (GetParam() == Where::database) place = casework_tests::fresh_place();
    std::ofstream(scratch.path() / "letter.txt") << letter_text;
  }
  base::Result<NewCase> opened(const std::optional<std::string>& reference = {}) const {
    NewCaseOrder order;
    order.letter = scratch.path() / "letter.txt";
    order.cases = scratch.path() / "cases";
    order.received = day("2026-03-02");
    order.opened_by = "R. Ashdown";
    order.database = place;
    order.reference = reference;
    return open_new_case(order);
  }
  /// Notes events, "kind day [name=value]".
  void note(const fs::path& folder, const std::string& kind, const std::string& on, std::vector<std::pair<std::string, std::string>> facts = {}) const {
    auto journal = CaseJournal::open(folder, place);
    ASSERT_TRUE(journal.has_value()) << base::to_text(journal.error());
    const auto done = journal->record({{kind, day(on), "R. Ashdown", "because", std::move(facts)}});
    ASSERT_TRUE(done.has_value()) << base::to_text(done.error());
  }
  [[nodiscard]] CaseState state(const fs::path& folder, const std::string& today) const {
    const auto head = read_case_head(folder);
    const auto read = read_state(*head, place, day(today));
    EXPECT_TRUE(read.has_value()) << base::to_text(read.error());
    return read.value_or(CaseState{});
  }
  support::ScratchFolder scratch;
  std::optional<std::string> place;
};

TEST_P(CaseTest, ANewCaseIsAFolderWithItsFirstEntry) {
  const auto made = opened();
  ASSERT_TRUE(made.has_value()) << base::to_text(made.error());
  EXPECT_EQ(made->reference, "FOI-2026-0001");
  const auto journal = CaseJournal::open(made->folder, place)->read();
  ASSERT_EQ(journal->size(), 1U);
  EXPECT_EQ(journal->front().happening.kind, "received");
  EXPECT_EQ(journal->front().happening.by, "R. Ashdown");
  EXPECT_EQ(opened()->reference, "FOI-2026-0002");
  const auto taken = opened("FOI-2026-0001");
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().code, "case.exists");
  for (const auto& entry : fs::directory_iterator(scratch.path() / "cases"))
    EXPECT_FALSE(entry.path().filename().string().starts_with(".")) << "something was left aside";
}

TEST_P(CaseTest, WhoAskedIsInNoByteOfAnythingElse) {
  const auto made = opened();
  ASSERT_TRUE(made.has_value());
  note(made->folder, "assigned", "2026-03-03", {{"to", "K. Marsh"}});
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(made->folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  if (place && !place->starts_with("postgresql")) files.emplace_back(*place);
  std::string everything;
  for (const fs::path& file : files)
    if (file.filename() != "requester.toml") everything += *base::read_file(file);
  const auto journal = CaseJournal::open(made->folder, place)->read();
  for (const Recorded& each : *journal) {
    everything += each.happening.why;
    for (const auto& [name, value] : each.happening.facts) everything += value;
  }
  for (const char* canary : {"Canary", "canary", "Jonquil", "Larkspur", "FM1 2ZZ", "07700", "letters.example"})
    EXPECT_EQ(everything.find(canary), std::string::npos) << canary;
  const std::string requester = *base::read_file(made->folder / "requester.toml");
  EXPECT_NE(requester.find(canary_name), std::string::npos);
  EXPECT_NE(requester.find("j.canary@letters.example"), std::string::npos);
  EXPECT_EQ(fs::status(made->folder / "requester.toml").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_P(CaseTest, TheJournalRefusesTheRequestersNameAndNobodysEntry) {
  const auto made = opened();
  auto journal = *CaseJournal::open(made->folder, place);
  const auto named = journal.record({{"remark", day("2026-03-03"), "R. Ashdown", "spoke with jonquil canary-whistler", {}}});
  ASSERT_FALSE(named.has_value());
  EXPECT_EQ(named.error().code, "journal.requester");
  EXPECT_EQ(base::to_text(named.error()).find("Canary"), std::string::npos);
  EXPECT_EQ(journal.record({{"remark", day("2026-03-03"), " ", "x", {}}}).error().code, "journal.no_name");
  EXPECT_EQ(journal.record({{"Re mark", day("2026-03-03"), "R. Ashdown", "x", {}}}).error().code, "journal.malformed");
  for (const char* personal : {"write to k.marsh@fenmarch.example", "rang 07700 900123", "rang +44 7700 900123", "QQ 12 34 56 C is meant",
                               "the record of AB123456D", "NHS 943 476 5919", "the man born 3 May"}) {
    const auto refused = journal.record({{"remark", day("2026-03-03"), "R. Ashdown", personal, {}}});
    ASSERT_FALSE(refused.has_value()) << personal;
    EXPECT_EQ(refused.error().code, "journal.personal") << personal;
  }
  EXPECT_EQ(journal.read()->size(), 1U);
  for (const char* plain :
       {"30 working days, from 2026-03-02 to 2026-04-15", "section 40(2) by virtue of 40(3A)(a); 1,000 records of 12 months", "FOI-2026-0001 and 2025/0456"})
    EXPECT_TRUE(journal.record({{"remark", day("2026-03-03"), "R. Ashdown", plain, {}}}).has_value()) << plain;
}

TEST_P(CaseTest, AJournalInADatabaseIsNotBegunAnewInTheFolder) {
  const auto made = opened();
  const auto without = CaseJournal::open(made->folder, std::nullopt);
  EXPECT_EQ(without.has_value(), !place.has_value());
  if (place) {
    EXPECT_EQ(without.error().code, "journal.elsewhere");
  }
}

// One clock: what [clock] and the journal both say they say alike; what only one says counts.
TEST_P(CaseTest, TheClockOfTheCaseFileAndTheJournalMeet) {
  const auto made = opened();
  const fs::path& folder = made->folder;
  const std::string head = *base::read_file(folder / "case.toml");
  const auto write = [&](const std::string& clock) { std::ofstream(folder / "case.toml") << head << "\n[clock]\n" << clock; };
  write("clarification_asked = 2026-03-04\n");
  EXPECT_EQ(state(folder, "2026-03-05").stage, Stage::clarification) << "no journal says it, so the case file counts";
  EXPECT_EQ(clock_of_case(folder, place)->clarification_asked, day("2026-03-04"));
  note(folder, "clarification-asked", "2026-03-04");
  EXPECT_EQ(state(folder, "2026-03-05").stage, Stage::clarification) << "both say the same";
  note(folder, "clarified", "2026-03-09");
  EXPECT_EQ(clock_of_case(folder, place)->clarified, day("2026-03-09"));
  EXPECT_EQ(state(folder, "2026-03-10").due, day("2026-04-09"));
  write("clarification_asked = 2026-03-04\nclarified = 2026-03-10\n");
  const auto both = clock_of_case(folder, place);
  ASSERT_FALSE(both.has_value());
  EXPECT_EQ(both.error().code, "clock.contradiction");
  EXPECT_EQ(both.error().place.line, static_cast<std::uint64_t>(std::count(head.begin(), head.end(), '\n')) + 4);
  EXPECT_NE(both.error().sentence.find("clarified = 2026-03-10"), std::string::npos);
  EXPECT_NE(both.error().sentence.find("says 2026-03-09"), std::string::npos);
  EXPECT_FALSE(read_state(*read_case_head(folder), place, day("2026-03-11")).has_value());
  note(folder, "clarified", "2026-03-10");  // put right where it can only be added to
  EXPECT_EQ(state(folder, "2026-03-11").due, day("2026-04-10"));
  write("review_asked = 2026-04-20\n");
  note(folder, "answered", "2026-04-02", {{"outcome", "refused"}});
  EXPECT_EQ(state(folder, "2026-04-21").stage, Stage::under_review);
  note(folder, "review-opened", "2026-04-21", {{"asked_on", "2026-04-20"}});
  const CaseState reviewed = state(folder, "2026-04-22");
  EXPECT_EQ(reviewed.stage, Stage::under_review);
  EXPECT_EQ(reviewed.reviews_asked, std::vector{day("2026-04-20")}) << "asked for once";
  note(folder, "review-answered", "2026-05-01");
  EXPECT_EQ(state(folder, "2026-05-02").stage, Stage::answered);
}

TEST_P(CaseTest, ABrokenCaseKeepsNoOtherFromTheList) {
  ASSERT_TRUE(opened().has_value());
  const auto broken = opened();
  ASSERT_TRUE(opened().has_value());
  std::ofstream(broken->folder / "case.toml") << "[request\n";
  const auto found = cases_in(scratch.path() / "cases");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->cases.size(), 2U);
  ASSERT_EQ(found->broken.size(), 1U);
  EXPECT_EQ(found->broken.front().folder, broken->folder);
  EXPECT_EQ(found->broken.front().error.place.line, 1U);
}

// The clock of section 10, from the vectors of the law's tests: received Monday 2 March 2026, due Tuesday 31 March.
TEST_P(CaseTest, TheClockRunsStopsAndStartsAnew) {
  const auto made = opened();
  const fs::path folder = made->folder;
  CaseState now = state(folder, "2026-03-04");
  EXPECT_EQ(base::to_iso(*now.due), "2026-03-31");
  EXPECT_EQ(now.urgency, Urgency::none);
  EXPECT_EQ(now.waits_for, "somebody to take it");
  note(folder, "assigned", "2026-03-04", {{"to", "K. Marsh"}});
  now = state(folder, "2026-03-04");
  EXPECT_EQ(now.who, "K. Marsh");
  EXPECT_EQ(now.waits_for, "the officer to confirm what was proposed");
  EXPECT_EQ(state(folder, "2026-03-13").urgency, Urgency::none);
  EXPECT_EQ(state(folder, "2026-03-16").working_days_left, 10) << "St Patrick's Day is no working day";
  EXPECT_EQ(state(folder, "2026-03-16").urgency, Urgency::two_weeks);
  EXPECT_EQ(state(folder, "2026-03-27").urgency, Urgency::two_days);
  EXPECT_EQ(state(folder, "2026-03-31").urgency, Urgency::two_days);
  now = state(folder, "2026-04-01");
  EXPECT_EQ(now.urgency, Urgency::overdue);
  EXPECT_EQ(now.working_days_left, -1);
  note(folder, "clarification-asked", "2026-03-05");
  now = state(folder, "2026-05-29");
  EXPECT_EQ(now.stage, Stage::clarification);
  EXPECT_FALSE(now.due.has_value());
  EXPECT_EQ(now.urgency, Urgency::none);
  EXPECT_EQ(now.waits_for, "the requester's clarification");
  note(folder, "clarified", "2026-06-01");
  now = state(folder, "2026-06-02");
  EXPECT_EQ(base::to_iso(*now.due), "2026-06-30");
  note(folder, "fees-notice", "2026-06-08");
  EXPECT_EQ(state(folder, "2026-06-09").stage, Stage::fee);
  note(folder, "fees-paid", "2026-06-10");
  EXPECT_EQ(base::to_iso(*state(folder, "2026-06-11").due), "2026-07-03");
  note(folder, "extended", "2026-06-25", {{"until", "2026-07-20"}});
  now = state(folder, "2026-06-26");
  EXPECT_EQ(base::to_iso(*now.due), "2026-07-20");
  note(folder, "answered", "2026-07-20", {{"outcome", "granted-in-part"}});
  now = state(folder, "2026-09-01");
  EXPECT_FALSE(is_open(now));
  EXPECT_EQ(now.outcome, "granted-in-part");
  note(folder, "review-asked", "2026-09-07");
  now = state(folder, "2026-09-08");
  EXPECT_EQ(now.stage, Stage::under_review);
  EXPECT_EQ(base::to_iso(*now.due), "2026-10-05");
  note(folder, "review-answered", "2026-09-30");
  EXPECT_EQ(state(folder, "2026-10-01").stage, Stage::answered);
}

TEST_P(CaseTest, ANationalReferralIsPromptedForUntilSomebodySaysWhatBecameOfIt) {
  std::ofstream(scratch.path() / "letter.txt")
      << "This is sent to all police forces.\n\n1. How many informants did you pay in 2025?\n\nA. Tester\na@letters.example\n";
  const auto made = opened();
  const auto prompted = [&] {
    const auto hints = state(made->folder, "2026-03-04").hints;
    return std::ranges::any_of(hints, [](const std::string& hint) { return hint.find("national referral") != std::string::npos; });
  };
  EXPECT_TRUE(prompted());
  note(made->folder, "referred-nationally", "2026-03-03");
  EXPECT_FALSE(prompted());
  EXPECT_EQ(state(made->folder, "2026-03-04").waits_for, "the national unit");
  note(made->folder, "referral-answered", "2026-03-04");
  EXPECT_NE(state(made->folder, "2026-03-04").waits_for, "the national unit");
}

TEST_P(CaseTest, ConfirmingTakesOutThePartsListAndNothingElse) {
  const auto made = opened();
  const std::string before = *base::read_file(made->folder / "case.toml");
  const auto wrong = confirm_part(made->folder, "question 7", "R. Ashdown", place);
  ASSERT_FALSE(wrong.has_value());
  EXPECT_EQ(wrong.error().code, "confirm.unknown_part");
  EXPECT_EQ(*base::read_file(made->folder / "case.toml"), before);
  const auto done = confirm_part(made->folder, "question 1", "R. Ashdown", place);
  ASSERT_TRUE(done.has_value()) << base::to_text(done.error());
  const std::string after = *base::read_file(made->folder / "case.toml");
  const std::string line = "unconfirmed = [\"text\", \"asks_for\", \"by\"]\n";
  const auto at = before.find(line);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(after, before.substr(0, at) + before.substr(at + line.size()));
  const auto journal = CaseJournal::open(made->folder, place)->read();
  EXPECT_EQ(journal->back().happening.kind, "confirmed");
  EXPECT_FALSE(confirm_part(made->folder, "question 2", "", place).has_value()) << "nobody confirms nothing";
  while (!unconfirmed_parts(made->folder)->empty())
    ASSERT_TRUE(confirm_part(made->folder, unconfirmed_parts(made->folder)->front().part, "R. Ashdown", place).has_value());
  EXPECT_TRUE(read_case_head(made->folder)->unconfirmed.empty());
}

TEST_P(CaseTest, TwoOfficersKilledAtAnyInstantLeaveWholeCasesOnly) {
  casework_tests::said_by_killed_writers(3, [&]() -> casework_tests::WriteOne { return [this](const std::string&) { return opened().has_value(); }; });
  const auto cases = cases_in(scratch.path() / "cases");
  ASSERT_TRUE(cases.has_value()) << base::to_text(cases.error());
  EXPECT_GE(cases->cases.size(), 6U);
  EXPECT_TRUE(cases->broken.empty());
  std::set<std::string> references;
  for (const CaseHead& head : cases->cases) {
    EXPECT_EQ(head.folder.filename().string(), head.reference);
    EXPECT_TRUE(references.insert(head.reference).second);
    EXPECT_TRUE(fs::exists(head.folder / "requester.toml"));
    const auto journal = CaseJournal::open(head.folder, place)->read();
    ASSERT_TRUE(journal.has_value());
    // In a folder the first entry appears with the case; a database learns of it right afterwards.
    EXPECT_LE(journal->size(), 1U);
    if (!place) {
      EXPECT_EQ(journal->size(), 1U);
    }
  }
}

TEST_P(CaseTest, WhatAKilledRunLeftAsideGoesAfterADay) {
  const fs::path cases = scratch.path() / "cases";
  for (const char* name : {".new-case-old123", ".new-case-new123"}) {
    fs::create_directories(cases / name);
    std::ofstream(cases / name / "requester.toml") << "name = \"left\"\n";
  }
  fs::last_write_time(cases / ".new-case-old123", fs::file_time_type::clock::now() - std::chrono::hours{25});
  ASSERT_TRUE(opened().has_value());
  EXPECT_FALSE(fs::exists(cases / ".new-case-old123"));
  EXPECT_TRUE(fs::exists(cases / ".new-case-new123")) << "it can be another officer's, at work";
}

TEST_P(CaseTest, StatisticsAddUp) {
  const auto make = [&](const std::string& received, const std::string& answered, const std::string& outcome) {
    NewCaseOrder order;
    order.letter = scratch.path() / "letter.txt";
    order.cases = scratch.path() / "cases";
    order.received = day(received);
    order.opened_by = "R. Ashdown";
    order.database = place;
    const auto made = open_new_case(order);
    if (!answered.empty()) note(made->folder, "answered", answered, {{"outcome", outcome}});
    return made->folder;
  };
  make("2026-01-05", "2026-01-12", "granted-in-full");  // 5 working days
  make("2026-01-05", "2026-01-16", "granted-in-part");  // 9
  make("2026-01-05", "2026-02-03", "refused");          // 21: late
  make("2026-01-06", "2026-01-09", "not-held");         // 3
  make("2026-03-02", "2026-03-06", "refused-on-cost");  // 4
  make("2026-03-30", {}, {});
  const fs::path withdrawn = make("2026-04-07", {}, {});
  note(withdrawn, "withdrawn", "2026-04-08");
  const fs::path reviewed = make("2026-04-07", "2026-04-09", "vexatious-or-repeated");
  note(reviewed, "review-asked", "2026-04-20");
  std::vector<CaseState> states;
  const auto cases = cases_in(scratch.path() / "cases");
  for (const CaseHead& head : cases->cases) states.push_back(*read_state(head, place, day("2026-05-05")));
  const auto periods = count_cases(states, quarters(day("2026-01-05"), day("2026-05-05")));
  ASSERT_EQ(periods.size(), 2U);
  const PeriodStatistics& first = periods[0];
  EXPECT_EQ(first.received, 6);
  EXPECT_EQ(first.answered_in_time, 4);
  EXPECT_EQ(first.answered_late, 1);
  EXPECT_EQ(first.still_open, 1);
  EXPECT_EQ(first.working_days, (std::vector<int>{3, 4, 5, 9, 21}));
  EXPECT_EQ(median_of(first.working_days), "5");
  EXPECT_EQ(periods[1].withdrawn, 1);
  EXPECT_EQ(periods[1].internal_reviews, 1);
  for (const PeriodStatistics& each : periods) {
    EXPECT_EQ(each.received, each.answered_in_time + each.answered_late + each.still_open + each.withdrawn);
    EXPECT_EQ(each.answered_in_time + each.answered_late,
              each.granted_in_full + each.granted_in_part + each.refused + each.not_held + each.refused_on_cost + each.vexatious_or_repeated);
  }
  EXPECT_EQ(statistics_json("Fenmarch Council", {first}),
            "{\n  \"authority\": \"Fenmarch Council\",\n  \"periods\": [\n    {\n      \"from\": \"2026-01-01\",\n      \"to\": \"2026-03-31\",\n      "
            "\"received\": 6,\n      "
            "\"answered_in_time\": 4,\n      \"answered_late\": 1,\n      \"still_open\": 1,\n      \"granted_in_full\": 1,\n      \"granted_in_part\": 1,\n   "
            "   \"refused\": 1,\n      "
            "\"not_held\": 1,\n      \"refused_on_cost\": 1,\n      \"vexatious_or_repeated\": 0,\n      \"internal_reviews\": 0,\n      "
            "\"median_working_days\": 5\n    }\n  ]\n}\n");
}

/// The page is the unit's own, yet a name with angle brackets is a name, and who asked is not on it.
TEST_P(CaseTest, TheWorkloadPageShowsChartsAndNoRequester) {
  const auto made = opened();
  note(made->folder, "assigned", "2026-03-03", {{"to", "<b>K. Marsh & sons</b>"}});
  std::vector<CaseState> states{state(made->folder, "2026-03-04")};
  const std::string page =
      workload_page("Fenmarch \"Council\"", count_cases(states, quarters(day("2025-10-01"), day("2026-03-04"))), states, day("2026-03-04"));
  EXPECT_NE(page.find("<svg role=\"img\""), std::string::npos);
  EXPECT_NE(page.find("&lt;b&gt;K. Marsh &amp; sons"), std::string::npos);
  EXPECT_EQ(page.find("<b>K."), std::string::npos);
  EXPECT_EQ(page.find("Canary"), std::string::npos);
  EXPECT_NE(page.find("2025 Q4"), std::string::npos);
  EXPECT_NE(page.find(made->reference), std::string::npos);
}

TEST(Statistics, MedianOfTwoIsHalfWayBetween) {
  EXPECT_EQ(median_of({}), "");
  EXPECT_EQ(median_of({3, 4}), "3.5");
  EXPECT_EQ(median_of({0, 1}), "0.5");
  EXPECT_EQ(median_of({2, 4, 9}), "4");
}

INSTANTIATE_TEST_SUITE_P(Cases, CaseTest, ::testing::Values(Where::folder, Where::database),
                         [](const auto& each) { return each.param == Where::folder ? std::string("Folder") : std::string("Database"); });

}  // namespace
}  // namespace candour::casework
