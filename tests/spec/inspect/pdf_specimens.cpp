// Every hiding place of PDF, built object by object.

#include "package_builder.hpp"
#include "specimen.hpp"

#include <functional>
#include <map>

namespace candour::inspect::specimens {
namespace {

using enum FindingKind;

/// A PDF of one page: objects by number, and the words between them made right.
struct PdfSpec {
  std::string content = "BT /F1 12 Tf 72 700 Td (The answer is in the table.) Tj ET";
  std::string page;       ///< more entries of the page
  std::string resources;  ///< more entries of its resources
  std::string catalog;    ///< more entries of the catalogue
  std::string trailer;
  std::map<int, std::string> more;  ///< further objects, from 10 on

  static std::string stream(const std::string& entries, const std::string& bytes) {
    return "<<" + entries + " /Length " + std::to_string(bytes.size()) + ">>\nstream\n" + bytes + "\nendstream";
  }
  [[nodiscard]] std::string bytes() const {
    std::map<int, std::string> objects = more;
    objects[1] = "<</Type /Catalog /Pages 2 0 R " + catalog + ">>";
    objects[2] = "<</Type /Pages /Kids [3 0 R] /Count 1>>";
    objects[3] = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>> " + resources + ">> " + page + ">>";
    objects[4] = stream("", content);
    objects[5] = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>";
    std::string out = "%PDF-1.7\n";
    std::map<int, std::size_t> places;
    for (const auto& [number, object] : objects) {
      places[number] = out.size();
      out += std::to_string(number) + " 0 obj\n" + object + "\nendobj\n";
    }
    const std::size_t table = out.size();
    const int last = objects.rbegin()->first;
    out += "xref\n0 " + std::to_string(last + 1) + "\n0000000000 65535 f \n";
    for (int number = 1; number <= last; ++number) {
      const std::string digits = places.contains(number) ? std::to_string(places[number]) : "0";
      out += std::string(10 - digits.size(), '0') + digits + (places.contains(number) ? " 00000 n \n" : " 65535 f \n");
    }
    return out + "trailer\n<</Size " + std::to_string(last + 1) + " /Root 1 0 R " + trailer + ">>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  }
};

using Change = std::function<void(PdfSpec&)>;
Change after(const std::string& operators) {
  return [=](PdfSpec& pdf) { pdf.content += " " + operators; };
}
Change on_page(const std::string& entries, const std::map<int, std::string>& more = {}) {
  return [=](PdfSpec& pdf) {
    pdf.page += entries;
    pdf.more.insert(more.begin(), more.end());
  };
}
Change in_catalog(const std::string& entries, const std::map<int, std::string>& more = {}) {
  return [=](PdfSpec& pdf) {
    pdf.catalog += entries;
    pdf.more.insert(more.begin(), more.end());
  };
}
Change with_information(const std::string& entries) {
  return [=](PdfSpec& pdf) {
    pdf.trailer += "/Info 10 0 R";
    pdf.more[10] = "<<" + entries + ">>";
  };
}
std::string packet(const std::string& inside) {
  return R"(<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" )"
         R"(xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">)" +
         inside + "</rdf:Description></rdf:RDF></x:xmpmeta>";
}
Change with_packet(const std::string& inside) {
  return in_catalog("/Metadata 11 0 R ", {{11, PdfSpec::stream("/Type /Metadata /Subtype /XML", packet(inside))}});
}

struct Row {
  std::string name;
  FindingKind kind;
  std::string where;
  Change change;
};

std::vector<Row> rows() {
  const std::string layers = "/OCProperties <</OCGs [12 0 R] /D <</OFF [12 0 R]>>>>", layer = "<</Type /OCG /Name (Names)>>";
  const std::string picture = PdfSpec::stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x");
  return {
      {"TextUnderBlackBox", covered_text, "page 1", after("0 g 60 690 400 30 re f")},
      {"TextUnderImage", covered_text, "page 1",
       [picture](PdfSpec& pdf) {
         pdf.resources = "/XObject <</I 10 0 R>>";
         pdf.more[10] = picture;
         pdf.content += " q 400 0 0 40 60 690 cm /I Do Q";
       }},
      {"InvisibleRenderMode", invisible_text, "page 1", after("BT /F1 12 Tf 3 Tr 72 600 Td (41) Tj ET")},
      {"WhiteText", invisible_text, "page 1", after("BT 1 g /F1 12 Tf 72 600 Td (41) Tj ET")},
      {"TextInColourOfBox", invisible_text, "page 1", after("0 0 1 rg 60 590 300 40 re f BT /F1 12 Tf 72 600 Td (41) Tj ET")},
      {"TinyText", invisible_text, "page 1", after("BT /F1 1 Tf 72 600 Td (41) Tj ET")},
      {"OffPage", off_page_text, "page 1", after("BT /F1 12 Tf 900 600 Td (41) Tj ET")},
      {"OutsideCropBox", off_page_text, "page 1", [](PdfSpec& pdf) { pdf.page = "/CropBox [0 0 595 500]"; }},
      {"LayerOff", hidden_layer, "page 1",
       [=](PdfSpec& pdf) {
         pdf.catalog = layers;
         pdf.resources = "/Properties <</L 12 0 R>>";
         pdf.more[12] = layer;
         pdf.content += " /OC /L BDC BT /F1 12 Tf 72 600 Td (41) Tj ET EMC";
       }},
      {"LayerOffByList", hidden_layer, "object 12", in_catalog(layers, {{12, layer}})},
      {"UnreferencedObject", unreferenced_object, "object 10", [](PdfSpec& pdf) { pdf.more[10] = "(an older answer: 41)"; }},
      {"Annotation", annotation, "object 10",
       on_page("/Annots [10 0 R]", {{10, "<</Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (A. Person) /Contents (was 41)>>"}})},
      {"FormValue", annotation, "object 10", on_page("/Annots [10 0 R]", {{10, "<</Type /Annot /Subtype /Widget /FT /Tx /T (f) /V (41) /Rect [0 0 9 9]>>"}})},
      {"Script", macro, "object 10", in_catalog("/OpenAction 10 0 R", {{10, "<</S /JavaScript /JS (app.alert)>>"}})},
      {"AttachedFile", embedded_object, "object 10",
       in_catalog("/Names <</EmbeddedFiles <</Names [(raw.csv) 10 0 R]>>>>",
                  {{10, "<</Type /Filespec /F (raw.csv) /EF <</F 11 0 R>>>>"}, {11, PdfSpec::stream("/Type /EmbeddedFile", "name,count\nAlder,1\n")}})},
      {"Author", document_properties, "Info Author", with_information("/Author (A. Person)")},
      {"TwoDates", document_properties, "Info ModDate", with_information("/CreationDate (D:20240101000000Z) /ModDate (D:20240201000000Z)")},
      {"LocalPath", local_path, "Info Subject", with_information(R"(/Subject (C:\\Users\\ap\\letter.docx))")},
      {"LocalPathInPacket", local_path, "XMP FilePath", with_packet("<xmpMM:FilePath>C:\\Users\\ap\\letter.docx</xmpMM:FilePath>")},
      {"AssociatedFile", embedded_object, "object 10",
       in_catalog("/AF [10 0 R]", {{10, "<</Type /Filespec /F (raw.csv) /AFRelationship /Data /EF <</F 11 0 R>>>>"},
                                   {11, PdfSpec::stream("/Type /EmbeddedFile", "name,count\nAlder,1\n")}})},
      {"PopUp", annotation, "object 10",
       on_page("/Annots [10 0 R]", {{10, "<</Type /Annot /Subtype /Highlight /Rect [0 0 9 9] /Contents (was 41) /Popup 11 0 R>>"},
                                    {11, "<</Type /Annot /Subtype /Popup /Rect [0 0 9 9] /Parent 10 0 R>>"}})},
      {"PieceInfoOfTheDocument", private_data, "object 1", in_catalog("/PieceInfo <</App <</Private (41)>>>>")},
      {"PacketHistory", document_properties, "XMP History", with_packet("<xmpMM:History>edited by A. Person</xmpMM:History>")},
      {"Disagreement", metadata_conflict, "Title",
       [](PdfSpec& pdf) {
         with_packet("<dc:title>Answer to request 12</dc:title>")(pdf);
         with_information("/Title (Raw data by person)")(pdf);
       }},
      {"PieceInfo", private_data, "object 3", on_page("/PieceInfo <</App <</Private (41)>>>>")},
      {"Thumbnail", thumbnail, "object 3", on_page("/Thumb 10 0 R", {{10, picture}})},
      {"AlternateImage", alternate_image, "object 10",
       [picture](PdfSpec& pdf) {
         pdf.resources = "/XObject <</I 10 0 R>>";
         pdf.more[10] = PdfSpec::stream(
             "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Alternates [<</Image 11 0 R>>]", "x");
         pdf.more[11] = picture;
       }},
      {"ReplacementText", alternative_text, "ActualText", after("/Span <</ActualText (41 people)>> BDC BT /F1 12 Tf 72 600 Td (12) Tj ET EMC")},
      {"AlternativeText", alternative_text, "object 10", in_catalog("/StructTreeRoot <</K 10 0 R>>", {{10, "<</S /Figure /Alt (41 people)>>"}})},
      {"Bookmark", bookmark, "object 11",
       in_catalog("/Outlines 10 0 R", {{10, "<</First 11 0 R /Last 11 0 R>>"}, {11, "<</Title (Person 12) /Parent 10 0 R /Dest [3 0 R /Fit]>>"}})},
      {"NamedDestination", bookmark, "object 1", in_catalog("/Dests <</person_12 [3 0 R /Fit]>>")},
      {"MailLink", hyperlink, "object 10",
       on_page("/Annots [10 0 R]", {{10, "<</Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (mailto:a.person@force.example)>>>>"}})},
      {"OtherFile", external_target, "object 10", on_page("/Annots [10 0 R]", {{10, "<</Subtype /Link /Rect [0 0 9 9] /A <</S /GoToR /F (raw.pdf)>>>>"}})},
      {"PictureMetadata", picture_metadata, "COM",
       [](PdfSpec& pdf) {
         const std::string jpeg = picture_specimens()[7].bytes;
         pdf.resources = "/XObject <</I 10 0 R>>";
         pdf.more[10] =
             PdfSpec::stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode", jpeg);
       }},
  };
}

/// The same marks where they hide nothing.
std::map<std::string, Change> twins() {
  const std::string picture = PdfSpec::stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "x");
  const std::string layers = "/OCProperties <</OCGs [12 0 R] /D <</ON [12 0 R]>>>>", layer = "<</Type /OCG /Name (Names)>>";
  return {
      {"TextUnderBlackBox", after("0 g 60 600 400 30 re f")},
      {"TextUnderImage",
       [picture](PdfSpec& pdf) {
         pdf.resources = "/XObject <</I 10 0 R>>";
         pdf.more[10] = picture;
         pdf.content += " q 400 0 0 40 60 590 cm /I Do Q";
       }},
      {"InvisibleRenderMode", after("BT /F1 12 Tf 0 Tr 72 600 Td (41) Tj ET")},
      {"WhiteText", after("0 g 60 590 300 40 re f BT 1 g /F1 12 Tf 72 600 Td (41) Tj ET")},
      {"TextInColourOfBox", after("0 0 1 rg 60 590 300 40 re f BT 1 1 0 rg /F1 12 Tf 72 600 Td (41) Tj ET")},
      {"TinyText", after("BT /F1 8 Tf 72 600 Td (41) Tj ET")},
      {"OffPage", after("BT /F1 12 Tf 500 600 Td (41) Tj ET")},
      {"OutsideCropBox", [](PdfSpec& pdf) { pdf.page = "/CropBox [0 0 595 800]"; }},
      {"LayerOff",
       [=](PdfSpec& pdf) {
         pdf.catalog = layers;
         pdf.resources = "/Properties <</L 12 0 R>>";
         pdf.more[12] = layer;
         pdf.content += " /OC /L BDC BT /F1 12 Tf 72 600 Td (41) Tj ET EMC";
       }},
      {"LayerOffByList", in_catalog(layers, {{12, layer}})},
      {"Author", with_information("/Author (The answer is in the table.)")},
      {"TwoDates", with_information("/CreationDate (D:20240201000000Z) /ModDate (D:20240201000000Z)")},
      {"Disagreement",
       [](PdfSpec& pdf) {
         with_packet("<dc:title>Answer to request 12</dc:title>")(pdf);
         with_information("/Title (Answer to request 12)")(pdf);
       }},
      {"ReplacementText", after("/Span <</ActualText (41)>> BDC BT /F1 12 Tf 72 600 Td (41) Tj ET EMC")},
      {"MailLink", on_page("/Annots [10 0 R]", {{10, "<</Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (https://force.example/statistics)>>>>"}})},
  };
}

}  // namespace

