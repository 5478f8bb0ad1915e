#pragma once
// Power Query: a frame of bytes, written as base64 in the custom XML of a workbook, with an archive of formulas inside.

#include <candour/inspect/inspection.hpp>

#include <string_view>

namespace candour::inspect {

/// Opens the frame and looks at the files in it as text; a gap where it cannot be opened.
/// Source: the published specification of the query definition format (frame: version, length, archive, then permissions and metadata).
void inspect_data_mashup(std::string_view base64, const InspectionPlace& place, Inspection& inspection);

}  // namespace candour::inspect
