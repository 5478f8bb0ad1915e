#pragma once
// The records of an old workbook (BIFF5 and BIFF8), as far as hidden things announce themselves in them.

#include <candour/inspect/inspection.hpp>

#include <string_view>

namespace candour::inspect {

/// Takes the workbook stream; writes down hidden sheets and their cells, hidden rows and columns with values, comments, names, outside references and
/// the name of who saved it. A gap where the stream is encrypted or cut short.
void inspect_legacy_workbook(std::string_view stream, std::string_view part, Inspection& inspection);

}  // namespace candour::inspect
