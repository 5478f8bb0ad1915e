#include <candour/release/answer_content.hpp>

#include <candour/base/check.hpp>
#include <candour/release/csv_tables.hpp>
#include <candour/release/entry.hpp>
#include <candour/release/file_names.hpp>
#include <candour/release/html_answer.hpp>
#include <candour/release/letter.hpp>
#include <candour/release/readable_answer.hpp>

#include <utility>

namespace candour::release {
namespace {

void append(std::vector<base::FileToWrite>& files, const std::vector<base::FileToWrite>& more) { files.insert(files.end(), more.begin(), more.end()); }

base::Result<std::vector<base::FileToWrite>> reply_files(const ReadableAnswer& answer) {
  const Letter letter = letter_of(answer);
  CANDOUR_TRY(pdf, letter_pdf(letter, answer));
  std::vector<base::FileToWrite> files;
  files.push_back({file_name(letter.approval, "letter.html"), letter_html(letter, answer)});
  files.push_back({file_name(letter.approval, "letter.pdf"), std::move(pdf)});
  return files;
}

}  // namespace

base::ResultOrErrors<ReleasedFiles> release(const ReleaseOrder& order) {
  CANDOUR_CHECK(order.the_case != nullptr && order.published != nullptr && order.seal != nullptr, "a release has a case, published tables and a seal");
  CANDOUR_TRY(answer, readable_answer(order));
  ReleasedFiles files;
  std::vector<base::FileToWrite> tables = csv_files(answer);
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
