#include <candour/inspect/opendocument/opendocument_room.hpp>

#include <candour/base/text.hpp>
#include <candour/formats/xml_tree.hpp>
#include <candour/formats/zip_reader.hpp>
#include <candour/inspect/opendocument/content.hpp>
#include <candour/inspect/opendocument/opendocument_rules.hpp>
#include <candour/inspect/ours/own_writing.hpp>
#include <candour/inspect/package/container.hpp>
#include <candour/inspect/pictures/picture_room.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace candour::inspect {
namespace {

using base::Done;
using base::Result;

constexpr std::string_view manifest_name = "META-INF/manifest.xml";

/// The settings that name a printer, a place or a person; the others are views.
bool is_telling_setting(std::string_view name) {
  return name == "PrinterName" || name == "PrinterSetup" || name == "CurrentDatabaseDataSource" || name == "CurrentDatabaseCommand" || name == "RedactedBy" ||
         name == "Rsid" || name == "RsidRoot" || name == "SaveThumbnail" || name.find("Path") != std::string_view::npos ||
         name.find("URL") != std::string_view::npos || name == "TrackedChangesViewSettings";
}

/// Reads settings: items with a name and a text.
class SettingsHandler : public formats::XmlHandler {
 public:
  SettingsHandler(RuleScanner& scanner, Inspection& inspection, InspectionPlace place) : scanner_(scanner), inspection_(inspection), place_(std::move(place)) {}
  void on_start(std::string_view name, const formats::XmlAttributes& attributes) override {
    if (name == "config:config-item") item_ = attributes.get("config:name"), text_.clear();
    scanner_.on_start(name, attributes);
  }
  void on_end(std::string_view name) override {
    if (name == "config:config-item" && !text_.empty() && is_telling_setting(item_)) {
      const auto kind = item_.starts_with("Printer") ? FindingKind::printer_settings : FindingKind::document_settings;
      if (item_ != "SaveThumbnail") inspection_.at(kind, place_).add(item_, text_);
    }
    scanner_.on_end(name);
  }
  void on_text(std::string_view text) override {
    text_ += text;
    scanner_.on_text(text);
  }
  void on_comment(std::string_view text) override { scanner_.on_comment(text); }
  void on_instruction(std::string_view target, std::string_view data) override { scanner_.on_instruction(target, data); }

 private:
  RuleScanner& scanner_;
  Inspection& inspection_;
  InspectionPlace place_;
  std::string item_, text_;
};

class RootFinder : public formats::XmlHandler {
 public:
  std::string root, body;
  void on_start(std::string_view name, const formats::XmlAttributes&) override {
    if (root.empty()) root = name;
    if (name == "office:spreadsheet" || name == "office:text" || name == "office:chart") body = name;
  }
  void on_end(std::string_view) override {}
  void on_text(std::string_view) override {}
};

struct Part {
  std::size_t entry = 0;
  std::string name;
  std::string root;
};

class OpenDocumentReading {
 public:
  OpenDocumentReading(formats::ZipReader archive, Inspection& inspection) : archive_(std::move(archive)), inspection_(inspection) {}

