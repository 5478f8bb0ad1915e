// Every hiding place of XLSX, built part by part.

#include "package_builder.hpp"
#include "specimen.hpp"

#include <functional>

namespace candour::inspect::specimens {
namespace {

using enum FindingKind;
using Change = std::function<void(WorkbookSpec&)>;

const std::string one_row = R"(<row r="1"><c r="A1"><v>41</v></c></row>)";

/// A part that the workbook leads to.
Change linked(const std::string& type, const std::string& key, const std::string& bytes) {
  return [=](WorkbookSpec& book) {
    book.package.link("xl/workbook.xml", "extra", type, key);
    book.package.part(key, bytes);
  };
}

std::string in_main(const std::string& root, const std::string& inside, const std::string& attributes = "") {
  return "<" + root + " " + spreadsheet_namespaces + attributes + ">" + inside + "</" + root + ">";
}

Change sheet_linked(const std::string& type, const std::string& key, const std::string& bytes) {
  return [=](WorkbookSpec& book) {
    book.package.link("xl/worksheets/sheet1.xml", "extra", type, key);
    book.package.part(key, bytes);
  };
}

Change after(const std::string& elements) {
  return [=](WorkbookSpec& book) { book.sheets[0].after += elements; };
}
Change before(const std::string& elements) {
  return [=](WorkbookSpec& book) { book.sheets[0].before += elements; };
}
Change row(const std::string& elements) {
  return [=](WorkbookSpec& book) { book.sheets[0].rows += elements; };
}

Change styled(const std::string& styles, const std::string& cell) {
  return [=](WorkbookSpec& book) {
    book.styles = styles;
    book.sheets[0].rows += R"(<row r="3">)" + cell + "</row>";
  };
}

std::string styles_with(const std::string& fonts, const std::string& fills, const std::string& format) {
  return R"(<numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts><fonts><font><sz val="11"/><color rgb="FF000000"/></font>)" + fonts +
         R"(</fonts><fills><fill><patternFill patternType="none"/></fill>)" + fills + "</fills><cellXfs><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\"/>" +
         format + "</cellXfs>";
}

const std::string drawing_start =
    R"(<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" )"
    R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:twoCellAnchor><xdr:from><xdr:col>)";

std::string drawing(const std::string& columns_and_rows, const std::string& inside) {
  return drawing_start + columns_and_rows + inside + "</xdr:twoCellAnchor></xdr:wsDr>";
}
const std::string far_away = "20</xdr:col><xdr:row>20</xdr:row></xdr:from><xdr:to><xdr:col>22</xdr:col><xdr:row>22</xdr:row></xdr:to>";
const std::string over_table = "0</xdr:col><xdr:row>0</xdr:row></xdr:from><xdr:to><xdr:col>3</xdr:col><xdr:row>5</xdr:row></xdr:to>";
const std::string plain_shape = R"(<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="Shape"/></xdr:nvSpPr><xdr:spPr><a:solidFill/></xdr:spPr></xdr:sp>)";

Change with_drawing(const std::string& bytes) { return sheet_linked("drawing", "xl/drawings/drawing1.xml", bytes); }

const std::string chart_namespaces =
    R"(xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";

struct Row {
  std::string name;
  FindingKind kind;
  std::string where;
  std::string sheet;
  Change change;
};

