#include <candour/formats/xml_reader.hpp>
#include <candour/holdings/sheet_rows.hpp>

#include <algorithm>
#include <charconv>

namespace candour::holdings {
namespace {

using formats::XmlAttributes;

constexpr std::size_t most_columns = 16'384;
constexpr std::uint64_t most_repeated_rows = 10'000'000;

std::uint64_t repeats(std::string_view text) {
  std::uint64_t number = 1;
  if (!text.empty()) std::from_chars(text.data(), text.data() + text.size(), number);
  return std::max<std::uint64_t>(1, number);
}

/// Reads content.xml: the names of the tables, and the rows of one of them.
class ContentPart final : public formats::XmlHandler {
 public:
  ContentPart(std::string wanted, const SheetRowSink* sink) : wanted_(std::move(wanted)), sink_(sink) {}
  std::vector<SheetPlace> sheets;
  std::optional<base::Error> fault;

  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "table:table") {
      if (depth_++ == 0) {
        sheets.push_back({std::string(attributes.get("table:name")), std::string(attributes.get("table:name"))});
        inside_ = sink_ != nullptr && sheets.back().name == wanted_;
        row_.number = 0;
      }
    }
    if (!inside_ || depth_ != 1) return;
    if (name == "table:table-row") {
      row_.cells.clear();
      row_repeats_ = repeats(attributes.get("table:number-rows-repeated"));
    } else if (name == "table:table-cell" || name == "table:covered-table-cell") {
      begin_cell(attributes);
    } else if (name == "text:p") {
      if (!text_.empty()) text_ += '\n';
      in_paragraph_ = !in_note_;
    } else if (name == "text:s") {
      text_.append(in_paragraph_ ? std::min<std::uint64_t>(repeats(attributes.get("text:c")), 4096) : 0, ' ');
    } else if (name == "text:tab" || name == "text:line-break") {
      if (in_paragraph_) text_ += name == "text:tab" ? '\t' : '\n';
    } else if (name == "office:annotation") {
      in_note_ = true;
    }
  }

  void on_end(std::string_view name) override {
    if (name == "table:table" && --depth_ == 0) inside_ = false;
    if (!inside_ || depth_ != 1) return;
    if (name == "text:p") in_paragraph_ = false;
    else if (name == "office:annotation") in_note_ = false;
    else if (name == "table:table-cell" || name == "table:covered-table-cell") end_cell();
    else if (name == "table:table-row") end_row();
  }

  void on_text(std::string_view text) override {
    if (inside_ && in_paragraph_) text_ += text;
  }

 private:
  void begin_cell(const XmlAttributes& attributes) {
    cell_repeats_ = repeats(attributes.get("table:number-columns-repeated"));
    type_ = attributes.get("office:value-type");
    const std::string_view value = type_ == "date"      ? attributes.get("office:date-value")
                                   : type_ == "boolean" ? attributes.get("office:boolean-value")
                                                        : attributes.get("office:value");
    value_ = type_ == "date" ? value.substr(0, value.find('T')) : value;
    text_.clear();
  }

  void end_cell() {
    const bool valued = type_ == "float" || type_ == "percentage" || type_ == "currency" || type_ == "date" || type_ == "boolean";
    std::optional<std::string> cell;
    if (valued) cell = value_;
    else if (!type_.empty() || !text_.empty()) cell = text_;
    if (cell && cell->empty()) cell.reset();
    if (!cell) {
      empty_cells_ += cell_repeats_;
      return;
    }
    for (std::uint64_t i = 0; i < empty_cells_ && row_.cells.size() < most_columns; ++i) row_.cells.emplace_back();
    empty_cells_ = 0;
    for (std::uint64_t i = 0; i < cell_repeats_ && row_.cells.size() < most_columns; ++i) row_.cells.push_back(cell);
  }

  void end_row() {
    empty_cells_ = 0;
    const bool empty = row_.cells.empty();
    for (std::uint64_t i = 0; i < row_repeats_; ++i) {
      ++row_.number;
      if (empty) {
        row_.number += row_repeats_ - 1;
        break;
      }
      if (fault) return;
      if (i > most_repeated_rows) {
        fault = base::Error{base::Cause::could_not_finish, "workbook.too_many_rows", {{}, row_.number, 0}, "a row is repeated more than ten million times", {}};
        return;
      }
      if (auto taken = (*sink_)(row_); !taken) fault = std::move(taken).error();
    }
  }

  std::string wanted_;
  const SheetRowSink* sink_;
  bool inside_ = false, in_paragraph_ = false, in_note_ = false;
  int depth_ = 0;
  SheetRow row_{0, {}};
  std::uint64_t row_repeats_ = 1, cell_repeats_ = 1, empty_cells_ = 0;
  std::string type_, value_, text_;
};

base::Result<base::Done> read_content(const formats::ZipReader& archive, ContentPart& content) {
  CANDOUR_TRY(index, part_named(archive, "content.xml"));
  formats::XmlReader reader(content);
  const auto feed = [&](std::string_view piece) -> base::Result<base::Done> {
    CANDOUR_TRY_DONE(reader.feed(piece));
    if (content.fault) return base::fail(*content.fault);
    return base::Done{};
  };
  CANDOUR_TRY_DONE(archive.stream(index, feed));
  CANDOUR_TRY_DONE(reader.finish());
  if (content.fault) return base::fail(*content.fault);
  return base::Done{};
}

}  // namespace

base::Result<std::vector<SheetPlace>> ods_sheets(const formats::ZipReader& archive) {
  ContentPart content({}, nullptr);
  CANDOUR_TRY_DONE(read_content(archive, content));
  return std::move(content.sheets);
}

base::Result<base::Done> read_ods_rows(const formats::ZipReader& archive, const SheetPlace& sheet, const SheetRowSink& sink) {
  ContentPart content(sheet.name, &sink);
  return read_content(archive, content);
}

}  // namespace candour::holdings
