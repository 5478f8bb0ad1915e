#include <candour/inspect/documents/legacy_workbook.hpp>

#include <candour/base/text.hpp>
#include <candour/formats/little_endian.hpp>

#include <map>
#include <optional>
#include <set>

namespace candour::inspect {
namespace {

using formats::little_endian_or_zero;

/// Record types, from the published specification of the binary workbook format.
enum Record : std::uint16_t {
  formula = 0x0006,
  end_of_part = 0x000A,
  defined_name_record = 0x0018,
  note = 0x001C,
  file_password = 0x002F,
  write_access = 0x005C,
  column_info = 0x007D,
  bound_sheet = 0x0085,
  filter = 0x009E,
  pivot_view = 0x00B0,
  multiple_numbers = 0x00BD,
  label_of_table = 0x00FD,
  supporting_book = 0x01AE,
  hyperlink_record = 0x01B8,
  number = 0x0203,
  label = 0x0204,
  row_record = 0x0208,
  packed_number = 0x027E,
  begin_of_part = 0x0809
};

struct Sheet {
  std::string name;
  std::optional<FindingKind> hidden;
};

std::string text_at(std::string_view data, std::size_t at, std::size_t length, bool is_wide) {
  std::string out;
  for (std::size_t i = 0; i < length; ++i) {
    const auto unit = is_wide ? little_endian_or_zero<std::uint16_t>(data, at + 2 * i) : little_endian_or_zero<std::uint8_t>(data, at + i);
    out += unit >= 0x20 && unit < 0x7F ? static_cast<char>(unit) : '?';
  }
  return out;
}

class WorkbookRecords {
 public:
  WorkbookRecords(std::string_view part, Inspection& inspection) : part_(part), inspection_(inspection) {}

  void read(std::string_view stream) {
    std::size_t at = 0;
    while (at + 4 <= stream.size()) {
      const auto type = little_endian_or_zero<std::uint16_t>(stream, at);
      const std::size_t length = little_endian_or_zero<std::uint16_t>(stream, at + 2);
      if (at + 4 + length > stream.size()) return inspection_.gap(inspection_.place(part_), "legacy.damaged", "the workbook stream is cut short");
      if (type == begin_of_part) begin_part(at);
      if (!take(type, stream.substr(at + 4, length))) return;
      at += 4 + length;
      if (type == 0 && length == 0) break;  // padding to the end
    }
  }

 private:
  [[nodiscard]] InspectionPlace place() const { return inspection_.place(part_, sheet_ ? sheet_->name : std::string()); }

  void begin_part(std::size_t at) {
    const auto sheet = sheets_.find(static_cast<std::uint32_t>(at));
    sheet_ = sheet == sheets_.end() ? nullptr : &sheet->second;
    hidden_rows_.clear();
    hidden_columns_.clear();
    if (sheet_ != nullptr && sheet_->hidden) inspection_.at(*sheet_->hidden, place()).add("sheet", "", 0);
  }

  /// Gives false where nothing that follows can be read.
  bool take(std::uint16_t type, std::string_view data) {
    switch (type) {
      case file_password: inspection_.gap(place(), "legacy.encrypted", "the workbook is encrypted"); return false;
      case bound_sheet: take_sheet(data); break;
      case write_access: take_user(data); break;
      case row_record:
        if ((little_endian_or_zero<std::uint16_t>(data, 12) & 0x20) != 0) hidden_rows_.insert(little_endian_or_zero<std::uint16_t>(data, 0));
        break;
      case column_info: take_columns(data); break;
      case number:
      case packed_number:
      case label:
      case label_of_table:
      case formula: take_cell(little_endian_or_zero<std::uint16_t>(data, 0), little_endian_or_zero<std::uint16_t>(data, 2)); break;
      case multiple_numbers: take_cells(data); break;
      case note:
        inspection_.at(FindingKind::comment, place())
            .add_cell({little_endian_or_zero<std::uint16_t>(data, 0), little_endian_or_zero<std::uint16_t>(data, 2)}, "");
        break;
      case defined_name_record: inspection_.at(FindingKind::defined_name, place()).add("NAME", ""); break;
      case filter: inspection_.at(FindingKind::filter_criteria, place()).add("AUTOFILTER", ""); break;
      case pivot_view: inspection_.at(FindingKind::pivot_table, place()).add("SXVIEW", ""); break;
      case supporting_book: take_supporting_book(data); break;
      case hyperlink_record: inspection_.at(FindingKind::hyperlink, place()).add("HLINK", ""); break;
      default: break;
    }
    return true;
  }

