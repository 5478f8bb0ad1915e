// What the law leaves to a person, the program does not fill in: one test a field, over the drafts of all request texts.

#include "request_texts.hpp"

#include <candour/base/settings.hpp>
#include <candour/casework/intake/draft.hpp>

#include <gtest/gtest.h>

#include <functional>

namespace candour::casework_tests {
namespace {

using base::Setting;

const base::Date received{std::chrono::year{2024}, std::chrono::month{4}, std::chrono::day{24}};

casework::Office office() {
  casework::Office made;
  made.authority.name = "Fenmarch Council";
  made.authority.address = "Corn Hill";
  made.authority.review_address = "reviews@fenmarch.example";
  made.authority.part = "other";
  made.authority.publisher_url = "https://fenmarch.example/log/";
  return made;
}

/// The drafts of all texts, read back as settings.
const std::vector<std::pair<std::string, Setting>>& drafts() {
  static const auto made = [] {
    std::vector<std::pair<std::string, Setting>> list;
    for (const RequestText& text : request_texts(std::string(CANDOUR_SOURCE_DIR) + "/tests/casework/requests")) {
      const auto proposal = casework::intake::propose(text.letter, received);
      auto settings = base::parse_settings(casework::intake::draft_of(proposal, {"FOI-2024-0001", received, false, office()}), text.name);
      EXPECT_TRUE(settings.has_value()) << text.name << ": " << base::to_text(settings.error());
      if (settings) list.emplace_back(text.name, *std::move(settings));
    }
    return list;
  }();
  return made;
}

/// Every table of a file, with its path: "question", "question.alternative".
void visit(const Setting& table, const std::string& path, const std::function<void(const std::string&, const Setting&)>& see) {
  see(path, table);
  for (const auto& [key, value] : table.entries) {
    const std::string below = path.empty() ? key : path + "." + key;
    if (value.kind == base::SettingKind::table) visit(value, below, see);
    for (const Setting& item : value.items)
      if (item.kind == base::SettingKind::table) visit(item, below, see);
  }
}

/// Where a key of a table (or the table itself, with an empty key) stands in a draft; empty where nowhere.
std::string found_in(const Setting& top, const std::string& table, const std::string& key, const std::string& value) {
  std::string where;
  visit(top, "", [&](const std::string& path, const Setting& setting) {
    if (path != table) return;
    const Setting* found = key.empty() ? &setting : setting.find(key);
    if (found != nullptr && (value.empty() || found->text == value)) where = path + "." + key;
  });
  return where;
}

/// A field that only a person fills: the table and key where it would stand, the value if it is one of several, and a case in which it does (the test must be
/// able to fail).
struct RefusedField {
  const char* name;
  const char* table;
  const char* key;
  const char* value;
  const char* planted;
};

class RefusedFields : public ::testing::TestWithParam<RefusedField> {};

TEST_P(RefusedFields, IsInNoDraft) {
  const RefusedField& field = GetParam();
  const auto planted = base::parse_settings(field.planted, "planted");
  ASSERT_TRUE(planted.has_value());
  EXPECT_NE(found_in(*planted, field.table, field.key, field.value), "") << "the test would not see it";
  ASSERT_GE(drafts().size(), 30U);
  for (const auto& [name, draft] : drafts()) EXPECT_EQ(found_in(draft, field.table, field.key, field.value), "") << name;
}

constexpr RefusedField fields[] = {
    {"FindingOfIdentifiability", "finding", "kind", "identifiability", "[[finding]]\nkind = \"identifiability\"\n"},
    {"AnyFinding", "finding", "", "", "[[finding]]\ntext = \"x\"\n"},
    {"RouteOfIdentification", "personal_information", "", "", "[personal_information]\nroute = \"x\"\n"},
    {"AnyDecision", "question.decision", "", "", "[[question]]\n[question.decision]\nby = \"x\"\n"},
    {"ChoiceOfExemption", "question.decision", "provisions", "", "[[question]]\n[question.decision]\nprovisions = [\"FOIA/40(2)\"]\n"},
    {"BalanceOfInterests", "question.decision", "public_interest", "", "[[question]]\n[question.decision]\npublic_interest = \"x\"\n"},
    {"BalanceInAFinding", "finding", "kind", "balance", "[[finding]]\nkind = \"balance\"\n"},
    {"NotHeld", "question.decision", "outcome", "not-held", "[[question]]\n[question.decision]\noutcome = \"not-held\"\n"},
    {"NeitherConfirmedNorDenied", "question.decision", "outcome", "neither-confirmed-nor-denied",
     "[[question]]\n[question.decision]\noutcome = \"neither-confirmed-nor-denied\"\n"},
    {"Vexatious", "question.decision", "outcome", "withheld", "[[question]]\n[question.decision]\noutcome = \"withheld\"\n"},
    {"AcceptanceOfACostEstimate", "finding", "kind", "cost-estimate", "[[finding]]\nkind = \"cost-estimate\"\n"},
    {"CostHours", "cost", "", "", "[[cost]]\nhours = 3\n"},
    {"AcceptanceOfUnknownPeople", "finding", "kind", "people-unknown", "[[finding]]\nkind = \"people-unknown\"\n"},
    {"DraftOfADocument", "question", "draft_exists", "", "[[question]]\ndraft_exists = false\n"},
    {"BranchTaken", "question", "branch", "", "[[question]]\nbranch = \"all\"\n"},
    {"WhoTookTheBranch", "question", "branch_by", "", "[[question]]\nbranch_by = \"x\"\n"},
    {"Explanation", "question", "explanation", "", "[[question]]\nexplanation = \"x\"\n"},
    {"Coverage", "question.coverage", "", "", "[[question]]\n[[question.coverage]]\nstatus = \"not-held\"\n"},
    {"Holding", "holding", "", "", "[[holding]]\nid = \"x\"\n"},
    {"WhoAnswers", "request", "answered_by", "", "[request]\nanswered_by = \"x\"\n"},
    {"DayOfTheAnswer", "request", "answered_on", "", "[request]\nanswered_on = 2024-04-24\n"},
    {"AdviceAndAssistance", "request", "advice", "", "[request]\nadvice = \"x\"\n"},
    {"Policy", "policy", "", "", "[policy]\nfile = \"x\"\n"},
    {"Approval", "approval", "", "", "[approval]\nby = \"x\"\n"},
    {"Publication", "publication", "", "", "[publication]\npublish = \"yes\"\n"},
    {"Recall", "recall", "", "", "[recall]\nby = \"x\"\n"},
};

INSTANTIATE_TEST_SUITE_P(Draft, RefusedFields, ::testing::ValuesIn(fields), [](const auto& each) { return std::string(each.param.name); });

/// Every value that the program did write is in the list of its part, but for what it was given: reference, day of receipt, the authority, the words' place.
TEST(Draft, EveryProposedValueIsMarkedUnconfirmed) {
  for (const auto& [name, draft] : drafts()) {
    visit(draft, "", [&](const std::string& path, const Setting& table) {
      if (path != "question" && path != "variable" && path != "request") return;
      const auto marked = table.texts_of("unconfirmed");
      const auto is_marked = [&](const std::string& key) { return std::find(marked.begin(), marked.end(), key) != marked.end(); };
      for (const auto& [key, value] : table.entries) {
        const bool given =
            key == "unconfirmed" || key == "reference" || key == "text_file" || key == "name" || key == "label" || (key == "number" && !is_marked("number"));
        if (!given) {
          EXPECT_TRUE(is_marked(key)) << name << ": " << path << "." << key;
        }
      }
      for (const std::string& key : marked) EXPECT_NE(table.find(key), nullptr) << name << ": " << path << "." << key;
    });
  }
}

/// No word of the sender but in requester.toml: the drafts hold none, nor does the text beside the proposal.
TEST(Draft, NamesNoSender) {
  for (const RequestText& text : request_texts(std::string(CANDOUR_SOURCE_DIR) + "/tests/casework/requests")) {
    const auto proposal = casework::intake::propose(text.letter, received);
    const std::string all =
        casework::intake::draft_of(proposal, {"FOI-2024-0001", received, false, office()}) + casework::intake::shown_beside(proposal) + text.letter.body;
    for (const char* canary : {"Tester", "letters.example", "platform.example", "uni.example", "gazette.example"})
      EXPECT_EQ(all.find(canary), std::string::npos) << text.name << ": " << canary;
  }
}

}  // namespace
}  // namespace candour::casework_tests
