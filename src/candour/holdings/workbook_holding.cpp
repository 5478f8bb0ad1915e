#include <candour/holdings/workbook_holding.hpp>

#include <candour/formats/zip_reader.hpp>
#include <candour/holdings/file_state.hpp>
#include <candour/holdings/row_coder.hpp>
#include <candour/holdings/sheet_rows.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace candour::holdings {
namespace {

base::Error not_a_table(const std::string& name, std::uint64_t row, std::string sentence) {
  return {base::Cause::wrong_input,
          "workbook.not_a_table",
          {name, row, 0},
          std::move(sentence),
          "the table starts in A1 with its header, has no gaps, and stands alone on its sheet"};
}

class WorkbookHolding final : public RecordHolding {
 public:
  WorkbookHolding(const std::string& path, FileState state, formats::ZipReader archive)
      : path_(path), name_(path), state_(std::move(state)), archive_(std::move(archive)), is_ods_(path.ends_with(".ods")) {}

  const std::string& name() const override { return name_; }
  base::Result<std::vector<std::string>> column_names() override { return header_; }
  base::Result<base::Digest> digest() override {
    CANDOUR_TRY_DONE(state_.still_same());
    return base::digest_of_file(path_);
  }

  base::Result<base::Done> choose(const std::string& wanted) {
    CANDOUR_TRY(sheets, is_ods_ ? ods_sheets(archive_) : xlsx_sheets(archive_));
    if (sheets.empty()) return base::fail(not_a_table(name_, 0, "the workbook has no sheet"));
    const auto at = wanted.empty() ? sheets.begin() : std::find_if(sheets.begin(), sheets.end(), [&](const SheetPlace& sheet) { return sheet.name == wanted; });
    if (at == sheets.end()) {
      std::string names;
      for (const SheetPlace& sheet : sheets) names += (names.empty() ? "" : ", ") + sheet.name;
      return base::fail(
          {base::Cause::wrong_input, "workbook.unknown_sheet", {name_, 0, 0}, fmt::format("there is no sheet '{}'", wanted), "the sheets are: " + names});
    }
    sheet_ = *at;
    name_ += "#" + sheet_.name;
    return read_header();
  }

  base::Result<DataQuality> read(const std::vector<ColumnRequest>& columns, const BatchSink& sink) override {
    CANDOUR_TRY_DONE(state_.still_same());
    CANDOUR_TRY(coder, RowCoder::make(name_, header_, columns, sink));
    IdenticalRows identical;
    std::uint64_t expected = 2;
    const auto take = [&](const SheetRow& row) -> base::Result<base::Done> {
      if (row.number == 1) return base::Done{};
      if (row.number != expected++) return base::fail(not_a_table(name_, expected - 1, "an empty row stands inside the table"));
      return take_row(row, coder, identical);
    };
    CANDOUR_TRY_DONE(rows(take));
    CANDOUR_TRY_DONE(coder.finish());
    CANDOUR_TRY_DONE(state_.still_same());
    DataQuality quality{coder.rows(), identical.count(), {}};
    if (quality.identical_rows != 0) quality.notes.push_back(fmt::format("rows equal to an earlier row in every column: {}", quality.identical_rows));
    return quality;
  }

 private:
  base::Result<base::Done> rows(const SheetRowSink& take) {
    auto read = is_ods_ ? read_ods_rows(archive_, sheet_, take) : read_xlsx_rows(archive_, sheet_, take);
    if (read) return read;
    base::Error error = std::move(read).error();
    if (error.place.file.empty()) error.place.file = name_;
    return base::fail(std::move(error));
  }

  base::Result<base::Done> read_header() {
    bool found = false;
    const auto take = [&](const SheetRow& row) -> base::Result<base::Done> {
      if (found) return base::Done{};
      found = true;
      if (row.number != 1) return base::fail(not_a_table(name_, row.number, "the first row of the sheet is empty"));
      std::set<std::string> seen;
      for (const auto& cell : row.cells) {
        if (!cell) return base::fail(not_a_table(name_, 1, "a column of the header has no name"));
        if (!seen.insert(*cell).second) return base::fail(not_a_table(name_, 1, fmt::format("the column name '{}' stands twice", *cell)));
        header_.push_back(*cell);
      }
      return base::Done{};
    };
    CANDOUR_TRY_DONE(rows(take));
    if (header_.size() < 2 && !header_.empty()) return base::fail(not_a_table(name_, 1, "the first row holds a single text; a title is no header"));
    if (!found) return base::fail(not_a_table(name_, 1, "the sheet is empty"));
    return base::Done{};
  }

  base::Result<base::Done> take_row(const SheetRow& row, RowCoder& coder, IdenticalRows& identical) const {
    if (row.cells.size() > header_.size()) return base::fail(not_a_table(name_, row.number, "a cell stands to the right of the table"));
    const auto presence = [&](std::size_t c) { return c < row.cells.size() && row.cells[c] ? Presence::present : Presence::missing; };
    const auto text = [&](std::size_t c) { return presence(c) == Presence::present ? std::string_view(*row.cells[c]) : std::string_view(); };
    RowFingerprint fingerprint;
    for (std::size_t c = 0; c < header_.size(); ++c) fingerprint.field(text(c), presence(c));
    identical.add(fingerprint);
    coder.begin_row(row.number);
    for (std::size_t column = 0; column < coder.column_count(); ++column)
      CANDOUR_TRY_DONE(coder.value(column, text(coder.place_of(column)), presence(coder.place_of(column))));
    return coder.end_row();
  }

  std::string path_, name_;
  FileState state_;
  formats::ZipReader archive_;
  bool is_ods_;
  SheetPlace sheet_;
  std::vector<std::string> header_;
};

}  // namespace

base::Result<std::unique_ptr<RecordHolding>> open_workbook(const std::string& path, const std::string& sheet) {
  CANDOUR_TRY(state, FileState::of(path));
  CANDOUR_TRY(source, formats::ByteSource::of_file(path));
  auto archive = formats::ZipReader::open(std::move(source), {});
  if (!archive) {
    base::Error error = std::move(archive).error();
    error.place.file = path;
    return base::fail(std::move(error));
  }
  auto holding = std::make_unique<WorkbookHolding>(path, std::move(state), std::move(*archive));
  CANDOUR_TRY_DONE(holding->choose(sheet));
  return std::unique_ptr<RecordHolding>(std::move(holding));
}

}  // namespace candour::holdings