  std::string read() {
    note_container(archive_.survey(), inspection_);
    const auto& entries = archive_.survey().entries;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!entries[i].is_folder()) parts_.push_back({i, entries[i].name, look_ahead(i, Until::root).root});
    }
    read_manifest();
    for (const auto& part : parts_) {
      if (part.root == "office:document-styles") inspect_xml(part);
    }
    for (const auto& part : parts_) {
      if (part.root != "office:document-styles" && !part.root.empty()) inspect_xml(part);
    }
    // Pictures and objects come last: by then it is known which of them the content shows.
    for (const auto& part : parts_) {
      if (part.root.empty()) inspect_binary(part);
    }
    if (inspection_.only_our_own()) check_own_writing();
    return format_;
  }

 private:
  void check_own_writing() {
    for (const auto& part : parts_) {
      const InspectionPlace place = inspection_.place(part.name);
      OwnWritingCheck check(inspection_, place);
      if (part.name == "mimetype") continue;
      if (part.root.empty()) note_not_our_writing(inspection_, place, "part that is no XML");
      else if (const auto done = feed(part, check); !done) inspection_.gap(place, done.error());
    }
  }

  void read_manifest() {
    const auto manifest = std::find_if(parts_.begin(), parts_.end(), [](const Part& part) { return part.name == manifest_name; });
    if (manifest == parts_.end()) return;
    auto bytes = archive_.read(manifest->entry, inspection_.limits().most_part_bytes);
    auto tree = bytes ? formats::read_xml_tree(*bytes, inspection_.limits().xml) : tl::make_unexpected(bytes.error());
    if (!tree) return inspection_.gap(inspection_.place(manifest->name), tree.error());
    std::set<std::string> listed;
    for (const auto& file : (*tree)->child("manifest:manifest").children("manifest:file-entry")) {
      const std::string path = file.attribute("manifest:full-path").value();
      listed.insert(path);
      if (file.child("manifest:encryption-data")) encrypted_.insert(path);
    }
    for (const auto& part : parts_) {
      const bool is_own = part.name == "mimetype" || part.name.starts_with("META-INF/");
      if (!is_own && !listed.contains(part.name)) inspection_.at(FindingKind::unreached_part, inspection_.place(part.name)).add("not in the manifest", "", 1);
    }
  }

  enum class Until { root, body };

  /// Reads a part as far as its root element or, for a document, its kind of body.
  RootFinder look_ahead(std::size_t entry, Until until) {
    RootFinder finder;
    formats::XmlReader reader(finder, inspection_.limits().xml);
    bool is_first = true;
    (void)archive_.stream(entry, [&](std::string_view piece) -> Result<Done> {
      const base::Error enough{base::Cause::could_not_finish, "opendocument.enough", {}, {}, {}};
      if (is_first && piece.substr(0, 64).find('<') == std::string_view::npos) return base::fail(enough);
      is_first = false;
      CANDOUR_TRY_DONE(reader.feed(piece));
      if (!(until == Until::root ? finder.root : finder.body).empty()) return base::fail(enough);
      return Done{};
    });
    return finder;
  }

  Result<Done> feed(const Part& part, formats::XmlHandler& handler) {
    formats::XmlReader reader(handler, inspection_.limits().xml);
    CANDOUR_TRY_DONE(archive_.stream(part.entry, [&](std::string_view piece) { return reader.feed(piece); }));
    return reader.finish();
  }

  void inspect_xml(const Part& part) {
    const InspectionPlace place = inspection_.place(part.name);
    if (encrypted_.contains(part.name)) return inspection_.gap(place, "opendocument.encrypted", "the part is encrypted");
    RuleScanner scanner(opendocument_rules(), inspection_, place);
    Result<Done> done = Done{};
    if (part.root == "office:document-content" || part.root == "office:document-styles" || part.root == "office:document") {
      done = inspect_content(part, place, scanner);
    } else if (part.root == "office:document-settings") {
      SettingsHandler handler(scanner, inspection_, place);
      done = feed(part, handler);
    } else {
      if (part.root.find("version-list") != std::string::npos) inspection_.at(FindingKind::old_version, place).add(part.root, "");
      else if (part.root.find("librar") != std::string::npos || part.root.find("module") != std::string::npos)
        inspection_.at(FindingKind::macro, place).add(part.root, "");
      else if (part.name.starts_with("Configurations2/")) inspection_.at(FindingKind::custom_ui, place).add(part.root, "");
      else if (part.root == "office:document-meta") inspect_meta(part, place);
      else if (part.root != "manifest:manifest" && part.root != "rdf:RDF")
        inspection_.gap(place, "opendocument.unknown_part", "the part is of a kind that is not known: " + part.root);
      done = feed(part, scanner);
    }
    if (!done) inspection_.gap(place, done.error());
  }

  Result<Done> inspect_content(const Part& part, const InspectionPlace& place, RuleScanner& scanner) {
    const std::string folder = part.name.substr(0, part.name.rfind('/') + 1);
    const bool is_main = folder.empty();
    auto& styles = styles_[folder];
    // What kind of body it is stands behind the styles, which may be long: read once for that alone.
    const std::string body = look_ahead(part.entry, Until::body).body;
    if (is_main && body == "office:spreadsheet") format_ = "ODS";
    if (is_main && body == "office:text") format_ = "ODT";
    const TableUse use = body == "office:spreadsheet" ? TableUse::sheets : body == "office:chart" ? TableUse::chart_copy : TableUse::text;
    ContentHandler handler(styles, scanner, inspection_, place, use);
    CANDOUR_TRY_DONE(feed(part, handler));
    handler.finish();
    for (const auto& reference : handler.references()) references_.insert(normalised(folder, reference));
    return Done{};
  }

  /// Dates of making and of the last change that differ tell how long the file was worked on.
  void inspect_meta(const Part& part, const InspectionPlace& place) {
    auto bytes = archive_.read(part.entry, inspection_.limits().most_part_bytes);
    auto tree = bytes ? formats::read_xml_tree(*bytes, inspection_.limits().xml) : tl::make_unexpected(bytes.error());
    if (!tree) return;  // the caller's own reading writes the gap
    const auto meta = (*tree)->child("office:document-meta").child("office:meta");
    const std::string_view created = meta.child("meta:creation-date").text().get(), changed = meta.child("dc:date").text().get();
    if (!created.empty() && !changed.empty() && created != changed) inspection_.at(FindingKind::document_properties, place).add("dc:date", changed);
    const std::string_view cycles = meta.child("meta:editing-cycles").text().get();
    if (!cycles.empty() && cycles != "1" && cycles != "0") inspection_.at(FindingKind::document_properties, place).add("meta:editing-cycles", cycles);
  }

  static std::string normalised(const std::string& folder, std::string_view reference) {
    if (reference.starts_with("./")) reference.remove_prefix(2);
    return folder + std::string(reference);
  }

  void inspect_binary(const Part& part) {
    const InspectionPlace place = inspection_.place(part.name);
    if (part.name == "mimetype") return;
    if (encrypted_.contains(part.name)) return inspection_.gap(place, "opendocument.encrypted", "the part is encrypted");
    if (part.name.starts_with("Thumbnails/")) inspection_.at(FindingKind::thumbnail, place).add("part", "", 1);
    else if (part.name.starts_with("Versions/")) inspection_.at(FindingKind::old_version, place).add("part", "", 1);
    else if (part.name.starts_with("Basic/") || part.name.starts_with("Scripts/")) inspection_.at(FindingKind::macro, place).add("part", "", 1);
    auto bytes = archive_.read(part.entry, inspection_.limits().most_part_bytes);
    if (!bytes) return inspection_.gap(place, bytes.error());
    if (bytes->empty()) return;
    if (base::trimmed(*bytes).starts_with('<')) {
      // XML whose root element could not be told: it is refused or malformed.
      RuleScanner scanner(opendocument_rules(), inspection_, place);
      if (const auto done = formats::read_xml(*bytes, scanner, inspection_.limits().xml); !done) return inspection_.gap(place, done.error());
    }
    if (is_picture(*bytes)) {
      const bool is_shown = references_.contains(part.name) || part.name.starts_with("Thumbnails/");
      if (!is_shown) inspection_.at(FindingKind::unreached_part, place).add("picture that the content does not show", "", 1);
      return inspect_picture(*bytes, place, inspection_);
    }
    if (part.name.starts_with("Scripts/")) return inspection_.look_at_text(place, "script", *bytes);
    inspection_.at(FindingKind::embedded_object, place).add("part", "", 1);
    inspection_.inspect_nested(part.name, std::move(*bytes));
  }

  formats::ZipReader archive_;
  Inspection& inspection_;
  std::vector<Part> parts_;
  std::set<std::string> encrypted_;
  std::set<std::string> references_;
  std::map<std::string, OpenDocumentStyles> styles_;  ///< by the folder of the document they belong to
  std::string format_ = "ODF";
};

}  // namespace

bool is_opendocument(const formats::ZipSurvey& survey) {
  return std::any_of(survey.entries.begin(), survey.entries.end(), [](const auto& entry) { return folded_name(entry.name) == "meta-inf/manifest.xml"; });
}

std::string inspect_opendocument(const formats::ByteSource& source, Inspection& inspection) {
  auto archive = formats::ZipReader::open(source, inspection.limits().archive);
  if (!archive) {
    inspection.gap(inspection.place(""), archive.error());
    return "ODF";
  }
  return OpenDocumentReading(std::move(*archive), inspection).read();
}

}  // namespace candour::inspect
