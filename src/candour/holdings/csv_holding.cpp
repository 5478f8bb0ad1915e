// A CSV file as a holding, read plainly from front to back.

#include <candour/holdings/byte_stream.hpp>
#include <candour/holdings/csv_rules.hpp>
#include <candour/holdings/csv_scanner.hpp>
#include <candour/holdings/file_state.hpp>
#include <candour/holdings/holding.hpp>
#include <candour/holdings/row_coder.hpp>

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <utility>

namespace candour::holdings {
namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 18U;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Reads the file block by block, without the byte-order mark, until the end or until `take` gives an error or says stop.
enum class Reading { go_on, stop };
base::Result<base::Done> read_blocks(const std::string& path, const std::function<base::Result<Reading>(std::string_view)>& take) {
  CANDOUR_TRY(stream, open_byte_stream(path));
  std::string block(block_bytes, '\0');
  for (bool first = true;; first = false) {
    CANDOUR_TRY(got, stream->read(block.data(), block.size()));
    std::string_view bytes(block.data(), got);
    if (first && bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    if (first && (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))) return base::fail(utf_16(path));
    if (got == 0) return base::Done{};
    CANDOUR_TRY(reading, take(bytes));
    if (reading == Reading::stop) return base::Done{};
  }
}

class CsvHolding final : public RecordHolding {
 public:
  CsvHolding(CsvSettings settings, FileState state) : settings_(std::move(settings)), state_(std::move(state)) {}

  const std::string& name() const override { return settings_.path; }
  base::Result<std::vector<std::string>> column_names() override { return header_; }
  const CsvSettings* csv_settings() const override { return &settings_; }
  base::Result<base::Digest> digest() override {
    CANDOUR_TRY_DONE(state_.still_same());
    return base::digest_of_file(settings_.path);
  }

  base::Result<DataQuality> read(const std::vector<ColumnRequest>& columns, const BatchSink& sink) override {
    CANDOUR_TRY_DONE(state_.still_same());
    CANDOUR_TRY(coder, RowCoder::make(settings_.path, header_, columns, sink));
    IdenticalRows identical;
    std::uint64_t blank_lines = 0;
    bool header = true;
    CsvScanner scanner(settings_.path, settings_.delimiter, [&](const CsvRow& row) -> base::Result<base::Done> {
      if (std::exchange(header, false)) return base::Done{};
      if (is_blank(row) && header_.size() > 1) {
        ++blank_lines;
        return base::Done{};
      }
      return take_row(row, coder, identical);
    });
    const auto scan = [&scanner](std::string_view bytes) -> base::Result<Reading> {
      CANDOUR_TRY_DONE(scanner.take(bytes));
      return Reading::go_on;
    };
    CANDOUR_TRY_DONE(read_blocks(settings_.path, scan));
    CANDOUR_TRY_DONE(scanner.finish());
    CANDOUR_TRY_DONE(coder.finish());
    CANDOUR_TRY_DONE(state_.still_same());
    DataQuality quality{coder.rows(), identical.count(), {}};
    if (quality.identical_rows != 0) quality.notes.push_back(fmt::format("rows equal to an earlier row in every column: {}", quality.identical_rows));
    if (blank_lines != 0) quality.notes.push_back(fmt::format("blank lines skipped: {}", blank_lines));
    return quality;
  }

  base::Result<base::Done> read_header() {
    std::optional<CsvRow> first;
    CsvScanner scanner(settings_.path, settings_.delimiter, [&](const CsvRow& row) -> base::Result<base::Done> {
      if (!first) first = row;
      return base::Done{};
    });
    CANDOUR_TRY_DONE(read_blocks(settings_.path, [&](std::string_view bytes) -> base::Result<Reading> {
      if (auto taken = scanner.take(bytes); !taken && !first) return base::fail(taken.error());
      return first ? Reading::stop : Reading::go_on;
    }));
    if (!first) CANDOUR_TRY_DONE(scanner.finish());
    if (!first) return base::fail(no_header(settings_.path));
    return take_header(*first);
  }

 private:
  static bool is_blank(const CsvRow& row) { return row.fields.size() == 1 && row.fields[0].text.empty() && row.fields[0].quoting == Quoting::unquoted; }

  base::Result<base::Done> take_header(const CsvRow& row) {
    CANDOUR_TRY(names, csv_header_names(row, settings_));
    header_ = std::move(names);
    return base::Done{};
  }

  Presence presence_of(const CsvField& field) const { return csv_presence(field.text, field.quoting, settings_); }

  base::Result<base::Done> take_row(const CsvRow& row, RowCoder& coder, IdenticalRows& identical) const {
    if (row.fields.size() != header_.size()) return base::fail(wrong_field_count(settings_, row, header_.size()));
    RowFingerprint fingerprint;
    for (const CsvField& field : row.fields) fingerprint.field(field.text, presence_of(field));
    identical.add(fingerprint);
    coder.begin_row(row.line);
    for (std::size_t column = 0; column < coder.column_count(); ++column) {
      const CsvField& field = row.fields[coder.place_of(column)];
      CANDOUR_TRY(text, csv_text(field.text, settings_, row.line));
      CANDOUR_TRY_DONE(coder.value(column, text, presence_of(field)));
    }
    return coder.end_row();
  }

  CsvSettings settings_;
  FileState state_;
  std::vector<std::string> header_;
};

}  // namespace

base::Result<std::unique_ptr<RecordHolding>> open_csv(const CsvSettings& settings) {
  CANDOUR_TRY(state, FileState::of(settings.path));
  auto holding = std::make_unique<CsvHolding>(settings, std::move(state));
  CANDOUR_TRY_DONE(holding->read_header());
  return std::unique_ptr<RecordHolding>(std::move(holding));
}

}  // namespace candour::holdings
