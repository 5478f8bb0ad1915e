#include <candour/release/answer_content.hpp>

#include <candour/base/check.hpp>
#include <candour/release/csv_tables.hpp>
#include <candour/release/entry.hpp>
#include <candour/release/file_names.hpp>
#include <candour/release/html_answer.hpp>
#include <candour/release/readable_answer.hpp>

namespace candour::release {
namespace {

void append(std::vector<base::FileToWrite>& files, const std::vector<base::FileToWrite>& more) { files.insert(files.end(), more.begin(), more.end()); }

}  // namespace

base::ResultOrErrors<ReleasedFiles> release(const ReleaseOrder& order) {
  CANDOUR_CHECK(order.the_case != nullptr && order.published != nullptr && order.seal != nullptr, "a release has a case, published tables and a seal");
  CANDOUR_TRY(answer, readable_answer(order));
  ReleasedFiles files;
  std::vector<base::FileToWrite> tables = csv_files(answer);
  files.log.push_back({file_name(order.approval, "answer.html"), html_answer(answer)});
  append(files.log, tables);
  files.log.push_back({file_name(order.approval, "entry.json"), entry_json(answer, files.log)});
  return files;
}

}  // namespace candour::release
