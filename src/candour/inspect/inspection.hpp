#pragma once
// The work on one file: what detectors are given, and the one way in for files inside files.

#include <candour/formats/byte_source.hpp>
#include <candour/inspect/notes.hpp>
#include <candour/inspect/options.hpp>
#include <candour/inspect/visible_sheets.hpp>

#include <string>
#include <string_view>

namespace candour::inspect {

/// One file that is being read: its place, what is asked, and where findings go. Detectors get it by reference and keep nothing else in common.
class Inspection {
 public:
  /// `visible` takes the cells of the sheets that a reader sees; it may be null.
  Inspection(const InspectionOptions& options, Notes& notes, std::string file, VisibleSheets* visible);

  [[nodiscard]] const InspectionOptions& options() const { return options_; }
  [[nodiscard]] const InspectionLimits& limits() const { return options_.limits; }
  [[nodiscard]] const Needles* needles() const { return options_.needles.get(); }
  [[nodiscard]] bool only_our_own() const { return options_.expectation == Expectation::our_own_writing; }
  /// Whether these bytes are a picture that our own writing may hold.
  [[nodiscard]] bool is_own_picture(std::string_view bytes) const;
  [[nodiscard]] VisibleSheets* visible() const { return visible_; }

  [[nodiscard]] InspectionPlace place(std::string_view part, std::string_view sheet = {}) const { return {file_, std::string(part), std::string(sheet)}; }
  NotedFinding& at(FindingKind kind, const InspectionPlace& place) { return notes_.at(kind, place); }
  void gap(const InspectionPlace& place, std::string_view code, std::string_view sentence) { notes_.gap(place, code, sentence); }
  void gap(const InspectionPlace& place, const base::Error& error) { notes_.gap(place, error); }

  /// Looks at a text for characters that deceive and for distinctive withheld values.
  void look_at_text(const InspectionPlace& place, std::string_view where, std::string_view text);
  /// The same for a cell.
  void look_at_cell(const InspectionPlace& place, CellAddress cell, std::string_view text);

  /// Opens a file inside this one, called `name`, and inspects it; a gap where it lies deeper or is larger than the limits allow.
  void inspect_nested(std::string_view name, std::string bytes);

  /// Inspects a file by what its bytes are; gives the name of the format. Also called for the outermost file.
  std::string inspect_source(const formats::ByteSource& source);

 private:
  struct Nesting;
  Inspection(const Inspection& holder, std::string_view name);

  const InspectionOptions& options_;
  Notes& notes_;
  std::string file_;
  VisibleSheets* visible_;
  std::uint32_t depth_ = 0;
  std::uint64_t own_nested_bytes_ = 0;
  std::uint64_t* nested_bytes_ = &own_nested_bytes_;  ///< of the outermost file, shared by all inside it
};

}  // namespace candour::inspect
