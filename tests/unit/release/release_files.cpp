// The bytes of reply/ and public/: golden files, and what must hold of every answer.

#include <support/golden.hpp>
#include <support/hand_made_answer.hpp>

#include <candour/release/approval.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace candour::release {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

ReleasedFiles released(const support::HandMadeAnswer& answer, ApprovalState state) {
  auto files = release(answer.order(state));
  EXPECT_TRUE(files.has_value()) << base::to_text(files.error().front());
  return files ? *files : ReleasedFiles{};
}

std::string bytes_of(const std::vector<base::FileToWrite>& files, const std::string& path) {
  const auto found = std::find_if(files.begin(), files.end(), [&](const base::FileToWrite& file) { return file.path == path; });
  EXPECT_NE(found, files.end()) << "no file " << path;
  return found == files.end() ? std::string() : found->bytes;
}

// What every page of every authority carries alike: style, script and their digests have tests of their own.
std::string without_style_and_script(std::string page) {
  const std::vector<std::pair<std::string, std::string>> parts{{"<style>", "</style>"}, {"<script>", "</script>"}, {"style-src", "; form-action"}};
  for (const auto& [begin, end] : parts) {
    const std::size_t from = page.find(begin);
    if (from != std::string::npos) page.erase(from + begin.size(), page.find(end, from) - from - begin.size());
  }
  return page;
}

TEST(ReleaseFiles, PageTablesAndEntryAreTheGoldenOnes) {
  const support::HandMadeAnswer answer;
  const ReleasedFiles files = released(answer, ApprovalState::draft);
  for (const char* path : {"draft-answer.html", "draft-entry.json", "csv/draft-q1-month-age.csv", "csv/draft-q1-area.csv", "csv/draft-q2-total.csv",
                           "csv/draft-q4-month.csv", "csv/draft-q4-month.csv-metadata.json"}) {
    support::expect_golden(without_style_and_script(bytes_of(files.log, path)), std::filesystem::path("unit/release/golden/public") / path);
  }
}

TEST(ReleaseFiles, LetterIsTheGoldenOne) {
  const support::HandMadeAnswer answer;
  support::expect_golden(bytes_of(released(answer, ApprovalState::draft).reply, "draft-letter.html"), "unit/release/golden/reply/draft-letter.html");
}

TEST(ReleaseFiles, NothingIsRepliedWithoutARequester) {
  const support::HandMadeAnswer answer;
  ReleaseOrder order = answer.order();
  order.requester = nullptr;
  const auto files = release(order);
  ASSERT_TRUE(files.has_value());
  EXPECT_TRUE(files->reply.empty());
  EXPECT_FALSE(files->log.empty());
}

TEST(ReleaseFiles, LetterQuotesTheRequestWordForWord) {
  const support::HandMadeAnswer answer;
  const std::string letter = bytes_of(released(answer, ApprovalState::approved).reply, "letter.html");
  EXPECT_THAT(letter, HasSubstr("Please answer these questions about &quot;Operation Birch&quot;. If a month did not run, say so &amp; do not write a zero."));
}

TEST(ReleaseFiles, SameOrderGivesSameBytes) {
  const support::HandMadeAnswer first;
  const support::HandMadeAnswer second;
  const ReleasedFiles a = released(first, ApprovalState::draft);
  const ReleasedFiles b = released(second, ApprovalState::draft);
  EXPECT_EQ(digest_of_release(a), digest_of_release(b));
}

TEST(ReleaseFiles, EveryNameStartsWithDraftUntilApproved) {
  const support::HandMadeAnswer answer;
  const ReleasedFiles draft = released(answer, ApprovalState::draft);
  const ReleasedFiles approved = released(answer, ApprovalState::approved);
  ASSERT_EQ(draft.log.size(), approved.log.size());
  for (const base::FileToWrite& file : draft.log) EXPECT_THAT(file.path.filename().string(), StartsWith("draft-"));
  for (const base::FileToWrite& file : draft.reply) EXPECT_THAT(file.path.filename().string(), StartsWith("draft-"));
  for (const base::FileToWrite& file : approved.reply) EXPECT_THAT(file.path.filename().string(), Not(StartsWith("draft-")));
  for (const base::FileToWrite& file : approved.log) EXPECT_THAT(file.path.filename().string(), Not(StartsWith("draft-")));
}

TEST(ReleaseFiles, PageSaysDraftUntilApproved) {
  const support::HandMadeAnswer answer;
  EXPECT_THAT(bytes_of(released(answer, ApprovalState::draft).log, "draft-answer.html"), HasSubstr("DRAFT"));
  const std::string page = bytes_of(released(answer, ApprovalState::approved).log, "answer.html");
  EXPECT_THAT(page, Not(HasSubstr("DRAFT")));
  EXPECT_THAT(page, Not(HasSubstr("draft-")));
}

TEST(ReleaseFiles, TextsAreEscapedInThePage) {
  const support::HandMadeAnswer answer;
  const std::string page = bytes_of(released(answer, ApprovalState::approved).log, "answer.html");
  EXPECT_THAT(page, HasSubstr("Operation Birch &lt;2023&gt;"));
  EXPECT_THAT(page, HasSubstr("North &amp; Hill"));
}

TEST(ReleaseFiles, NoteSpeaksOfAMarkOnlyWhereATableShowsIt) {
  const support::HandMadeAnswer answer;
  const std::string page = bytes_of(released(answer, ApprovalState::approved).log, "answer.html");
  const std::string note = "March 2023: Operation Birch did not run, so there was nothing to count.";
  EXPECT_THAT(page, HasSubstr(note + " Marked [z]. The team was stood down."));  // question 1
  EXPECT_THAT(page, HasSubstr(note + " The team was stood down."));              // question 2, a total alone
}

