#include <candour/formats/xml_reader.hpp>
#include <candour/holdings/sheet_rows.hpp>

#include <fmt/format.h>
#include <candour/base/date.hpp>

#include <algorithm>
#include <charconv>
#include <map>

namespace candour::holdings {
namespace {

using formats::XmlAttributes;

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || status != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

base::Result<base::Done> read_part(const formats::ZipReader& archive, const std::string& name, formats::XmlHandler& handler,
                                   const std::optional<base::Error>* fault) {
  CANDOUR_TRY(index, part_named(archive, name));
  formats::XmlReader reader(handler);
  const auto feed = [&](std::string_view piece) -> base::Result<base::Done> {
    CANDOUR_TRY_DONE(reader.feed(piece));
    if (fault != nullptr && *fault) return base::fail(**fault);
    return base::Done{};
  };
  CANDOUR_TRY_DONE(archive.stream(index, feed));
  return reader.finish();
}

/// Sheet names with the relationship that leads to each, and the calendar in use.
struct WorkbookPart final : formats::XmlHandler {
  std::vector<std::pair<std::string, std::string>> sheets;
  bool starts_in_1904 = false;
  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "s:sheet") sheets.emplace_back(attributes.get("name"), attributes.get("r:id"));
    if (name == "s:workbookPr") starts_in_1904 = attributes.get("date1904") == "1" || attributes.get("date1904") == "true";
  }
  void on_end(std::string_view) override {}
  void on_text(std::string_view) override {}
};

struct RelationshipsPart final : formats::XmlHandler {
  std::map<std::string, std::string> targets;
  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    if (name.ends_with("Relationship")) targets.emplace(attributes.get("Id"), attributes.get("Target"));
  }
  void on_end(std::string_view) override {}
  void on_text(std::string_view) override {}
};

/// The texts that cells point to; phonetic hints beside them are left out.
struct SharedTextsPart final : formats::XmlHandler {
  std::vector<std::string> texts;
  void on_start(std::string_view name, const XmlAttributes&) override {
    if (name == "s:si") texts.emplace_back();
    if (name == "s:t") in_text_ = true;
    if (name == "s:rPh") in_hint_ = true;
  }
  void on_end(std::string_view name) override {
    if (name == "s:t") in_text_ = false;
    if (name == "s:rPh") in_hint_ = false;
  }
  void on_text(std::string_view text) override {
    if (in_text_ && !in_hint_ && !texts.empty()) texts.back() += text;
  }

 private:
  bool in_text_ = false, in_hint_ = false;
};

/// Which cell formats show a day. Built-in formats 14 to 17 and 22 do (ECMA-376 part 1, 18.8.30); of the others, those with a year or a day in their pattern.
struct StylesPart final : formats::XmlHandler {
  std::vector<bool> is_day;
  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "s:numFmt")
      if (const auto id = number_in(attributes.get("numFmtId"))) own_[*id] = shows_day(attributes.get("formatCode"));
    if (name == "s:cellXfs") in_formats_ = true;
    if (name == "s:xf" && in_formats_) {
      const std::int64_t id = number_in(attributes.get("numFmtId")).value_or(0);
      is_day.push_back((id >= 14 && id <= 17) || id == 22 || (own_.contains(id) && own_.at(id)));
    }
  }
  void on_end(std::string_view name) override {
    if (name == "s:cellXfs") in_formats_ = false;
  }
  void on_text(std::string_view) override {}

 private:
  static bool shows_day(std::string_view pattern) {
    bool quoted = false, bracketed = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const char c = pattern[i];
      if (c == '"') quoted = !quoted;
      else if (c == '\\') ++i;
      else if (c == '[' || c == ']') bracketed = c == '[';
      else if (!quoted && !bracketed && (c == 'd' || c == 'D' || c == 'y' || c == 'Y')) return true;
    }
    return false;
  }
  std::map<std::int64_t, bool> own_;
  bool in_formats_ = false;
};

/// "BC12" gives column 54 (A is 0).
std::size_t column_of(std::string_view reference) {
  std::size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
  }
  return column == 0 ? 0 : column - 1;
}

/// The day of a serial number; nothing if it is none. Day 60 of the usual calendar is a 29 February 1900 that never was.
std::optional<std::string> day_of_serial(std::string_view text, bool starts_in_1904) {
  const auto serial = number_in(text.substr(0, text.find('.')));
  if (!serial || *serial < 1 || *serial > 2'958'465 || (!starts_in_1904 && *serial == 60)) return std::nullopt;
  using namespace std::chrono;
  const sys_days first = starts_in_1904 ? sys_days{year{1904} / January / 1} : sys_days{year{1899} / December / (*serial < 60 ? 31 : 30)};
  return base::to_iso(base::Date{first + days{*serial}});
}

