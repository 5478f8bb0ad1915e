#pragma once
// A small XML part as a tree: read strictly by expat, kept by pugixml.

#include <candour/formats/xml_reader.hpp>

#include <pugixml.hpp>

#include <memory>
#include <string_view>

namespace candour::formats {

/// Gives the document as a tree whose element and attribute names are canonical (xml_reader.hpp). Comments and instructions are left out.
/// Fails as XmlReader. For parts of a few megabytes: a tree takes about ten times the memory of its text.
[[nodiscard]] base::Result<std::unique_ptr<pugi::xml_document>> read_xml_tree(std::string_view bytes, XmlLimits limits = {});

}  // namespace candour::formats
