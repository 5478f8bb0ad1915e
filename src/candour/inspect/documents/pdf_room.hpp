#pragma once
// The room for PDF.

#include <candour/formats/byte_source.hpp>
#include <candour/inspect/inspection.hpp>

namespace candour::inspect {

[[nodiscard]] bool is_pdf(const formats::ByteSource& source);
/// Inspects a PDF; gives "PDF". Attached files are inspected too.
[[nodiscard]] std::string inspect_pdf(const formats::ByteSource& source, Inspection& inspection);

}  // namespace candour::inspect
