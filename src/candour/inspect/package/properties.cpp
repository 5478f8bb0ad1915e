#include <candour/inspect/package/properties.hpp>

#include <set>

namespace candour::inspect {
namespace {

/// A file that was written once says so by one date; two dates tell how long it was worked on.
void look_at_dates(const pugi::xml_node& core, const InspectionPlace& place, Inspection& inspection) {
  const std::string_view created = core.child("dcterms:created").text().get(), modified = core.child("dcterms:modified").text().get();
  if (!created.empty() && !modified.empty() && created != modified) inspection.at(FindingKind::document_properties, place).add("dcterms:modified", modified);
}

std::set<std::string> visible_names(OpenPackage& package) {
  std::set<std::string> names;
  for (const auto& part : package.parts()) {
    if (part.root != "s:workbook") continue;
    const auto tree = package.read_tree(part);
    if (!tree) continue;
    const auto root = (*tree)->child("s:workbook");
    for (const auto& sheet : root.child("s:sheets").children("s:sheet")) names.insert(sheet.attribute("name").value());
    for (const auto& name : root.child("s:definedNames").children("s:definedName")) names.insert(name.attribute("name").value());
  }
  return names;
}

void look_at_titles(const pugi::xml_node& extended, OpenPackage& package, const InspectionPlace& place, Inspection& inspection) {
  const std::set<std::string> names = visible_names(package);
  if (names.empty()) return;
  for (const auto& title : extended.child("ep:TitlesOfParts").child("vt:vector").children("vt:lpstr")) {
    // Names of ranges stand there as 'Sheet'!Name: their last part is the name.
    const std::string text = title.text().get();
    const std::string last = text.substr(text.rfind('!') + 1);
    const bool is_printing = last == "Print_Titles" || last == "Print_Area";
    if (!names.contains(text) && !names.contains(last) && !is_printing) inspection.at(FindingKind::document_properties, place).add("TitlesOfParts", text);
  }
}

}  // namespace

void inspect_properties(OpenPackage& package, Inspection& inspection) {
  for (const auto& part : package.parts()) {
    if (part.root != "cp:coreProperties" && part.root != "ep:Properties") continue;
    const auto tree = package.read_tree(part);
    if (!tree) continue;  // the gap was written when the part was inspected
    const InspectionPlace place = inspection.place(part.name);
    look_at_dates((*tree)->child("cp:coreProperties"), place, inspection);
    look_at_titles((*tree)->child("ep:Properties"), package, place, inspection);
  }
}

}  // namespace candour::inspect
