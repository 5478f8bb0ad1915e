#include "texts_of_files.hpp"

#include <gtest/gtest.h>
#include <zip.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace candour::support {
namespace {

std::string decoded(std::string text) {
  static const std::array<std::pair<std::string, std::string>, 6> entities{
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}, {"&amp;", "&"}}};
  for (const auto& [entity, letter] : entities) {
    for (std::size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) text.replace(at, entity.size(), letter);
  }
  return text;
}

// Attributes that say how the page is built, not what it says: their numbers are counts of columns, places of tables and identifiers made from them.
bool is_structure(const std::string& attribute, const std::string& value) {
  static const std::set<std::string> names{"class", "id", "colspan", "rowspan", "scope", "tabindex", "role", "lang", "charset", "aria-labelledby", "name",
                                           // Where bars of a chart lie and how long they are: drawn from cells whose texts stand beside them and are traced.
                                           "x", "y", "x1", "y1", "x2", "y2", "width", "height", "viewBox"};
  return names.contains(attribute) || (attribute == "href" && value.starts_with("#")) || value == "width=device-width, initial-scale=1" ||
         value.starts_with("default-src 'none'; style-src 'sha256-") || (attribute == "content" && value.size() == 7 && value.starts_with('#'));
}

std::vector<PlacedText> attributes_of(const std::string& tag) {
  std::vector<PlacedText> texts;
  for (std::size_t at = tag.find("=\""); at != std::string::npos; at = tag.find("=\"", at)) {
    const std::size_t start = tag.find_last_of(" \n", at) + 1;
    const std::size_t end = tag.find('"', at + 2);
    const std::string name = tag.substr(start, at - start);
    const std::string value = decoded(tag.substr(at + 2, end - at - 2));
    if (!is_structure(name, value)) texts.push_back({"attribute " + name, value});
    at = end;
  }
  return texts;
}

std::vector<PlacedText> texts_of_html(const std::string& bytes) {
  std::vector<PlacedText> texts;
  for (std::size_t at = 0; at < bytes.size();) {
    // The same in every page, whatever is answered.
    if (bytes.compare(at, 7, "<style>") == 0) {
      at = bytes.find("</style>", at);
      continue;
    }
    if (bytes.compare(at, 8, "<script>") == 0) {
      at = bytes.find("</script>", at);
      continue;
    }
    if (bytes[at] == '<') {
      const std::size_t end = bytes.find('>', at);
      for (PlacedText& text : attributes_of(bytes.substr(at, end - at))) texts.push_back(std::move(text));
      at = end + 1;
      continue;
    }
    const std::size_t end = std::min(bytes.find('<', at), bytes.size());
    texts.push_back({"text", decoded(bytes.substr(at, end - at))});
    at = end;
  }
  return texts;
}

std::vector<PlacedText> texts_of_csv(const std::string& bytes) {
  std::vector<PlacedText> texts;
  std::string field;
  bool is_quoted = false;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const char letter = bytes[at];
    if (letter == '"') is_quoted = !is_quoted;
    else if (!is_quoted && (letter == ',' || letter == '\r' || letter == '\n')) texts.push_back({"field", std::exchange(field, {})});
    else field += letter;
  }
  return texts;
}

void append_json(const std::string& place, const nlohmann::json& json, std::vector<PlacedText>& texts) {
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) append_json(key, value, texts);
  } else if (json.is_array()) {
    for (const auto& value : json) append_json(place, value, texts);
  } else {
    texts.push_back({place, json.is_string() ? json.get<std::string>() : json.dump()});
  }
}

std::map<std::string, std::string> parts_of(const std::string& bytes) {
  std::map<std::string, std::string> parts;
  zip_error_t error;
  zip_t* archive = zip_open_from_source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error), ZIP_RDONLY, &error);
  EXPECT_NE(archive, nullptr);
  if (archive == nullptr) return parts;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    zip_stat_t status;
    EXPECT_EQ(zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &status), 0);
    std::string part(status.size, '\0');
    zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
    EXPECT_EQ(zip_fread(file, part.data(), part.size()), static_cast<zip_int64_t>(part.size()));
    zip_fclose(file);
    parts[status.name] = std::move(part);
  }
  zip_discard(archive);
  return parts;
}

// All texts of an XML part, and the attributes in which a workbook keeps what a reader sees.
void append_xml(const std::string& path, const pugi::xml_node& node, std::vector<PlacedText>& texts) {
  static const std::set<std::string> telling{"office:value", "table:name"};
  for (const pugi::xml_node& child : node.children()) {
    const std::string name = child.name();
    const bool is_string_number = name == "v" && std::string(node.attribute("t").value()) == "s";
    const bool is_structure = name == "HeadingPairs" || name == "AppVersion";
    if (is_string_number || is_structure) continue;
    if (child.type() == pugi::node_pcdata) texts.push_back({path, child.value()});
    for (const pugi::xml_attribute& attribute : child.attributes()) {
      const bool is_column_name = name == "tableColumn" && std::string(attribute.name()) == "name";
      const bool is_sheet_name = name == "sheet" && std::string(attribute.name()) == "name";
      if (telling.contains(attribute.name()) || is_column_name || is_sheet_name) texts.push_back({path, attribute.value()});
    }
    append_xml(path, child, texts);
  }
}

std::vector<PlacedText> texts_of_workbook(const std::string& bytes) {
  // Parts that hold the look of the workbook only.
  static const std::set<std::string> looks{"xl/styles.xml", "xl/theme/theme1.xml", "styles.xml", "mimetype", "[Content_Types].xml", "META-INF/manifest.xml"};
  std::vector<PlacedText> texts;
  for (const auto& [path, part] : parts_of(bytes)) {
    if (looks.contains(path) || path.ends_with(".rels")) continue;
    pugi::xml_document document;
    EXPECT_TRUE(document.load_string(part.c_str())) << path;
    append_xml(path, document, texts);
  }
  return texts;
}

}  // namespace

std::vector<PlacedText> texts_of(const base::FileToWrite& file) {
  const std::string extension = file.path.extension().string();
  if (extension == ".html") return texts_of_html(file.bytes);
  if (extension == ".csv") return texts_of_csv(file.bytes);
  if (extension == ".json") {
    std::vector<PlacedText> texts;
    append_json({}, nlohmann::json::parse(file.bytes), texts);
    return texts;
  }
  if (extension == ".ods" || extension == ".xlsx") return texts_of_workbook(file.bytes);
  ADD_FAILURE() << "no reader for " << file.path;
  return {};
}

}  // namespace candour::support
