#include <candour/inspect/text/text_room.hpp>

#include <candour/formats/csv_scanner.hpp>
#include <candour/formats/csv_writer.hpp>
#include <candour/inspect/ours/own_writing.hpp>
#include <candour/inspect/sheets/sheet_watcher.hpp>
#include <candour/inspect/text/html_markup.hpp>

#include <algorithm>

namespace candour::inspect {
namespace {

using base::Done;
using base::Result;
using formats::CsvField;
using formats::CsvRecord;

constexpr std::uint64_t beginning_bytes = 64 * 1024;
constexpr char end_of_text_mark = '\x1A';
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string beginning_of(const formats::ByteSource& source) {
  auto bytes = source.read({0, std::min(beginning_bytes, source.size())});
  return bytes ? std::move(*bytes) : std::string();
}

bool starts_formula(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == '=' || text.front() == '@' || text.front() == '\t' || text.front() == '\r') return true;
  // A signed number is a number; a sign before anything else starts a formula in a spreadsheet program.
  return (text.front() == '+' || text.front() == '-') && text.find_first_not_of("0123456789.,eE+-% ") != std::string_view::npos;
}

/// Watches the records of a table in text form.
class CsvWatch {
 public:
  explicit CsvWatch(Inspection& inspection)
      : inspection_(inspection), place_(inspection.place("")), watcher_(inspection, place_, SheetState::visible, BlockIndex(), BlockIndex()) {}

  Result<Done> on_record(const CsvRecord& record) {
    const auto row = static_cast<std::uint32_t>(std::min<std::uint64_t>(record.number, 0xFFFFFFFE));
    if (record.is_blank()) {
      after_blank_ = after_blank_ || header_width_ > 0;
      return Done{};
    }
    if (header_width_ == 0) header_width_ = record.fields.size();
    if (after_blank_) look_at_row_after_blank(record, row);
    for (std::size_t i = 0; i < record.fields.size(); ++i) look_at_field(record.fields[i], {row, static_cast<std::uint32_t>(i)}, i >= header_width_);
    if (inspection_.needles() != nullptr) look_at_whole(record, row);
    return Done{};
  }
  void finish() { watcher_.finish(); }

 private:
  void look_at_row_after_blank(const CsvRecord& record, std::uint32_t row) {
    if (record.fields.size() != header_width_ && !other_width_seen_) {
      inspection_.at(FindingKind::several_tables, place_).add_cell({row, 0}, record.fields[0].text);
      other_width_seen_ = true;
    }
    inspection_.at(FindingKind::row_after_blank, place_).add_cell({row, 0}, record.fields[0].text);
  }

  void look_at_field(const CsvField& field, CellAddress address, bool is_beyond_header) {
    if (field.text.empty()) return;
    const auto note = [&](FindingKind kind) { inspection_.at(kind, place_).add_cell(address, field.text); };
    if (is_beyond_header) note(FindingKind::extra_column);
    if (field.text.find_first_of("\r\n") != std::string::npos) note(FindingKind::embedded_line_end);
    if (field.text.find('\0') != std::string::npos) note(FindingKind::nul_byte);
    if (starts_formula(field.text)) note(FindingKind::formula_start);
    watcher_.on_cell({address, field.text, CellContent::text, std::nullopt});
  }

  void look_at_whole(const CsvRecord& record, std::uint32_t row) {
    std::string whole;
    for (const auto& field : record.fields) whole += (whole.empty() ? "" : ",") + field.text;
    if (record.fields.size() > 1 && inspection_.needles()->holds_whole(whole))
      inspection_.at(FindingKind::withheld_distinctive, place_).add("record " + std::to_string(row + 1), "");
  }

  Inspection& inspection_;
  InspectionPlace place_;
  SheetWatcher watcher_;
  std::size_t header_width_ = 0;
  bool after_blank_ = false;
  bool other_width_seen_ = false;
};

/// Compares a table in text form with what our own writer makes of its fields, record by record.
class OwnCsvCheck {
 public:
  OwnCsvCheck(const formats::ByteSource& source, Inspection& inspection) : source_(source), inspection_(inspection) {}

  void on_record(const CsvRecord& record) {
    if (differs_ || record.fields.empty()) return;
    formats::CsvWriter writer;
    for (const auto& field : record.fields) {
      const bool is_number = field.text.find_first_not_of("-.0123456789") == std::string::npos;
      is_number ? writer.number(field.text) : writer.text(field.text);
    }
    const std::string ours = writer.end_row().finish();
    const std::uint64_t end = position_ + ours.size();
    const auto theirs = end <= source_.size() ? source_.read({position_, end}) : tl::make_unexpected(base::Error{});
    if (width_ == 0) width_ = record.fields.size();
    differs_ = !theirs || *theirs != ours || record.fields.size() != width_;
    if (differs_) note_not_our_writing(inspection_, inspection_.place(""), "record " + std::to_string(record.number + 1));
    position_ = end;
  }
  void finish() {
    if (!differs_ && position_ != source_.size()) note_not_our_writing(inspection_, inspection_.place(""), "after the last record");
  }