std::vector<Row> sheet_rows() {
  const auto add_sheet = [](const std::string& state) { return [state](WorkbookSpec& book) { book.sheets.push_back({"Raw", state, "", one_row, ""}); }; };
  return {
      {"HiddenSheet", hidden_sheet, "A1", "Raw", add_sheet(R"( state="hidden")")},
      {"VeryHiddenSheet", very_hidden_sheet, "A1", "Raw", add_sheet(R"( state="veryHidden")")},
      {"HiddenRow", hidden_row, "A3:B3", "Table 1", row(R"(<row r="3" hidden="1"><c r="A3"><v>7</v></c><c r="B3"><v>8</v></c></row>)")},
      {"FlatRow", hidden_row, "A3", "Table 1", row(R"(<row r="3" ht="0" customHeight="1"><c r="A3"><v>7</v></c></row>)")},
      {"RowsHiddenByDefault", hidden_row, "A1:B2", "Table 1", before(R"(<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>)")},
      {"CollapsedGroup", collapsed_group, "row 3", "Table 1", row(R"(<row r="3" collapsed="1"/>)")},
      {"HiddenColumn", hidden_column, "B1:B2", "Table 1", before(R"(<cols><col min="2" max="5" width="9" hidden="1"/></cols>)")},
      {"FlatColumn", hidden_column, "B1:B2", "Table 1", before(R"(<cols><col min="2" max="2" width="0" customWidth="1"/></cols>)")},
      {"FilteredRow", filtered_row, "A3", "Table 1",
       [](WorkbookSpec& book) {
         book.sheets[0].rows += R"(<row r="3" hidden="1"><c r="A3"><v>7</v></c></row>)";
         book.sheets[0].after += R"(<autoFilter ref="A1:B9"/>)";
       }},
      {"FilteredTableRow", filtered_row, "A3", "Table 1",
       [](WorkbookSpec& book) {
         book.sheets[0].rows += R"(<row r="3" hidden="1"><c r="A3"><v>7</v></c></row>)";
         sheet_linked("table", "xl/tables/table1.xml", in_main("table", R"(<autoFilter ref="A1:B9"/>)", R"( id="1" name="T" ref="A1:B9")"))(book);
       }},
      {"FilterCriteria", filter_criteria, "A1:B9", "Table 1",
       after(R"(<autoFilter ref="A1:B9"><filterColumn colId="0"><filters><filter val="Alder"/></filters></filterColumn></autoFilter>)")},
      {"FilterDatabase", filter_criteria, "definedName", "",
       [](WorkbookSpec& book) {
         book.after_sheets = R"(<definedNames><definedName name="_xlnm._FilterDatabase" hidden="1">Table!$A$1:$B$9</definedName></definedNames>)";
       }},
      {"CustomSheetView", custom_view, "s:customSheetView", "Table 1",
       after(R"(<customSheetViews><customSheetView guid="{1}" hiddenRows="1"/></customSheetViews>)")},
      {"CustomWorkbookView", custom_view, "s:customWorkbookView", "",
       [](WorkbookSpec& book) { book.after_sheets = R"(<customWorkbookViews><customWorkbookView name="A. Person" guid="{1}"/></customWorkbookViews>)"; }},
      {"DefinedName", defined_name, "definedName", "",
       [](WorkbookSpec& book) { book.after_sheets = R"(<definedNames><definedName name="secret" hidden="1" comment="c">41</definedName></definedNames>)"; }},
      {"HiddenFormulaReference", hidden_formula, "C2", "Table 1",
       [](WorkbookSpec& book) {
         book.sheets[0].rows = R"(<row r="2"><c r="C2"><f>Raw!A1</f><v>41</v></c></row>)";
         book.sheets.push_back({"Raw", R"( state="hidden")", "", one_row, ""});
       }},
      {"OutsideFormulaReference", hidden_formula, "C2", "Table 1", row(R"(<row r="3"><c r="C2"><f>[1]Raw!A1</f><v>41</v></c></row>)")},
      {"FarCell", far_cell, "A900", "Table 1", row(R"(<row r="900"><c r="A900"><v>7</v></c></row>)")},
      {"FarColumn", far_cell, "BZ3", "Table 1", row(R"(<row r="3"><c r="BZ3"><v>7</v></c></row>)")},
      {"MergedAway", merged_away, "B2", "Table 1", after(R"(<mergeCells><mergeCell ref="A2:C2"/></mergeCells>)")},
      {"DataValidation", data_validation, "B2:B9", "Table 1",
       after(R"(<dataValidations><dataValidation type="list" sqref="B2:B9" prompt="ask"><formula1>"a,b"</formula1></dataValidation></dataValidations>)")},
      {"Scenario", scenario, "s:scenario", "Table 1",
       after(R"(<scenarios><scenario name="worst" user="A. Person"><inputCells r="B2" val="99"/></scenario></scenarios>)")},
      {"ScenarioValue", scenario, "B2", "Table 1", after(R"(<scenarios><scenario name="worst"><inputCells r="B2" val="99"/></scenario></scenarios>)")},
      {"HeaderFooter", header_footer, "s:oddFooter", "Table 1", after("<headerFooter><oddFooter>&amp;LDraft for A. Person</oddFooter></headerFooter>")},
      {"HyperlinkTooltip", hyperlink, "A2", "Table 1", after(R"(<hyperlinks><hyperlink ref="A2" tooltip="see file 12"/></hyperlinks>)")},
      {"HyperlinkTarget", hyperlink, "relationship", "",
       [](WorkbookSpec& book) { book.package.link_outside("xl/worksheets/sheet1.xml", "h", "hyperlink", "mailto:a.person@force.example"); }},
      {"IgnoredError", ignored_error, "B2", "Table 1", after(R"(<ignoredErrors><ignoredError sqref="B2" numberStoredAsText="1"/></ignoredErrors>)")},
      {"ExtensionBlock", extension_block, "s:ext", "Table 1", after(R"(<extLst><ext uri="{00000000-1111}"><x14:sparklineGroups/></ext></extLst>)")},
      {"Fallback", fallback, "mc:Fallback", "Table 1", after("<mc:AlternateContent><mc:Fallback><oddFooter/></mc:Fallback></mc:AlternateContent>")},
      {"OleObject", embedded_object, "s:oleObject", "Table 1", after(R"(<oleObjects><oleObject progId="Excel.Sheet.12" r:id="o"/></oleObjects>)")},
      {"SheetControl", control, "s:control", "Table 1", after(R"(<controls><control name="Box" r:id="o"/></controls>)")},
      {"SheetProperty", custom_properties, "s:customPr", "Table 1", after(R"(<customProperties><customPr name="owner" r:id="p"/></customProperties>)")},
      {"DirectionControl", direction_control, "A3", "Table 1",
       row("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>12\xE2\x80\xAE"
           "34</t></is></c></row>")},
      {"InvisibleCharacter", invisible_character, "A3", "Table 1",
       row("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>Jan\xE2\x80\x8Buary</t></is></c></row>")},
      {"MixedScripts", mixed_scripts, "A3", "Table 1", row("<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>J\xD0\xB0nuary</t></is></c></row>")},
      {"XmlComment", xml_comment, "s:worksheet", "Table 1", after("<!-- was 41 -->")},
      {"ProcessingInstruction", processing_instruction, "note", "Table 1", after("<?note was 41?>")},
  };
}

