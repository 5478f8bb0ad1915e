#include <candour/inspect/package/package_room.hpp>

#include <candour/base/text.hpp>
#include <candour/inspect/ours/own_writing.hpp>
#include <candour/inspect/package/data_mashup.hpp>
#include <candour/inspect/package/document.hpp>
#include <candour/inspect/package/open_package.hpp>
#include <candour/inspect/package/package_rules.hpp>
#include <candour/inspect/package/properties.hpp>
#include <candour/inspect/pictures/picture_room.hpp>
#include <candour/inspect/sheets/workbook.hpp>

#include <algorithm>

namespace candour::inspect {
namespace {

/// Gives whether a link tells more than its visible text: a person, a file on somebody's computer, a query.
bool says_more(std::string_view target) {
  const bool is_web = target.starts_with("http://") || target.starts_with("https://");
  return !is_web || target.find_first_of("?@") != std::string_view::npos;
}

void note_outside(const Relationship& relationship, const InspectionPlace& place, Inspection& inspection) {
  if (relationship.type == "hyperlink") {
    if (says_more(relationship.target)) inspection.at(FindingKind::hyperlink, place).add("relationship", relationship.target);
  } else {
    const auto kind = relationship.type == "attachedTemplate"      ? FindingKind::attached_template
                      : relationship.type.starts_with("mailMerge") ? FindingKind::mail_merge
                                                                   : FindingKind::external_target;
    inspection.at(kind, place).add("relationship", relationship.target);
  }
  inspection.look_at_text(place, "relationship", relationship.target);
}

/// Tells what a part is known to be by the relationships that lead to it.
const ReachRule* rule_of(const PackagePart& part) {
  for (const auto& type : part.reached_as) {
    if (const ReachRule* rule = find_reach_rule(type)) return rule;
  }
  return nullptr;
}

class PackageReading {
 public:
  PackageReading(OpenPackage& package, Inspection& inspection) : package_(package), inspection_(inspection) {}

  std::string read() {
    note_outside_links("", package_.package_relationships());
    std::string format = "OOXML";
    for (auto& part : package_.parts()) {
      if (part.root == "s:workbook" && !part.is_inspected) {
        format = "XLSX";
        inspect_workbook(package_, part, inspection_);
      }
      if (part.root == "w:document") format = "DOCX";
    }
    for (auto& part : package_.parts()) {
      note_outside_links(part.name, part.relationships);
      if (!part.is_inspected) inspect_part(part);
    }
    inspect_properties(package_, inspection_);
    if (inspection_.only_our_own()) check_own_writing();
    return format;
  }

 private:
  void check_own_writing() {
    for (const auto& part : package_.parts()) {
      OwnWritingCheck check(inspection_, inspection_.place(part.name));
      if (part.root.empty()) note_not_our_writing(inspection_, inspection_.place(part.name), "part that is no XML");
      else if (const auto done = package_.read_xml(part, check); !done) inspection_.gap(inspection_.place(part.name), done.error());
    }
  }

  void note_outside_links(std::string_view name, const std::vector<Relationship>& relationships) {
    for (const auto& relationship : relationships) {
      if (relationship.is_external) note_outside(relationship, inspection_.place(name), inspection_);
    }
  }

  void inspect_part(PackagePart& part) {
    part.is_inspected = true;
    const InspectionPlace place = inspection_.place(part.name);
    const ReachRule* reached = rule_of(part);
    if (part.root.empty()) return inspect_binary(part, place, reached);
    const RootRule* known = find_root_rule(part.root);
    if (known != nullptr && known->kind) inspection_.at(*known->kind, place).add(part.root, "", 0);
    if (reached != nullptr) inspection_.at(reached->kind, place).add(part.root, "", 0);
    if (known == nullptr && reached == nullptr) inspection_.gap(place, "package.unknown_part", "the part is of a kind that is not known: " + part.root);
    if (part.root == "mashup:DataMashup") {
      const auto tree = package_.read_tree(part);
      if (tree) inspect_data_mashup((*tree)->child("mashup:DataMashup").text().get(), place, inspection_);
    }
    RuleScanner scanner(package_element_rules(), inspection_, place);
    DocumentHandler document(scanner, inspection_, place);
    if (const auto done = package_.read_xml(part, document); !done) inspection_.gap(place, done.error());
  }

  void inspect_binary(const PackagePart& part, const InspectionPlace& place, const ReachRule* reached) {
    auto bytes = package_.read(part);
    if (!bytes) return inspection_.gap(place, bytes.error());
    if (reached != nullptr) inspection_.at(reached->kind, place).add("part", "", bytes->size());
    if (is_broken_xml(*bytes)) {
      RuleScanner scanner(package_element_rules(), inspection_, place);
      if (const auto done = formats::read_xml(*bytes, scanner, inspection_.limits().xml); !done) return inspection_.gap(place, done.error());
    }
    if (is_picture(*bytes)) return inspect_picture(*bytes, place, inspection_);
    const bool leads_to_object =
        std::any_of(part.reached_as.begin(), part.reached_as.end(), [](const std::string& type) { return type == "package" || type == "oleObject"; });
    if (leads_to_object || looks_like_file(*bytes)) {
      inspection_.at(FindingKind::embedded_object, place).add("part", "", 1);
      if (reached == nullptr || reached->kind != FindingKind::macro) inspection_.inspect_nested(part.name, std::move(*bytes));
      return;
    }
    if (reached == nullptr && !bytes->empty()) inspection_.gap(place, "package.unknown_part", "the part is neither XML nor a form that is known");
  }

  /// XML whose root element could not be told: it is refused or malformed.
  static bool is_broken_xml(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    return base::trimmed(bytes).starts_with('<') || bytes.starts_with("\xFF\xFE<") || bytes.starts_with(std::string_view("\xFE\xFF\0<", 4));
  }

  static bool looks_like_file(std::string_view bytes) {
    return bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0") || bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos;
  }

  OpenPackage& package_;
  Inspection& inspection_;
};

}  // namespace

std::string inspect_package(const formats::ByteSource& source, Inspection& inspection) {
  auto package = OpenPackage::open(source, inspection);
  if (!package) {
    inspection.gap(inspection.place(""), package.error());
    return "OOXML";
  }
  return PackageReading(**package, inspection).read();
}

}  // namespace candour::inspect