 private:
  const formats::ByteSource& source_;
  Inspection& inspection_;
  std::uint64_t position_ = 0;
  std::size_t width_ = 0;
  bool differs_ = false;
};

/// Cuts off a mark at the very beginning, and stops at the old end-of-text character: what follows it many programs never show.
class TextStream {
 public:
  TextStream(const formats::ByteSource& source, Inspection& inspection) : source_(source), inspection_(inspection) {}

  Result<Done> stream(const formats::ChunkSink& sink) {
    std::uint64_t at = 0;
    bool ended = false;
    CANDOUR_TRY_DONE(source_.stream([&](std::string_view piece) -> Result<Done> {
      const std::uint64_t begin = at;
      at += piece.size();
      if (ended) {
        inspection_.look_at_text(inspection_.place(""), "after the end mark", piece);
        return Done{};
      }
      if (begin == 0 && piece.starts_with(byte_order_mark)) piece.remove_prefix(byte_order_mark.size());
      const std::size_t mark = piece.find(end_of_text_mark);
      if (mark != std::string_view::npos) {
        ended = true;
        const std::uint64_t first = at - (piece.size() - mark) + 1;
        if (first < source_.size()) {
          const std::string where = "bytes " + std::to_string(first) + ".." + std::to_string(source_.size());
          inspection_.at(FindingKind::trailing_data, inspection_.place("")).add(where, piece.substr(mark + 1, 64), source_.size() - first);
          inspection_.look_at_text(inspection_.place(""), "after the end mark", piece.substr(mark + 1));
        }
      }
      return sink(piece.substr(0, mark));
    }));
    return Done{};
  }

 private:
  const formats::ByteSource& source_;
  Inspection& inspection_;
};

/// Text that is no table is looked at line by line.
Result<Done> inspect_lines(TextStream& text, Inspection& inspection) {
  std::string line;
  std::uint64_t number = 1;
  const InspectionPlace place = inspection.place("");
  const auto look = [&] {
    const std::string where = "line " + std::to_string(number);
    inspection.look_at_text(place, where, line);
    if (const auto nuls = std::count(line.begin(), line.end(), '\0'); nuls > 0)
      inspection.at(FindingKind::nul_byte, place).add(where, "", static_cast<std::uint64_t>(nuls));
    line.clear();
  };
  CANDOUR_TRY_DONE(text.stream([&](std::string_view piece) -> Result<Done> {
    while (!piece.empty()) {
      const std::size_t end = piece.find('\n');
      line += piece.substr(0, end);
      if (line.size() > inspection.limits().longest_text_line_bytes) {
        return base::fail({base::Cause::could_not_finish, "text.over_limit", {"", number}, "a line is longer than the limit", {}});
      }
      if (end == std::string_view::npos) return Done{};
      look();
      ++number;
      piece.remove_prefix(end + 1);
    }
    return Done{};
  }));
  look();
  return Done{};
}

}  // namespace

bool is_text(const formats::ByteSource& source) {
  const std::string bytes = beginning_of(source);
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != end_of_text_mark;
  };
  const auto controls = std::count_if(bytes.begin(), bytes.end(), is_control);
  return controls * 50 <= static_cast<std::ptrdiff_t>(bytes.size()) && !bytes.starts_with("\xFF\xFE") && !bytes.starts_with("\xFE\xFF");
}

namespace {

std::string inspect_html(const formats::ByteSource& source, Inspection& inspection) {
  const InspectionPlace place = inspection.place("");
  if (source.size() > inspection.limits().most_part_bytes) {
    inspection.gap(place, "inspect.over_limit", "the page is larger than the limit");
    return "HTML";
  }
  const auto page = source.read({0, source.size()});
  if (page) inspect_html_markup(*page, inspection);
  if (page && inspection.only_our_own()) check_own_markup(*page, inspection);
  TextStream text(source, inspection);
  const auto done = page ? inspect_lines(text, inspection) : tl::make_unexpected(page.error());
  if (!done) inspection.gap(place, done.error());
  return "HTML";
}

}  // namespace

std::string inspect_text(const formats::ByteSource& source, Inspection& inspection) {
  const std::string beginning = beginning_of(source);
  if (is_html(beginning)) return inspect_html(source, inspection);
  const formats::CsvShape shape = formats::guess_csv_shape(beginning);
  TextStream text(source, inspection);
  Result<Done> done = Done{};
  if (shape.width > 1) {
    CsvWatch watch(inspection);
    OwnCsvCheck own(source, inspection);
    formats::CsvScanner scanner(shape.delimiter, inspection.limits().longest_text_line_bytes, [&](const CsvRecord& record) {
      if (inspection.only_our_own()) own.on_record(record);
      return watch.on_record(record);
    });
    done = text.stream([&](std::string_view piece) { return scanner.feed(piece); });
    if (done) done = scanner.finish();
    if (inspection.only_our_own()) own.finish();
    watch.finish();
  } else {
    done = inspect_lines(text, inspection);
  }
  if (!done) inspection.gap(inspection.place(""), done.error());
  return shape.width > 1 ? "CSV" : "TEXT";
}

}  // namespace candour::inspect
