#include <candour/inspect/ours/own_writing.hpp>

#include <algorithm>
#include <tuple>

namespace candour::inspect {

const OwnElement* find_own(std::string_view root, std::string_view element) {
  const auto all = root == "html" || root == "json" || root.starts_with("pdf") ? own_document_words() : own_elements();
  const auto before = [](const OwnElement& own, const std::pair<std::string_view, std::string_view>& wanted) {
    return std::tie(own.root, own.element) < std::tie(wanted.first, wanted.second);
  };
  const auto at = std::lower_bound(all.begin(), all.end(), std::pair(root, element), before);
  return at != all.end() && at->root == root && at->element == element ? &*at : nullptr;
}

bool may_have(const OwnElement& element, std::string_view attribute) {
  std::string_view names = element.attributes;
  while (!names.empty()) {
    const std::size_t blank = names.find(' ');
    if (names.substr(0, blank) == attribute) return true;
    names.remove_prefix(blank == std::string_view::npos ? names.size() : blank + 1);
  }
  return false;
}

void OwnWritingCheck::on_start(std::string_view name, const formats::XmlAttributes& attributes) {
  if (root_.empty()) root_ = name;
  const OwnElement* own = find_own(root_, name);
  if (own == nullptr) return note_not_our_writing(inspection_, place_, name);
  for (const auto& attribute : attributes.all()) {
    if (!may_have(*own, attribute.name)) note_not_our_writing(inspection_, place_, std::string(name) + "@" + std::string(attribute.name));
  }
}

void note_not_our_writing(Inspection& inspection, const InspectionPlace& place, std::string_view what) {
  inspection.at(FindingKind::not_our_writing, place).add(what, "");
}

}  // namespace candour::inspect
