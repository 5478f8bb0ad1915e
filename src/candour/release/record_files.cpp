#include <candour/release/record_files.hpp>

#include <candour/formats/csv_writer.hpp>
#include <candour/formats/workbook.hpp>
#include <candour/release/file_names.hpp>
#include <candour/release/words.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace candour::release {
namespace {

using Json = nlohmann::ordered_json;
using table::PublishedRecords;
using table::RecordColumn;

constexpr int width_of_words = 90;

std::vector<const RecordColumn*> shown_columns(const PublishedRecords& records) {
  std::vector<const RecordColumn*> columns;
  for (const RecordColumn& column : records.columns)
    if (column.is_shown()) columns.push_back(&column);
  return columns;
}

std::string csv_of(const PublishedRecords& records) {
  formats::CsvWriter csv;
  const auto columns = shown_columns(records);
  for (const RecordColumn* column : columns) csv.text(column->name);
  csv.end_row();
  for (const auto& row : records.rows) {
    for (std::size_t c = 0; c < columns.size(); ++c) csv.text(columns[c]->categories[row[c]].text);
    csv.end_row();
  }
  return csv.finish();
}

std::string level_in_words(const RecordColumn& column) {
  return column.is_as_asked() ? fmt::format("at the level asked for, {}", column.level) : fmt::format("coarsened to {}", column.level);
}

std::string csvw_of(const ReadableAnswer& answer, const PublishedRecords& records, const std::string& csv_name) {
  const request::Authority& authority = answer.the_case().authority;
  Json metadata;
  metadata["@context"] = Json::array({"http://www.w3.org/ns/csvw", Json{{"@language", "en"}}});
  metadata["url"] = csv_name;
  metadata["dc:title"] = fmt::format("{}: records", capitalised(records.population_label));
  metadata["dc:identifier"] = answer.the_case().reference;
  metadata["dc:description"] = "One row a record, in the order of the categories.";
  metadata["dc:publisher"] = Json{{"schema:name", authority.name}};
  if (!authority.publisher_url.empty()) metadata["dc:publisher"]["schema:url"] = authority.publisher_url;
  metadata["dc:license"] = authority.licence;
  metadata["dc:issued"] = base::to_iso(answer.order->answered_on);
  Json notes = Json::array();
  for (const std::string& mark : answer.marks) notes.push_back(mark);
  for (const std::string& statement : records.statements) notes.push_back(statement);
  metadata["notes"] = notes;
  Json columns = Json::array();
  for (const RecordColumn* column : shown_columns(records))
    columns.push_back({{"name", column->name},
                       {"titles", Json::array({column->name, column->label})},
                       {"datatype", "string"},
                       {"required", true},
                       {"dc:description", level_in_words(*column)}});
  metadata["tableSchema"]["columns"] = columns;
  return metadata.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool fit_into_sheets(const ReadableAnswer& answer) {
  return std::all_of(answer.records().begin(), answer.records().end(), [](const PublishedRecords& one) { return one.rows.size() <= most_records_in_a_sheet; });
}

formats::Sheet cover_of(const ReadableAnswer& answer) {
  const request::Case& the_case = answer.the_case();
  formats::Sheet cover{"Cover", {the_case.subject}, std::nullopt, width_of_words};
  cover.lines.push_back(fmt::format("Answer of {} to freedom of information request {}", the_case.authority.name, the_case.reference));
  cover.lines.push_back(fmt::format("Answered: {}", base::to_words(answer.order->answered_on)));
  if (answer.order->approval == ApprovalState::draft)
    cover.lines.emplace_back("DRAFT. Not approved and not published: two people have to approve these records first.");
  for (const std::string& mark : answer.marks) cover.lines.push_back(mark);
  for (const PublishedRecords& records : answer.records())
    for (const std::string& statement : records.statements) cover.lines.push_back(fmt::format("Question {}: {}", records.question, statement));
  cover.lines.push_back(fmt::format("Licence: {}", the_case.authority.licence));
  return cover;
}

formats::Sheet sheet_of(const ReadableAnswer& answer, const PublishedRecords& records, std::size_t number) {
  formats::SheetTable sheet;
  sheet.name = fmt::format("records_{}", number);
  const auto columns = shown_columns(records);
  sheet.heading_columns = columns.size();
  std::set<std::string> taken;
  for (const RecordColumn* column : columns) {
    const bool is_new = taken.insert(column->label).second;
    sheet.header.push_back(is_new ? column->label : fmt::format("{} ({})", column->label, column->name));
  }
  for (const auto& row : records.rows) {
    std::vector<formats::SheetValue> values;
    for (std::size_t c = 0; c < columns.size(); ++c) values.emplace_back(columns[c]->categories[row[c]].text);
    sheet.rows.push_back(std::move(values));
  }
  formats::Sheet whole{fmt::format("Records {}", number), {fmt::format("{}: records", capitalised(records.population_label))}, std::move(sheet), 0};
  whole.lines.push_back(fmt::format("This sheet holds one table. It answers question {}. What was done is said on the sheet Cover.", records.question));
  whole.lines.push_back(fmt::format("Source: {}, {}.", answer.the_case().authority.name, answer.the_case().reference));
  return whole;
}

formats::Workbook workbook_of_records(const ReadableAnswer& answer) {
  const request::Case& the_case = answer.the_case();
  formats::Workbook workbook{fmt::format("{} ({})", the_case.subject, the_case.reference), "en", "GB", answer.order->answered_on, {}};
  workbook.sheets.push_back(cover_of(answer));
  for (const PublishedRecords& records : answer.records()) workbook.sheets.push_back(sheet_of(answer, records, workbook.sheets.size()));
  return workbook;
}

}  // namespace

std::string records_path(ApprovalState state, const PublishedRecords& records) {
  std::string stem = fmt::format("q{}-records.csv", records.question);
  std::transform(stem.begin(), stem.end(), stem.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return "records/" + file_name(state, stem);
}

base::Result<std::vector<base::FileToWrite>> record_files(const ReadableAnswer& answer) {
  std::vector<base::FileToWrite> files;
  if (answer.records().empty()) return files;
  const ApprovalState state = answer.order->approval;
  for (const PublishedRecords& records : answer.records()) {
    const std::string path = records_path(state, records);
    files.push_back({path, csv_of(records)});
    files.push_back({path + "-metadata.json", csvw_of(answer, records, path.substr(path.find('/') + 1))});
  }
  if (!fit_into_sheets(answer)) return files;
  const formats::Workbook workbook = workbook_of_records(answer);
  CANDOUR_TRY(ods, formats::write_ods(workbook));
  CANDOUR_TRY(xlsx, formats::write_xlsx(workbook));
  files.push_back({file_name(state, "records.ods"), std::move(ods)});
  files.push_back({file_name(state, "records.xlsx"), std::move(xlsx)});
  return files;
}

std::vector<std::pair<std::string, std::string>> record_files_in_words(const ReadableAnswer& answer) {
  std::vector<std::pair<std::string, std::string>> files;
  const ApprovalState state = answer.order->approval;
  for (const PublishedRecords& records : answer.records()) {
    const std::string path = records_path(state, records);
    files.emplace_back(path, fmt::format("the records of question {} as comma-separated values", records.question));
    files.emplace_back(path + "-metadata.json", fmt::format("description of the columns of the records of question {}", records.question));
  }
  if (files.empty() || !fit_into_sheets(answer)) return files;
  files.emplace_back(file_name(state, "records.ods"), "the records as an OpenDocument spreadsheet");
  files.emplace_back(file_name(state, "records.xlsx"), "the records as an Excel workbook");
  return files;
}

}  // namespace candour::release