std::string plain_pdf() { return PdfSpec().bytes(); }

std::string pdf_with_content(const std::string& content) {
  PdfSpec pdf;
  pdf.content = content;
  return pdf.bytes();
}

std::string pdf_with_nested_forms(int depth) {
  PdfSpec pdf;
  pdf.content = "/X10 Do";
  pdf.resources = "/XObject <</X10 10 0 R>>";
  for (int number = 10; number < 10 + depth; ++number) {
    const std::string next = std::to_string(number + 1), inside = number + 1 < 10 + depth ? "/X" + next + " Do" : "BT /F1 12 Tf 72 700 Td (An answer) Tj ET";
    const std::string resources = number + 1 < 10 + depth ? "/XObject <</X" + next + " " + next + " 0 R>>" : "/Font <</F1 5 0 R>>";
    pdf.more[number] = PdfSpec::stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <<" + resources + ">>", inside);
  }
  return pdf.bytes();
}

std::optional<std::string> pdf_twin(const std::string& name) {
  const auto all = twins();
  const auto twin = name.starts_with("Pdf") ? all.find(name.substr(3)) : all.end();
  if (twin == all.end()) return std::nullopt;
  PdfSpec pdf;
  twin->second(pdf);
  return pdf.bytes();
}

std::vector<Specimen> pdf_specimens() {
  std::vector<Specimen> out;
  for (const auto& each : rows()) {
    PdfSpec pdf;
    each.change(pdf);
    out.push_back({"Pdf" + each.name, each.kind, each.where, "", pdf.bytes(), ""});
  }
  const std::string plain = plain_pdf();
  const std::string at = std::to_string(plain.rfind("xref\n", plain.rfind("startxref") - 1));
  const std::string update = "4 0 obj\n" + PdfSpec::stream("", "BT /F1 12 Tf 72 700 Td (12) Tj ET") + "\nendobj\n";
  std::string digits = std::to_string(plain.size());
  digits.insert(0, 10 - digits.size(), '0');
  out.push_back({"PdfEarlierRevision", earlier_revision, "%%EOF", "",
                 plain + update + "xref\n4 1\n" + digits + " 00000 n \ntrailer\n<</Size 6 /Root 1 0 R /Prev " + at + ">>\nstartxref\n" +
                     std::to_string(plain.size() + update.size()) + "\n%%EOF\n",
                 ""});
  out.push_back({"PdfTrailingData", trailing_data, "bytes " + std::to_string(plain.size()), "", plain + "name,count\nAlder,1\n", ""});
  return out;
}

}  // namespace candour::inspect::specimens
