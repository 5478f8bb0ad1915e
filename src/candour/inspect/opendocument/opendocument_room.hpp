#pragma once
// The room for OpenDocument: spreadsheets and texts.

#include <candour/formats/byte_source.hpp>
#include <candour/formats/zip_survey.hpp>
#include <candour/inspect/inspection.hpp>

namespace candour::inspect {

/// Tells whether an archive is an OpenDocument package: it has a manifest.
[[nodiscard]] bool is_opendocument(const formats::ZipSurvey& survey);

/// Inspects an OpenDocument package; gives "ODS", "ODT" or "ODF".
[[nodiscard]] std::string inspect_opendocument(const formats::ByteSource& source, Inspection& inspection);

}  // namespace candour::inspect
