// Every hiding place of DOCX, built part by part.

#include "package_builder.hpp"
#include "specimen.hpp"

#include <functional>

namespace candour::inspect::specimens {
namespace {

using enum FindingKind;

struct Row {
  std::string name;
  FindingKind kind;
  std::string where;
  std::function<void(DocumentSpec&)> change;
};

auto body(const std::string& text) {
  return [text](DocumentSpec& document) { document.body += text; };
}
auto run(const std::string& properties, const std::string& text) {
  return body("<w:p><w:r><w:rPr>" + properties + "</w:rPr><w:t>" + text + "</w:t></w:r></w:p>");
}
auto settings(const std::string& inside) {
  return [inside](DocumentSpec& document) { document.linked_part("settings", "settings", "w:settings", inside); };
}

std::vector<Row> rows() {
  return {
      {"Deletion", tracked_change, "w:del", body(R"(<w:p><w:del w:author="A. Person"><w:r><w:delText>41</w:delText></w:r></w:del></w:p>)")},
      {"Insertion", tracked_change, "w:ins", body(R"(<w:p><w:ins w:author="A. Person"><w:r><w:t>12</w:t></w:r></w:ins></w:p>)")},
      {"Move", tracked_change, "w:moveFrom", body(R"(<w:p><w:moveFrom w:author="A. Person"><w:r><w:t>41</w:t></w:r></w:moveFrom></w:p>)")},
      {"PropertyHistory", tracked_change, "w:rPrChange", run(R"(<w:rPrChange w:author="A. Person"/>)", "text")},
      {"Comment", comment, "w:comment",
       [](DocumentSpec& d) {
         d.linked_part("comments", "comments", "w:comments", R"(<w:comment w:author="A. Person"><w:p><w:r><w:t>was 41</w:t></w:r></w:p></w:comment>)");
       }},
      {"Person", person, "w15:person", [](DocumentSpec& d) { d.linked_part("people", "people", "w15:people", R"(<w15:person w15:author="A. Person"/>)"); }},
      {"Vanish", hidden_text, "paragraph 2", run("<w:vanish/>", "41")},
      {"WebHidden", hidden_text, "paragraph 2", run("<w:webHidden/>", "41")},
      {"VanishInFootnote", hidden_text, "paragraph 1",
       [](DocumentSpec& d) {
         d.linked_part("footnotes", "footnotes", "w:footnotes", "<w:footnote><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>41</w:t></w:r></w:p></w:footnote>");
       }},
      {"VanishInHeader", hidden_text, "paragraph 1",
       [](DocumentSpec& d) { d.linked_part("header", "header1", "w:hdr", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>41</w:t></w:r></w:p>"); }},
      {"WhiteText", invisible_text, "paragraph 2", run(R"(<w:color w:val="FFFFFF"/>)", "41")},
      {"BlackHighlight", invisible_text, "paragraph 2", run(R"(<w:highlight w:val="black"/>)", "41")},
      {"TextInColourOfShading", invisible_text, "paragraph 2", run(R"(<w:color w:val="0000ff"/><w:shd w:val="clear" w:fill="0000FF"/>)", "41")},
      {"TinyText", invisible_text, "paragraph 2", run(R"(<w:sz w:val="2"/>)", "41")},
      {"FieldCode", field, "w:instrText", body(R"(<w:p><w:r><w:instrText> MERGEFIELD name </w:instrText></w:r></w:p>)")},
      {"SimpleField", field, "w:fldSimple", body(R"(<w:p><w:fldSimple w:instr=" AUTHOR "><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>)")},
      {"MailMerge", mail_merge, "w:query", settings(R"(<w:mailMerge><w:connectString w:val="DSN=hr"/><w:query w:val="SELECT * FROM people"/></w:mailMerge>)")},
      {"RevisionIdentifier", revision_identifier, "w:rsid", settings(R"(<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>)")},
      {"RevisionIdentifierOfRun", revision_identifier, "w:rsidR", body(R"(<w:p w:rsidR="00AB12CD"><w:r><w:t>x</w:t></w:r></w:p>)")},
      {"Bookmark", bookmark, "w:bookmarkStart", body(R"(<w:bookmarkStart w:id="1" w:name="person_12"/>)")},
      {"ContentControl", content_control, "w:dataBinding", body(R"(<w:sdt><w:sdtPr><w:dataBinding w:xpath="/root/name"/></w:sdtPr></w:sdt>)")},
      {"Glossary", glossary, "w:glossaryDocument", [](DocumentSpec& d) { d.linked_part("glossaryDocument", "glossary", "w:glossaryDocument", ""); }},
      {"ForeignPart", foreign_part, "w:altChunk", body(R"(<w:altChunk r:id="a"/>)")},
      {"Template", attached_template, "relationship",
       [](DocumentSpec& d) { d.package.link_outside("word/document.xml", "t", "attachedTemplate", "file:///C:/Users/a.person/letter.dotm"); }},
      {"DocumentVariable", document_variable, "w:docVar", settings(R"(<w:docVars><w:docVar w:name="case" w:val="41"/></w:docVars>)")},
      {"OleObject", embedded_object, "o:OLEObject", body(R"(<w:p><w:r><o:OLEObject ProgID="Excel.Sheet.12" r:id="o"/></w:r></w:p>)")},
      {"ChartCache", chart_cache, "c:pt",
       [](DocumentSpec& d) {
         d.package.link("word/document.xml", "c", "chart", "word/charts/chart1.xml");
         d.package.part(
             "word/charts/chart1.xml",
             R"(<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:numCache><c:pt idx="0"><c:v>41</c:v></c:pt></c:numCache></c:chartSpace>)");
       }},
      {"ChartWorkbook", embedded_object, "part",
       [](DocumentSpec& d) {
         d.package.link("word/document.xml", "e", "package", "word/embeddings/data.xlsx");
         d.package.part("word/embeddings/data.xlsx", WorkbookSpec().bytes(Naming::customary));
       }},
      {"PictureMetadata", picture_metadata, "tEXt",
       [](DocumentSpec& d) {
         d.package.link("word/document.xml", "i", "image", "word/media/image1.png");
         d.package.part("word/media/image1.png", picture_specimens().front().bytes);
       }},
      {"Creator", document_properties, "dc:creator",
       [](DocumentSpec& d) {
         d.package.link("", "p", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml");
         d.package.part(
             "docProps/core.xml",
             R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>A. Person</dc:creator></cp:coreProperties>)");
       }},
      {"Macro", macro, "part",
       [](DocumentSpec& d) {
         d.package.link("word/document.xml", "v", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "word/vbaProject.bin");
         d.package.part("word/vbaProject.bin", "Attribut VB_Nam");
       }},
      {"AlternativeText", alternative_text, "w:drawing",
       body(R"(<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture" descr="41 people"/></wp:inline></w:drawing></w:r></w:p>)")},
      {"HiddenDrawing", hidden_shape, "w:drawing",
       body(R"(<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture" hidden="1"/></wp:inline></w:drawing></w:r></w:p>)")},
      {"PictureInFront", covered_text, "paragraph 2",
       body(R"(<w:p><w:r><w:drawing><wp:anchor behindDoc="0"><wp:wrapNone/></wp:anchor></w:drawing></w:r></w:p>)")},
      {"CroppedPicture", cropped_picture, "a:srcRect", body(R"(<w:p><w:r><w:drawing><wp:inline><a:srcRect r="30000"/></wp:inline></w:drawing></w:r></w:p>)")},
      {"Fallback", fallback, "mc:Fallback",
       body(R"(<mc:AlternateContent><mc:Fallback><w:p><w:r><w:t>41</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>)")},
      {"LinkTooltip", hyperlink, "w:hyperlink", body(R"(<w:p><w:hyperlink w:tooltip="person 12"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>)")},
      {"CustomXml", custom_xml, "root",
       [](DocumentSpec& d) {
         d.package.link("word/document.xml", "x", "customXml", "customXml/item1.xml");
         d.package.part("customXml/item1.xml", "<root><name>x</name></root>");
       }},
      {"Thumbnail", thumbnail, "part",
       [](DocumentSpec& d) {
         d.package.link("", "th", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.png");
         d.package.part("docProps/thumbnail.png", plain_png());
       }},
      {"MixedScripts", mixed_scripts, "w:document", body("<w:p><w:r><w:t>p\xD0\xB0yment</w:t></w:r></w:p>")},
  };
}

}  // namespace

std::vector<Specimen> document_specimens() {
  std::vector<Specimen> out;
  for (const auto& each : rows()) {
    DocumentSpec document;
    each.change(document);
    out.push_back({"Docx" + each.name, each.kind, each.where, "", document.bytes(Naming::customary), document.bytes(Naming::meaningless)});
  }
  return out;
}

}  // namespace candour::inspect::specimens