  void take_sheet(std::string_view data) {
    Sheet sheet;
    const auto state = little_endian_or_zero<std::uint8_t>(data, 4) & 3;
    if (state == 1) sheet.hidden = FindingKind::hidden_sheet;
    if (state == 2) sheet.hidden = FindingKind::very_hidden_sheet;
    sheet.name = text_at(data, 8, little_endian_or_zero<std::uint8_t>(data, 6), (little_endian_or_zero<std::uint8_t>(data, 7) & 1) != 0);
    const auto kind = little_endian_or_zero<std::uint8_t>(data, 5);
    if (kind == 1 || kind == 6) inspection_.at(FindingKind::macro, inspection_.place(part_, sheet.name)).add("macro sheet", "");
    sheets_.emplace(little_endian_or_zero<std::uint32_t>(data, 0), std::move(sheet));
  }

  void take_user(std::string_view data) {
    const std::size_t length = little_endian_or_zero<std::uint16_t>(data, 0);
    const std::string user(base::trimmed(text_at(data, 3, std::min<std::size_t>(length, 54), (little_endian_or_zero<std::uint8_t>(data, 2) & 1) != 0)));
    if (!user.empty()) inspection_.at(FindingKind::person, place()).add("WRITEACCESS", user);
  }

  void take_columns(std::string_view data) {
    const bool hidden = (little_endian_or_zero<std::uint16_t>(data, 8) & 1) != 0 || little_endian_or_zero<std::uint16_t>(data, 4) == 0;
    for (std::uint32_t column = little_endian_or_zero<std::uint16_t>(data, 0); hidden && column <= little_endian_or_zero<std::uint16_t>(data, 2); ++column)
      hidden_columns_.insert(column);
  }

  void take_cells(std::string_view data) {
    const std::uint32_t row = little_endian_or_zero<std::uint16_t>(data, 0), first = little_endian_or_zero<std::uint16_t>(data, 2);
    for (std::uint32_t i = 0; 10 + 6 * std::size_t{i} <= data.size(); ++i) take_cell(row, first + i);
  }

  void take_cell(std::uint32_t row, std::uint32_t column) {
    std::optional<FindingKind> kind = sheet_ != nullptr ? sheet_->hidden : std::nullopt;
    if (!kind && hidden_rows_.contains(row)) kind = FindingKind::hidden_row;
    if (!kind && hidden_columns_.contains(column)) kind = FindingKind::hidden_column;
    if (kind) inspection_.at(*kind, place()).add_cell({row, column}, "");
  }

  void take_supporting_book(std::string_view data) {
    // Two bytes 01 04 mean this workbook itself, 01 3A an add-in.
    const auto mark = little_endian_or_zero<std::uint16_t>(data, 2);
    if (mark != 0x0401 && mark != 0x3A01) inspection_.at(FindingKind::external_cache, place()).add("SUPBOOK", "");
  }

  std::string part_;
  Inspection& inspection_;
  std::map<std::uint32_t, Sheet> sheets_;
  const Sheet* sheet_ = nullptr;
  std::set<std::uint32_t> hidden_rows_, hidden_columns_;
};

}  // namespace

void inspect_legacy_workbook(std::string_view stream, std::string_view part, Inspection& inspection) { WorkbookRecords(part, inspection).read(stream); }

}  // namespace candour::inspect