std::vector<Row> style_rows() {
  const std::string white = R"(<font><sz val="11"/><color rgb="FFFFFFFF"/></font>)", tiny = R"(<font><sz val="1"/><color rgb="FF000000"/></font>)";
  const std::string blue = R"(<font><sz val="11"/><color rgb="FF0000FF"/></font>)",
                    blue_fill = R"(<fill><patternFill patternType="solid"><fgColor rgb="FF0000FF"/></patternFill></fill>)";
  const std::string cell = R"(<c r="B3" s="1"><v>7</v></c>)", plain = R"(<xf numFmtId="0" fontId="1" fillId="0"/>)";
  const std::string dxfs = R"(<dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>)";
  return {
      {"WhiteText", invisible_text, "B3", "Table 1", styled(styles_with(white, "", plain), cell)},
      {"ThemeWhiteText", invisible_text, "B3", "Table 1", styled(styles_with(R"(<font><sz val="11"/><color theme="0"/></font>)", "", plain), cell + "")},
      {"TextInColourOfFill", invisible_text, "B3", "Table 1", styled(styles_with(blue, blue_fill, R"(<xf numFmtId="0" fontId="1" fillId="1"/>)"), cell)},
      {"TinyText", invisible_text, "B3", "Table 1", styled(styles_with(tiny, "", plain), cell)},
      {"EmptyNumberFormat", invisible_text, "B3", "Table 1", styled(styles_with("", "", R"(<xf numFmtId="170" fontId="0" fillId="0"/>)"), cell)},
      {"HiddenFormula", hidden_formula, "B3", "Table 1",
       styled(styles_with("", "", R"(<xf numFmtId="0" fontId="0" fillId="0"><protection hidden="1"/></xf>)"), R"(<c r="B3" s="1"><f>6+1</f><v>7</v></c>)")},
      {"ConditionalHiding", conditional_hiding, "B1:B9", "Table 1",
       [dxfs](WorkbookSpec& book) {
         book.styles = styles_with("", "", "") + dxfs;
         book.sheets[0].after +=
             R"(<conditionalFormatting sqref="B1:B9"><cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula></cfRule></conditionalFormatting>)";
       }},
  };
}

