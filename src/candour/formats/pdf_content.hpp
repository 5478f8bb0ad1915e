#pragma once
// Follows the painting of one PDF page. Private to the PDF reader.

#include <candour/formats/pdf_streams.hpp>

#include <set>

namespace candour::formats::detail {

/// What the painting of pages needs to know of the document.
struct PdfPainting {
  PdfBudget& budget;
  PdfFacts& facts;
  std::set<std::string> layers_off;  ///< of optional content groups, "number generation"
};

/// Paints one page in thought and adds its texts to the facts. `number` counts from 1.
void follow_page(QPDFObjectHandle page, std::size_t number, PdfPainting& painting);

}  // namespace candour::formats::detail
