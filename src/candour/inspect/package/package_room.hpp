#pragma once
// The room for Office Open XML: workbooks and documents.

#include <candour/formats/byte_source.hpp>
#include <candour/inspect/inspection.hpp>

namespace candour::inspect {

/// Inspects a package; gives "XLSX", "DOCX" or "OOXML".
[[nodiscard]] std::string inspect_package(const formats::ByteSource& source, Inspection& inspection);

}  // namespace candour::inspect