class SheetPart final : public formats::XmlHandler {
 public:
  SheetPart(const SharedTextsPart& texts, const StylesPart& styles, bool starts_in_1904, const SheetRowSink& sink)
      : texts_(texts), styles_(styles), starts_in_1904_(starts_in_1904), sink_(sink) {}
  std::optional<base::Error> fault;

  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "s:row") {
      const auto number = number_in(attributes.get("r"));
      row_.number = number ? static_cast<std::uint64_t>(*number) : row_.number + 1;
      row_.cells.clear();
    } else if (name == "s:c") {
      const std::string_view reference = attributes.get("r");
      column_ = reference.empty() ? row_.cells.size() : column_of(reference);
      type_ = attributes.get("t");
      style_ = static_cast<std::size_t>(std::max<std::int64_t>(0, number_in(attributes.get("s")).value_or(0)));
      value_.clear();
      has_value_ = false;
    } else if (name == "s:v" || (name == "s:t" && !in_hint_)) {
      in_value_ = has_value_ = true;
    } else if (name == "s:rPh") {
      in_hint_ = true;
    }
  }
  void on_end(std::string_view name) override {
    if (name == "s:v" || name == "s:t") in_value_ = false;
    if (name == "s:rPh") in_hint_ = false;
    if (name == "s:c" && has_value_) put(text_of_cell());
    if (name == "s:row" && !row_.cells.empty() && !fault)
      if (auto taken = sink_(row_); !taken) fault = std::move(taken).error();
  }
  void on_text(std::string_view text) override {
    if (in_value_) value_ += text;
  }

 private:
  static constexpr std::size_t most_columns = 16'384;

  void put(std::optional<std::string> text) {
    if (!text || column_ >= most_columns) return;
    if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
    row_.cells[column_] = std::move(text);
  }

  std::optional<std::string> text_of_cell() {
    if (type_ == "s") {
      const auto index = number_in(value_);
      if (index && *index >= 0 && static_cast<std::size_t>(*index) < texts_.texts.size()) return texts_.texts[static_cast<std::size_t>(*index)];
      return note("a cell points to a text that is not there");
    }
    if (type_ == "b") return value_ == "1" ? "true" : "false";
    if (type_ == "e") return note("a cell shows an error");
    if (type_.empty() || type_ == "n") {
      if (style_ < styles_.is_day.size() && styles_.is_day[style_])
        if (auto day = day_of_serial(value_, starts_in_1904_)) return day;
      return value_;
    }
    if (type_ == "d") return value_.substr(0, value_.find('T'));
    return value_;
  }

  std::optional<std::string> note(std::string_view what) {
    if (!fault)
      fault = base::Error{
          base::Cause::wrong_input, "workbook.bad_cell", {{}, row_.number, column_ + 1}, std::string(what), "correct the cell, or save the sheet as values"};
    return std::nullopt;
  }

  const SharedTextsPart& texts_;
  const StylesPart& styles_;
  bool starts_in_1904_;
  const SheetRowSink& sink_;
  SheetRow row_{0, {}};
  std::size_t column_ = 0, style_ = 0;
  std::string type_, value_;
  bool in_value_ = false, has_value_ = false, in_hint_ = false;
};

}  // namespace

base::Result<std::size_t> part_named(const formats::ZipReader& archive, const std::string& name) {
  const auto& entries = archive.survey().entries;
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (entries[i].name == name) return i;
  return base::fail({base::Cause::holding_unreachable,
                     "workbook.damaged",
                     {},
                     fmt::format("the workbook has no part '{}'", name),
                     "open it in an office program and save it again"});
}

base::Result<std::vector<SheetPlace>> xlsx_sheets(const formats::ZipReader& archive) {
  WorkbookPart workbook;
  RelationshipsPart relationships;
  CANDOUR_TRY_DONE(read_part(archive, "xl/workbook.xml", workbook, nullptr));
  CANDOUR_TRY_DONE(read_part(archive, "xl/_rels/workbook.xml.rels", relationships, nullptr));
  std::vector<SheetPlace> places;
  for (const auto& [name, relationship] : workbook.sheets) {
    std::string target = relationships.targets[relationship];
    target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    places.push_back({name, target});
  }
  return places;
}

base::Result<base::Done> read_xlsx_rows(const formats::ZipReader& archive, const SheetPlace& sheet, const SheetRowSink& sink) {
  WorkbookPart workbook;
  SharedTextsPart texts;
  StylesPart styles;
  CANDOUR_TRY_DONE(read_part(archive, "xl/workbook.xml", workbook, nullptr));
  if (part_named(archive, "xl/sharedStrings.xml")) CANDOUR_TRY_DONE(read_part(archive, "xl/sharedStrings.xml", texts, nullptr));
  if (part_named(archive, "xl/styles.xml")) CANDOUR_TRY_DONE(read_part(archive, "xl/styles.xml", styles, nullptr));
  SheetPart rows(texts, styles, workbook.starts_in_1904, sink);
  CANDOUR_TRY_DONE(read_part(archive, sheet.part, rows, &rows.fault));
  if (rows.fault) return base::fail(*rows.fault);
  return base::Done{};
}

}  // namespace candour::holdings
