// Every hiding place of ODS and ODT, built part by part.

#include "package_builder.hpp"
#include "specimen.hpp"

#include <functional>

namespace candour::inspect::specimens {
namespace {

using enum FindingKind;
using Change = std::function<void(OpenDocumentSpec&)>;

struct Row {
  std::string name;
  FindingKind kind;
  std::string where;
  std::string sheet;
  Change change;
};

Change body(const std::string& text) {
  return [text](OpenDocumentSpec& file) { file.body = text; };
}
Change first(const std::string& text) {
  return [text](OpenDocumentSpec& file) { file.before_body += text; };
}
Change last(const std::string& text) {
  return [text](OpenDocumentSpec& file) { file.after_body += text; };
}
Change part(const std::string& path, const std::string& bytes) {
  return [path, bytes](OpenDocumentSpec& file) { file.more[path] = bytes; };
}
Change both(const Change& one, const Change& other) {
  return [one, other](OpenDocumentSpec& file) {
    one(file);
    other(file);
  };
}
Change styled(const std::string& styles, const Change& change) {
  return both([styles](OpenDocumentSpec& file) { file.styles += styles; }, change);
}

std::string table(const std::string& inside, const std::string& attributes = "", const std::string& name = "Table 1") {
  return "<table:table table:name=\"" + name + "\"" + attributes + "><table:table-column table:number-columns-repeated=\"9\"/>" + inside + "</table:table>";
}
std::string cell(const std::string& text, const std::string& attributes = "", const std::string& inside = "") {
  return "<table:table-cell office:value-type=\"float\" office:value=\"" + text + "\"" + attributes + "><text:p>" + text + "</text:p>" + inside +
         "</table:table-cell>";
}
std::string row(const std::string& cells, const std::string& attributes = "") { return "<table:table-row" + attributes + ">" + cells + "</table:table-row>"; }

std::string style(const std::string& name, const std::string& family, const std::string& properties, const std::string& attributes = "") {
  return "<style:style style:name=\"" + name + "\" style:family=\"" + family + "\"" + attributes + ">" + properties + "</style:style>";
}

std::string document_part(const std::string& root, const std::string& inside) {
  return "<" + root + " " + OpenDocumentSpec::namespaces() + ">" + inside + "</" + root + ">";
}
Change meta(const std::string& inside) { return part("meta.xml", document_part("office:document-meta", "<office:meta>" + inside + "</office:meta>")); }
Change setting(const std::string& name, const std::string& value) {
  return part("settings.xml", document_part("office:document-settings", "<config:config-item config:name=\"" + name + "\">" + value + "</config:config-item>"));
}

std::vector<Row> sheet_rows() {
  const std::string hidden_table = style("ta1", "table", R"(<style:table-properties table:display="false"/>)");
  const std::string flat_column = style("co1", "table-column", R"(<style:table-column-properties style:column-width="0cm"/>)");
  const std::string flat_row = style("ro1", "table-row", R"(<style:table-row-properties style:row-height="0cm"/>)");
  return {
      {"HiddenSheet", hidden_sheet, "A1", "Raw", styled(hidden_table, last(table(row(cell("41")), R"( table:style-name="ta1")", "Raw")))},
      {"HiddenRow", hidden_row, "A2:B2", "Table 1", body(table(row(cell("1")) + row(cell("2") + cell("3"), R"( table:visibility="collapse")")))},
      {"RepeatedHiddenRows", hidden_row, "A2:A4", "Table 1",
       body(table(row(cell("1")) + row(cell("2"), R"( table:visibility="collapse" table:number-rows-repeated="3")")))},
      {"FlatRow", hidden_row, "A1", "Table 1", styled(flat_row, body(table(row(cell("2"), R"( table:style-name="ro1")"))))},
      {"HiddenRowGroup", hidden_row, "A1", "Table 1",
       body(table(R"(<table:table-row-group table:display="false">)" + row(cell("2")) + "</table:table-row-group>"))},
      {"FilteredRow", filtered_row, "A1", "Table 1", body(table(row(cell("2"), R"( table:visibility="filter")")))},
      {"HiddenColumn", hidden_column, "B1", "Table 1",
       body(R"(<table:table table:name="Table 1"><table:table-column/><table:table-column table:visibility="collapse"/>)" + row(cell("1") + cell("2")) +
            "</table:table>")},
      {"FlatColumn", hidden_column, "A1", "Table 1",
       styled(flat_column, body(R"(<table:table table:name="Table 1"><table:table-column table:style-name="co1"/>)" + row(cell("1")) + "</table:table>"))},
      {"HiddenColumnGroup", hidden_column, "A1", "Table 1",
       body(R"(<table:table table:name="Table 1"><table:table-column-group table:display="false"><table:table-column/></table:table-column-group>)" +
            row(cell("1")) + "</table:table>")},
      {"MergedAway", merged_away, "B1", "Table 1",
       body(table(row(cell("1", R"( table:number-columns-spanned="2")") + R"(<table:covered-table-cell office:value-type="float" office:value="41"/>)")))},
      {"FilterCriteria", filter_criteria, "table:filter-condition", "",
       last(
           R"(<table:database-ranges><table:database-range><table:filter><table:filter-condition table:field-number="0" table:value="Alder" table:operator="="/></table:filter></table:database-range></table:database-ranges>)")},
      {"ExternalCopy", external_cache, "A1", "'file:///raw.ods'#Raw",
       last(table(R"(<table:table-source xlink:href="raw.ods" table:table-name="Raw"/>)" + row(cell("41")), "", "'file:///raw.ods'#Raw"))},
      {"DdeSource", external_cache, "office:dde-source", "",
       last(R"(<table:dde-links><table:dde-link><office:dde-source office:dde-application="x" office:dde-topic="y"/></table:dde-link></table:dde-links>)")},
      {"PivotTable", pivot_table, "table:data-pilot-table", "",
       last(
           R"(<table:data-pilot-tables><table:data-pilot-table table:name="P"><table:source-cell-range table:cell-range-address="Raw.A1:Raw.B9"/></table:data-pilot-table></table:data-pilot-tables>)")},
      {"QuerySource", connection, "table:database-source-sql", "",
       last(R"(<table:database-source-sql table:database-name="hr" table:sql-statement="select 1"/>)")},
      {"TrackedChange", tracked_change, "table:tracked-changes", "",
       first(R"(<table:tracked-changes><table:cell-content-change><text:p>41</text:p></table:cell-content-change></table:tracked-changes>)")},
      {"Comment", comment, "A1", "",
       body(table(row(cell("1", "", "<office:annotation><dc:creator>A. Person</dc:creator><text:p>was 41</text:p></office:annotation>"))))},
      {"Validation", data_validation, "table:content-validation", "",
       first(
           R"x(<table:content-validations><table:content-validation table:name="v" table:condition="of:cell-content-is-whole-number"/></table:content-validations>)x")},
      {"NamedRange", defined_name, "table:named-range", "",
       last(R"(<table:named-expressions><table:named-range table:name="secret" table:cell-range-address="$Raw.$A$1"/></table:named-expressions>)")},
      {"NamedExpression", defined_name, "table:named-expression", "",
       last(R"(<table:named-expressions><table:named-expression table:name="secret" table:expression="41"/></table:named-expressions>)")},
      {"Scenario", scenario, "table:scenario", "",
       body(table(R"(<table:scenario table:scenario-ranges="Raw.A1" table:is-active="true" table:comment="worst"/>)" + row(cell("1"))))},
      {"FarCell", far_cell, "A900", "Table 1",
       body(table(row(cell("1")) + R"(<table:table-row table:number-rows-repeated="898"><table:table-cell/></table:table-row>)" + row(cell("2"))))},
      {"FormulaOnHiddenSheet", hidden_formula, "A1", "Table 1",
       styled(hidden_table,
              both(body(table(row(cell("1", R"( table:formula="of:=[$Raw.A1]")")))), last(table(row(cell("41")), R"( table:style-name="ta1")", "Raw"))))},
      {"FormulaOnOtherFile", hidden_formula, "A1", "Table 1", body(table(row(cell("1", R"( table:formula="of:=['file:///raw.ods'#$Raw.A1]")"))))},
      {"HiddenFormula", hidden_formula, "A1", "Table 1",
       styled(style("ce1", "table-cell", R"(<style:table-cell-properties style:cell-protect="formula-hidden"/>)"),
              body(table(row(cell("1", R"( table:style-name="ce1" table:formula="of:=6+1")")))))},
  };
}

std::vector<Row> look_rows() {
  const std::string white = R"(<style:text-properties fo:color="#ffffff"/>)", tiny = R"(<style:text-properties fo:font-size="1pt"/>)";
  const std::string red_on_red = R"(<style:table-cell-properties fo:background-color="#ff0000"/><style:text-properties fo:color="#ff0000"/>)";
  const auto cell_style = [](const std::string& properties) {
    return styled(style("ce1", "table-cell", properties), body(table(row(cell("41", R"( table:style-name="ce1")")))));
  };
  return {
      {"WhiteText", invisible_text, "A1", "Table 1", cell_style(white)},
      {"TextInColourOfGround", invisible_text, "A1", "Table 1", cell_style(red_on_red)},
      {"TinyText", invisible_text, "A1", "Table 1", cell_style(tiny)},
      {"InheritedWhiteText", invisible_text, "A1", "Table 1",
       styled(style("base", "table-cell", white) + style("ce1", "table-cell", "", R"( style:parent-style-name="base")"),
              body(table(row(cell("41", R"( table:style-name="ce1")")))))},
      {"ColumnStyle", invisible_text, "A1", "Table 1",
       styled(style("ce1", "table-cell", white),
              body(R"(<table:table table:name="Table 1"><table:table-column table:default-cell-style-name="ce1"/>)" + row(cell("1")) + "</table:table>"))},
      {"EmptyNumberFormat", invisible_text, "A1", "Table 1",
       styled(R"(<number:number-style style:name="N1"/>)" + style("ce1", "table-cell", "", R"( style:data-style-name="N1")"),
              body(table(row(cell("41", R"( table:style-name="ce1")")))))},
      {"WhiteSpan", invisible_text, "A1", "Table 1",
       styled(style("T1", "text", white),
              body(table(
                  row(R"(<table:table-cell office:value-type="string"><text:p><text:span text:style-name="T1">41</text:span></text:p></table:table-cell>)"))))},
  };
}

std::vector<Row> part_rows() {
  const std::string chart = document_part("office:document-content", "<office:body><office:chart><chart:chart>" + table(row(cell("41")), "", "local-table") +
                                                                         "</chart:chart></office:chart></office:body>");
  const std::string shown_picture = R"(<draw:frame><draw:image xlink:href="Pictures/one.png"/></draw:frame>)";
  return {
      {"Creator", document_properties, "dc:creator", "", meta("<dc:creator>A. Person</dc:creator>")},
      {"FirstCreator", document_properties, "meta:initial-creator", "", meta("<meta:initial-creator>A. Person</meta:initial-creator>")},
      {"EditingCycles", document_properties, "meta:editing-cycles", "", meta("<meta:editing-cycles>12</meta:editing-cycles>")},
      {"TwoDates", document_properties, "dc:date", "",
       meta("<meta:creation-date>2024-01-01T00:00:00</meta:creation-date><dc:date>2024-02-01T00:00:00</dc:date>")},
      {"Template", attached_template, "meta:template", "", meta(R"(<meta:template xlink:href="/home/ap/letter.ott"/>)")},
      {"UserDefined", custom_properties, "meta:user-defined", "", meta(R"(<meta:user-defined meta:name="case">41</meta:user-defined>)")},
      {"Printer", printer_settings, "PrinterName", "", setting("PrinterName", "unit-12-printer")},
      {"DatabaseSetting", document_settings, "CurrentDatabaseDataSource", "", setting("CurrentDatabaseDataSource", "hr")},
      {"Thumbnail", thumbnail, "part", "", part("Thumbnails/thumbnail.png", plain_png())},
      {"EmbeddedChart", chart_cache, "A1", "local-table",
       both(part("Object 1/content.xml", chart), last(R"(<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>)"))},
      {"EmbeddedObject", embedded_object, "draw:object", "", last(R"(<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>)")},
      {"OleObject", embedded_object, "part", "", part("Object 2", WorkbookSpec().bytes(Naming::customary))},
      {"PictureNobodySees", unreached_part, "picture that the content does not show", "", part("Pictures/one.png", plain_png())},
      {"PictureMetadata", picture_metadata, "tEXt", "", both(part("Pictures/one.png", picture_specimens().front().bytes), last(shown_picture))},
      {"CroppedPicture", cropped_picture, "style:graphic-properties", "",
       styled(style("gr1", "graphic", R"x(<style:graphic-properties fo:clip="rect(0cm, 1cm, 0cm, 0cm)"/>)x"), last(""))},
      {"AlternativeText", alternative_text, "svg:desc", "", last("<draw:frame><svg:desc>41 people</svg:desc></draw:frame>")},
      {"LinkedPicture", external_target, "draw:image", "", last(R"(<draw:frame><draw:image xlink:href="file:///home/ap/badge.png"/></draw:frame>)")},
      {"MailLink", hyperlink, "text:a", "",
       last(
           R"(<table:shapes><draw:custom-shape><text:p><text:a xlink:href="mailto:a.person@force.example">mail</text:a></text:p></draw:custom-shape></table:shapes>)")},
      {"Script", macro, "office:script", "",
       [](OpenDocumentSpec& file) { file.scripts = R"(<office:scripts><office:script script:language="x">secret</office:script></office:scripts>)"; }},
      {"EventListener", macro, "script:event-listener", "",
       last(R"(<office:event-listeners><script:event-listener script:event-name="load" xlink:href="vnd.sun.star.script:x"/></office:event-listeners>)")},
      {"BasicLibrary", macro, "{http://openoffice.org/2000/library}libraries", "",
       part("Basic/script-lc.xml", R"(<library:libraries xmlns:library="http://openoffice.org/2000/library"/>)")},
      {"Configuration", custom_ui, "{http://openoffice.org/2001/accel}acceleratorlist", "",
       part("Configurations2/accelerator/current.xml", R"(<accel:acceleratorlist xmlns:accel="http://openoffice.org/2001/accel"/>)")},
      {"MetadataStatement", document_properties, "rdf:RDF", "",
       part(
           "manifest.rdf",
           R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""><x:was xmlns:x="urn:x">41</x:was></rdf:Description></rdf:RDF>)")},
      {"Form", control, "form:form", "", last(R"(<office:forms><form:form form:name="Box"/></office:forms>)")},
      {"VersionList", old_version, "{http://openoffice.org/2001/versions-list}version-list", "",
       part("VersionList.xml", R"(<VL:version-list xmlns:VL="http://openoffice.org/2001/versions-list"/>)")},
      {"OldVersion", old_version, "part", "", part("Versions/Version1", OpenDocumentSpec().bytes())},
      {"UnlistedPart", unreached_part, "not in the manifest", "",
       [](OpenDocumentSpec& file) { file.unlisted["notes.xml"] = document_part("office:document-meta", ""); }},
  };
}

std::vector<Row> text_rows() {
  const std::string none = R"(<style:text-properties text:display="none"/>)";
  return {
      {"HiddenText", hidden_text, "text:hidden-text", "", body(R"(<text:p><text:hidden-text text:string-value="41" text:condition="true"/></text:p>)")},
      {"HiddenParagraph", hidden_text, "text:hidden-paragraph", "", body(R"(<text:p><text:hidden-paragraph text:condition="true"/>41</text:p>)")},
      {"SwitchedOff", hidden_text, "paragraph 1", "",
       styled(style("T1", "text", none), body(R"(<text:p>seen<text:span text:style-name="T1">41</text:span></text:p>)"))},
      {"HiddenSection", hidden_text, "paragraph 1", "", body(R"(<text:section text:name="s" text:display="none"><text:p>41</text:p></text:section>)")},
      {"WhiteText", invisible_text, "paragraph 1", "",
       styled(style("P1", "paragraph", R"(<style:text-properties fo:color="#ffffff"/>)"), body(R"(<text:p text:style-name="P1">41</text:p>)"))},
      {"Variable", field, "text:variable-set", "", body(R"(<text:p><text:variable-set text:name="n" office:value="41"/></text:p>)")},
      {"ConditionalText", field, "text:conditional-text", "", body(R"(<text:p><text:conditional-text text:string-value-if-true="41"/></text:p>)")},
      {"DatabaseField", field, "text:database-display", "",
       body(R"(<text:p><text:database-display text:database-name="hr" text:column-name="name"/></text:p>)")},
      {"Bookmark", bookmark, "text:bookmark", "", body(R"(<text:p><text:bookmark text:name="person_12"/>x</text:p>)")},
      {"DeletedText", tracked_change, "text:changed-region", "",
       body(R"(<text:tracked-changes><text:changed-region><text:deletion><text:p>41</text:p></text:deletion></text:changed-region></text:tracked-changes>)")},
      {"Annotation", comment, "office:annotation", "", body(R"(<text:p><office:annotation><dc:creator>A. Person</dc:creator></office:annotation>x</text:p>)")},
      {"TextScript", macro, "text:script", "", body(R"(<text:p><text:script>x</text:script></text:p>)")},
      {"DirectionControl", direction_control, "office:document-content", "",
       body("<text:p>12\xE2\x80\xAE"
            "34</text:p>")},
  };
}

}  // namespace

std::vector<Specimen> opendocument_specimens() {
  std::vector<Specimen> out;
  for (const auto& rows : {sheet_rows(), look_rows(), part_rows()}) {
    for (const auto& each : rows) {
      OpenDocumentSpec file;
      each.change(file);
      out.push_back({"Ods" + each.name, each.kind, each.where, each.sheet, file.bytes(), file.bytes(Naming::meaningless)});
    }
  }
  for (const auto& each : text_rows()) {
    OpenDocumentSpec file;
    file.body_kind = "text";
    each.change(file);
    out.push_back({"Odt" + each.name, each.kind, each.where, each.sheet, file.bytes(), file.bytes(Naming::meaningless)});
  }
  return out;
}

}  // namespace candour::inspect::specimens