std::vector<Row> text_rows() {
  return {
      {"UnusedString", unused_string, "entry 1", "",
       [](WorkbookSpec& book) {
         book.shared_texts = "<si><t>February</t></si><si><t>Alder, person 12</t></si>";
         book.sheets[0].rows += R"(<row r="3"><c r="A3" t="s"><v>0</v></c></row>)";
       }},
      {"PhoneticText", phonetic_text, "s:rPh", "",
       [](WorkbookSpec& book) {
         book.shared_texts = R"(<si><t>February</t><rPh sb="0" eb="1"><t>spoken</t></rPh></si>)";
         book.sheets[0].rows += R"(<row r="3"><c r="A3" t="s"><v>0</v></c></row>)";
       }},
      {"PhoneticTextInCell", phonetic_text, "s:rPh", "Table 1",
       row(R"(<row r="3"><c r="A3" t="inlineStr"><is><t>February</t><rPh sb="0" eb="1"><t>spoken</t></rPh></is></c></row>)")},
      {"StaleCalculation", stale_calculation, "Z9", "Table 1", linked("calcChain", "xl/calcChain.xml", in_main("calcChain", R"(<c r="Z9" i="1"/>)"))},
  };
}

std::string base64(const std::string& bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) bits = bits << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) out += at + i > bytes.size() ? '=' : digits[(bits >> (18 - 6 * i)) & 63];
  }
  return out;
}

/// Power Query with one formula, in which a character cannot be seen.
std::string mashup() {
  const std::string archive =
      formats::write_zip(std::vector<formats::ZipEntryToWrite>{{"Formulas/Section1.m", "section Section1;\nshared Raw = \"Alder, \xE2\x80\x8B 41\";"}}).value();
  std::string frame(4, '\0');
  for (int shift = 0; shift < 32; shift += 8) frame += static_cast<char>(archive.size() >> shift);
  return R"(<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">)" + base64(frame + archive + std::string(12, '\0')) + "</DataMashup>";
}

