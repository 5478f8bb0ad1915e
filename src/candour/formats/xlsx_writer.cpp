// The Excel form of a workbook, through libxlsxwriter.

#include <candour/formats/workbook.hpp>

#include <candour/base/decimal.hpp>

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <map>

namespace candour::formats {
namespace {

base::Error not_written() {
  return {base::Cause::could_not_finish, "xlsx.not_written", {}, "the workbook could not be written", "there may be no room in the folder for temporary files"};
}

// A file that lives in memory alone: the library wants a name to write to.
class MemoryFile {
 public:
  MemoryFile() : handle_(::memfd_create("workbook", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (handle_ >= 0) ::close(handle_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  [[nodiscard]] bool is_open() const { return handle_ >= 0; }
  [[nodiscard]] std::string path() const { return fmt::format("/proc/self/fd/{}", handle_); }
  [[nodiscard]] base::Result<std::string> bytes() const {
    const off_t size = ::lseek(handle_, 0, SEEK_END);
    if (size <= 0) return base::fail(not_written());
    std::string bytes(static_cast<std::size_t>(size), '\0');
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t count = ::pread(handle_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
      if (count <= 0) return base::fail(not_written());
      at += static_cast<std::size_t>(count);
    }
    return bytes;
  }

 private:
  int handle_;
};

struct Formats {
  lxw_format* title = nullptr;
  lxw_format* wrapped = nullptr;
  lxw_format* symbol = nullptr;
  lxw_format* header = nullptr;
  lxw_format* figure_header = nullptr;
  std::map<int, lxw_format*> figure;  ///< by decimals
};

Formats make_formats(lxw_workbook* book, const Workbook& workbook) {
  Formats formats;
  formats.title = workbook_add_format(book);
  format_set_bold(formats.title);
  format_set_font_size(formats.title, 15);
  formats.wrapped = workbook_add_format(book);
  format_set_text_wrap(formats.wrapped);
  format_set_align(formats.wrapped, LXW_ALIGN_VERTICAL_TOP);
  formats.symbol = workbook_add_format(book);
  format_set_align(formats.symbol, LXW_ALIGN_RIGHT);
  format_set_align(formats.symbol, LXW_ALIGN_VERTICAL_TOP);
  for (lxw_format** header : {&formats.header, &formats.figure_header}) {
    *header = workbook_add_format(book);
    format_set_bold(*header);
    format_set_text_wrap(*header);
    format_set_bottom(*header, LXW_BORDER_THIN);
  }
  format_set_align(formats.figure_header, LXW_ALIGN_RIGHT);
  for (const Sheet& sheet : workbook.sheets) {
    if (!sheet.table) continue;
    for (const auto& row : sheet.table->rows) {
      for (const SheetValue& value : row) {
        const auto* figure = std::get_if<SheetFigure>(&value);
        if (figure == nullptr || formats.figure.contains(figure->decimals)) continue;
        lxw_format* format = workbook_add_format(book);
        format_set_num_format(format, figure->decimals == 0 ? "#,##0" : ("#,##0." + std::string(static_cast<std::size_t>(figure->decimals), '0')).c_str());
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        formats.figure[figure->decimals] = format;
      }
    }
  }
  return formats;
}

// The file form holds binary fractions; a reader sees the decimal that is nearest, which is the one written here.
double as_binary(const SheetFigure& figure) { return std::strtod(base::Decimal::of_units(figure.units, figure.decimals).to_text().c_str(), nullptr); }

class SheetWriter {
 public:
  SheetWriter(lxw_worksheet* sheet, const Formats& formats) : sheet_(sheet), formats_(formats) {}

  void write(const Sheet& sheet) {
    const std::vector<int> widths = column_widths(sheet);
    for (std::size_t i = 0; i < widths.size(); ++i) note(worksheet_set_column(sheet_, column(i), column(i), widths[i], nullptr));
    for (std::size_t i = 0; i < sheet.lines.size(); ++i) {
      text(static_cast<lxw_row_t>(i), 0, sheet.lines[i], i == 0 ? formats_.title : sheet.table ? nullptr : formats_.wrapped);
      if (!sheet.table && i > 0) make_high_enough(static_cast<lxw_row_t>(i), lines_of(sheet.lines[i], widths.front()));
    }
    if (!sheet.table) return;
    const auto first = static_cast<lxw_row_t>(sheet.lines.size());
    write_table(*sheet.table, first);
    make_high_enough(first, lines_of_row(std::vector<SheetValue>(sheet.table->header.begin(), sheet.table->header.end()), widths, widths.size()));
    for (std::size_t i = 0; i < sheet.table->rows.size(); ++i) {
      make_high_enough(first + 1 + static_cast<lxw_row_t>(i), lines_of_row(sheet.table->rows[i], widths, sheet.table->heading_columns));
    }
  }
  [[nodiscard]] bool all_is_well() const { return all_is_well_; }

 private:
  // How many lines a text takes in a column; not every program works that out when it opens the file.
  static int lines_of(const std::string& text, int width) { return (static_cast<int>(text.size()) + width - 2) / std::max(width - 1, 1); }
  static int lines_of_row(const std::vector<SheetValue>& row, const std::vector<int>& widths, std::size_t wrapped_columns) {
    int lines = 1;
    for (std::size_t i = 0; i < std::min(wrapped_columns, row.size()); ++i) {
      if (const auto* words = std::get_if<std::string>(&row[i])) lines = std::max(lines, lines_of(*words, widths[i]));
    }
    return lines;
  }
  void make_high_enough(lxw_row_t row, int lines) {
    if (lines > 1) note(worksheet_set_row(sheet_, row, LXW_DEF_ROW_HEIGHT * lines, nullptr));
  }
  static lxw_col_t column(std::size_t i) { return static_cast<lxw_col_t>(i); }
  void note(lxw_error error) { all_is_well_ = all_is_well_ && error == LXW_NO_ERROR; }
  void text(lxw_row_t row, lxw_col_t at, const std::string& value, lxw_format* format) { note(worksheet_write_string(sheet_, row, at, value.c_str(), format)); }

  void write_table(const SheetTable& table, lxw_row_t first) {
    std::vector<lxw_table_column> columns(table.header.size());
    std::vector<lxw_table_column*> pointers;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      columns[i] = {};
      columns[i].header = const_cast<char*>(table.header[i].c_str());
      columns[i].header_format = i < table.heading_columns ? formats_.header : formats_.figure_header;
      pointers.push_back(&columns[i]);
    }
    pointers.push_back(nullptr);
    lxw_table_options options{};
    options.name = const_cast<char*>(table.name.c_str());
    options.no_autofilter = LXW_TRUE;
    options.no_banded_rows = LXW_TRUE;
    options.style_type = LXW_TABLE_STYLE_TYPE_LIGHT;
    options.style_type_number = 0;
    options.columns = pointers.data();
    note(worksheet_add_table(sheet_, first, 0, first + static_cast<lxw_row_t>(table.rows.size()), column(table.header.size() - 1), &options));
    for (std::size_t i = 0; i < table.rows.size(); ++i) write_row(table, i, first + 1 + static_cast<lxw_row_t>(i));
  }

  void write_row(const SheetTable& table, std::size_t number, lxw_row_t row) {
    for (std::size_t i = 0; i < table.rows[number].size(); ++i) {
      const SheetValue& value = table.rows[number][i];
      if (const auto* figure = std::get_if<SheetFigure>(&value))
        note(worksheet_write_number(sheet_, row, column(i), as_binary(*figure), formats_.figure.at(figure->decimals)));
      else text(row, column(i), std::get<std::string>(value), i < table.heading_columns ? formats_.wrapped : formats_.symbol);
    }
  }

  lxw_worksheet* sheet_;
  const Formats& formats_;
  bool all_is_well_ = true;
};

void set_properties(lxw_workbook* book, const Workbook& workbook) {
  lxw_doc_properties properties{};
  properties.title = const_cast<char*>(workbook.title.c_str());
  properties.created = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::sys_days(workbook.created).time_since_epoch()).count();
  workbook_set_properties(book, &properties);
}

}  // namespace

base::Result<std::string> write_xlsx(const Workbook& workbook) {
  check_workbook(workbook);
  const MemoryFile file;
  if (!file.is_open()) return base::fail(not_written());
  const std::string path = file.path();
  lxw_workbook* book = workbook_new(path.c_str());
  if (book == nullptr) return base::fail(not_written());
  set_properties(book, workbook);
  const Formats formats = make_formats(book, workbook);
  bool all_is_well = true;
  for (const Sheet& sheet : workbook.sheets) {
    lxw_worksheet* worksheet = workbook_add_worksheet(book, sheet.name.c_str());
    if (worksheet == nullptr) {
      all_is_well = false;
      break;
    }
    SheetWriter writer(worksheet, formats);
    writer.write(sheet);
    all_is_well = all_is_well && writer.all_is_well();
  }
  // Closing frees the workbook, whatever happened before.
  const lxw_error closed = workbook_close(book);
  if (!all_is_well || closed != LXW_NO_ERROR) return base::fail(not_written());
  return file.bytes();
}

}  // namespace candour::formats
