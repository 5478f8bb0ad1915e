#include <candour/release/letter.hpp>

#include <candour/base/check.hpp>
#include <candour/base/text.hpp>
#include <candour/release/file_names.hpp>
#include <candour/release/paragraphs.hpp>
#include <candour/release/question_summary.hpp>
#include <candour/release/record_files.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace candour::release {
namespace {

void append_paragraphs(std::vector<LetterBlock>& blocks, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) blocks.emplace_back(LetterParagraph{text});
}

void append_short_answer(const ReadableAnswer& answer, std::vector<LetterBlock>& blocks) {
  blocks.emplace_back(LetterHeading{2, "Our answer in short"});
  std::vector<std::string> lines;
  for (const ReadableQuestion& question : answer.questions) {
    lines.push_back(fmt::format("Question {}: {}.", question.question->number, inside_a_sentence(label_of(question.outcome))));
  }
  blocks.emplace_back(LetterList{std::move(lines)});
  append_paragraphs(blocks, answer.plan_notes);
}

void append_reading(const ReadableAnswer& answer, std::vector<LetterBlock>& blocks) {
  if (answer.legend.empty()) return;
  blocks.emplace_back(LetterHeading{2, "How to read the tables"});
  blocks.emplace_back(LetterLegend{answer.legend});
  for (const std::string& mark : answer.marks) blocks.emplace_back(LetterParagraph{mark, LetterParagraph::Weight::bold});
}

void append_table(const ReadableAnswer& answer, const ReadableTable& table, std::vector<LetterBlock>& blocks) {
  blocks.emplace_back(LetterHeading{3, fmt::format("Table {}: {}", table.number, table.title)});
  std::string unit = table.unit;
  for (const std::string& mark : answer.order->seal->marks()) unit += " " + capitalised(mark) + ".";
  blocks.emplace_back(LetterParagraph{std::move(unit)});
  blocks.emplace_back(LetterTable{&table});
}

void append_question(const ReadableAnswer& answer, const ReadableQuestion& question, std::vector<LetterBlock>& blocks) {
  blocks.emplace_back(LetterHeading{2, fmt::format("Question {}: {}", question.question->number, inside_a_sentence(label_of(question.outcome)))});
  blocks.emplace_back(LetterQuote{paragraphs_of(question.question->text)});
  append_paragraphs(blocks, question.summary);
  if (!question.kept.empty()) {
    blocks.emplace_back(LetterParagraph{std::string(kept_heading) + ":"});
    blocks.emplace_back(LetterList{question.kept});
  }
  append_paragraphs(blocks, question.reasons);
  if (!question.notes.empty()) blocks.emplace_back(LetterList{question.notes});
  for (const ReadableTable& table : question.tables) append_table(answer, table, blocks);
}

void append_files(const ReadableAnswer& answer, std::vector<LetterBlock>& blocks) {
  std::vector<std::string> files;
  const ApprovalState state = answer.order->approval;
  if (!answer.tables().empty())
    files = {fmt::format("{}: all tables as an OpenDocument spreadsheet", file_name(state, "tables.ods")),
             fmt::format("{}: all tables as an Excel workbook", file_name(state, "tables.xlsx")),
             "csv: each table as comma-separated values, with a description of its columns",
             fmt::format("{}: all tables as JSON-stat, for programs", file_name(state, "tables.json"))};
  for (const auto& [path, about] : record_files_in_words(answer)) files.push_back(fmt::format("{}: {}", path, about));
  if (files.empty()) return;
  blocks.emplace_back(LetterHeading{2, "Files that come with this letter"});
  blocks.emplace_back(LetterList{std::move(files)});
}

}  // namespace

Letter letter_frame(const request::Case& the_case, const request::Requester& requester, base::Date written_on) {
  Letter letter;
  letter.approval = ApprovalState::approved;
  letter.authority = the_case.authority.name;
  letter.written_on = written_on;
  letter.from = the_case.authority.name + (the_case.authority.address.empty() ? "" : "\n" + the_case.authority.address);
  letter.to = requester.name + (requester.address.empty() ? "" : "\n" + requester.address);
  letter.date = base::to_words(written_on);
  letter.reference = the_case.reference;
  letter.title = the_case.subject;
  letter.salutation = fmt::format("Dear {},", requester.name);
  letter.closing = the_case.authority.wording.closing.empty() ? "Yours sincerely," : the_case.authority.wording.closing;
  letter.signer = the_case.answered_by + "\n" + the_case.authority.name;
  letter.contact = the_case.authority.wording.contact;
  letter.footer = the_case.authority.wording.footer;
  if (!the_case.authority.wording.opening.empty()) letter.blocks.emplace_back(LetterParagraph{the_case.authority.wording.opening});
  return letter;
}

Letter letter_of(const ReadableAnswer& answer) {
  const request::Case& the_case = answer.the_case();
  const request::Requester* requester = answer.order->requester;
  CANDOUR_CHECK(requester != nullptr, "a letter has somebody to go to");
  Letter letter = letter_frame(the_case, *requester, answer.order->answered_on);
  letter.approval = answer.order->approval;
  std::vector<LetterBlock>& blocks = letter.blocks;
  blocks.emplace_back(LetterParagraph{fmt::format("On {} we received your request under the {}. You wrote:", base::to_words(the_case.received),
                                                  law::name_of(law::regime_of(the_case.authority.regime)))});
  blocks.emplace_back(LetterQuote{paragraphs_of(the_case.request_text)});
  append_short_answer(answer, blocks);
  append_reading(answer, blocks);
  if (answer.legend.empty() && !answer.records().empty())
    for (const std::string& mark : answer.marks) blocks.emplace_back(LetterParagraph{mark, LetterParagraph::Weight::bold});
  for (const ReadableQuestion& question : answer.questions) append_question(answer, question, blocks);
  blocks.emplace_back(LetterHeading{2, "Notice"});
  for (const NoticeSection& section : answer.notice.sections) {
    blocks.emplace_back(LetterHeading{3, section.heading});
    append_paragraphs(blocks, section.paragraphs);
  }
  append_files(answer, blocks);
  if (letter.approval == ApprovalState::draft && !answer.notice.to_confirm.empty()) {
    blocks.emplace_back(LetterHeading{2, "To be confirmed before this letter goes out (this part is in the draft only)"});
    blocks.emplace_back(LetterList{answer.notice.to_confirm});
  }
  return letter;
}

}  // namespace candour::release
