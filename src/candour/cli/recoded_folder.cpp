#include <candour/cli/recoded_folder.hpp>

#include <candour/base/digest.hpp>
#include <candour/base/files.hpp>
#include <candour/certify/recoded_records.hpp>
#include <candour/cli/console.hpp>
#include <candour/formats/csv_scanner.hpp>
#include <candour/formats/csv_writer.hpp>
#include <candour/holdings/open_holding.hpp>
#include <candour/protect/recode/shown_records.hpp>
#include <candour/tabulate/read_coded_records.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Rows = std::vector<std::vector<std::string>>;

Json model_json(const protect::PrivacyModel& model) {
  return {{"smallest_class", model.smallest_class},
          {"distinct_values", model.distinct_values},
          {"coalition", model.coalition},
          {"largest_distance", model.largest_distance ? Json(*model.largest_distance) : Json(nullptr)},
          {"suppression_limit_percent", model.suppression_limit_percent}};
}

std::string records_csv(const truth::CodedRecords& records, const Rows& rows) {
  formats::CsvWriter csv;
  for (const auto& identifier : records.identifiers) csv.text(identifier.name);
  for (const auto& column : records.sensitive) csv.text(column.name);
  csv.end_row();
  for (const auto& row : rows) {
    for (const std::string& field : row) csv.text(field);
    csv.end_row();
  }
  return csv.finish();
}

/// What readers are told: the levels and what holds. How many records are left out is not said, only that some are.
std::string public_json(const truth::CodedRecords& records, const protect::PrivacyModel& model, const protect::Recoding& recoding) {
  Json columns = Json::array();
  for (std::size_t i = 0; i < records.identifiers.size(); ++i)
    columns.push_back({{"column", records.identifiers[i].name}, {"level", recoding.levels[i]}, {"levels", records.identifiers[i].level_count()}});
  Json document = {{"columns", columns}, {"model", model_json(model)}, {"some_records_left_out", recoding.suppressed > 0}};
  return document.dump(2) + "\n";
}

std::string private_json(const RecodingSource& source, const protect::PrivacyModel& model, const protect::Recoding& recoding, const std::string& csv) {
  Json levels = Json::array();
  for (std::size_t i = 0; i < source.levels.size(); ++i)
    levels.push_back({{"column", source.levels[i].first}, {"file", source.levels[i].second}, {"level", recoding.levels[i]}});
  Json document = {{"records", source.records},
                   {"delimiter", source.delimiter},
                   {"levels", levels},
                   {"sensitive", source.sensitive},
                   {"model", model_json(model)},
                   {"suppressed", recoding.suppressed},
                   {"classes", recoding.classes},
                   {"loss", recoding.loss},
                   {"lowest_loss", recoding.lowest_loss},
                   {"optimal", recoding.is_optimal},
                   {"public_digest", base::digest_of(csv).to_hex()},
                   {"vetting", "unvetted"}};
  return document.dump(2) + "\n";
}

base::Error damaged(const fs::path& file) {
  return {base::Cause::wrong_input, "recoding.damaged", {file.string()}, "expected a file that candour microdata wrote", "run candour microdata again"};
}

base::Result<Rows> rows_in(const std::string& csv) {
  Rows rows;
  formats::CsvScanner scanner(',', 1U << 20U, [&](const formats::CsvRecord& record) -> base::Result<base::Done> {
    std::vector<std::string> row;
    for (const auto& field : record.fields) row.push_back(field.text);
    rows.push_back(std::move(row));
    return base::Done{};
  });
  CANDOUR_TRY_DONE(scanner.feed(csv));
  CANDOUR_TRY_DONE(scanner.finish());
  if (!rows.empty()) rows.erase(rows.begin());
  return rows;
}

struct Recoded {
  RecodingSource source;
  certify::RecodingPromise promise;
  std::string digest;
};

Recoded recoded_of(const Json& document) {
  Recoded recoded;
  recoded.source.records = document.at("records");
  recoded.source.delimiter = document.at("delimiter");
  for (const Json& level : document.at("levels")) {
    recoded.source.levels.emplace_back(level.at("column"), level.at("file"));
    recoded.promise.levels.push_back(level.at("level"));
  }
  recoded.source.sensitive = document.at("sensitive").get<std::vector<std::string>>();
  const Json& model = document.at("model");
  recoded.promise.smallest_class = model.at("smallest_class");
  recoded.promise.distinct_values = model.at("distinct_values");
  recoded.promise.coalition = model.at("coalition");
  if (!model.at("largest_distance").is_null()) recoded.promise.largest_distance = model.at("largest_distance").get<double>();
  recoded.promise.suppression_limit_percent = model.at("suppression_limit_percent");
  recoded.digest = document.at("public_digest");
  return recoded;
}

}  // namespace

