#include <candour/formats/pdf_document.hpp>

#include <candour/formats/pdf_page_writer.hpp>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include <exception>

namespace candour::formats {
namespace {

// The first cell of a row heads the row; all others of a row that has header cells only head columns.
void set_scopes_of_row(QPDFObjectHandle row) {
  QPDFObjectHandle cells = row.getKey("/K");
  if (!cells.isArray()) return;
  bool all_headers = true;
  for (QPDFObjectHandle cell : cells.aitems()) all_headers = all_headers && cell.isDictionary() && cell.getKey("/S").isNameAndEquals("/TH");
  for (QPDFObjectHandle cell : cells.aitems()) {
    if (cell.isDictionary() && cell.getKey("/S").isNameAndEquals("/TH")) {
      cell.replaceKey("/A", QPDFObjectHandle::parse(all_headers ? "<< /O /Table /Scope /Column >>" : "<< /O /Table /Scope /Row >>"));
    }
  }
}

// Walks the structure tree and gives every header cell its scope, which the drawing library leaves out.
void set_scopes(QPDFObjectHandle element) {
  if (!element.isDictionary()) return;
  if (element.getKey("/S").isNameAndEquals("/TR")) return set_scopes_of_row(element);
  QPDFObjectHandle children = element.getKey("/K");
  if (children.isArray()) {
    for (const QPDFObjectHandle& child : children.aitems()) set_scopes(child);
  } else {
    set_scopes(children);
  }
}

std::string finished(const std::string& drawn, const PdfDocument& document) {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("letter", drawn.data(), drawn.size());
  QPDFObjectHandle root = pdf.getRoot();
  root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(document.language));
  root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<< /DisplayDocTitle true >>"));
  set_scopes(root.getKey("/StructTreeRoot"));
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  // An identifier made from the contents: same letter, same bytes.
  writer.setDeterministicID(true);
  writer.write();
  const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

base::Error not_written() { return {base::Cause::could_not_finish, "pdf.not_written", {}, "the letter could not be drawn as PDF", {}}; }

}  // namespace

base::Result<std::string> write_pdf(const PdfDocument& document) {
  std::string drawn;
  {
    PdfPageWriter pages(document, drawn);
    for (const PdfBlock& block : document.blocks) pages.draw(block);
    if (!pages.finish()) return base::fail(not_written());
  }
  // The library reports its faults by exceptions; their texts may repeat the letter's and are not passed on.
  try {
    return finished(drawn, document);
  } catch (const std::exception&) {
    return base::fail(not_written());
  }
}

}  // namespace candour::formats
