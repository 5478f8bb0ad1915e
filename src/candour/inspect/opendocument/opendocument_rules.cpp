#include <candour/inspect/opendocument/opendocument_rules.hpp>

#include <array>

namespace candour::inspect {
namespace {

using enum FindingKind;
using enum RuleCondition;
using enum RuleSample;

constexpr std::array rules = {
    // sheets
    ElementRule{"", "table:filter-condition", filter_criteria, "table:value table:operator", attributes, always},
    ElementRule{"", "table:filter-set-item", filter_criteria, "table:value", attributes, always},
    ElementRule{"", "table:data-pilot-table", pivot_table, "table:name", attributes, always},
    ElementRule{"", "table:source-cell-range", pivot_table, "table:cell-range-address", attributes, always},
    ElementRule{"", "table:data-pilot-member", pivot_table, "table:name", attributes},
    ElementRule{"", "table:table-source", external_cache, "xlink:href table:table-name", attributes, always},
    ElementRule{"", "table:cell-range-source", external_cache, "xlink:href table:name", attributes, always},
    ElementRule{"", "table:dde-link", external_cache, "", attributes_and_text, always},
    ElementRule{"", "office:dde-source", external_cache, "office:dde-application office:dde-topic office:dde-item", attributes, always},
    ElementRule{"", "table:tracked-changes", tracked_change, "", attributes_and_text, always},
    ElementRule{"", "table:content-validation", data_validation, "table:condition", attributes_and_text, always},
    ElementRule{"", "table:named-range", defined_name, "table:name table:cell-range-address", attributes, always},
    ElementRule{"", "table:named-expression", defined_name, "table:name table:expression", attributes, always},
    ElementRule{"", "table:scenario", scenario, "table:comment", attributes, always},
    ElementRule{"", "table:database-source-sql", connection, "table:database-name table:sql-statement", attributes, always},
    ElementRule{"", "table:database-source-table", connection, "table:database-name table:database-table-name", attributes, always},
    ElementRule{"", "table:database-source-query", connection, "table:database-name table:query-name", attributes, always},
    ElementRule{"", "db:data-source", connection, "", attributes, always},
    // remarks and changes
    ElementRule{"", "office:annotation", comment, "", attributes_and_text, always},
    ElementRule{"", "text:changed-region", tracked_change, "", attributes_and_text, always},
    // text
    ElementRule{"", "text:hidden-text", hidden_text, "text:string-value text:condition", attributes_and_text, always},
    ElementRule{"", "text:hidden-paragraph", hidden_text, "text:condition", attributes, always},
    ElementRule{"", "text:conditional-text", field, "text:string-value-if-true text:string-value-if-false text:condition", attributes, always},
    ElementRule{"", "text:variable-set", field, "text:name office:string-value office:value text:formula", attributes, always},
    ElementRule{"", "text:user-field-decl", field, "text:name office:string-value office:value", attributes, always},
    ElementRule{"", "text:database-display", field, "text:database-name text:table-name text:column-name", attributes, always},
    ElementRule{"", "text:database-row-select", field, "text:database-name text:table-name", attributes, always},
    ElementRule{"", "text:database-name", field, "text:database-name text:table-name", attributes, always},
    ElementRule{"", "text:placeholder", field, "text:description", attributes},
    ElementRule{"", "text:bookmark", bookmark, "text:name", attributes},
    ElementRule{"", "text:bookmark-start", bookmark, "text:name", attributes},
    ElementRule{"", "text:reference-mark", bookmark, "text:name", attributes},
    ElementRule{"", "text:script", macro, "", attributes_and_text, always},
    // objects
    ElementRule{"", "draw:object", embedded_object, "xlink:href", attributes, always},
    ElementRule{"", "draw:object-ole", embedded_object, "xlink:href", attributes, always},
    ElementRule{"", "draw:plugin", embedded_object, "xlink:href", attributes, always},
    ElementRule{"", "draw:applet", embedded_object, "xlink:href", attributes, always},
    ElementRule{"", "draw:floating-frame", embedded_object, "xlink:href", attributes, always},
    ElementRule{"", "svg:desc", alternative_text, "", attributes_and_text},
    ElementRule{"", "svg:title", alternative_text, "", attributes_and_text},
    ElementRule{"", "form:form", control, "form:name", attributes, always},
    ElementRule{"", "script:event-listener", macro, "xlink:href script:event-name", attributes, always},
    ElementRule{"", "office:script", macro, "", attributes_and_text, always},
    // properties
    ElementRule{"office:document-meta", "meta:initial-creator", document_properties, "", attributes_and_text},
    ElementRule{"office:document-meta", "dc:creator", document_properties, "", attributes_and_text},
    ElementRule{"office:document-meta", "dc:description", document_properties, "", attributes_and_text},
    ElementRule{"office:document-meta", "dc:subject", document_properties, "", attributes_and_text},
    ElementRule{"office:document-meta", "meta:keyword", document_properties, "", attributes_and_text},
    ElementRule{"office:document-meta", "meta:printed-by", document_properties, "", attributes_and_text},
    ElementRule{"office:document-meta", "meta:print-date", document_properties, "", attributes_and_text},
    ElementRule{"office:document-meta", "meta:editing-duration", document_properties, "", attributes_and_text, with_content},
    ElementRule{"office:document-meta", "meta:hyperlink-behaviour", document_properties, "xlink:href", attributes},
    ElementRule{"office:document-meta", "meta:auto-reload", document_properties, "xlink:href", attributes},
    ElementRule{"office:document-meta", "meta:template", attached_template, "xlink:href xlink:title", attributes, always},
    ElementRule{"rdf:RDF", "rdf:RDF", document_properties, "", attributes_and_text},
    ElementRule{"office:document-meta", "meta:user-defined", custom_properties, "meta:name", attributes_and_text, always},
};

}  // namespace

std::span<const ElementRule> opendocument_rules() { return rules; }

}  // namespace candour::inspect