base::Result<truth::CodedRecords> read_source(const RecodingSource& source) {
  CANDOUR_TRY(location, holdings::locate_holding(source.records));
  holdings::CsvSettings csv;
  csv.delimiter = source.delimiter == "tab" ? '\t' : source.delimiter[0];
  CANDOUR_TRY(holding, holdings::open_records(location, csv));
  std::vector<tabulate::IdentifierColumn> identifiers;
  for (const auto& [column, file] : source.levels) identifiers.push_back({column, file});
  return tabulate::read_coded_records(*holding, identifiers, source.sensitive);
}

Rows shown_rows(const truth::CodedRecords& records, const protect::PrivacyModel& model, const std::vector<std::size_t>& levels) {
  const std::vector<bool> shown = protect::shown_records(records, model, levels);
  Rows rows;
  for (std::size_t r = 0; r < records.count; ++r) {
    if (!shown[r]) continue;
    std::vector<std::string> row;
    for (std::size_t i = 0; i < records.identifiers.size(); ++i) {
      const truth::QuasiIdentifier& identifier = records.identifiers[i];
      row.push_back(identifier.labels[levels[i]][identifier.category_of_leaf[levels[i]][records.leaves[i][r]]]);
    }
    for (std::size_t s = 0; s < records.sensitive.size(); ++s) row.push_back(records.sensitive[s].labels[records.values[s][r]]);
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

base::Result<base::Done> write_recoded(const fs::path& folder, const RecodingSource& source, const truth::CodedRecords& records,
                                       const protect::PrivacyModel& model, const protect::Recoding& recoding, const Rows& rows) {
  const std::string csv = records_csv(records, rows);
  const fs::path whole = fs::absolute(folder);
  return base::replace_folders_whole(
      {{whole / "public", base::FolderAccess::everyone, {{"records.csv", csv}, {"recoding.json", public_json(records, model, recoding)}}},
       {whole / "private", base::FolderAccess::owner_only, {{"recoding.json", private_json(source, model, recoding, csv)}}}});
}

bool is_recoded(const fs::path& folder) { return fs::exists(folder / "private" / "recoding.json"); }

base::Result<ExitStatus> verify_recoded(const fs::path& folder, Console& console) {
  const fs::path file = folder / "private" / "recoding.json";
  CANDOUR_TRY(text, base::read_file(file));
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) return base::fail(damaged(file));
  Recoded recoded;
  try {
    recoded = recoded_of(document);
  } catch (const Json::exception&) {
    return base::fail(damaged(file));
  }
  if (recoded.source.delimiter.empty()) return base::fail(damaged(file));
  CANDOUR_TRY(csv, base::read_file(folder / "public" / "records.csv"));
  CANDOUR_TRY(rows, rows_in(csv));
  CANDOUR_TRY(records, read_source(recoded.source));
  // Texts are written guarded against spreadsheets' formulas; the true ones are compared as written.
  for (auto& identifier : records.identifiers)
    for (auto& level : identifier.labels)
      for (std::string& label : level) label = formats::guarded_against_formulas(label);
  for (auto& column : records.sensitive)
    for (std::string& label : column.labels) label = formats::guarded_against_formulas(label);
  std::vector<std::string> faults = certify::faults_of_recoding(records, recoded.promise, rows);
  if (base::digest_of(csv).to_hex() != recoded.digest) faults.emplace_back("public/records.csv was changed after it was written");
  for (const std::string& fault : faults) console.print(fault + "\n");
  console.print(faults.empty() ? fmt::format("The recoding holds: {} of {} records shown.\n", rows.size(), records.count)
                               : fmt::format("The recoding does not hold: {} faults.\n", faults.size()));
  console.print_json({{"holds", faults.empty()}, {"records", records.count}, {"shown", rows.size()}, {"faults", faults}});
  return faults.empty() ? ExitStatus::done : ExitStatus::refused;
}

}  // namespace candour::cli
