#pragma once
// Where detectors write down what they find, while a file is read.

#include <candour/inspect/cell_ranges.hpp>
#include <candour/inspect/options.hpp>
#include <candour/inspect/report.hpp>

#include <map>
#include <string>
#include <string_view>
#include <tuple>

namespace candour::inspect {

/// Gives a text whose letters read x and digits 9, cut at 40 characters; nothing of the content can be told but its shape.
[[nodiscard]] std::string masked(std::string_view text);

/// One finding that grows while the file is read.
class NotedFinding {
 public:
  explicit NotedFinding(Samples samples) : samples_mode_(samples) {}
  void add_cell(CellAddress cell, std::string_view sample);
  /// Adds an occurrence at a place that is not a cell; an empty `where` is only counted.
  void add(std::string_view where, std::string_view sample, std::uint64_t count = 1);
  [[nodiscard]] InspectionFinding finished(FindingKind kind, const InspectionPlace& place) const;

 private:
  void add_sample(std::string_view sample);

  Samples samples_mode_;
  CellRanges cells_;
  std::vector<std::string> where_;
  std::uint64_t count_ = 0;
  std::vector<std::string> samples_;
};

/// All findings and gaps of one file, nested files included. A finding is one kind in one place.
class Notes {
 public:
  explicit Notes(Samples samples) : samples_(samples) {}
  /// Gives the finding of this kind and place, new or not; the reference stays good.
  NotedFinding& at(FindingKind kind, const InspectionPlace& place);
  void gap(const InspectionPlace& place, std::string_view code, std::string_view sentence);
  void gap(const InspectionPlace& place, const base::Error& error);
  /// Moves all into a report.
  void move_into(InspectionReport& report);

 private:
  Samples samples_;
  std::map<std::pair<InspectionPlace, FindingKind>, NotedFinding> findings_;
  std::vector<InspectionGap> gaps_;
};

}  // namespace candour::inspect
