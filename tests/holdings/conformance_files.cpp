// The suite over files: CSV, packed CSV, shards, SQLite, XLSX, ODS.

#include "conformance.hpp"

#include <candour/formats/zip_writer.hpp>
#include <candour/holdings/databases.hpp>
#include <candour/holdings/shards.hpp>
#include <candour/holdings/workbook_holding.hpp>
#include <scratch_folder.hpp>

#include <fmt/format.h>
#include <sqlite3.h>
#include <xlsxwriter.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace candour::holdings_tests {
namespace {

class FileMaker : public Maker {
 protected:
  [[nodiscard]] std::string path(const std::string& name, const std::string& ending) const { return (folder_.path() / (name + ending)).string(); }
  static void write(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes; }
  template <class Holding>
  static base::Result<Opened> as_opened(base::Result<std::unique_ptr<Holding>> holding) {
    if (!holding) return tl::make_unexpected(holding.error());
    return Opened(std::move(*holding));
  }
  static holdings::CsvSettings csv(const std::string& path) {
    holdings::CsvSettings settings;
    settings.path = path;
    return settings;
  }

 private:
  support::ScratchFolder folder_;
};

class CsvMaker final : public FileMaker {
  Quirks quirks() const override { return csv_quirks(); }
  void make(const std::string& name, const Contents& contents) override { write(path(name, ".csv"), csv_of(contents)); }
  base::Result<Opened> open(const std::string& name) override { return as_opened(holdings::open_csv(csv(path(name, ".csv")))); }
};

class GzipMaker final : public FileMaker {
  Quirks quirks() const override { return gzip_quirks(); }
  void make(const std::string& name, const Contents& contents) override {
    // Two members, one after another, as tools that append do it.
    const std::string text = csv_of(contents);
    for (const auto& [mode, part] : {std::pair{"wb", text.substr(0, text.size() / 2)}, std::pair{"ab", text.substr(text.size() / 2)}}) {
      gzFile file = gzopen(path(name, ".csv.gz").c_str(), mode);
      gzwrite(file, part.data(), static_cast<unsigned>(part.size()));
      gzclose(file);
    }
  }
  base::Result<Opened> open(const std::string& name) override { return as_opened(holdings::open_csv(csv(path(name, ".csv.gz")))); }
};

class ShardsMaker final : public FileMaker {
  Quirks quirks() const override {
    Quirks quirks = shards_quirks();
    return quirks;
  }
  /// Identical rows are looked for inside a part, so equal rows go to the same part here; the second part has its columns the other way round.
  void make(const std::string& name, const Contents& contents) override {
    Contents first = contents, second = contents;
    first.rows.clear();
    second.rows.clear();
    std::reverse(second.columns.begin(), second.columns.end());
    for (std::size_t r = 0; r < contents.rows.size(); ++r) {
      auto row = contents.rows[r];
      if (contents.rows.size() < 12 || row[1].value_or("").size() % 2 == 0) {
        first.rows.push_back(row);
      } else {
        std::reverse(row.begin(), row.end());
        second.rows.push_back(row);
      }
    }
    write(path(name, ".1.csv"), csv_of(first));
    write(path(name, ".2.csv"), csv_of(second));
  }
  base::Result<Opened> open(const std::string& name) override {
    std::vector<std::unique_ptr<holdings::RecordHolding>> parts;
    for (const std::string ending : {".1.csv", ".2.csv"}) {
      CANDOUR_TRY(part, holdings::open_csv(csv(path(name, ending))));
      parts.push_back(std::move(part));
    }
    return as_opened(holdings::join_shards(std::move(parts)));
  }
};

class SqliteMaker final : public FileMaker {
  Quirks quirks() const override { return sqlite_quirks(); }
  void make(const std::string& name, const Contents& contents) override {
    std::filesystem::remove(path(name, ".sqlite"));
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path(name, ".sqlite").c_str(), &database), SQLITE_OK);
    std::string create, places;
    for (std::size_t c = 0; c < contents.columns.size(); ++c) {
      const bool whole = std::find(contents.whole_columns.begin(), contents.whole_columns.end(), c) != contents.whole_columns.end();
      create += (create.empty() ? "\"" : ", \"") + contents.columns[c] + (whole ? "\" INTEGER" : "\" TEXT");
      places += places.empty() ? "?" : ", ?";
    }
    ASSERT_EQ(sqlite3_exec(database, ("CREATE TABLE \"the records\" (" + create + ")").c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_exec(database, "PRAGMA synchronous = OFF; BEGIN", nullptr, nullptr, nullptr);
    sqlite3_stmt* insert = nullptr;
    sqlite3_prepare_v2(database, ("INSERT INTO \"the records\" VALUES (" + places + ")").c_str(), -1, &insert, nullptr);
    for (const auto& row : contents.rows) {
      for (std::size_t c = 0; c < row.size(); ++c) {
        const auto at = static_cast<int>(c + 1);
        if (row[c]) sqlite3_bind_text(insert, at, row[c]->data(), static_cast<int>(row[c]->size()), SQLITE_TRANSIENT);
        else sqlite3_bind_null(insert, at);
      }
      ASSERT_EQ(sqlite3_step(insert), SQLITE_DONE);
      sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
    sqlite3_close(database);
  }
  base::Result<Opened> open(const std::string& name) override { return as_opened(holdings::open_sqlite(path(name, ".sqlite"), "the records")); }
};

class XlsxMaker final : public FileMaker {
  Quirks quirks() const override { return xlsx_quirks(); }
  void make(const std::string& name, const Contents& contents) override {
    lxw_workbook* workbook = workbook_new(path(name, ".xlsx").c_str());
    lxw_worksheet* sheet = workbook_add_worksheet(workbook, "Records");
    lxw_format* day = workbook_add_format(workbook);
    format_set_num_format(day, "dd/mm/yyyy");
    for (std::size_t c = 0; c < contents.columns.size(); ++c) worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(c), contents.columns[c].c_str(), nullptr);
    for (std::size_t r = 0; r < contents.rows.size(); ++r)
      for (std::size_t c = 0; c < contents.columns.size(); ++c) write_cell(sheet, day, contents, r, c);
    workbook_close(workbook);
  }
  base::Result<Opened> open(const std::string& name) override { return as_opened(holdings::open_workbook(path(name, ".xlsx"), "")); }

  static void write_cell(lxw_worksheet* sheet, lxw_format* day, const Contents& contents, std::size_t r, std::size_t c) {
    const auto& cell = contents.rows[r][c];
    const auto row = static_cast<lxw_row_t>(r + 1);
    const auto column = static_cast<lxw_col_t>(c);
    if (!cell || cell->empty()) return;
    if (std::find(contents.day_columns.begin(), contents.day_columns.end(), c) == contents.day_columns.end()) {
      worksheet_write_string(sheet, row, column, cell->c_str(), nullptr);
      return;
    }
    lxw_datetime date{};
    date.year = std::stoi(cell->substr(0, 4));
    date.month = std::stoi(cell->substr(5, 2));
    date.day = std::stoi(cell->substr(8, 2));
    worksheet_write_datetime(sheet, row, column, &date, day);
  }
};

class OdsMaker final : public FileMaker {
  Quirks quirks() const override { return ods_quirks(); }
  void make(const std::string& name, const Contents& contents) override {
    std::string rows = "<table:table-row>";
    for (const std::string& column : contents.columns) rows += text_cell(column);
    rows += "</table:table-row>";
    for (const auto& row : contents.rows) {
      rows += "<table:table-row>";
      for (std::size_t c = 0; c < row.size(); ++c) {
        const bool day = std::find(contents.day_columns.begin(), contents.day_columns.end(), c) != contents.day_columns.end();
        if (!row[c] || row[c]->empty()) rows += "<table:table-cell table:number-columns-repeated=\"1\"/>";
        else if (day)
          rows += fmt::format("<table:table-cell office:value-type=\"date\" office:date-value=\"{}T00:00:00\"><text:p>some day</text:p></table:table-cell>",
                              *row[c]);
        else rows += text_cell(*row[c]);
      }
      rows += "<table:table-cell table:number-columns-repeated=\"1000\"/></table:table-row>";
    }
    const std::string content =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
        "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
        "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>"
        "<table:table table:name=\"Records\">" +
        rows +
        "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell "
        "table:number-columns-repeated=\"1024\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    write(path(name, ".ods"), formats::write_zip(std::vector<formats::ZipEntryToWrite>{{"content.xml", content, formats::Compression::deflated}}).value());
  }
  base::Result<Opened> open(const std::string& name) override { return as_opened(holdings::open_workbook(path(name, ".ods"), "Records")); }

  static std::string text_cell(const std::string& text) {
    std::string xml = "<table:table-cell office:value-type=\"string\"><text:p>";
    for (const char c : text) {
      if (c == '&') xml += "&amp;";
      else if (c == '<') xml += "&lt;";
      else if (c == '\n') xml += "</text:p><text:p>";
      else if (c == '\t') xml += "<text:tab/>";
      else xml += c;
    }
    return xml + "</text:p></table:table-cell>";
  }
};

template <class Made>
Kind kind(const std::string& name) {
  return {name, [] { return std::unique_ptr<Maker>(std::make_unique<Made>()); }};
}

}  // namespace

INSTANTIATE_TEST_SUITE_P(Files, Conformance,
                         ::testing::Values(kind<CsvMaker>("csv"), kind<GzipMaker>("gzip"), kind<ShardsMaker>("shards"), kind<SqliteMaker>("sqlite"),
                                           kind<XlsxMaker>("xlsx"), kind<OdsMaker>("ods")),
                         kind_name);

}  // namespace candour::holdings_tests
