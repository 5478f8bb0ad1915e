// The innocent twin of every specimen: the same values and the same elements where a reader sees them, or the file without the place.

#include "package_builder.hpp"
#include "specimen.hpp"

#include <functional>
#include <map>

namespace candour::inspect::specimens {
namespace {

using Workbook = std::function<void(WorkbookSpec&)>;
using Document = std::function<void(DocumentSpec&)>;
using OpenDocument = std::function<void(OpenDocumentSpec&)>;

Workbook rows(const std::string& elements) {
  return [=](WorkbookSpec& book) { book.sheets[0].rows += elements; };
}
Workbook before(const std::string& elements) {
  return [=](WorkbookSpec& book) { book.sheets[0].before += elements; };
}
Workbook after(const std::string& elements) {
  return [=](WorkbookSpec& book) { book.sheets[0].after += elements; };
}
Workbook second_sheet(const std::string& rows) {
  return [=](WorkbookSpec& book) { book.sheets.push_back({"Raw", "", "", rows, ""}); };
}
Workbook part(const std::string& from, const std::string& type, const std::string& key, const std::string& bytes) {
  return [=](WorkbookSpec& book) {
    book.package.link(from, "extra", type, key);
    book.package.part(key, bytes);
  };
}
Workbook both(const Workbook& one, const Workbook& other) {
  return [=](WorkbookSpec& book) {
    one(book);
    other(book);
  };
}

const std::string book_part = "xl/workbook.xml", sheet_part = "xl/worksheets/sheet1.xml";
const std::string core_type = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

std::string core(const std::string& inside) {
  return R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">)" +
         inside + "</cp:coreProperties>";
}
std::string app(const std::string& inside) {
  return R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">)" +
         inside + "</Properties>";
}
std::string in_main(const std::string& root, const std::string& inside, const std::string& attributes = "") {
  return "<" + root + " " + spreadsheet_namespaces + attributes + ">" + inside + "</" + root + ">";
}

/// A third row in one font, fill and number format.
Workbook styled(const std::string& font, const std::string& fill, const std::string& format, const std::string& cell = R"(<c r="B3" s="1"><v>7</v></c>)") {
  return [=](WorkbookSpec& book) {
    book.styles = R"(<fonts><font><sz val="11"/><color rgb="FF000000"/></font>)" + font + R"(</fonts><fills><fill><patternFill patternType="none"/></fill>)" +
                  fill + R"(</fills><cellXfs><xf numFmtId="0" fontId="0" fillId="0"/>)" + format + "</cellXfs>";
    book.sheets[0].rows += R"(<row r="3">)" + cell + "</row>";
  };
}

Workbook drawing(const std::string& from_column, const std::string& inside) {
  return part(
      sheet_part, "drawing", "xl/drawings/drawing1.xml",
      R"(<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>)" +
          from_column + "</xdr:col><xdr:row>20</xdr:row></xdr:from><xdr:to><xdr:col>22</xdr:col><xdr:row>22</xdr:row></xdr:to>" + inside +
          "</xdr:twoCellAnchor></xdr:wsDr>");
}

const std::map<std::string, Workbook>& workbook_twins() {
  const std::string third = R"(<row r="3"><c r="A3"><v>7</v></c><c r="B3"><v>8</v></c></row>)", one = R"(<row r="1"><c r="A1"><v>41</v></c></row>)";
  const std::string plain_font = R"(<font><sz val="11"/><color rgb="FF0000FF"/></font>)",
                    blue_fill = R"(<fill><patternFill patternType="solid"><fgColor rgb="FF0000FF"/></patternFill></fill>)";
  const std::string white_font = R"(<font><sz val="11"/><color rgb="FFFFFFFF"/></font>)", in_font = R"(<xf numFmtId="0" fontId="1" fillId="0"/>)";
  const std::string text_cell = R"(<row r="3"><c r="A3" t="s"><v>0</v></c></row>)";
  const auto shape = [](const std::string& attributes) {
    return R"(<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="Shape")" + attributes + "/></xdr:nvSpPr></xdr:sp>";
  };
  static const std::map<std::string, Workbook> twins{
      {"HiddenSheet", second_sheet(one)},
      {"VeryHiddenSheet", second_sheet(one)},
      {"HiddenRow", rows(third)},
      {"FlatRow", rows(R"(<row r="3" ht="15" customHeight="1"><c r="A3"><v>7</v></c></row>)")},
      {"RowsHiddenByDefault", before(R"(<sheetFormatPr defaultRowHeight="15" zeroHeight="0"/>)")},
      {"CollapsedGroup", rows(R"(<row r="3" outlineLevel="1"><c r="A3"><v>7</v></c></row>)")},
      {"HiddenColumn", before(R"(<cols><col min="2" max="5" width="9"/></cols>)")},
      {"FlatColumn", before(R"(<cols><col min="2" max="2" width="9" customWidth="1"/></cols>)")},
      {"FilteredRow", both(rows(third), after(R"(<autoFilter ref="A1:B9"/>)"))},
      {"FilteredTableRow", both(rows(third), part(sheet_part, "table", "xl/tables/table1.xml",
                                                  in_main("table", R"(<autoFilter ref="A1:B9"/>)", R"( id="1" name="T" ref="A1:B9")")))},
      {"FilterCriteria", after(R"(<autoFilter ref="A1:B9"><filterColumn colId="0"/></autoFilter>)")},
      {"DefinedName",
       [](WorkbookSpec& book) {
         book.after_sheets = R"(<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'Table 1'!$1:$1</definedName></definedNames>)";
       }},
      {"HiddenFormulaReference", both(rows(R"(<row r="3"><c r="C3"><f>Raw!A1</f><v>41</v></c></row>)"), second_sheet(one))},
      {"OutsideFormulaReference", rows(R"(<row r="3"><c r="C3"><f>SUM(B2:B2)</f><v>12</v></c></row>)")},
      {"FarCell", rows(R"(<row r="30"><c r="A30"><v>7</v></c></row>)")},
      {"FarColumn", rows(R"(<row r="3"><c r="M3"><v>7</v></c></row>)")},
      {"MergedAway", both(rows(R"(<row r="3"><c r="A3"><v>7</v></c><c r="B3"/></row>)"), after(R"(<mergeCells><mergeCell ref="A3:C3"/></mergeCells>)"))},
      {"Scenario", after("<scenarios/>")},
      {"HeaderFooter", after("<headerFooter><oddFooter>&amp;LPage &amp;P of &amp;N</oddFooter></headerFooter>")},
      {"HyperlinkTooltip", after(R"(<hyperlinks><hyperlink ref="A2"/></hyperlinks>)")},
      {"HyperlinkTarget", [](WorkbookSpec& book) { book.package.link_outside(sheet_part, "h", "hyperlink", "https://force.example/statistics"); }},
      {"ExtensionBlock", after(R"(<extLst><ext uri="{05A4C25C-085E-4340-85A3-A5531E510DB2}"/></extLst>)")},
      {"Fallback", after("<mc:AlternateContent><mc:Choice Requires=\"x14\"/></mc:AlternateContent>")},
      {"MixedScripts", rows("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>\xD0\xAF\xD0\xBD\xD0\xB2\xD0\xB0\xD1\x80\xD1\x8C January</t></is></c></row>")},
      {"WhiteText", styled(white_font, blue_fill, R"(<xf numFmtId="0" fontId="1" fillId="1"/>)")},
      {"ThemeWhiteText", styled(R"(<font><sz val="11"/><color theme="1"/></font>)", "", in_font)},
      {"TextInColourOfFill", styled(plain_font, "", in_font)},
      {"TinyText", styled(R"(<font><sz val="8"/><color rgb="FF000000"/></font>)", "", in_font)},
      {"EmptyNumberFormat", styled(plain_font, "", R"(<xf numFmtId="3" fontId="0" fillId="0"/>)")},
      {"HiddenFormula", styled("", "", R"(<xf numFmtId="0" fontId="0" fillId="0"><protection locked="1"/></xf>)", R"(<c r="B3" s="1"><f>6+1</f><v>7</v></c>)")},
      {"ConditionalHiding",
       both(
           styled("", "", ""),
           [](WorkbookSpec& book) {
             book.styles += R"(<dxfs><dxf><font><color rgb="FFFF0000"/></font></dxf></dxfs>)";
             book.sheets[0].after +=
                 R"(<conditionalFormatting sqref="B1:B9"><cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula></cfRule></conditionalFormatting>)";
           })},
      {"UnusedString", both(rows(text_cell), [](WorkbookSpec& book) { book.shared_texts = "<si><t>Alder, person 12</t></si>"; })},
      {"PhoneticText", both(rows(text_cell), [](WorkbookSpec& book) { book.shared_texts = "<si><r><t>Feb</t></r><r><t>ruary</t></r></si>"; })},
      {"StaleCalculation", both(rows(R"(<row r="3"><c r="B3"><f>6+1</f><v>7</v></c></row>)"),
                                part(book_part, "calcChain", "xl/calcChain.xml", in_main("calcChain", R"(<c r="B3" i="1"/>)")))},
      {"Creator", part(book_part, core_type, "docProps/core.xml", core("<dc:title>Answer to request 12</dc:title>"))},
      {"TwoDates", part(book_part, core_type, "docProps/core.xml",
                        core("<dcterms:created>2024-02-01T00:00:00Z</dcterms:created><dcterms:modified>2024-02-01T00:00:00Z</dcterms:modified>"))},
      {"Company", part(book_part, "extended-properties", "docProps/app.xml", app("<Application>A Program</Application><Company></Company>"))},
      {"TitleOfAbsentSheet",
       part(book_part, "extended-properties", "docProps/app.xml", app("<TitlesOfParts><vt:vector><vt:lpstr>Table 1</vt:lpstr></vt:vector></TitlesOfParts>"))},
      {"PictureMetadata", part(sheet_part, "image", "xl/media/image1.png", plain_png())},
      {"HiddenShape", drawing("20", shape(""))},
      {"AlternativeText", drawing("20", shape(R"( descr="")"))},
      {"CoveredCells", drawing("20", R"(<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="Shape"/></xdr:nvSpPr><xdr:spPr><a:solidFill/></xdr:spPr></xdr:sp>)")},
      {"ChartCache", part(book_part, "chart", "xl/charts/chart1.xml",
                          R"(<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart/></c:chartSpace>)")},
      {"HiddenChartSheet",
       [](WorkbookSpec& book) {
         book.package.link(book_part, "charts", "chartsheet", "xl/chartsheets/sheet1.xml");
         book.package.part("xl/chartsheets/sheet1.xml", in_main("chartsheet", ""));
         book.sheets[0].state = R"(/><sheet name="Chart" sheetId="9" r:id="charts")";
       }},
  };
  return twins;
}

const std::map<std::string, Document>& document_twins() {
  const auto run = [](const std::string& properties) {
    return [=](DocumentSpec& document) { document.body += "<w:p><w:r><w:rPr>" + properties + "</w:rPr><w:t>41</w:t></w:r></w:p>"; };
  };
  const auto body = [](const std::string& text) { return [=](DocumentSpec& document) { document.body += text; }; };
  static const std::map<std::string, Document> twins{
      {"PropertyHistory", run("<w:b/>")},
      {"Vanish", run(R"(<w:vanish w:val="0"/>)")},
      {"WebHidden", run(R"(<w:webHidden w:val="false"/>)")},
      {"WhiteText", run(R"(<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="0000FF"/>)")},
      {"BlackHighlight", run(R"(<w:highlight w:val="yellow"/>)")},
      {"TextInColourOfShading", run(R"(<w:color w:val="0000FF"/><w:shd w:val="clear" w:fill="FFFF00"/>)")},
      {"TinyText", run(R"(<w:sz w:val="16"/>)")},
      {"SimpleField", body(R"(<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>)")},
      {"Bookmark", body(R"(<w:bookmarkStart w:id="1" w:name="_GoBack"/>)")},
      {"VanishInFootnote",
       [](DocumentSpec& d) { d.linked_part("footnotes", "footnotes", "w:footnotes", "<w:footnote><w:p><w:r><w:t>41</w:t></w:r></w:p></w:footnote>"); }},
      {"VanishInHeader", [](DocumentSpec& d) { d.linked_part("header", "header1", "w:hdr", "<w:p><w:r><w:t>41</w:t></w:r></w:p>"); }},
      {"ContentControl", body(R"(<w:sdt><w:sdtContent><w:p><w:r><w:t>41</w:t></w:r></w:p></w:sdtContent></w:sdt>)")},
      {"AlternativeText", body(R"(<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture" descr=""/></wp:inline></w:drawing></w:r></w:p>)")},
      {"HiddenDrawing", body(R"(<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture" hidden="0"/></wp:inline></w:drawing></w:r></w:p>)")},
      {"PictureInFront", body(R"(<w:p><w:r><w:drawing><wp:anchor behindDoc="0"><wp:wrapSquare/></wp:anchor></w:drawing></w:r></w:p>)")},
      {"LinkTooltip", body(R"(<w:p><w:hyperlink w:anchor="x"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>)")},
      {"PictureMetadata",
       [](DocumentSpec& d) {
         d.package.link("word/document.xml", "i", "image", "word/media/image1.png");
         d.package.part("word/media/image1.png", plain_png());
       }},
  };
  return twins;
}

std::string cell(const std::string& attributes = "") {
  return R"(<table:table-cell office:value-type="float" office:value="41")" + attributes + "><text:p>41</text:p></table:table-cell>";
}
std::string row(const std::string& cells, const std::string& attributes = "") { return "<table:table-row" + attributes + ">" + cells + "</table:table-row>"; }
std::string table(const std::string& inside, const std::string& name = "Table 1") {
  return "<table:table table:name=\"" + name + R"("><table:table-column table:number-columns-repeated="9"/>)" + inside + "</table:table>";
}
OpenDocument body(const std::string& text) {
  return [=](OpenDocumentSpec& file) { file.body = text; };
}
OpenDocument with_part(const std::string& path, const std::string& bytes) {
  return [=](OpenDocumentSpec& file) { file.more[path] = bytes; };
}
OpenDocument meta(const std::string& inside) {
  return with_part("meta.xml", "<office:document-meta " + OpenDocumentSpec::namespaces() + "><office:meta>" + inside + "</office:meta></office:document-meta>");
}
/// One cell in a style of its own.
OpenDocument in_style(const std::string& properties, const std::string& family = "table-cell") {
  return [=](OpenDocumentSpec& file) {
    file.styles = R"(<style:style style:name="s1" style:family=")" + family + "\">" + properties + "</style:style>";
    file.body = family == "table-row" ? table(row(cell(), R"( table:style-name="s1")")) : table(row(cell(R"( table:style-name="s1")")));
  };
}

const std::map<std::string, OpenDocument>& opendocument_twins() {
  static const std::map<std::string, OpenDocument> twins{
      {"HiddenSheet", [](OpenDocumentSpec& file) { file.after_body = table(row(cell()), "Raw"); }},
      {"HiddenRow", body(table(row(cell()) + row(cell() + cell(), R"( table:visibility="visible")")))},
      {"RepeatedHiddenRows", body(table(row(cell()) + row(cell(), R"( table:number-rows-repeated="3")")))},
      {"FlatRow", in_style(R"(<style:table-row-properties style:row-height="0.45cm"/>)", "table-row")},
      {"HiddenRowGroup", body(table("<table:table-row-group>" + row(cell()) + "</table:table-row-group>"))},
      {"HiddenColumn", body(R"(<table:table table:name="Table 1"><table:table-column/><table:table-column table:visibility="visible"/>)" +
                            row(cell() + cell()) + "</table:table>")},
      {"HiddenColumnGroup", body(R"(<table:table table:name="Table 1"><table:table-column-group><table:table-column/></table:table-column-group>)" +
                                 row(cell()) + "</table:table>")},
      {"MergedAway", body(table(row(cell(R"( table:number-columns-spanned="2")") + "<table:covered-table-cell/>")))},
      {"FarCell", body(table(row(cell()) + R"(<table:table-row table:number-rows-repeated="20"><table:table-cell/></table:table-row>)" + row(cell())))},
      {"FormulaOnHiddenSheet",
       [](OpenDocumentSpec& file) {
         file.body = table(row(cell(R"( table:formula="of:=[$Raw.A1]")")));
         file.after_body = table(row(cell()), "Raw");
       }},
      {"HiddenFormula", in_style(R"(<style:table-cell-properties style:cell-protect="protected"/>)")},
      {"WhiteText", in_style(R"(<style:table-cell-properties fo:background-color="#0000ff"/><style:text-properties fo:color="#ffffff"/>)")},
      {"TextInColourOfGround", in_style(R"(<style:table-cell-properties fo:background-color="#ff0000"/><style:text-properties fo:color="#000000"/>)")},
      {"TinyText", in_style(R"(<style:text-properties fo:font-size="8pt"/>)")},
      {"Creator", meta("<dc:title>Answer to request 12</dc:title>")},
      {"TwoDates", meta("<meta:creation-date>2024-02-01T00:00:00</meta:creation-date><dc:date>2024-02-01T00:00:00</dc:date>")},
      {"EditingCycles", meta("<meta:editing-cycles>1</meta:editing-cycles>")},
      {"PictureMetadata",
       [](OpenDocumentSpec& file) {
         file.more["Pictures/one.png"] = plain_png();
         file.after_body = R"(<draw:frame><draw:image xlink:href="Pictures/one.png"/></draw:frame>)";
       }},
      {"MetadataStatement",
       with_part("manifest.rdf", R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="styles.xml"/></rdf:RDF>)")},
      {"AlternativeText", [](OpenDocumentSpec& file) { file.after_body = "<draw:frame><svg:desc/></draw:frame>"; }},
  };
  return twins;
}

const std::map<std::string, OpenDocument>& letter_twins() {
  const auto in_span = [](const std::string& properties) {
    return [=](OpenDocumentSpec& file) {
      file.styles = R"(<style:style style:name="T1" style:family="text">)" + properties + "</style:style>";
      file.body = R"(<text:p>seen <text:span text:style-name="T1">41</text:span></text:p>)";
    };
  };
  static const std::map<std::string, OpenDocument> twins{
      {"SwitchedOff", in_span(R"(<style:text-properties text:display="true"/>)")},
      {"WhiteText", in_span(R"(<style:text-properties fo:color="#000080"/>)")},
      {"HiddenSection", body(R"(<text:section text:name="s"><text:p>41</text:p></text:section>)")},
  };
  return twins;
}

const std::map<std::string, std::string>& text_twins() {
  const std::string head = "month,age,count\n", rest = "2024-02,18 to 24,7\n";
  static const std::map<std::string, std::string> twins{
      {"CsvExtraColumn", "month,age,count,name\n2024-01,under 18,12,Alder\n2024-02,18 to 24,7,Alder\n"},
      {"CsvRowAfterBlank", head + "2024-01,under 18,12\n" + rest + "Alder,under 18,1\n"},
      {"CsvEmbeddedLineEnd", head + "2024-01,\"under, or about, 18\",12\n" + rest},
      {"CsvInnerByteOrderMark", "\xEF\xBB\xBF" + head + "2024-01,under 18,12\n" + rest},
      {"CsvMixedEncoding", head + "2024-01,na\xC3\xAFve,12\n" + rest},
      {"CsvMixedScripts", head + "2024-01,Cardiff \xD0\x9A\xD0\xB8\xD1\x97\xD0\xB2,12\n" + rest},
      {"CsvFormulaStart", head + "2024-01,-1.5,12\n" + rest},
      {"JsonInvisibleCharacter", "{\"month\": [\"Jan\\u0075ary\"]}\n"},
      {"JsonDuplicateName", "[12, {\"month\": \"January\", \"Month\": \"Alder\"}]\n"},
      {"HtmlComment", "<!DOCTYPE html>\n<p>An answer, was 41.</p>\n"},
      {"HtmlHiddenElement", "<!doctype html>\n<p>An answer.</p><p class=\"hidden-not\">41</p>\n"},
      {"HtmlDataAddress", "<!doctype html>\n<a href=\"data.csv\">x</a>\n"},
  };
  return twins;
}

template <class Spec, class Twins>
Spec changed(const Twins& twins, const std::string& name) {
  Spec spec;
  if (const auto twin = twins.find(name); twin != twins.end()) twin->second(spec);
  return spec;
}

std::string twin_of(const std::string& name) {
  const auto rest = [&](std::size_t prefix) { return name.substr(prefix); };
  if (name.starts_with("Xlsx")) return changed<WorkbookSpec>(workbook_twins(), rest(4)).bytes(Naming::customary);
  if (name.starts_with("Docx")) return changed<DocumentSpec>(document_twins(), rest(4)).bytes(Naming::customary);
  if (name.starts_with("Ods")) return changed<OpenDocumentSpec>(opendocument_twins(), rest(3)).bytes();
  if (name.starts_with("Odt")) {
    auto letter = changed<OpenDocumentSpec>(letter_twins(), rest(3));
    letter.body_kind = "text";
    if (letter.body.starts_with("<table")) letter.body = "<text:p>41</text:p>";
    return letter.bytes();
  }
  if (const auto twin = text_twins().find(name); twin != text_twins().end()) return twin->second;
  for (const auto& [prefix, format] :
       {std::pair("Csv", "Csv"), {"Json", "Json"}, {"Html", "Html"}, {"Text", "Text"}, {"Png", "Png"}, {"Jpeg", "Jpeg"}, {"Pdf", "Pdf"}, {"Zip", "Xlsx"}}) {
    if (!name.starts_with(prefix)) continue;
    for (const auto& file : clean_files()) {
      if (file.name == format) return file.bytes;
    }
  }
  return "no twin";
}

}  // namespace

std::vector<CleanFile> clean_twins() {
  std::vector<CleanFile> out;
  for (const auto& specimen : all_specimens()) out.push_back({specimen.name, pdf_twin(specimen.name).value_or(twin_of(specimen.name))});
  return out;
}

std::vector<std::string> twins_without_specimen() {
  std::vector<std::string> names;
  for (const auto& [name, change] : workbook_twins()) names.push_back("Xlsx" + name);
  for (const auto& [name, change] : document_twins()) names.push_back("Docx" + name);
  for (const auto& [name, change] : opendocument_twins()) names.push_back("Ods" + name);
  for (const auto& [name, change] : letter_twins()) names.push_back("Odt" + name);
  for (const auto& [name, bytes] : text_twins()) names.push_back(name);
  for (const auto& specimen : all_specimens()) std::erase(names, specimen.name);
  return names;
}

}  // namespace candour::inspect::specimens
