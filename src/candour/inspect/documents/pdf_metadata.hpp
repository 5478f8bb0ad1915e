#pragma once
// The properties of a PDF: the Info dictionary and the XMP packets, and whether they agree.

#include <candour/formats/pdf_reader.hpp>
#include <candour/inspect/inspection.hpp>

namespace candour::inspect {

void inspect_pdf_metadata(const formats::PdfFacts& facts, Inspection& inspection);

}  // namespace candour::inspect
