#pragma once
// A SpreadsheetML workbook: its list of sheets, names, formats and texts, and each sheet.

#include <candour/inspect/package/open_package.hpp>

namespace candour::inspect {

/// Inspects the workbook part and all that belongs to its sheets; marks the parts that it has dealt with as inspected. What cannot be read gives gaps.
void inspect_workbook(OpenPackage& package, PackagePart& workbook, Inspection& inspection);

}  // namespace candour::inspect
