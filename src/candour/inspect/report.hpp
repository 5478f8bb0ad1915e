#pragma once
// What an inspection says about a file: its findings, what could not be looked at, and the outcome.

#include <candour/base/error.hpp>
#include <candour/inspect/finding_kind.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace candour::inspect {

/// Where something lies.
struct InspectionPlace {
  std::string file;   ///< nested files follow their holder after "!/": "letter.docx!/word/embeddings/data.xlsx"
  std::string part;   ///< entry of the archive, page or stream; empty for the file as a whole
  std::string sheet;  ///< name of the sheet, where there is one
  auto operator<=>(const InspectionPlace&) const = default;
};

/// One kind of thing found in one place.
struct InspectionFinding {
  FindingKind kind{};
  InspectionPlace place;
  std::vector<std::string> where;    ///< cell addresses and ranges ("B2:B9"), "bytes 10..20", element names: at most 200, in order
  std::uint64_t count = 0;           ///< how many cells, elements or bytes
  std::vector<std::string> samples;  ///< at most three; masked unless the options say shown
};

/// Something that could not be looked at; a file with one is never clean.
struct InspectionGap {
  InspectionPlace place;
  std::string code;  ///< stable, for example "zip.over_limit"
  std::string sentence;
};

enum class InspectionOutcome { clean, findings, not_fully_inspected };

/// All about one file.
struct InspectionReport {
  std::string file;
  std::string format;                       ///< "XLSX", "ODS", ..., "unknown"
  std::vector<InspectionFinding> findings;  ///< by place, then by kind
  std::vector<InspectionGap> gaps;

  /// Not fully inspected where there is a gap (findings are listed all the same), else findings, else clean.
  [[nodiscard]] InspectionOutcome outcome() const;
};

/// Gives 0 if all are clean, 3 if any has a finding, else 1.
[[nodiscard]] int exit_status(const std::vector<InspectionReport>& reports);
[[nodiscard]] std::string_view to_text(InspectionOutcome outcome);

}  // namespace candour::inspect
