#include <candour/inspect/inspection.hpp>

#include <candour/inspect/inspect_file.hpp>
#include <candour/inspect/ours/own_writing.hpp>
#include <candour/inspect/rooms.hpp>
#include <candour/inspect/text_tricks.hpp>

#include <algorithm>
#include <functional>

namespace candour::inspect {
namespace {

/// Writes the tricks of one text down; `add` takes the kind and how many.
void note_tricks(const TextTricks& tricks, const std::function<void(FindingKind, std::uint64_t)>& add) {
  const std::uint64_t invisible = tricks.invisible_characters + tricks.inner_byte_order_marks;
  if (invisible > 0) add(FindingKind::invisible_character, invisible);
  if (tricks.direction_controls > 0) add(FindingKind::direction_control, tricks.direction_controls);
  if (tricks.mixed_words > 0) add(FindingKind::mixed_scripts, tricks.mixed_words);
  if (tricks.broken_bytes > 0) add(FindingKind::mixed_encoding, tricks.broken_bytes);
}

}  // namespace

bool Inspection::is_own_picture(std::string_view bytes) const {
  return std::ranges::find(options_.own_pictures, base::digest_of(bytes)) != options_.own_pictures.end();
}

Inspection::Inspection(const InspectionOptions& options, Notes& notes, std::string file, VisibleSheets* visible)
    : options_(options), notes_(notes), file_(std::move(file)), visible_(visible) {}

Inspection::Inspection(const Inspection& holder, std::string_view name)
    : options_(holder.options_), notes_(holder.notes_), file_(holder.file_ + "!/" + std::string(name)), visible_(nullptr), depth_(holder.depth_ + 1),
      nested_bytes_(holder.nested_bytes_) {}

void Inspection::look_at_text(const InspectionPlace& place, std::string_view where, std::string_view text) {
  if (const TextTricks tricks = tricks_in(text); tricks.any()) {
    note_tricks(tricks, [&](FindingKind kind, std::uint64_t count) { at(kind, place).add(where, text, count); });
  }
  if (needles() != nullptr && needles()->holds_distinctive(text)) at(FindingKind::withheld_distinctive, place).add(where, text);
}

void Inspection::look_at_cell(const InspectionPlace& place, CellAddress cell, std::string_view text) {
  if (const TextTricks tricks = tricks_in(text); tricks.any()) {
    note_tricks(tricks, [&](FindingKind kind, std::uint64_t) { at(kind, place).add_cell(cell, text); });
  }
  if (needles() != nullptr && needles()->holds_distinctive(text)) at(FindingKind::withheld_distinctive, place).add_cell(cell, text);
}

void Inspection::inspect_nested(std::string_view name, std::string bytes) {
  const InspectionPlace here = place(name);
  if (depth_ >= limits().deepest_nesting) {
    return gap(here, "inspect.too_deep", "a file inside a file lies deeper than the limit of " + std::to_string(limits().deepest_nesting));
  }
  if (bytes.size() > limits().most_nested_bytes) return gap(here, "inspect.over_limit", "a file inside a file is larger than the limit");
  if (bytes.size() > limits().most_nested_total_bytes - *nested_bytes_)
    return gap(here, "inspect.over_limit", "the files inside this file are together larger than the limit");
  *nested_bytes_ += bytes.size();
  Inspection inner(*this, name);
  (void)inner.inspect_source(formats::ByteSource::of_bytes(std::move(bytes)));
}

std::string Inspection::inspect_source(const formats::ByteSource& source) {
  for (const Room& room : rooms()) {
    if (!room.recognises(source)) continue;
    const std::string format = room.inspect(source, *this);
    const bool is_ours = format == "XLSX" || format == "ODS" || format == "CSV" || format == "HTML" || format == "PDF" || format == "JSON";
    if (only_our_own() && !is_ours) note_not_our_writing(*this, place(""), format);
    return format;
  }
  const auto head = source.read({0, std::min<std::uint64_t>(source.size(), 2)});
  if (head && (*head == "\xFF\xFE" || *head == "\xFE\xFF")) {
    gap(place(""), "text.encoding", "the text is in UTF-16: save it as UTF-8 and inspect that");
    return "TEXT";
  }
  gap(place(""), "inspect.unknown_format", "the form of this file is not known, so nothing in it could be looked at");
  return "unknown";
}

namespace {

InspectionReport inspect(const std::string& name, const base::Result<formats::ByteSource>& source, const InspectionOptions& options, VisibleSheets* visible) {
  InspectionReport report;
  report.file = name;
  report.format = "unknown";
  Notes notes(options.samples);
  Inspection inspection(options, notes, name, visible);
  if (source) report.format = inspection.inspect_source(*source);
  else inspection.gap(inspection.place(""), source.error());
  notes.move_into(report);
  return report;
}

}  // namespace

InspectionReport inspect_file(const std::filesystem::path& file, const InspectionOptions& options) {
  return inspect(file.string(), formats::ByteSource::of_file(file), options, nullptr);
}

InspectionReport inspect_bytes(std::string name, std::string bytes, const InspectionOptions& options) {
  return inspect(name, formats::ByteSource::of_bytes(std::move(bytes)), options, nullptr);
}

InspectionReport inspect_file(const std::filesystem::path& file, const InspectionOptions& options, VisibleSheets& visible) {
  return inspect(file.string(), formats::ByteSource::of_file(file), options, &visible);
}

}  // namespace candour::inspect
