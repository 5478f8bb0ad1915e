#include <candour/cli/public_tables.hpp>

#include <candour/base/files.hpp>
#include <candour/holdings/csv_scanner.hpp>

#include <algorithm>

namespace candour::cli {
namespace {

namespace fs = std::filesystem;

std::string table_of(const fs::path& file) {
  constexpr std::string_view draft = "draft-";
  std::string stem = file.stem().string();
  if (stem.starts_with(draft)) stem.erase(0, draft.size());
  return stem;
}

}  // namespace

base::Result<certify::PublicTableFile> public_table_from(const fs::path& file, std::string_view text) {
  certify::PublicTableFile table{table_of(file), file.string(), {}, {}};
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  holdings::CsvScanner scanner(file.string(), ',', [&](const holdings::CsvRow& row) -> base::Result<base::Done> {
    std::vector<std::string> fields;
    for (const holdings::CsvField& field : row.fields) fields.push_back(field.text);
    if (table.header.empty()) table.header = std::move(fields);
    else table.rows.push_back({std::move(fields), row.line});
    return base::Done{};
  });
  CANDOUR_TRY_DONE(scanner.take(text));
  CANDOUR_TRY_DONE(scanner.finish());
  return table;
}

base::Result<std::vector<certify::PublicTableFile>> read_public_tables(const fs::path& folder) {
  std::error_code status;
  std::vector<fs::path> files;
  // An answer that gives nothing but records has no table.
  if (!fs::exists(folder / "csv", status) && fs::is_directory(folder / "records", status)) return std::vector<certify::PublicTableFile>{};
  for (fs::directory_iterator at(folder / "csv", status), end; !status && at != end; at.increment(status))
    if (at->path().extension() == ".csv") files.push_back(at->path());
  if (status)
    return base::fail(
        {base::Cause::could_not_finish, "file.unreadable", {(folder / "csv").string()}, "the folder of public tables cannot be read", "answer the case first"});
  std::sort(files.begin(), files.end());
  std::vector<certify::PublicTableFile> tables;
  for (const fs::path& file : files) {
    CANDOUR_TRY(text, base::read_file(file));
    CANDOUR_TRY(table, public_table_from(file, text));
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace candour::cli
