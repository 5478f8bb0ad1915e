// What two people read as a draft is what goes out: without the mark, the prefix of the names and the digests of the files, both are equal.

#include <support/hand_made_answer.hpp>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace candour::release {
namespace {

ReleasedFiles released(ApprovalState state) {
  static const support::HandMadeAnswer answer;
  auto files = release(answer.order(state));
  EXPECT_TRUE(files.has_value());
  return files ? *std::move(files) : ReleasedFiles{};
}

void erase_all(std::string& text, const std::string& part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
}

void erase_between(std::string& text, const std::string& first, const std::string& last) {
  const std::size_t start = text.find(first);
  if (start == std::string::npos) return;
  text.erase(start, text.find(last, start) + last.size() - start);
}

std::string without_mark(std::string text) {
  erase_between(text, "<div class=\"draft\"", "</div>");
  erase_all(text, "<meta name=\"robots\" content=\"noindex\">");
  erase_all(text, "DRAFT: ");
  erase_all(text, "draft-");
  erase_all(text, "\n");
  return text;
}

std::string without_digests(const std::string& text) {
  nlohmann::json entry = nlohmann::json::parse(without_mark(text));
  entry.erase("approved");
  for (nlohmann::json& file : entry["files"]) {
    file.erase("sha256");
    file.erase("bytes");
  }
  return entry.dump();
}

void expect_equal(const std::vector<base::FileToWrite>& draft, const std::vector<base::FileToWrite>& final) {
  ASSERT_EQ(draft.size(), final.size());
  for (std::size_t i = 0; i < draft.size(); ++i) {
    EXPECT_EQ(without_mark(draft[i].path.string()), final[i].path.string());
    const std::string extension = final[i].path.extension().string();
    if (final[i].path == "entry.json") {
      EXPECT_EQ(without_digests(draft[i].bytes), without_digests(final[i].bytes));
    } else if (extension == ".html" || extension == ".csv" || extension == ".json") {
      EXPECT_EQ(without_mark(draft[i].bytes), without_mark(final[i].bytes)) << final[i].path;
    }
  }
}

TEST(ReleaseSpecDraftAndFinal, SayTheSame) {
  const ReleasedFiles draft = released(ApprovalState::draft);
  const ReleasedFiles final = released(ApprovalState::approved);
  expect_equal(draft.log, final.log);
  expect_equal(draft.reply, final.reply);
}

TEST(ReleaseSpecDraftAndFinal, FinalFilesDoNotSayDraft) {
  const ReleasedFiles final = released(ApprovalState::approved);
  for (const auto* files : {&final.log, &final.reply}) {
    for (const base::FileToWrite& file : *files) {
      EXPECT_EQ(file.bytes.find("DRAFT"), std::string::npos) << file.path;
      EXPECT_EQ(file.bytes.find("draft-"), std::string::npos) << file.path;
    }
  }
}

}  // namespace
}  // namespace candour::release