TEST(ReleaseFiles, FormulasInLabelsAreGuardedInCsv) {
  const support::HandMadeAnswer answer;
  EXPECT_THAT(bytes_of(released(answer, ApprovalState::approved).log, "csv/q1-area.csv"), HasSubstr("S,'=South,area,690,value\r\n"));
}

TEST(ReleaseFiles, MarksOfTheSealStandOnEveryTable) {
  const support::HandMadeAnswer answer;
  const std::string page = bytes_of(released(answer, ApprovalState::approved).log, "answer.html");
  std::size_t marks = 0;
  for (std::size_t at = page.find("class=\"mark\">People unproved.</span>"); at != std::string::npos;
       at = page.find("class=\"mark\">People unproved.</span>", at + 1))
    ++marks;
  EXPECT_EQ(marks, 4U);
}

TEST(ReleaseFiles, TableOfAQuestionThatIsNeitherConfirmedNorDeniedIsRefused) {
  support::HandMadeAnswer answer;
  answer.the_case.questions[3].decision.decision = request::Decision::neither_confirmed_nor_denied;
  answer.the_case.questions[3].decision.provisions = {"FOIA/40(5B)(a)(i)"};
  const auto files = release(answer.order());
  ASSERT_FALSE(files.has_value());
  EXPECT_EQ(files.error().front().code, "release.table_not_allowed");
}

TEST(ReleaseFiles, NoHintOfCoverageWhereItIsNeitherConfirmedNorDenied) {
  support::HandMadeAnswer answer;
  answer.the_case.questions[3].decision.decision = request::Decision::neither_confirmed_nor_denied;
  answer.the_case.questions[3].decision.provisions = {"FOIA/40(5B)(a)(i)"};
  answer.the_case.questions[3].decision.reason = "A statement either way would itself tell.";
  answer.published.pop_back();
  const std::string page = bytes_of(released(answer, ApprovalState::approved).log, "answer.html");
  EXPECT_THAT(page, Not(HasSubstr("notes would have to be read")));
  EXPECT_THAT(page, Not(HasSubstr("Searches are counted on the day")));
  const std::string entry = bytes_of(released(answer, ApprovalState::approved).log, "entry.json");
  EXPECT_THAT(entry, Not(HasSubstr("over-cost-limit")));
}

TEST(ReleaseFiles, TableWhoseCellsDoNotMatchItsDesignIsRefused) {
  support::HandMadeAnswer answer;
  answer.published[0].tables[0].cells.pop_back();
  const auto files = release(answer.order());
  ASSERT_FALSE(files.has_value());
  EXPECT_EQ(files.error().front().code, "release.cell_count");
}

TEST(ReleaseFiles, TwoTablesOfOneNameAreRefused) {
  support::HandMadeAnswer answer;
  answer.published[0].tables[1].design.id = "Q1-Month-Age";
  const auto files = release(answer.order());
  ASSERT_FALSE(files.has_value());
  EXPECT_EQ(files.error().front().code, "release.repeated_table");
}

std::string first_error(const support::HandMadeAnswer& answer) {
  const auto files = release(answer.order());
  return files ? std::string() : files.error().front().code;
}

TEST(ReleaseFiles, FigureInTheOfficersTextThatNobodyDeclaredIsRefused) {
  support::HandMadeAnswer answer;
  answer.the_case.questions[2].decision.reason = "Of these, 3 were women.";
  EXPECT_EQ(first_error(answer), "release.untraced_digit");
  answer.the_case.questions[2].decision.reason = "Of these, Three were women.";
  EXPECT_EQ(first_error(answer), "release.untraced_digit");
  answer.the_case.questions[2].decision.reason = "It took three months and one person.";
  EXPECT_EQ(first_error(answer), "");
  answer.the_case.questions[2].decision.reason = "Of the 61 arrests, all were in the town.";
  EXPECT_EQ(first_error(answer), "") << "61 is a published figure";
  answer.the_case.questions[2].decision.reason = "Section 22(1) applies; see Table 1 and 4 March 2024.";
  EXPECT_EQ(first_error(answer), "");
}

TEST(ReleaseFiles, FigureThatANamedPersonDeclaredMayStand) {
  support::HandMadeAnswer answer;
  answer.the_case.questions[3].coverage[0].reason = "A sample of 19 notebooks took a day";
  EXPECT_EQ(first_error(answer), "release.untraced_digit");
  answer.the_case.findings.push_back({"declared-figures", "19 notebooks", "R. Officer", answer.order().answered_on, "", "", "", ""});
  EXPECT_EQ(first_error(answer), "");
}

TEST(ReleaseFiles, RequesterNamedInATextForThePublicIsRefused) {
  support::HandMadeAnswer answer;
  answer.the_case.request_text += "\n\nYours, quilla  ZZYZXWORTH";
  EXPECT_EQ(first_error(answer), "release.requester_in_public");
}

TEST(ReleaseFiles, RefusalWithoutAReasonIsAnIncompleteNotice) {
  support::HandMadeAnswer answer;
  answer.the_case.questions[2].decision.reason.clear();
  const auto files = release(answer.order());
  ASSERT_FALSE(files.has_value());
  EXPECT_EQ(files.error().front().code, "notice.incomplete");
}

}  // namespace
}  // namespace candour::release
