#pragma once
// The way in: one file, one report.

#include <candour/inspect/options.hpp>
#include <candour/inspect/report.hpp>
#include <candour/inspect/visible_sheets.hpp>

#include <filesystem>

namespace candour::inspect {

/// Searches a file for what a reader of the visible page would not see.
///
/// What the file is, is told by its bytes, never by its name. A file that cannot be opened gives a report with a gap, like anything else that could
/// not be looked at.
///
/// Cost: linear in the expanded bytes; sheets are streamed, so that memory stays below 256 MiB for a sheet of 1 GiB.
[[nodiscard]] InspectionReport inspect_file(const std::filesystem::path& file, const InspectionOptions& options);
/// The same for bytes in memory; `name` stands for the file in the report.
[[nodiscard]] InspectionReport inspect_bytes(std::string name, std::string bytes, const InspectionOptions& options);
/// The same, and hands the visible cells of a workbook or CSV file to `visible`.
[[nodiscard]] InspectionReport inspect_file(const std::filesystem::path& file, const InspectionOptions& options, VisibleSheets& visible);

}  // namespace candour::inspect
