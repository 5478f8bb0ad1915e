#pragma once
// Builds office packages part by part, under their customary names or under names that say nothing.

#include <candour/formats/zip_writer.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace candour::inspect::specimens {

enum class Naming { customary, meaningless };

/// An Office Open XML package: parts by key (their customary path), and the relationships between them.
class PackageBuilder {
 public:
  void part(const std::string& key, std::string bytes, const std::string& content_type = "application/xml") { parts_[key] = {std::move(bytes), content_type}; }
  /// From "" means from the package itself. `type` is the whole address or the last word of an office relationship.
  void link(const std::string& from, const std::string& id, const std::string& type, const std::string& to) { links_[from].push_back({id, type, to, false}); }
  void link_outside(const std::string& from, const std::string& id, const std::string& type, const std::string& target) {
    links_[from].push_back({id, type, target, true});
  }
  /// An entry that nothing describes or reaches.
  void stray(const std::string& path, std::string bytes) { strays_.push_back({path, std::move(bytes)}); }

  [[nodiscard]] std::string bytes(Naming naming) const {
    std::vector<formats::ZipEntryToWrite> entries;
    entries.push_back({"[Content_Types].xml", content_types(naming)});
    for (const auto& [from, links] : links_) entries.push_back({relationships_path(from.empty() ? "" : name_of(from, naming)), relationships(links, naming)});
    for (const auto& [key, part] : parts_) entries.push_back({name_of(key, naming), part.bytes});
    entries.insert(entries.end(), strays_.begin(), strays_.end());
    return formats::write_zip(entries).value();
  }

 private:
  struct Part {
    std::string bytes;
    std::string content_type;
  };
  struct Link {
    std::string id, type, target;
    bool is_outside;
  };

  [[nodiscard]] std::string name_of(const std::string& key, Naming naming) const {
    if (naming == Naming::customary) return key;
    return "q/" + std::to_string(std::distance(parts_.begin(), parts_.find(key))) + ".bin";
  }
  static std::string relationships_path(const std::string& part) {
    const auto slash = part.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : part.substr(0, slash + 1);
    return folder + "_rels/" + part.substr(folder.size()) + ".rels";
  }
  [[nodiscard]] std::string content_types(Naming naming) const {
    std::string out =
        R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)";
    for (const auto& [key, part] : parts_) out += "<Override PartName=\"/" + name_of(key, naming) + "\" ContentType=\"" + part.content_type + "\"/>";
    return out + "</Types>";
  }
  [[nodiscard]] std::string relationships(const std::vector<Link>& links, Naming naming) const {
    std::string out = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    for (const auto& link : links) {
      const std::string type =
          link.type.find("://") != std::string::npos ? link.type : "http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + link.type;
      out += "<Relationship Id=\"" + link.id + "\" Type=\"" + type + "\" Target=\"" + (link.is_outside ? link.target : "/" + name_of(link.target, naming)) +
             "\"" + (link.is_outside ? " TargetMode=\"External\"" : "") + "/>";
    }
    return out + "</Relationships>";
  }

  std::map<std::string, Part> parts_;
  std::map<std::string, std::vector<Link>> links_;
  std::vector<formats::ZipEntryToWrite> strays_;
};

inline const std::string spreadsheet_namespaces =
    R"(xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" )"
    R"(xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" )"
    R"(xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac")";

inline const std::string spreadsheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

/// One sheet of a workbook to be built.
struct SheetSpec {
  std::string name;
  std::string state;   ///< attribute text such as ` state="hidden"`
  std::string before;  ///< elements before sheetData
  std::string rows;
  std::string after;  ///< elements after sheetData
};

/// A workbook to be built; plain and clean until something is added.
struct WorkbookSpec {
  PackageBuilder package;
  std::vector<SheetSpec> sheets{{"Table 1", "", "",
                                 R"(<row r="1"><c r="A1" t="inlineStr"><is><t>Month</t></is></c><c r="B1" t="inlineStr"><is><t>Count</t></is></c></row>)"
                                 R"(<row r="2"><c r="A2" t="inlineStr"><is><t>January</t></is></c><c r="B2"><v>12</v></c></row>)",
                                 ""}};
  std::string before_sheets;  ///< elements of the workbook
  std::string after_sheets;
  std::string styles;        ///< inside styleSheet; no part while empty
  std::string shared_texts;  ///< inside sst; no part while empty

