#include <candour/holdings/csv_rules.hpp>

#include <candour/base/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace candour::holdings {

base::Result<std::vector<std::string>> csv_header_names(const CsvRow& row, const CsvSettings& settings) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const CsvField& field : row.fields) {
    CANDOUR_TRY(text, csv_text(field.text, settings, row.line));
    if (!seen.insert(text).second)
      return base::fail({base::Cause::wrong_input,
                         "csv.duplicate_column",
                         {settings.path, row.line, 0},
                         fmt::format("the column name '{}' stands twice", text),
                         "give each column its own name"});
    names.push_back(std::move(text));
  }
  return names;
}

base::Result<std::string> csv_text(std::string_view bytes, const CsvSettings& settings, std::uint64_t line) {
  if (settings.encoding == CsvSettings::Encoding::windows_1252) return base::utf8_from_windows_1252(bytes);
  if (base::is_valid_utf8(bytes)) return std::string(bytes);
  return base::fail({base::Cause::wrong_input,
                     "csv.not_utf_8",
                     {settings.path, line, 0},
                     "these bytes are not UTF-8",
                     "if the file comes from an older Windows program, say encoding = \"windows-1252\""});
}

Presence csv_presence(std::string_view bytes, Quoting quoting, const CsvSettings& settings) {
  if (quoting == Quoting::quoted) return Presence::present;
  if (bytes.empty()) return Presence::missing;
  return std::find(settings.missing_texts.begin(), settings.missing_texts.end(), bytes) == settings.missing_texts.end() ? Presence::present : Presence::missing;
}

base::Error wrong_field_count(const CsvSettings& settings, const CsvRow& row, std::size_t expected) {
  return {base::Cause::wrong_input,
          "csv.field_count",
          {settings.path, row.line, 0},
          fmt::format("expected {} fields as in the header, found {}", expected, row.fields.size()),
          "a field that holds the delimiter or a line end must be quoted"};
}

base::Error no_header(const std::string& file) {
  return {base::Cause::wrong_input, "csv.no_header", {file, 1, 0}, "the file is empty; expected a line with the names of the columns", {}};
}

base::Error utf_16(const std::string& file) {
  return {base::Cause::wrong_input, "csv.utf_16", {file, 1, 0}, "the file is UTF-16; expected UTF-8 or Windows-1252", "save it as CSV UTF-8"};
}

}  // namespace candour::holdings
