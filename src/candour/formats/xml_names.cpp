#include <candour/formats/xml_names.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace candour::formats {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Sorted by address. Sources: ECMA-376 parts 1 and 4, the [MS-XLSX], [MS-DOCX] and [MS-CUSTOMUI] specifications, OASIS OpenDocument 1.3.
constexpr std::array namespaces = {
    Pair{"http://openoffice.org/2004/calc", "oooc"},
    Pair{"http://openoffice.org/2004/office", "ooo"},
    Pair{"http://openoffice.org/2004/writer", "ooow"},
    Pair{"http://openoffice.org/2005/report", "rpt"},
    Pair{"http://openoffice.org/2009/table", "tableooo"},
    Pair{"http://openoffice.org/2010/draw", "drawooo"},
    Pair{"http://purl.oclc.org/ooxml/drawingml/chart", "c"},
    Pair{"http://purl.oclc.org/ooxml/drawingml/diagram", "dgm"},
    Pair{"http://purl.oclc.org/ooxml/drawingml/main", "a"},
    Pair{"http://purl.oclc.org/ooxml/drawingml/picture", "pic"},
    Pair{"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing", "xdr"},
    Pair{"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"},
    Pair{"http://purl.oclc.org/ooxml/officeDocument/customProperties", "cup"},
    Pair{"http://purl.oclc.org/ooxml/officeDocument/customXml", "ds"},
    Pair{"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes", "vt"},
    Pair{"http://purl.oclc.org/ooxml/officeDocument/extendedProperties", "ep"},
    Pair{"http://purl.oclc.org/ooxml/officeDocument/math", "m"},
    Pair{"http://purl.oclc.org/ooxml/officeDocument/relationships", "r"},
    Pair{"http://purl.oclc.org/ooxml/spreadsheetml/main", "s"},
    Pair{"http://purl.oclc.org/ooxml/wordprocessingml/main", "w"},
    Pair{"http://purl.org/dc/elements/1.1/", "dc"},
    Pair{"http://purl.org/dc/terms/", "dcterms"},
    Pair{"http://schemas.microsoft.com/DataMashup", "mashup"},
    Pair{"http://schemas.microsoft.com/office/2006/01/customui", "cui"},
    Pair{"http://schemas.microsoft.com/office/2009/07/customui", "cui"},
    Pair{"http://schemas.microsoft.com/office/2020/mipLabelMetadata", "clbl"},
    Pair{"http://schemas.microsoft.com/office/drawing/2014/chartex", "cx"},
    Pair{"http://schemas.microsoft.com/office/excel/2006/main", "xm"},
    Pair{"http://schemas.microsoft.com/office/mac/drawingml/2011/main", "mx"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac", "x14ac"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main", "x14"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac", "x15ac"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2010/11/main", "x15"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2014/revision", "xr"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2015/revision2", "xr2"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2016/revision3", "xr3"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2017/richdata", "xlrd"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2017/richdata2", "xlrd2"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments", "tc"},
    Pair{"http://schemas.microsoft.com/office/spreadsheetml/2023/python", "xlpy"},
    Pair{"http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11", "wetp"},
    Pair{"http://schemas.microsoft.com/office/webextensions/webextension/2010/11", "we"},
    Pair{"http://schemas.microsoft.com/office/word/2010/wordml", "w14"},
    Pair{"http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing", "wp14"},
    Pair{"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup", "wpg"},
    Pair{"http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"},
    Pair{"http://schemas.microsoft.com/office/word/2012/wordml", "w15"},
    Pair{"http://schemas.microsoft.com/office/word/2015/wordml/symex", "w16se"},
    Pair{"http://schemas.microsoft.com/office/word/2016/wordml/cid", "w16cid"},
    Pair{"http://schemas.microsoft.com/office/word/2018/wordml/cex", "w16cex"},
    Pair{"http://schemas.openxmlformats.org/drawingml/2006/chart", "c"},
    Pair{"http://schemas.openxmlformats.org/drawingml/2006/diagram", "dgm"},
    Pair{"http://schemas.openxmlformats.org/drawingml/2006/main", "a"},
    Pair{"http://schemas.openxmlformats.org/drawingml/2006/picture", "pic"},
    Pair{"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing", "xdr"},
    Pair{"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"},
    Pair{"http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"},
    Pair{"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties", "cup"},
    Pair{"http://schemas.openxmlformats.org/officeDocument/2006/customXml", "ds"},
    Pair{"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes", "vt"},
    Pair{"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties", "ep"},
    Pair{"http://schemas.openxmlformats.org/officeDocument/2006/math", "m"},
    Pair{"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"},
    Pair{"http://schemas.openxmlformats.org/package/2006/content-types", "ct"},
    Pair{"http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"},
    Pair{"http://schemas.openxmlformats.org/package/2006/relationships", "rel"},
    Pair{"http://schemas.openxmlformats.org/schemaLibrary/2006/main", "sl"},
    Pair{"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "s"},
    Pair{"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"},
    Pair{"http://www.w3.org/1998/Math/MathML", "math"},
    Pair{"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"},
    Pair{"http://www.w3.org/1999/xhtml", "xhtml"},
    Pair{"http://www.w3.org/1999/xlink", "xlink"},
    Pair{"http://www.w3.org/2001/XMLSchema-instance", "xsi"},
    Pair{"http://www.w3.org/XML/1998/namespace", "xml"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:chart:1.0", "chart"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:config:1.0", "config"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:database:1.0", "db"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0", "number"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0", "dr3d"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:form:1.0", "form"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:of:1.2", "of"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:presentation:1.0", "presentation"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:script:1.0", "script"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0", "svg"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"},
    Pair{"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0", "fo"},
    Pair{"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", "calcext"},
    Pair{"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0", "loext"},
    Pair{"urn:org:documentfoundation:names:experimental:ooo-ms-interop:xmlns:field:1.0", "field"},
    Pair{"urn:schemas-microsoft-com:office:excel", "x"},
    Pair{"urn:schemas-microsoft-com:office:office", "o"},
    Pair{"urn:schemas-microsoft-com:office:word", "w10"},
    Pair{"urn:schemas-microsoft-com:vml", "v"},
};
constexpr bool is_in_order() {
  for (std::size_t i = 1; i < namespaces.size(); ++i) {
    if (!(namespaces[i - 1].first < namespaces[i].first)) return false;
  }
  return true;
}
static_assert(is_in_order());

}  // namespace

std::string_view canonical_prefix(std::string_view namespace_uri) {
  const auto at =
      std::lower_bound(namespaces.begin(), namespaces.end(), namespace_uri, [](const Pair& pair, std::string_view uri) { return pair.first < uri; });
  return at != namespaces.end() && at->first == namespace_uri ? at->second : std::string_view{};
}

}  // namespace candour::formats