std::vector<Row> part_rows() {
  const std::string activex = R"(<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:classid="{8BD21D40}"/>)";
  return {
      {"PivotRecords", pivot_cache, "s:s", "",
       linked("pivotCacheRecords", "xl/pivotCache/pivotCacheRecords1.xml", in_main("pivotCacheRecords", R"(<r><s v="Alder"/><n v="41"/></r>)"))},
      {"PivotSharedItems", pivot_cache, "A1:B9", "",
       linked(
           "pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml",
           in_main(
               "pivotCacheDefinition",
               R"(<cacheSource type="worksheet"><worksheetSource ref="A1:B9" sheet="Raw"/></cacheSource><cacheFields><cacheField name="x"><sharedItems><s v="Alder"/></sharedItems></cacheField></cacheFields>)"))},
      {"PivotTable", pivot_table, "s:pivotTableDefinition", "",
       sheet_linked("pivotTable", "xl/pivotTables/pivotTable1.xml", in_main("pivotTableDefinition", "", R"( name="P")"))},
      {"SlicerCache", pivot_table, "x14:slicerCacheDefinition", "",
       linked("http://schemas.microsoft.com/office/2007/relationships/slicerCache", "xl/slicerCaches/slicerCache1.xml",
              R"(<slicerCacheDefinition xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" name="S"/>)")},
      {"TimelineCache", pivot_table, "x15:timelineCacheDefinition", "",
       linked("http://schemas.microsoft.com/office/2011/relationships/timelineCache", "xl/timelineCaches/timelineCache1.xml",
              R"(<timelineCacheDefinition xmlns="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" name="S"/>)")},
      {"ExternalCache", external_cache, "B7", "",
       linked(
           "externalLink", "xl/externalLinks/externalLink1.xml",
           in_main(
               "externalLink",
               R"(<externalBook r:id="r"><sheetDataSet><sheetData sheetId="0"><row r="7"><cell r="B7"><v>41</v></cell></row></sheetData></sheetDataSet></externalBook>)"))},
      {"DdeValues", external_cache, "s:val", "",
       linked(
           "externalLink", "xl/externalLinks/externalLink1.xml",
           in_main(
               "externalLink",
               R"(<ddeLink ddeService="Excel" ddeTopic="raw.xls"><ddeItems><ddeItem><values><value><val>41</val></value></values></ddeItem></ddeItems></ddeLink>)"))},
      {"OleLink", external_cache, "s:oleLink", "",
       linked("externalLink", "xl/externalLinks/externalLink1.xml", in_main("externalLink", R"(<oleLink r:id="r" progId="Word.Document.12"/>)"))},
      {"NameInAnotherFile", external_cache, "s:definedName", "",
       linked(
           "externalLink", "xl/externalLinks/externalLink1.xml",
           in_main("externalLink", R"(<externalBook r:id="r"><definedNames><definedName name="secret" refersTo="=Raw!$A$1"/></definedNames></externalBook>)"))},
      {"DdeLink", external_cache, "s:ddeLink", "",
       linked("externalLink", "xl/externalLinks/externalLink1.xml", in_main("externalLink", R"(<ddeLink ddeService="Excel" ddeTopic="raw.xls"/>)"))},
      {"ExternalPath", external_target, "relationship", "",
       [](WorkbookSpec& book) { book.package.link_outside("xl/workbook.xml", "x", "externalLinkPath", "file:///C:/Users/a.person/raw.xlsx"); }},
      {"Connection", connection, "s:connection", "",
       linked("connections", "xl/connections.xml",
              in_main("connections", R"(<connection id="1" name="hr"><dbPr connection="DSN=hr;UID=ap" command="select 1"/></connection>)"))},
      {"ConnectionCommand", connection, "s:dbPr", "",
       linked("connections", "xl/connections.xml",
              in_main("connections", R"(<connection id="1" name="hr"><dbPr connection="DSN=hr;UID=ap" command="select 1"/></connection>)"))},
      {"QueryTable", connection, "s:queryTable", "", sheet_linked("queryTable", "xl/queryTables/queryTable1.xml", in_main("queryTable", "", R"( name="raw")"))},
      {"PowerQuery", power_query, "mashup:DataMashup", "", linked("customXml", "customXml/item1.xml", mashup())},
      {"PowerQueryFormula", power_query, "query", "", linked("customXml", "customXml/item1.xml", mashup())},
      {"InvisibleCharacterInPowerQuery", invisible_character, "query", "", linked("customXml", "customXml/item1.xml", mashup())},
      {"CustomXml", custom_xml, "root", "", linked("customXml", "customXml/item1.xml", "<root><secret>41</secret></root>")},
      {"DataModel", data_model, "part", "",
       linked("http://schemas.microsoft.com/office/2007/relationships/powerPivotData", "xl/model/item.data", std::string("\x01\x02\x03 model"))},
      {"Comment", comment, "B2", "",
       sheet_linked(
           "comments", "xl/comments1.xml",
           in_main("comments",
                   R"(<authors><author>A. Person</author></authors><commentList><comment ref="B2"><text><t>was 41</t></text></comment></commentList>)"))},
      {"CommentAuthor", person, "s:author", "",
       sheet_linked("comments", "xl/comments1.xml", in_main("comments", "<authors><author>A. Person</author></authors>"))},
      {"ThreadedComment", comment, "B2", "",
       sheet_linked(
           "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "xl/threadedComments/threadedComment1.xml",
           R"(<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="B2"><text>was 41</text></threadedComment></ThreadedComments>)")},
      {"Person", person, "tc:person", "",
       linked(
           "http://schemas.microsoft.com/office/2017/10/relationships/person", "xl/persons/person.xml",
           R"(<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person displayName="A. Person" userId="ap@force.example"/></personList>)")},
      {"Creator", document_properties, "dc:creator", "",
       linked(
           "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml",
           R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>A. Person</dc:creator></cp:coreProperties>)")},
      {"TwoDates", document_properties, "dcterms:modified", "",
       linked(
           "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml",
           R"(<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:created>2024-01-01T00:00:00Z</dcterms:created><dcterms:modified>2024-02-01T00:00:00Z</dcterms:modified></cp:coreProperties>)")},
      {"Company", document_properties, "ep:Company", "",
       linked("extended-properties", "docProps/app.xml",
              R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>Unit 12</Company></Properties>)")},
      {"Manager", document_properties, "ep:Manager", "",
       linked("extended-properties", "docProps/app.xml",
              R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Manager>A. Person</Manager></Properties>)")},
      {"HyperlinkBase", document_properties, "ep:HyperlinkBase", "",
       linked(
           "extended-properties", "docProps/app.xml",
           R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><HyperlinkBase>G:/unit-12/</HyperlinkBase></Properties>)")},
      {"TitleOfAbsentSheet", document_properties, "TitlesOfParts", "",
       linked(
           "extended-properties", "docProps/app.xml",
           R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><TitlesOfParts><vt:vector><vt:lpstr>Raw by person</vt:lpstr></vt:vector></TitlesOfParts></Properties>)")},
      {"CustomProperty", custom_properties, "cup:property", "",
       linked(
           "custom-properties", "docProps/custom.xml",
           R"(<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property name="MSIP_Label_1_Owner"><vt:lpwstr>ap</vt:lpwstr></property></Properties>)")},
      {"SensitivityLabel", custom_properties, "clbl:label", "",
       linked(
           "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml",
           R"(<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"><clbl:label id="{1}" siteId="{2}"/></clbl:labelList>)")},
      {"Thumbnail", thumbnail, "part", "",
       linked("http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.png", plain_png())},
      {"LocalPath", local_path, "x15ac:absPath", "",
       [](WorkbookSpec& book) {
         book.before_sheets = R"(<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\Users\a.person\"/></mc:Choice></mc:AlternateContent>)";
       }},
      {"FileSharing", person, "s:fileSharing", "", [](WorkbookSpec& book) { book.before_sheets = R"(<fileSharing userName="A. Person"/>)"; }},
      {"PrinterSettings", printer_settings, "part", "", sheet_linked("printerSettings", "xl/printerSettings/printerSettings1.bin", "\\\\server\\printer")},
      {"RevisionHeader", revision_history, "s:header", "",
       linked("revisionHeaders", "xl/revisions/revisionHeaders.xml",
              in_main("headers", R"(<header guid="{1}" userName="A. Person" dateTime="2024-01-01T00:00:00Z"/>)"))},
      {"RevisionLog", revision_history, "B2", "",
       linked("revisionLog", "xl/revisions/revisionLog1.xml",
              in_main("revisions", R"(<rcc rId="1" sId="1"><oc r="B2"><v>41</v></oc><nc r="B2"><v>12</v></nc></rcc>)"))},
      {"RevisionUser", person, "s:userInfo", "",
       linked("usernames", "xl/revisions/userNames.xml", in_main("users", R"(<userInfo guid="{1}" name="A. Person" id="1"/>)"))},
      {"EmbeddedWorkbook", embedded_object, "part", "", sheet_linked("package", "xl/embeddings/workbook.xlsx", WorkbookSpec().bytes(Naming::customary))},
      {"PictureMetadata", picture_metadata, "tEXt", "", sheet_linked("image", "xl/media/image1.png", picture_specimens().front().bytes)},
      {"FormControl", control, "x14:formControlPr", "",
       sheet_linked("ctrlProp", "xl/ctrlProps/ctrlProp1.xml",
                    R"(<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="List"/>)")},
      {"ActiveX", control, "{http://schemas.microsoft.com/office/2006/activeX}ocx", "", sheet_linked("control", "xl/activeX/activeX1.xml", activex)},
      {"Macro", macro, "part", "",
       linked("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "xl/vbaProject.bin", std::string("Attribut VB_Nam"))},
      {"DialogSheet", macro, "s:dialogsheet", "", linked("dialogsheet", "xl/dialogsheets/sheet1.xml", in_main("dialogsheet", ""))},
      {"CustomUi", custom_ui, "cui:customUI", "",
       linked("http://schemas.microsoft.com/office/2006/relationships/ui/extensibility", "customUI/customUI.xml",
              R"(<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"/>)")},
      {"WebExtension", web_extension, "we:webextension", "",
       linked("http://schemas.microsoft.com/office/2011/relationships/webextension", "xl/webextensions/webextension1.xml",
              R"(<we:webextension xmlns:we="http://schemas.microsoft.com/office/webextensions/webextension/2010/11"/>)")},
      {"TaskPane", web_extension, "wetp:taskpanes", "",
       linked("http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes", "xl/webextensions/taskpanes.xml",
              R"(<wetp:taskpanes xmlns:wetp="http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11"/>)")},
      {"XmlMap", xml_map, "s:Map", "", linked("xmlMaps", "xl/xmlMaps.xml", in_main("MapInfo", R"(<Map ID="1" Name="people" RootElement="person"/>)"))},
      {"RichData", rich_data, "xlrd:rvData", "",
       linked("http://schemas.microsoft.com/office/2017/06/relationships/rdRichValue", "xl/richData/rdrichvalue.xml",
              R"(<rvData xmlns="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"/>)")},
      {"CellMetadata", rich_data, "s:metadata", "", linked("sheetMetadata", "xl/metadata.xml", in_main("metadata", ""))},
      {"PythonCells", rich_data, "xlpy:python", "",
       linked("http://schemas.microsoft.com/office/2023/09/relationships/Python", "xl/python.xml",
              R"(<python xmlns="http://schemas.microsoft.com/office/spreadsheetml/2023/python"/>)")},
  };
}

std::vector<Row> drawing_rows() {
  const std::string hidden = R"(<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="Shape" hidden="1"/></xdr:nvSpPr></xdr:sp>)";
  const std::string described = R"(<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Picture" descr="41 people"/></xdr:nvPicPr></xdr:pic>)";
  const std::string cropped =
      R"(<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Picture"/></xdr:nvPicPr><xdr:blipFill><a:srcRect l="20000"/></xdr:blipFill></xdr:pic>)";
  return {
      {"HiddenShape", hidden_shape, "xdr:cNvPr", "", with_drawing(drawing(far_away, hidden))},
      {"AlternativeText", alternative_text, "xdr:cNvPr", "", with_drawing(drawing(far_away, described))},
      {"CroppedPicture", cropped_picture, "a:srcRect", "", with_drawing(drawing(far_away, cropped))},
      {"CoveredCells", covered_text, "A1:B2", "Table 1", with_drawing(drawing(over_table, plain_shape))},
      {"ChartCache", chart_cache, "c:pt", "",
       linked("chart", "xl/charts/chart1.xml",
              "<c:chartSpace " + chart_namespaces +
                  R"(><c:chart><c:val><c:numRef><c:numCache><c:pt idx="0"><c:v>41</c:v></c:pt></c:numCache></c:numRef></c:val></c:chart></c:chartSpace>)")},
      {"ChartExternalData", chart_cache, "c:externalData", "",
       linked("chart", "xl/charts/chart1.xml", "<c:chartSpace " + chart_namespaces + R"(><c:externalData r:id="r1"/></c:chartSpace>)")},
      {"ExtendedChart", chart_cache, "cx:pt", "",
       linked(
           "http://schemas.microsoft.com/office/2014/relationships/chartEx", "xl/charts/chartEx1.xml",
           R"(<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"><cx:chartData><cx:data id="0"><cx:numDim type="val"><cx:lvl ptCount="1"><cx:pt idx="0">41</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData></cx:chartSpace>)")},
      {"VmlText", hidden_shape, "v:textbox", "",
       sheet_linked("vmlDrawing", "xl/drawings/vmlDrawing1.vml",
                    R"(<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><div>was 41</div></v:textbox></v:shape></xml>)")},
      {"HeaderPicture", hidden_shape, "v:imagedata", "",
       sheet_linked(
           "vmlDrawing", "xl/drawings/vmlDrawing1.vml",
           R"(<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><v:shape><v:imagedata o:title="a.person badge"/></v:shape></xml>)")},
  };
}

}  // namespace

std::vector<Specimen> workbook_specimens() {
  std::vector<Specimen> out;
  for (const auto& rows : {sheet_rows(), style_rows(), text_rows(), part_rows(), drawing_rows()}) {
    for (const auto& each : rows) {
      WorkbookSpec book;
      each.change(book);
      out.push_back({"Xlsx" + each.name, each.kind, each.where, each.sheet, book.bytes(Naming::customary), book.bytes(Naming::meaningless)});
    }
  }
  for (const auto& [name, state] : {std::pair("XlsxHiddenChartSheet", "hidden"), std::pair("XlsxVeryHiddenChartSheet", "veryHidden")}) {
    WorkbookSpec book;
    book.package.link("xl/workbook.xml", "charts", "chartsheet", "xl/chartsheets/sheet1.xml");
    book.package.part("xl/chartsheets/sheet1.xml", in_main("chartsheet", ""));
    book.sheets[0].state = "/><sheet name=\"Chart\" sheetId=\"9\" r:id=\"charts\" state=\"" + std::string(state) + "\"";
    out.push_back({name, std::string(state) == "hidden" ? hidden_sheet : very_hidden_sheet, "sheet", "Chart", book.bytes(Naming::customary),
                   book.bytes(Naming::meaningless)});
  }
  WorkbookSpec stray;
  stray.package.stray("xl/old.xml", "<root/>");
  out.push_back({"XlsxUnreachedPart", unreached_part, "part", "", stray.bytes(Naming::customary), stray.bytes(Naming::meaningless)});
  return out;
}

}  // namespace candour::inspect::specimens
