#pragma once
// What an inspection is asked to do, and how far it goes.

#include <candour/base/digest.hpp>
#include <candour/formats/pdf_reader.hpp>
#include <candour/formats/xml_reader.hpp>
#include <candour/formats/zip_survey.hpp>
#include <candour/inspect/needles.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace candour::inspect {

/// Whether reports repeat what they found.
enum class Samples {
  masked,  ///< letters as x, digits as 9
  shown,
};

/// What may be in the file.
enum class Expectation {
  anything,         ///< search the hiding places
  our_own_writing,  ///< besides, every part, element and attribute must be one that our own writers produce
};

/// How far an inspection goes; beyond a limit a file is "not fully inspected".
struct InspectionLimits {
  formats::ArchiveLimits archive;
  formats::XmlLimits xml;
  formats::PdfLimits pdf;
  std::uint32_t deepest_nesting = 4;                               ///< files inside files; 0 opens none
  std::uint64_t most_part_bytes = std::uint64_t{64} << 20;         ///< of a part that is held in memory whole
  std::uint64_t most_nested_bytes = std::uint64_t{64} << 20;       ///< of a file inside a file
  std::uint64_t most_shared_text_bytes = std::uint64_t{96} << 20;  ///< of the texts that a workbook's cells share
  std::uint64_t most_shared_texts = 8'000'000;
  std::uint64_t longest_cell_bytes = std::uint64_t{1} << 20;
  std::uint64_t most_formula_cells = 4'000'000;                      ///< of one sheet, to be compared with the calculation chain
  std::uint64_t most_nested_total_bytes = std::uint64_t{512} << 20;  ///< of all files inside one file, expanded
  std::uint64_t most_document_bytes = std::uint64_t{256} << 20;      ///< of a PDF or picture
  std::uint64_t longest_text_line_bytes = std::uint64_t{16} << 20;   ///< of one CSV record, or of one row of an OpenDocument sheet
};

/// What an inspection is asked to do.
struct InspectionOptions {
  Samples samples = Samples::masked;
  Expectation expectation = Expectation::anything;
  InspectionLimits limits;
  std::shared_ptr<const Needles> needles;  ///< what the release withholds, or nothing
  std::vector<base::Digest> own_pictures;  ///< our_own_writing: the only pictures that may be inside, by their bytes
};

}  // namespace candour::inspect