  [[nodiscard]] std::string bytes(Naming naming) const {
    PackageBuilder built = package;
    built.link("", "rId1", "officeDocument", "xl/workbook.xml");
    std::string list;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      const std::string number = std::to_string(i + 1), key = "xl/worksheets/sheet" + number + ".xml";
      list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + number + "\" r:id=\"sheet" + number + "\"" + sheets[i].state + "/>";
      built.link("xl/workbook.xml", "sheet" + number, "worksheet", key);
      built.part(
          key,
          "<worksheet " + spreadsheet_namespaces + ">" + sheets[i].before + "<sheetData>" + sheets[i].rows + "</sheetData>" + sheets[i].after + "</worksheet>",
          spreadsheet_type + "worksheet+xml");
    }
    if (!styles.empty()) {
      built.link("xl/workbook.xml", "styles", "styles", "xl/styles.xml");
      built.part("xl/styles.xml", "<styleSheet " + spreadsheet_namespaces + ">" + styles + "</styleSheet>", spreadsheet_type + "styles+xml");
    }
    if (!shared_texts.empty()) {
      built.link("xl/workbook.xml", "texts", "sharedStrings", "xl/sharedStrings.xml");
      built.part("xl/sharedStrings.xml", "<sst " + spreadsheet_namespaces + ">" + shared_texts + "</sst>", spreadsheet_type + "sharedStrings+xml");
    }
    built.part("xl/workbook.xml", "<workbook " + spreadsheet_namespaces + ">" + before_sheets + "<sheets>" + list + "</sheets>" + after_sheets + "</workbook>",
               spreadsheet_type + "sheet.main+xml");
    return built.bytes(naming);
  }
};

/// A WordprocessingML document to be built.
struct DocumentSpec {
  PackageBuilder package;
  std::string body = "<w:p><w:r><w:t>The answer is in the table.</w:t></w:r></w:p>";

  static std::string namespaces() {
    return R"(xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" )"
           R"(xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" )"
           R"(xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:o="urn:schemas-microsoft-com:office:office" )"
           R"(xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml")";
  }
  void linked_part(const std::string& type, const std::string& name, const std::string& root, const std::string& inside) {
    package.link("word/document.xml", "id_" + name, type, "word/" + name + ".xml");
    package.part("word/" + name + ".xml", "<" + root + " " + namespaces() + ">" + inside + "</" + root + ">");
  }
  [[nodiscard]] std::string bytes(Naming naming) const {
    PackageBuilder built = package;
    built.link("", "rId1", "officeDocument", "word/document.xml");
    built.part("word/document.xml", "<w:document " + namespaces() + "><w:body>" + body + "</w:body></w:document>",
               "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
    return built.bytes(naming);
  }
};

/// An OpenDocument package to be built. Its own parts have names that the standard fixes; pictures and objects have not.
struct OpenDocumentSpec {
  std::string body_kind = "spreadsheet";
  std::string styles;  ///< automatic styles of the content
  std::string body = R"(<table:table table:name="Table 1"><table:table-column/><table:table-column/>)"
                     R"(<table:table-row><table:table-cell office:value-type="string"><text:p>Month</text:p></table:table-cell>)"
                     R"(<table:table-cell office:value-type="string"><text:p>Count</text:p></table:table-cell></table:table-row>)"
                     R"(<table:table-row><table:table-cell office:value-type="string"><text:p>January</text:p></table:table-cell>)"
                     R"(<table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell></table:table-row></table:table>)";
  std::string before_body;  ///< directly inside office:body's kind, before the body
  std::string after_body;
  std::string scripts;                          ///< before the styles
  std::map<std::string, std::string> more;      ///< other parts, by path
  std::map<std::string, std::string> unlisted;  ///< the same, not in the manifest
  std::string encryption;                       ///< inside the manifest's entry of the content

  static std::string namespaces() {
    return R"(xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" )"
           R"(xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" )"
           R"(xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" )"
           R"(xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" )"
           R"(xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" )"
           R"(xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" )"
           R"(xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0")";
  }
  /// Meaningless naming gives pictures and objects other names, wherever they are spoken of, and turns the order of the entries round.
  [[nodiscard]] std::string bytes(Naming naming = Naming::customary) const {
    const std::string type = "application/vnd.oasis.opendocument." + body_kind;
    std::vector<formats::ZipEntryToWrite> entries{{"mimetype", type, formats::Compression::stored}};
    entries.push_back({"content.xml", "<office:document-content " + namespaces() + ">" + scripts + "<office:automatic-styles>" + styles +
                                          "</office:automatic-styles><office:body><office:" + body_kind + ">" + before_body + body + after_body +
                                          "</office:" + body_kind + "></office:body></office:document-content>"});
    std::string manifest =
        R"(<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type=")" +
        type + R"("/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">)" + encryption + "</manifest:file-entry>";
    for (const auto& [path, bytes] : more) {
      entries.push_back({path, bytes});
      manifest += "<manifest:file-entry manifest:full-path=\"" + path + "\" manifest:media-type=\"\"/>";
    }
    for (const auto& [path, bytes] : unlisted) entries.push_back({path, bytes});
    entries.push_back({"META-INF/manifest.xml", manifest + "</manifest:manifest>"});
    if (naming == Naming::meaningless) {
      for (auto& entry : entries) {
        entry.path = renamed(entry.path);
        entry.bytes = renamed(entry.bytes);
      }
      std::reverse(entries.begin() + 1, entries.end());
    }
    return formats::write_zip(entries).value();
  }

 private:
  static std::string renamed(std::string text) {
    for (const auto& [customary, other] : {std::pair<std::string, std::string>("Pictures/one.png", "q/0.bin"), {"Object 1", "q1"}, {"Object 2", "q2.bin"}}) {
      for (std::size_t at = text.find(customary); at != std::string::npos; at = text.find(customary, at + other.size()))
        text.replace(at, customary.size(), other);
    }
    return text;
  }
};

}  // namespace candour::inspect::specimens
