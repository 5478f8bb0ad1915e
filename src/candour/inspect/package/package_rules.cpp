#include <candour/inspect/package/package_rules.hpp>

#include <algorithm>
#include <array>

namespace candour::inspect {
namespace {

using enum FindingKind;
using enum RuleCondition;
using enum RuleSample;

// Extension blocks that hold a setting of the program and no value: styles of slicers and timelines, calculation features, drawing identifiers.
constexpr std::string_view harmless_extensions =
    "|{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}|{9260A510-F301-46a8-8635-F512D64BE5F5}|{140A7094-0E35-4892-8432-C4D2E57EDEB5}|{B58B0392-4F1F-4190-BB64-"
    "5DF3571DCE5F}|"
    "{7626C862-2A13-11E5-B345-FEFF819CDC9F}|{79F54976-1DA5-4618-B147-4CDE4B953A38}|{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}|{28A0092B-C50C-407E-A947-"
    "70E740481C1C}|"
    "{C3380CC4-5D6E-409C-BE32-E72D297353CC}|{05A4C25C-085E-4340-85A3-A5531E510DB2}|";

constexpr std::array element_rules = {
    // workbook
    ElementRule{"s:workbook", "s:customWorkbookView", custom_view, "name", attributes, always},
    ElementRule{"s:workbook", "s:fileSharing", person, "userName", attributes},
    ElementRule{"s:workbook", "x15ac:absPath", local_path, "url", attributes},
    ElementRule{"s:workbook", "s:webPublishObject", external_target, "title destinationFile sourceObject", attributes, always},
    // sheets
    ElementRule{"", "s:customSheetView", custom_view, "guid", attributes, always},
    ElementRule{"", "s:filter", filter_criteria, "val", attributes},
    ElementRule{"", "s:dateGroupItem", filter_criteria, "year month day", attributes, always},
    ElementRule{"", "s:customFilter", filter_criteria, "operator val", attributes, always},
    ElementRule{"", "s:dynamicFilter", filter_criteria, "type val", attributes, always},
    ElementRule{"", "s:top10", filter_criteria, "val filterVal", attributes, always},
    ElementRule{"", "s:colorFilter", filter_criteria, "dxfId", attributes, always},
    ElementRule{"", "x14:filter", filter_criteria, "val", attributes},
    ElementRule{"", "s:dataValidation", data_validation, "promptTitle prompt errorTitle error", attributes_and_text, always},
    ElementRule{"", "s:scenario", scenario, "name user comment", attributes_and_text, always},
    ElementRule{"", "s:inputCells", scenario, "val", attributes, always},
    ElementRule{"", "s:oddHeader", header_footer, "", attributes_and_text, with_words},
    ElementRule{"", "s:oddFooter", header_footer, "", attributes_and_text, with_words},
    ElementRule{"", "s:evenHeader", header_footer, "", attributes_and_text, with_words},
    ElementRule{"", "s:evenFooter", header_footer, "", attributes_and_text, with_words},
    ElementRule{"", "s:firstHeader", header_footer, "", attributes_and_text, with_words},
    ElementRule{"", "s:firstFooter", header_footer, "", attributes_and_text, with_words},
    ElementRule{"s:worksheet", "s:hyperlink", hyperlink, "tooltip", attributes},
    ElementRule{"", "s:ignoredError", ignored_error, "sqref", attributes, always},
    ElementRule{"", "s:rPh", phonetic_text, "", attributes_and_text},
    ElementRule{"", "s:oleObject", embedded_object, "progId link", attributes, always},
    ElementRule{"", "s:control", control, "name", attributes, always},
    ElementRule{"", "s:customPr", custom_properties, "name", attributes, always},
    ElementRule{"", "s:webPublishItem", external_target, "title destinationFile sourceObject", attributes, always},
    ElementRule{"", "s:cellSmartTagPr", custom_properties, "key val", attributes, always},
    // pivots
    ElementRule{"s:pivotCacheRecords", "s:s", pivot_cache, "v", attributes},
    ElementRule{"s:pivotCacheRecords", "s:n", pivot_cache, "v", attributes},
    ElementRule{"s:pivotCacheRecords", "s:d", pivot_cache, "v", attributes},
    ElementRule{"s:pivotCacheDefinition", "s:s", pivot_cache, "v", attributes},
    ElementRule{"s:pivotCacheDefinition", "s:n", pivot_cache, "v", attributes},
    ElementRule{"s:pivotCacheDefinition", "s:d", pivot_cache, "v", attributes},
    ElementRule{"s:pivotCacheDefinition", "s:worksheetSource", pivot_cache, "ref sheet name", attributes, always},
    ElementRule{"s:pivotCacheDefinition", "s:pivotCacheDefinition", person, "refreshedBy", attributes},
    // copies of other files, connections, queries
    ElementRule{"s:externalLink", "s:v", external_cache, "", attributes_and_text},
    ElementRule{"s:externalLink", "s:val", external_cache, "", attributes_and_text},
    ElementRule{"s:externalLink", "s:definedName", external_cache, "name refersTo", attributes, always},
    ElementRule{"s:externalLink", "s:ddeLink", external_cache, "ddeService ddeTopic", attributes, always},
    ElementRule{"s:externalLink", "s:oleLink", external_cache, "progId", attributes, always},
    ElementRule{"s:externalLink", "s:sheetName", external_cache, "val", attributes},
    ElementRule{"", "s:connection", connection, "name description sourceFile odcFile", attributes, always},
    ElementRule{"", "s:dbPr", connection, "connection command serverCommand", attributes, always},
    ElementRule{"", "s:webPr", connection, "url post", attributes, always},
    ElementRule{"", "s:textPr", connection, "sourceFile", attributes, always},
    ElementRule{"", "x15:connection", connection, "id", attributes, always},
    ElementRule{"s:queryTable", "s:queryTable", connection, "name", attributes, always},
    ElementRule{"s:queryTable", "s:queryTableField", connection, "name", attributes},
    // people, remarks, history
    ElementRule{"s:comments", "s:author", person, "", attributes_and_text},
    ElementRule{"s:comments", "s:comment", comment, "", attributes_and_text, always},
    ElementRule{"tc:ThreadedComments", "tc:threadedComment", comment, "", attributes_and_text, always},
    ElementRule{"tc:personList", "tc:person", person, "displayName userId", attributes, always},
    ElementRule{"s:headers", "s:header", revision_history, "userName dateTime", attributes, always},
    ElementRule{"s:revisions", "s:v", revision_history, "", attributes_and_text},
    ElementRule{"s:revisions", "s:t", revision_history, "", attributes_and_text},
    ElementRule{"s:users", "s:userInfo", person, "name", attributes, always},
    // properties
    ElementRule{"cp:coreProperties", "dc:creator", document_properties, "", attributes_and_text},
    ElementRule{"cp:coreProperties", "dc:description", document_properties, "", attributes_and_text},
    ElementRule{"cp:coreProperties", "dc:subject", document_properties, "", attributes_and_text},
    ElementRule{"cp:coreProperties", "dc:identifier", document_properties, "", attributes_and_text},
    ElementRule{"cp:coreProperties", "cp:lastModifiedBy", document_properties, "", attributes_and_text},
    ElementRule{"cp:coreProperties", "cp:keywords", document_properties, "", attributes_and_text},
    ElementRule{"cp:coreProperties", "cp:category", document_properties, "", attributes_and_text},
    ElementRule{"cp:coreProperties", "cp:contentStatus", document_properties, "", attributes_and_text},
    ElementRule{"cp:coreProperties", "cp:lastPrinted", document_properties, "", attributes_and_text},
    ElementRule{"cp:coreProperties", "cp:revision", document_properties, "", attributes_and_text, with_content, "|0|1|"},
    ElementRule{"cp:coreProperties", "cp:version", document_properties, "", attributes_and_text},
    ElementRule{"ep:Properties", "ep:Company", document_properties, "", attributes_and_text},
    ElementRule{"ep:Properties", "ep:Manager", document_properties, "", attributes_and_text},
    ElementRule{"ep:Properties", "ep:HyperlinkBase", document_properties, "", attributes_and_text},
    ElementRule{"cup:Properties", "cup:property", custom_properties, "name", attributes_and_text, always},
    ElementRule{"", "clbl:label", custom_properties, "id siteId", attributes, always},
    // charts and drawings
    ElementRule{"", "c:pt", chart_cache, "", attributes_and_text},
    ElementRule{"", "cx:pt", chart_cache, "", attributes_and_text},
    ElementRule{"", "c:externalData", chart_cache, "r:id", attributes, always},
    ElementRule{"", "a:srcRect", cropped_picture, "l t r b", attributes},
    ElementRule{"", "a:hlinkClick", hyperlink, "tooltip", attributes},
    ElementRule{"xml", "v:imagedata", hidden_shape, "o:title", attributes},
    ElementRule{"xml", "v:textbox", hidden_shape, "", attributes_and_text},
    ElementRule{"xml", "v:shape", alternative_text, "alt", attributes},
    ElementRule{"xml", "x:FmlaMacro", macro, "", attributes_and_text},
    // other stores
    ElementRule{"", "s:ext", extension_block, "uri", attributes, with_content, harmless_extensions},
    ElementRule{"", "a:ext", extension_block, "uri", attributes, with_content, harmless_extensions},
    ElementRule{"", "c:ext", extension_block, "uri", attributes, with_content, harmless_extensions},
    ElementRule{"", "mc:Fallback", fallback, "", attributes_and_text, always},
    ElementRule{"s:MapInfo", "s:Map", xml_map, "Name RootElement", attributes, always},
    ElementRule{"mashup:DataMashup", "mashup:DataMashup", power_query, "", attributes_and_text, always},
    // documents
    ElementRule{"w:comments", "w:comment", comment, "w:author", attributes_and_text, always},
    ElementRule{"", "w15:person", person, "w15:author", attributes, always},
    ElementRule{"", "w:del", tracked_change, "w:author", attributes_and_text, always},
    ElementRule{"", "w:ins", tracked_change, "w:author", attributes_and_text, always},
    ElementRule{"", "w:moveFrom", tracked_change, "w:author", attributes_and_text, always},
    ElementRule{"", "w:moveTo", tracked_change, "w:author", attributes_and_text, always},
    ElementRule{"", "w:rPrChange", tracked_change, "w:author", attributes, always},
    ElementRule{"", "w:pPrChange", tracked_change, "w:author", attributes, always},
    ElementRule{"", "w:sectPrChange", tracked_change, "w:author", attributes, always},
    ElementRule{"", "w:tblPrChange", tracked_change, "w:author", attributes, always},
    ElementRule{"", "w:tblGridChange", tracked_change, "w:author", attributes, always},
    ElementRule{"", "w:trPrChange", tracked_change, "w:author", attributes, always},
    ElementRule{"", "w:tcPrChange", tracked_change, "w:author", attributes, always},
    ElementRule{"", "w:numberingChange", tracked_change, "w:author", attributes, always},
    ElementRule{"", "w:cellDel", tracked_change, "w:author", attributes, always},
    ElementRule{"", "w:cellIns", tracked_change, "w:author", attributes, always},
    ElementRule{"", "w:mailMerge", mail_merge, "", attributes, always},
    ElementRule{"", "w:connectString", mail_merge, "w:val", attributes, always},
    ElementRule{"", "w:query", mail_merge, "w:val", attributes, always},
    ElementRule{"", "w:rsid", revision_identifier, "w:val", attributes, always},
    ElementRule{"", "w:dataBinding", content_control, "w:xpath", attributes, always},
    ElementRule{"w:glossaryDocument", "w:glossaryDocument", glossary, "", attributes_and_text, always},
    ElementRule{"", "w:instrText", field, "", attributes_and_text},
    ElementRule{"", "w:fldSimple", field, "w:instr", attributes, with_content, "| PAGE |PAGE| NUMPAGES |NUMPAGES|"},
    ElementRule{"", "w:bookmarkStart", bookmark, "w:name", attributes, with_content, "|_GoBack|"},
    ElementRule{"", "w:hyperlink", hyperlink, "w:tooltip", attributes},
    ElementRule{"", "w:altChunk", foreign_part, "r:id", attributes, always},
    ElementRule{"", "w:docVar", document_variable, "w:name w:val", attributes, always},
    ElementRule{"", "o:OLEObject", embedded_object, "ProgID", attributes, always},
};

constexpr std::array root_rules = {
    RootRule{"s:workbook", {}},
    RootRule{"s:worksheet", {}},
    RootRule{"s:chartsheet", {}},
    RootRule{"s:styleSheet", {}},
    RootRule{"s:sst", {}},
    RootRule{"s:calcChain", {}},
    RootRule{"s:table", {}},
    RootRule{"s:comments", {}},
    RootRule{"a:theme", {}},
    RootRule{"a:themeOverride", {}},
    RootRule{"c:chartSpace", {}},
    RootRule{"c:userShapes", {}},
    RootRule{"cx:chartSpace", {}},
    RootRule{"xdr:wsDr", {}},
    RootRule{"xml", {}},
    RootRule{"cp:coreProperties", {}},
    RootRule{"ep:Properties", {}},
    RootRule{"cup:Properties", {}},
    RootRule{"s:externalLink", {external_cache}},
    RootRule{"s:pivotCacheDefinition", {pivot_cache}},
    RootRule{"s:pivotCacheRecords", {pivot_cache}},
    RootRule{"s:pivotTableDefinition", {pivot_table}},
    RootRule{"x14:slicers", {pivot_table}},
    RootRule{"x14:slicerCacheDefinition", {pivot_table}},
    RootRule{"x15:timelines", {pivot_table}},
    RootRule{"x15:timelineCacheDefinition", {pivot_table}},
    RootRule{"s:slicers", {pivot_table}},
    RootRule{"s:connections", {connection}},
    RootRule{"s:queryTable", {connection}},
    RootRule{"s:headers", {revision_history}},
    RootRule{"s:revisions", {revision_history}},
    RootRule{"s:users", {}},
    RootRule{"tc:ThreadedComments", {}},
    RootRule{"tc:personList", {}},
    RootRule{"s:MapInfo", {xml_map}},
    RootRule{"s:singleXmlCells", {xml_map}},
    RootRule{"s:metadata", {rich_data}},
    RootRule{"xlrd:rvData", {rich_data}},
    RootRule{"xlrd:rvStructures", {rich_data}},
    RootRule{"xlrd2:rvTypesInfo", {rich_data}},
    RootRule{"xlrd2:richStyleSheet", {rich_data}},
    RootRule{"xlrd2:supportingPropertyBags", {rich_data}},
    RootRule{"xlpy:python", {rich_data}},
    RootRule{"mashup:DataMashup", {}},
    RootRule{"clbl:labelList", {}},
    RootRule{"cui:customUI", {custom_ui}},
    RootRule{"we:webextension", {web_extension}},
    RootRule{"wetp:taskpanes", {web_extension}},
    RootRule{"s:dialogsheet", {macro}},
    RootRule{"xm:macrosheet", {macro}},
    RootRule{"s:macrosheet", {macro}},
    RootRule{"x14:formControlPr", {control}},
    RootRule{"s:formControlPr", {control}},
    RootRule{"{http://schemas.microsoft.com/office/2006/activeX}ocx", {control}},
    RootRule{"{http://schemas.microsoft.com/office/drawing/2012/chartStyle}colorStyle", {}},
    RootRule{"{http://schemas.microsoft.com/office/drawing/2012/chartStyle}chartStyle", {}},
    RootRule{"w:document", {}},
    RootRule{"w:styles", {}},
    RootRule{"w:settings", {}},
    RootRule{"w:webSettings", {}},
    RootRule{"w:fonts", {}},
    RootRule{"w:numbering", {}},
    RootRule{"w:hdr", {}},
    RootRule{"w:ftr", {}},
    RootRule{"w:footnotes", {}},
    RootRule{"w:endnotes", {}},
    RootRule{"w:comments", {}},
    RootRule{"w:glossaryDocument", {}},
    RootRule{"w15:commentsEx", {}},
    RootRule{"w16cid:commentsIds", {}},
    RootRule{"w16cex:commentsExtensible", {}},
    RootRule{"w15:people", {}},
    RootRule{"w:recipients", {mail_merge}},
    RootRule{"dgm:dataModel", {hidden_shape}},
    RootRule{"dgm:layoutDef", {}},
    RootRule{"dgm:styleDef", {}},
    RootRule{"dgm:colorsDef", {}},
    RootRule{"{http://schemas.microsoft.com/office/drawing/2008/diagram}drawing", {}},
};

// What the relationship says, for parts whose content alone does not say it.
constexpr std::array reach_rules = {
    ReachRule{"thumbnail", thumbnail},
    ReachRule{"printerSettings", printer_settings},
    ReachRule{"vbaProject", macro},
    ReachRule{"wordVbaData", macro},
    ReachRule{"xlMacrosheet", macro},
    ReachRule{"powerPivotData", data_model},
    ReachRule{"customXml", custom_xml},
    ReachRule{"customXmlProps", custom_xml},
    ReachRule{"control", control},
    ReachRule{"activeXControlBinary", control},
    ReachRule{"ctrlProp", control},
    ReachRule{"aFChunk", foreign_part},
    ReachRule{"mailMergeSource", mail_merge},
    ReachRule{"mailMergeHeaderSource", mail_merge},
    ReachRule{"recipientData", mail_merge},
    ReachRule{"extensibility", custom_ui},
    ReachRule{"webextension", web_extension},
    ReachRule{"customProperty", custom_properties},
    ReachRule{"keyMapCustomizations", custom_ui},
    ReachRule{"attachedToolbars", custom_ui},
    ReachRule{"xmlMaps", xml_map},
};

}  // namespace

std::span<const ElementRule> package_element_rules() { return element_rules; }

const RootRule* find_root_rule(std::string_view root) {
  const auto at = std::find_if(root_rules.begin(), root_rules.end(), [&](const RootRule& rule) { return rule.root == root; });
  return at == root_rules.end() ? nullptr : &*at;
}

const ReachRule* find_reach_rule(std::string_view relationship) {
  const auto at = std::find_if(reach_rules.begin(), reach_rules.end(), [&](const ReachRule& rule) { return rule.relationship == relationship; });
  return at == reach_rules.end() ? nullptr : &*at;
}

}  // namespace candour::inspect
