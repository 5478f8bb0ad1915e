#include <candour/release/answer_content.hpp>

#include <candour/base/check.hpp>
#include <candour/release/csv_tables.hpp>
#include <candour/release/declared_facts.hpp>
#include <candour/release/entry.hpp>
#include <candour/release/file_names.hpp>
#include <candour/release/html_answer.hpp>
#include <candour/release/json_stat.hpp>
#include <candour/release/letter.hpp>
#include <candour/release/readable_answer.hpp>
#include <candour/release/record_files.hpp>
#include <candour/release/requester_guard.hpp>
#include <candour/release/spreadsheets.hpp>

#include <utility>

namespace candour::release {
namespace {

void append(std::vector<base::FileToWrite>& files, const std::vector<base::FileToWrite>& more) { files.insert(files.end(), more.begin(), more.end()); }

base::Result<std::vector<base::FileToWrite>> table_files(const ReadableAnswer& answer) {
  std::vector<base::FileToWrite> files = csv_files(answer);
  CANDOUR_TRY(records, record_files(answer));
  append(files, records);
  if (answer.tables().empty()) return files;
  const formats::Workbook workbook = workbook_of(answer);
  CANDOUR_TRY(ods, formats::write_ods(workbook));
  CANDOUR_TRY(xlsx, formats::write_xlsx(workbook));
  files.push_back({file_name(answer.order->approval, "tables.ods"), std::move(ods)});
  files.push_back({file_name(answer.order->approval, "tables.xlsx"), std::move(xlsx)});
  files.push_back({file_name(answer.order->approval, "tables.json"), json_stat_of(answer)});
  return files;
}

base::Result<std::vector<base::FileToWrite>> reply_files(const ReadableAnswer& answer) {
  Letter letter = letter_of(answer);
  CANDOUR_TRY(pictures, authority_pictures(answer.the_case()));
  letter.pictures = std::move(pictures);
  CANDOUR_TRY(pdf, letter_pdf(letter));
  std::vector<base::FileToWrite> files;
  files.push_back({file_name(letter.approval, "letter.html"), letter_html(letter)});
  files.push_back({file_name(letter.approval, "letter.pdf"), std::move(pdf)});
  return files;
}

}  // namespace

base::ResultOrErrors<ReleasedFiles> release(const ReleaseOrder& order) {
  CANDOUR_CHECK(order.the_case != nullptr && order.published != nullptr && order.seal != nullptr, "a release has a case, published tables and a seal");
  CANDOUR_TRY(answer, readable_answer(order));
  base::Errors errors = check_free_texts(answer, declared_facts(answer));
  if (order.requester != nullptr) {
    const base::Errors named = find_requester(*order.requester, public_texts_of(order));
    errors.insert(errors.end(), named.begin(), named.end());
  }
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  ReleasedFiles files;
  auto tables_or_error = table_files(answer);
  if (!tables_or_error) return tl::make_unexpected(base::Errors{std::move(tables_or_error).error()});
  const std::vector<base::FileToWrite>& tables = *tables_or_error;
  files.log.push_back({file_name(order.approval, "answer.html"), html_answer(answer)});
  append(files.log, tables);
  files.log.push_back({file_name(order.approval, "entry.json"), entry_json(answer, files.log)});
  if (order.requester != nullptr) {
    auto reply = reply_files(answer);
    if (!reply) return tl::make_unexpected(base::Errors{std::move(reply).error()});
    files.reply = *std::move(reply);
    append(files.reply, tables);
  }
  return files;
}

}  // namespace candour::release
